"""What the board writes about an application: filter, number, formal check, admission, registration from paper."""

from wtforms import FieldList, FormField, MultipleFileField

from ..domain.purposes import PURPOSES
from ..domain.words import ApplicationState, Channel, choices
from . import CheckboxesField, DateField, Form, MomentField, MoneyField, Part, ProseField, RadioField, SelectField, TextField

RECEIVED = (
    ApplicationState.SUBMITTED, ApplicationState.CHECKED, ApplicationState.REVIEWED, ApplicationState.WITHDRAWN, ApplicationState.DECIDED,
)  # fmt: skip


class CaseFilter(Part):
    text = TextField("Sök i titel, sökande eller diarienummer")
    utlysning = SelectField("Utlysning")
    lage = SelectField("Läge", choices=[("", "Alla"), *choices(RECEIVED)])
    syfte = SelectField("Primärt syfte", choices=[("", "Alla"), *PURPOSES.choices()])
    sena = SelectField("I tid", choices=[("", "Alla"), ("sena", "Sent inkomna")])


class NumberForm(Form):
    number = TextField("Diarienummer", description="Till exempel 851-2147-2026.", required="Skriv diarienumret.")


class ReasonForm(Form):
    reason = ProseField("Skäl", required="Skriv ett skäl.", render_kw={"rows": 4})


class CheckPart(Part):
    passed = RadioField("Godkänd?", choices=[("ja", "Ja"), ("nej", "Nej, inte än")])
    note = TextField("Anteckning")


class FormalForm(Form):
    points = FieldList(FormField(CheckPart))


class RegisterForm(Form):
    applicant = SelectField("Sökande", required="Välj sökande.")
    channel = RadioField("Hur kom ansökan in?", choices=choices((Channel.PAPER, Channel.EMAIL)), required="Välj hur ansökan kom in.")
    arrived = MomentField("När kom den in?", required="Skriv vilken dag ansökan kom in.")
    registration_number = TextField("Diarienummer", description="Kan fyllas i senare.")
    title = TextField("Insatsens namn", required="Skriv insatsens namn.")
    summary = ProseField("Sammanfattning", render_kw={"rows": 4})
    primary_purpose = SelectField("Primärt syfte", choices=[("", "Välj"), *PURPOSES.choices()], required="Välj primärt syfte.")
    target_groups = CheckboxesField("Målgrupp")
    applied_kr = MoneyField("Sökt belopp", required="Skriv det sökta beloppet i hela kronor.")
    starts_on = DateField("Insatsen börjar")
    ends_on = DateField("Insatsen slutar")
    files = MultipleFileField("Ansökan som fil", description="Skannad eller bifogad, till exempel PDF.")

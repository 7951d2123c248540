"""What the board writes about an application: filter, number, formal check, admission, registration from paper."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import FormField

from ..domain.purposes import PURPOSES
from ..domain.words import ApplicationState, Channel, choices
from . import CheckboxesField, DateField, Filter, Form, MomentField, MoneyField, Part, ProseField, RadioField, SelectField, TextField

RECEIVED = (
    ApplicationState.SUBMITTED, ApplicationState.CHECKED, ApplicationState.REVIEWED, ApplicationState.WITHDRAWN, ApplicationState.DECIDED,
)  # fmt: skip


class CaseFilter(Filter):
    text = TextField("Sök i titel, sökande eller diarienummer")
    utlysning = SelectField("Utlysning")
    lage = SelectField("Läge", choices=[("", "Alla"), *choices(RECEIVED)])
    syfte = SelectField("Primärt syfte", choices=[("", "Alla"), *PURPOSES.choices()])
    sena = SelectField("I tid", choices=[("", "Alla"), ("sena", "Sent inkomna")])

    @property
    def narrowing(self) -> dict[str, Any]:
        """What to hand to `services.applications.listing.cases`; a value that was never offered narrows nothing."""
        said = self.said
        return {
            "text": said["text"], "call_id": int(said["utlysning"] or 0), "state": said["lage"],
            "purpose": said["syfte"], "late": said["sena"] == "sena",
        }  # fmt: skip


class NumberForm(Form):
    number = TextField("Diarienummer", description="Till exempel 851-2147-2026.", required="Skriv diarienumret.")


class ReasonForm(Form):
    reason = ProseField("Skäl", required="Skriv ett skäl.", render_kw={"rows": 4})


class CheckPart(Part):
    passed = RadioField("Godkänd?", choices=[("ja", "Ja"), ("nej", "Nej, inte än")])
    note = TextField("Anteckning")


class FormalForm(Form):
    """The points are added by `formal_form`, one part for each."""

    @property
    def answered(self) -> dict[str, tuple[bool, str]]:
        """Key → (passed, note) of the points that are answered."""
        parts = {name: field.form for name, field in self._fields.items() if isinstance(field, FormField)}
        return {key: (part.passed.data == "ja", part.note.data) for key, part in parts.items() if part.passed.data}


def formal_form(points: dict[str, str], checks: Iterable[Any]) -> FormalForm:
    """The form of the formal check, with a part for each point, filled from what has been noted before."""
    noted = {check.key: {"passed": "ja" if check.is_ok else "nej", "note": check.note} for check in checks}
    parts = {key: FormField(CheckPart, sentence) for key, sentence in points.items()}
    form: type[FormalForm] = type("ThisFormalForm", (FormalForm,), parts)
    return form(data=noted)


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

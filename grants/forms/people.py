"""Forms for logging in, passwords, invitations and organisations. Whether a login is right is not asked here."""

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import ValidationError

from ..domain.words import OrganisationKind, choices
from . import EmailField, Filter, Form, RadioField, SelectField, TextField, Wanted

SHORTEST, LONGEST = 12, 200


class SecretField(Wanted, PasswordField):
    """A password, taken as it is written."""


class LogInForm(Form):
    email = EmailField("E-post", required="Skriv din e-postadress.", render_kw={"autocomplete": "username"})
    password = SecretField("Lösenord", required="Skriv ditt lösenord.", render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class ForgotForm(Form):
    email = EmailField("E-post", required="Skriv din e-postadress.", render_kw={"autocomplete": "username"})


class PasswordForm(Form):
    """Choosing a password; twice, since it can't be seen."""

    password = SecretField(
        "Nytt lösenord",
        required="Skriv ett nytt lösenord.",
        render_kw={"autocomplete": "new-password"},
        description=f"Minst {SHORTEST} tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa.",
    )
    again = SecretField("Nytt lösenord igen", required="Skriv lösenordet en gång till.", render_kw={"autocomplete": "new-password"})

    def validate_password(self, field: Any) -> None:
        if len(field.data) < SHORTEST:
            raise ValidationError(f"Gör lösenordet längre: minst {SHORTEST} tecken.")
        if len(field.data) > LONGEST:
            raise ValidationError(f"Gör lösenordet kortare: högst {LONGEST} tecken.")
        if len(set(field.data)) < 5:
            raise ValidationError("Välj ett lösenord med fler olika tecken.")

    def validate_again(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValidationError("Lösenorden är olika. Skriv samma lösenord två gånger.")


class ChangePasswordForm(PasswordForm):
    """The old password is asked first, so that an unlocked screen is not enough."""

    old = SecretField("Nuvarande lösenord", required="Skriv ditt nuvarande lösenord.", render_kw={"autocomplete": "current-password"})


class InviteForm(Form):
    email = EmailField("E-post", required="Skriv personens e-postadress i arbetet.", render_kw={"autocomplete": "off"})
    name = TextField("Namn", required="Skriv personens namn.", longest=120, render_kw={"autocomplete": "off"})
    title = TextField("Titel", longest=120, render_kw={"autocomplete": "off"})
    role = RadioField("Roll", required="Välj en roll.")


class PersonFilter(Filter):
    q = TextField("Namn, e-post eller organisation")


class OrganisationFilter(Filter):
    q = TextField("Namn eller organisationsnummer")
    slag = SelectField("Slag", choices=[("", "Alla"), *choices(OrganisationKind)])
    lan = SelectField("Län")


class OrganisationForm(Form):
    """Fields that do not concern the organisation are taken away by `only`."""

    orgnr = TextField("Organisationsnummer", longest=20, description="Tio siffror, till exempel 212000-0142.")
    contact_email = EmailField(
        "E-post till organisationen", description="Dit beslut och påminnelser kan skickas, helst en funktionsbrevlåda."
    )
    contact_phone = TextField("Telefon", longest=40)
    address = TextField("Postadress")
    giro = TextField("Bankgiro eller plusgiro", longest=40, description="Dit bidraget betalas ut.")
    payment_reference = TextField("Referens vid utbetalning", longest=80)
    own_series = BooleanField("Diarienummer ges i P37", description="Kryssa bara i om er myndighet har beslutat om en egen serie här.")
    series_prefix = TextField("Seriens ärendegrupp", longest=10, description="Det som står först i diarienumret, till exempel 851.")

    def only(self, *, for_board: bool, with_number: bool) -> "OrganisationForm":
        """The form with the fields of a board or of an applicant, and the number for those who may write it."""
        unwanted = ["giro", "payment_reference"] if for_board else ["own_series", "series_prefix"]
        for name in unwanted if with_number else [*unwanted, "orgnr"]:
            delattr(self, name)
        return self

    @property
    def facts(self) -> dict[str, Any]:
        """What is written, by the organisation's own names; empty means unknown."""
        skipped = ("csrf_token", "orgnr")
        return {f.name: f.data if isinstance(f.data, bool) else f.data or None for f in self if f.name not in skipped}

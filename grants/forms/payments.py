"""What comes in about payments and claims."""

from wtforms import HiddenField

from ..domain.words import ClaimGround, choices
from . import DateField, Form, MoneyField, ProseField, RadioField


class PrepareForm(Form):
    """A payment to prepare: from which row of the grant's financing, and how much; empty is all that is left."""

    financing = HiddenField()
    kr = MoneyField("Belopp", description="Hela eller en del av det som återstår.")


class ConfirmForm(Form):
    """The day the money left."""

    paid_on = DateField("Betalades ut", required="Ange vilken dag pengarna betalades ut.")


class ClaimForm(Form):
    """Money asked back."""

    ground = RadioField("Grund", choices=choices(ClaimGround), required="Välj varför pengarna återkrävs.")
    amount_kr = MoneyField("Belopp", required="Skriv hur mycket som återkrävs.")
    reason = ProseField("Skäl", required="Skriv skälen för återkravet.", longest=4000, render_kw={"rows": 5})
    due_on = DateField("Ska betalas senast", required="Ange när pengarna ska vara betalda.")


class ReceiveForm(Form):
    """The day the money came back."""

    received_on = DateField("Kom tillbaka", required="Ange vilken dag pengarna kom tillbaka.")


class RemitForm(Form):
    """Why a claim is let go."""

    reason = ProseField(
        "Särskilda skäl", required="Skriv vilka särskilda skäl som finns att efterge kravet.", longest=4000, render_kw={"rows": 5}
    )

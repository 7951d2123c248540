"""What comes in about the money's year: the appropriation, the weights of the distribution key, transfers."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.validators import ValidationError

from ..domain.distribution import LARGEST_WEIGHT, parse_weights
from . import Form, MoneyField, NumberField, ProseField, SelectField, TextField

WEIGHT = "lan_"


class YearForm(Form):
    """One button for a year's money."""

    year = NumberField("År", required="Skriv vilket år pengarna gäller.", lowest=2000, highest=2100)


class AppropriationForm(YearForm):
    """What the state gives, and what of it is set aside for the national call."""

    kr = MoneyField("Anslag", description="Lämna tomt om anslaget redan är bokfört.")
    letter = TextField("Beslut", description="Till exempel regleringsbrev 2026, anslag 1:2.")
    national_kr = MoneyField("Varav till den nationella potten")

    def validate_letter(self, field: TextField) -> None:
        if self.kr.data and not field.data:
            raise ValidationError("Skriv vilket beslut anslaget kommer av.")

    def validate_kr(self, field: MoneyField) -> None:
        if not field.data and not self.national_kr.data:
            raise ValidationError("Skriv ett belopp som är större än noll.")


class CorrectionForm(YearForm):
    """What was booked too much of an appropriation."""

    kr = MoneyField(
        "Bokfört för mycket", required="Skriv hur mycket som bokfördes för mycket.", description="Högst det som är kvar av anslaget."
    )
    reason = TextField("Skäl", required="Skriv vad som blev fel.")


class KeyForm(YearForm):
    """The weights of a distribution key: typed in the counties' boxes, or pasted. What is pasted wins."""

    note = ProseField("Underlag", longest=1000, description="Till exempel vilka mottagandetal vikterna bygger på.", render_kw={"rows": 2})
    pasted = ProseField(
        "Klistra in vikter", description="En rad per län: länskod, semikolon och vikt, till exempel 04;294000.", render_kw={"rows": 6}
    )

    def validate_pasted(self, field: ProseField) -> None:
        try:
            parse_weights(field.data or "", self.codes)
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    @property
    def boxes(self) -> dict[str, Any]:
        """The counties' boxes, by county code."""
        return {name.removeprefix(WEIGHT): box for name, box in self._fields.items() if name.startswith(WEIGHT)}

    @property
    def codes(self) -> list[str]:
        return list(self.boxes)

    @property
    def weights(self) -> dict[str, int]:
        """County code → weight; 0 for a county left out."""
        pasted = parse_weights(self.pasted.data or "", self.codes)
        return {code: pasted.get(code, 0) if pasted else box.data or 0 for code, box in self.boxes.items()}


def key_form(counties: Iterable[tuple[str, str]], *, year: int, weights: Mapping[str, int]) -> KeyForm:
    """A form with one box per county, (code, name), filled with the latest weights."""
    boxes = {f"{WEIGHT}{code}": NumberField(name, highest=LARGEST_WEIGHT, render_kw={"inputmode": "numeric"}) for code, name in counties}
    form: type[KeyForm] = type("CountiesKeyForm", (KeyForm,), boxes)
    return form(data={"year": year, **{f"{WEIGHT}{code}": weight for code, weight in weights.items()}})


class TransferForm(Form):
    """Money from one board's pot to another board."""

    giver = SelectField("Från potten", required="Välj vilken pott pengarna ska tas från.")
    receiver = SelectField("Till", required="Välj vilken länsstyrelse som ska få pengarna.")
    kr = MoneyField("Belopp", required="Skriv hur mycket som ska föras över.")
    reason = ProseField("Skäl", required="Skriv varför pengarna förs över.", longest=1000, render_kw={"rows": 3})

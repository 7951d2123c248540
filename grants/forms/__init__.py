"""Third floor, what comes in: the base of all forms and the fields that read what people write.

A field says itself how to mend what is wrong, in Swedish. Not for rules about the grant: those are guards in domain.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, EmailInput, ListWidget, TextInput

from ..domain import texts
from ..domain.calendar import at_clock, civil_date, clock_in_words, parse_clock, parse_date
from ..domain.identity import find_personal_numbers
from ..domain.money import HARD_SPACE, digits, parse_kronor

SHORT, LONG, EMAIL = 300, 10_000, 254
CHOOSE = "Välj något av det som finns att välja på."
SENTENCES = {
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "This field is required.": "Fyll i det här.",
    "Not a valid integer value.": "Skriv ett heltal med siffror.",
}


class _Swedish:
    """The few sentences that WTForms says itself."""

    def gettext(self, sentence: str) -> str:
        return SENTENCES.get(sentence, sentence)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return CHOOSE if "valid choice" in one else one if count == 1 else many


class Form(FlaskForm):
    """The base of forms that are sent. `form_errors` holds what no single field can answer for, such as unmet guards."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Swedish:
            return _Swedish()


class Part(wtforms.Form):
    """The base of a part inside a form, and of what is sent in the address: no token."""

    class Meta(wtforms.Form.Meta):
        def get_translations(self, form: Any) -> _Swedish:
            return _Swedish()


class Filter(Part):
    """The base of filters; `said` has what was understood, and the empty text for the rest."""

    @property
    def said(self) -> dict[str, str]:
        self.validate()
        return {field.short_name: "" if field.errors else field.data or "" for field in self}


class Wanted:
    """A field that may be demanded: `required` is the sentence that asks for it, such as "Skriv ett namn."."""

    def __init__(self, label: str | None = None, validators: Sequence[Any] | None = None, *, required: str = "", **more: Any):
        super().__init__(label, validators, **more)
        self.required = required

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:  # type: ignore[attr-defined]
            raise StopValidation()
        if self.data is None or self.data == "" or self.data == []:  # type: ignore[attr-defined]
            if self.required:
                raise StopValidation(self.required)
            return
        super().pre_validate(form)  # type: ignore[misc]


class _Parsed(Wanted, wtforms.StringField):
    """A text that is read as something else; what was typed stays in the box until it can be read."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def written(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and (text := texts.collapse(valuelist[0])):
            self.data = self.read(text)

    def _value(self) -> str:
        if self.raw_data:
            return texts.collapse(str(self.raw_data[0]))
        return "" if self.data is None else self.written(self.data)


class _Written(Wanted):
    """Text that is stored: cleaned, of a bounded length and without personal identity numbers (GDPR art. 5.1 c)."""

    longest = SHORT
    tidy = staticmethod(texts.collapse)

    def __init__(self, label: str | None = None, validators: Sequence[Any] | None = None, *, longest: int | None = None, **more: Any):
        super().__init__(label, validators, **more)
        self.longest = longest or self.longest

    def process_data(self, value: str | None) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.tidy(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if (length := len(self.data or "")) > self.longest:
            raise ValidationError(f"Korta texten: den är {digits(length)} tecken och får vara högst {digits(self.longest)}.")
        if found := find_personal_numbers(self.data or ""):
            raise ValidationError(f"Ta bort personnumret {found[0]}. Personnummer får inte stå här.")


class TextField(_Written, wtforms.StringField):
    """One line, at most 300 characters."""


class ProseField(_Written, wtforms.TextAreaField):
    """Several paragraphs, at most 10 000 characters."""

    longest = LONG
    tidy = staticmethod(texts.clean)


class LinesField(ProseField):
    """One thing per line; the value is a list of the lines that are not empty."""

    def process_data(self, value: Iterable[str] | None) -> None:
        self.data = "\n".join(value or ())

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for each in (self.data or "").split("\n") if (line := texts.collapse(each)))


class EmailField(TextField):
    """A work e-mail address, in lower case."""

    longest = EMAIL
    widget = EmailInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.lower()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", self.data):
            raise ValidationError("Skriv hela e-postadressen, till exempel namn@kommunen.se.")


class MoneyField(_Parsed):
    """Whole kronor as an int, 0 to money.LARGEST."""

    def read(self, text: str) -> int:
        return parse_kronor(text)

    def written(self, value: int) -> str:
        return digits(value).replace(HARD_SPACE, " ")


class NumberField(_Parsed):
    """A whole number between two bounds, both included."""

    def __init__(self, label: str | None = None, *, lowest: int = 0, highest: int = 1_000_000_000, **more: Any):
        super().__init__(label, render_kw={"class": "short", "inputmode": "numeric", **more.pop("render_kw", {})}, **more)
        self.lowest, self.highest = lowest, highest

    widget = TextInput()

    def read(self, text: str) -> int:
        bare = text.replace(" ", "")
        if not re.fullmatch(r"[0-9]{1,10}", bare) or not self.lowest <= int(bare) <= self.highest:
            # A year is written without spaces; other large numbers are easier to read with them.
            low, high = (str(n) if n < 10_000 else digits(n) for n in (self.lowest, self.highest))
            raise ValueError(f"Skriv ett heltal från {low} till {high}.")
        return int(bare)


class DateField(_Parsed):
    """A civil date."""

    widget = DateInput()

    def read(self, text: str) -> Any:
        return parse_date(text)


class ClockField(_Parsed):
    """A time of day in Stockholm, as "15.00"; the value is the text, ready for `calendar.at_clock`."""

    def read(self, text: str) -> str:
        return f"{parse_clock(text):%H.%M}"


class _MomentParts(Part):
    day = DateField("Datum")
    clock = ClockField("Klockslag", description="Till exempel 15.00", render_kw={"class": "short", "autocomplete": "off"})

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        for here, there, sentence in (
            (self.clock, self.day, "Skriv ett klockslag till datumet, till exempel 15.00."),
            (self.day, self.clock, "Skriv ett datum till klockslaget, till exempel 2026-05-27."),
        ):
            if there.data and not here.data and not here.errors:
                here.errors = [*here.errors, sentence]
                fine = False
        return fine


class MomentField(wtforms.FormField):
    """A date and a time of day in Stockholm; the value is an aware moment in UTC, or None."""

    def __init__(self, label: str | None = None, *, required: str = "", **more: Any):
        super().__init__(_MomentParts, label, **more)
        self.required = required

    def process(self, formdata: Any, data: datetime | None = None, extra_filters: Any = None) -> None:
        parts = {"day": civil_date(data), "clock": clock_in_words(data).removeprefix("kl. ")} if isinstance(data, datetime) else {}
        super().process(formdata, parts, extra_filters)
        self.form.day.required = self.required

    def populate_obj(self, obj: Any, name: str) -> None:
        setattr(obj, name, self.data)

    @property
    def data(self) -> datetime | None:
        day, clock = self.form.day.data, self.form.clock.data
        return at_clock(day, clock) if day and clock else None


class _Chosen(Wanted):
    """Choices are pairs of (value, words), as `words.choices` and the vocabularies give them."""

    def __init__(self, label: str | None = None, *, choices: Iterable[tuple[str, str]] | None = None, **more: Any):
        offered = None if choices is None else [SelectChoice(value, words) for value, words in choices]
        super().__init__(label, choices=offered, **more)


class SelectField(_Chosen, wtforms.SelectField):
    """One of a list. Nothing chosen is the empty text or None."""


class RadioField(_Chosen, wtforms.RadioField):
    """One of a few, all of them shown. Nothing chosen is None, also when it was sent as the empty text."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value for value in valuelist if value])


class CheckboxesField(_Chosen, wtforms.SelectMultipleField):
    """Any number of a few, all of them shown."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RowVersionField(wtforms.HiddenField):
    """Which version of a record the form was opened on; pass it to `acting.expect_version`."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None

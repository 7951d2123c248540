"""What a municipality writes in an application: one form for each section, filled from what the section says.

A form gives `facts` in the shape that services.applications.save takes. Nothing is demanded here: a draft may be
incomplete, and what is missing is told by domain/completeness.py.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import DataRequired

from ..domain.completeness import Section
from ..domain.money import LARGEST, in_words
from ..domain.purposes import PURPOSES, TARGET_GROUPS
from ..domain.terms import Question, Terms
from ..domain.words import Financier, NationalGround, QuestionKind, Scope, choices, label
from . import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    MoneyField,
    NumberField,
    Part,
    ProseField,
    RadioField,
    RowVersionField,
    TextField,
)

MOST_ROWS, ROWS_OFFERED = 40, 3
AMOUNT, ANSWER, FILE = "kr_", "svar_", "fil_"
NOT_FACTS = ("seen", "csrf_token")


class SectionForm(Form):
    """The base of a section: which text it was opened on, what it gives, and how it reads in words."""

    seen = HiddenField()

    @property
    def facts(self) -> dict[str, Any]:
        """What to hand to `services.applications.save`."""
        return {name: _fact(field) for name, field in self._fields.items() if name not in NOT_FACTS}

    @property
    def uploads(self) -> list[tuple[str | None, Any]]:
        """The files that came with the form, each with the key of its question."""
        return []

    @property
    def told(self) -> dict[str, str]:
        """What the section says, box by box, in words: to compare two texts."""
        return {field.label.text: _words(field) for name, field in self._fields.items() if name not in NOT_FACTS}

    def offer(self, name: str | None = None) -> None:
        """Add empty rows to write in: one more in the list that is named, otherwise so that each list has some."""
        for field in self:
            if not isinstance(field, FieldList):
                continue
            for _ in range(1 if field.short_name == name else 0 if name else max(ROWS_OFFERED - len(field), 1)):
                if len(field) < MOST_ROWS:
                    field.append_entry()


def _fact(field: Any) -> Any:
    return [row.form.data for row in field if row.form.is_written] if isinstance(field, FieldList) else field.data


def _words(field: Any) -> str:
    if isinstance(field, FieldList):
        return "\n".join(", ".join(filter(None, row.form.data.values())) for row in field if row.form.is_written)
    if hasattr(field, "iter_choices"):
        return ", ".join(each.label.text for each in field if each.checked)
    if hasattr(field, "written"):
        return "" if field.data is None else field.written(field.data)
    return field.data if isinstance(field.data, str) else ""


class Row(Part):
    """One row of a list. `first` is the box that must be filled when any other is; an empty row falls away."""

    first, wanted = "text", ""

    @property
    def is_written(self) -> bool:
        return any(field.data for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        first = self[self.first]
        if self.is_written and not first.data and not first.errors:
            first.errors = [self.wanted]
            return False
        return fine


class ContactForm(SectionForm):
    contact_name = TextField("Kontaktperson", longest=120, render_kw={"autocomplete": "name"})
    contact_title = TextField("Titel", longest=120, render_kw={"autocomplete": "organization-title"})
    contact_email = EmailField("E-post", description="Hit skickar vi kvittot och beslutet.", render_kw={"autocomplete": "email"})
    contact_phone = TextField("Telefon till arbetet", longest=40, render_kw={"autocomplete": "tel", "class": "short"})


class SummaryForm(SectionForm):
    title = TextField("Insatsens namn", description="Kort och talande. Namnet syns i beslutet och i projektbanken.")
    summary = ProseField(
        "Sammanfattning",
        description="Vad vill ni göra, för vem, och vad ska bli annorlunda? Ungefär 150 ord räcker.",
        render_kw={"rows": 8},
    )


class PurposeForm(SectionForm):
    primary_purpose = RadioField("Primärt syfte", choices=PURPOSES.choices(), description="Det syfte som insatsen framför allt har.")
    other_purposes = CheckboxesField("Övriga syften", choices=PURPOSES.choices())
    target_groups = CheckboxesField("Målgrupp", description="Bara de målgrupper som utlysningen omfattar.")
    national_ground = RadioField(
        "Hur berör insatsen flera län?",
        choices=choices(NationalGround),
        description="En nationell insats ska uppfylla ett av de tre alternativen.",
    )
    national_note = ProseField("Beskriv hur", render_kw={"rows": 4})

    @property
    def facts(self) -> dict[str, Any]:
        found = super().facts
        if found.get("national_ground"):
            found["national_ground"] = NationalGround(found["national_ground"])
        return found


class NeedForm(SectionForm):
    need = ProseField(
        "Vilket behov ska insatsen möta?", description="Beskriv läget hos er och vad ni bygger det på.", render_kw={"rows": 10}
    )
    priority = ProseField("Vilken prioritering svarar insatsen mot?", render_kw={"rows": 4})


class GoalRow(Row):
    wanted = "Skriv vad som ska uppnås, eller töm raden."
    text = ProseField("Mål", longest=2000, render_kw={"rows": 2})
    indicator = TextField("Hur det mäts")
    target = TextField("Målvärde", longest=120)


class ActivityRow(Row):
    wanted = "Skriv vad ni ska göra, eller töm raden."
    text = ProseField("Aktivitet", longest=2000, render_kw={"rows": 2})
    responsible = TextField("Ansvarig", longest=120)
    when = TextField("När", longest=120)


class PlanForm(SectionForm):
    starts_on = DateField("Insatsen börjar")
    ends_on = DateField("Insatsen slutar")
    goals = FieldList(FormField(GoalRow), "Mål", min_entries=1, max_entries=MOST_ROWS)
    activities = FieldList(FormField(ActivityRow), "Aktiviteter", min_entries=1, max_entries=MOST_ROWS)
    lasting = ProseField(
        "Vad händer efter projektet?", description="Hur lever resultatet vidare, var, och vem ansvarar?", render_kw={"rows": 5}
    )


class PartnerRow(Row):
    first, wanted = "name", "Skriv vem som är partner, eller töm raden."
    name = TextField("Partner", render_kw={"list": "register", "autocomplete": "off"})
    contribution = ProseField("Bidrar med", longest=1000, render_kw={"rows": 2})


class PartnersForm(SectionForm):
    partners = FieldList(FormField(PartnerRow), "Partner", min_entries=1, max_entries=MOST_ROWS)


class BudgetForm(SectionForm):
    """The amounts are added by `_budget_form`, one box for each year, category and financier."""

    smallest_kr = MoneyField(
        "Minsta belopp som insatsen kan genomföras för",
        description="Räcker inte pengarna till allt kan ni ändå få en del. Det här är gränsen nedåt.",
    )
    budget_note = ProseField("Förklara budgeten", description="Ungefär 150 ord räcker. Det finns ingen skarp gräns.", render_kw={"rows": 5})
    cells: tuple[tuple[int, str, Financier], ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        return {"budget": self.lines, "smallest_kr": self.smallest_kr.data, "budget_note": self.budget_note.data}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The amounts that are written, in whole kronor."""
        amounts = ((year, key, financier, self.box(year, key, financier).data) for year, key, financier in self.cells)
        return [dict(zip(("year", "category_key", "financier", "amount_kr"), cell, strict=True)) for cell in amounts if cell[-1]]

    def box(self, year: int, category_key: str, financier: str) -> Any:
        """The box of one amount."""
        return self[_amount(year, category_key, financier)]

    def sum(self, **which: Any) -> int:
        """Kronor in the lines with the given year, category_key or financier."""
        return sum(line["amount_kr"] for line in self.lines if all(line[name] == value for name, value in which.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.sum() > LARGEST:
            self.form_errors = [*self.form_errors, f"Budgeten är tillsammans mer än {in_words(LARGEST)}. Kontrollera beloppen."]
            return False
        return fine


def _amount(year: int, category_key: str, financier: str) -> str:
    return f"{AMOUNT}{year}_{category_key}_{financier}"


class QuestionsForm(SectionForm):
    """The call's own questions are added by `_questions_form`."""

    attachments = MultipleFileField("Bilagor", description="PDF, DOCX, XLSX, ODT, ODS, PNG, JPG, TXT eller CSV. Högst 20 MB tillsammans.")

    @property
    def facts(self) -> dict[str, Any]:
        boxes = {name.removeprefix(ANSWER): field for name, field in self._fields.items() if name.startswith(ANSWER)}
        return {"answers": {key: _answer(field.data) for key, field in boxes.items()}}

    @property
    def uploads(self) -> list[tuple[str | None, Any]]:
        named = [(name.removeprefix(FILE), field.data) for name, field in self._fields.items() if name.startswith(FILE)]
        return [(key, file) for key, file in (*named, *((None, each) for each in self.attachments.data or ())) if file and file.filename]

    @property
    def told(self) -> dict[str, str]:
        return {field.label.text: _words(field) for name, field in self._fields.items() if name.startswith(ANSWER)}


def _answer(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)


FORMS: dict[Section, type[SectionForm]] = {
    Section.CONTACT: ContactForm,
    Section.SUMMARY: SummaryForm,
    Section.PURPOSE: PurposeForm,
    Section.NEED: NeedForm,
    Section.PLAN: PlanForm,
    Section.PARTNERS: PartnersForm,
}


def section_form(section: Section, application: Any, facts: dict[str, Any], seen: str, **options: Any) -> SectionForm:
    """The form of a section, filled with what it says; `formdata=None` leaves out what was typed."""
    terms = application.governing.terms
    said = {**facts, "seen": seen}
    if section is Section.BUDGET:
        return _budget_form(application, terms, said, options)
    if section is Section.QUESTIONS:
        return _questions_form(terms.questions, said, options)
    form = FORMS[section](data=said, **options)
    if isinstance(form, PurposeForm):
        form.target_groups.choices = [(group, TARGET_GROUPS.label(group)) for group in terms.target_groups]
        if application.call.scope != Scope.NATIONAL:
            del form.national_ground, form.national_note
    if not form.is_submitted():
        form.offer()
    return form


def _budget_form(application: Any, terms: Terms, said: dict[str, Any], options: dict[str, Any]) -> SectionForm:
    years = sorted({*application.budget_years, *application.budget_years_outside})
    cells = tuple((year, category.key, financier) for year in years for category in terms.categories for financier in Financier)
    boxes = {
        _amount(year, key, financier): MoneyField(f"{terms.category_name(key)} {year}, {label(financier)}")
        for year, key, financier in cells
    }
    said |= {_amount(line["year"], line["category_key"], line["financier"]): line["amount_kr"] for line in said["budget"]}
    form: type[BudgetForm] = type("ThisBudgetForm", (BudgetForm,), {**boxes, "cells": cells})
    return form(data=said, **options)


MAKE: dict[QuestionKind, Callable[..., Any]] = {
    QuestionKind.SHORT: TextField,
    QuestionKind.LONG: lambda text, **more: ProseField(text, render_kw={"rows": 6}, **more),
    QuestionKind.CHOICE: RadioField,
    QuestionKind.CHOICES: CheckboxesField,
    QuestionKind.NUMBER: NumberField,
    QuestionKind.DATE: DateField,
}


def _questions_form(questions: tuple[Question, ...], said: dict[str, Any], options: dict[str, Any]) -> SectionForm:
    boxes: dict[str, Any] = {}
    for question in questions:
        if question.kind is QuestionKind.FILE:
            boxes[FILE + question.key] = FileField(question.text, description=question.help)
            continue
        offered = {"choices": [(each, each) for each in question.options]} if question.options else {}
        boxes[ANSWER + question.key] = MAKE[question.kind](question.text, description=question.help, **offered)
        said[ANSWER + question.key] = _read(question.kind, said["answers"].get(question.key, ""))
    form: type[QuestionsForm] = type("ThisQuestionsForm", (QuestionsForm,), boxes)
    return form(data=said, **options)


def _read(kind: QuestionKind, text: str) -> Any:
    """A kept answer as its box wants it; an answer of another kind, from before the call was changed, is left out."""
    try:
        match kind:
            case QuestionKind.CHOICES:
                return text.splitlines()
            case QuestionKind.NUMBER:
                return int(text) if text else None
            case QuestionKind.DATE:
                return date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return text


class SignForm(Form):
    row_version = RowVersionField()
    confirmed = BooleanField(
        "Jag har läst ansökan och får skriva under.", validators=[DataRequired("Intyga att du har läst ansökan och får skriva under.")]
    )


class WithdrawForm(Form):
    reason = ProseField(
        "Varför återkallar ni ansökan?", longest=4000, required="Skriv varför ni återkallar ansökan.", render_kw={"rows": 4}
    )

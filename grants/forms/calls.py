"""Forms for starting, editing, publishing and cancelling a call. Each part of a call has a form of its own.

A part's form knows what it gives to the version (`fields`); rows are added and removed without script.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SubmitField

from ..domain.completeness import CallPart
from ..domain.purposes import TARGET_GROUPS
from ..domain.terms import Category, Contact, Criterion, Level, Question, ReportSection, Terms
from ..domain.words import OrganisationKind, QuestionKind, Round, Scope, capitalised, choices
from . import (
    CheckboxesField,
    EmailField,
    Filter,
    Form,
    LinesField,
    MomentField,
    MoneyField,
    NumberField,
    Part,
    ProseField,
    RadioField,
    RowVersionField,
    SelectField,
    TextField,
)

MOST_ROWS = 40
APPLICANTS = [(kind.value, capitalised(kind)) for kind in (OrganisationKind.MUNICIPALITY, OrganisationKind.FEDERATION)]
MakeKey = Callable[[str, set[str]], str]


class CallFilter(Filter):
    """Which calls to show; sent in the address."""

    lan = SelectField("Län", choices=[("", "Alla län")])
    omfattning = SelectField("Slag", choices=[("", "Alla slag"), *choices(Scope)])
    malgrupp = SelectField("Målgrupp", choices=[("", "Alla målgrupper"), *TARGET_GROUPS.choices()])


class StartForm(Form):
    name = TextField(
        "Utlysningens namn", required="Skriv vad utlysningen ska heta.", description="Till exempel Beredskap och mottagande 2027."
    )
    year = NumberField(
        "År", required="Skriv vilket år utlysningen gäller.", lowest=2000, highest=2100, description="Året vars pengar ni fördelar."
    )
    scope = RadioField("Slag", choices=choices(Scope), required="Välj om utlysningen är regional eller nationell.")
    round = RadioField("Omgång", choices=choices(Round), required="Välj omgång.", default=Round.ORDINARY.value)


class PartForm(Form):
    """The base of a part: the version it was opened on, and what the part gives."""

    row_version = RowVersionField()

    def fields(self, terms: Terms, new_key: MakeKey, used: set[str]) -> dict[str, Any]:
        """What to hand to `services.calls.edit`."""
        return {name: field.data for name, field in self._fields.items() if name not in ("row_version", "csrf_token")}


class GroundsForm(PartForm):
    """The name belongs to the call and not to the version: it cannot be changed once published."""

    name = TextField("Utlysningens namn", required="Skriv vad utlysningen ska heta.")
    round = RadioField("Omgång", choices=choices(Round), required="Välj omgång.")
    summary = ProseField(
        "Sammanfattning", longest=1000, description="En eller två meningar. Syns först på sidan och i listan.", render_kw={"rows": 3}
    )
    text = ProseField("Beskrivning", description="Det som inte ryms i de andra delarna. Tom rad ger nytt stycke.", render_kw={"rows": 12})


class TimesForm(PartForm):
    opens_at = MomentField("Utlysningen öppnar", description="Svensk tid.")
    closes_at = MomentField("Utlysningen stänger", description="Svensk tid. Det som kommer in på klockslaget är i tid.")
    decision_planned = TextField("När ni räknar med att besluta", longest=120, description="Till exempel i mitten av juni 2027.")


class MoneyForm(PartForm):
    available_kr = MoneyField("Att fördela", description="Hela kronor.")
    min_kr = MoneyField("Minsta belopp per insats", description="Lämna tomt om det inte finns någon gräns.")
    max_kr = MoneyField("Högsta belopp per insats", description="Lämna tomt om det inte finns någon gräns.")
    longest_months = NumberField("Längsta tid i månader", lowest=1, highest=120, description="Lämna tomt om det inte finns någon gräns.")


class TermsForm(PartForm):
    """A part that is kept in the terms of the version."""

    def terms(self, terms: Terms, new_key: MakeKey, used: set[str]) -> Terms:
        raise NotImplementedError

    def fields(self, terms: Terms, new_key: MakeKey, used: set[str]) -> dict[str, Any]:
        return {"terms": self.terms(terms, new_key, used)}


class WhoForm(TermsForm):
    eligible_applicants = CheckboxesField("Vem kan söka?", choices=APPLICANTS, required="Välj minst en sorts sökande.")
    target_groups = CheckboxesField("Målgrupper", choices=TARGET_GROUPS.choices(), required="Välj minst en målgrupp.")

    def terms(self, terms: Terms, new_key: MakeKey, used: set[str]) -> Terms:
        return replace(terms, eligible_applicants=tuple(self.eligible_applicants.data), target_groups=tuple(self.target_groups.data))


class PrioritiesForm(TermsForm):
    national_priorities = LinesField("Nationella prioriteringar", description="En på varje rad.", render_kw={"rows": 5})
    regional_priorities = LinesField("Regionala prioriteringar", description="En på varje rad.", render_kw={"rows": 5})

    def terms(self, terms: Terms, new_key: MakeKey, used: set[str]) -> Terms:
        return replace(terms, national_priorities=self.national_priorities.lines, regional_priorities=self.regional_priorities.lines)


class ConditionsForm(TermsForm):
    conditions = LinesField("Villkor", description="Ett på varje rad. De följer med i varje beslut om bidrag.", render_kw={"rows": 10})

    def terms(self, terms: Terms, new_key: MakeKey, used: set[str]) -> Terms:
        return replace(terms, conditions=self.conditions.lines)


class Row(Part):
    """One row of a part. `first` names the field that must be there; a row that is empty or marked falls away."""

    first = "name"
    key = HiddenField()
    remove = BooleanField("Ta bort när jag sparar")

    @property
    def is_dropped(self) -> bool:
        written = (field.data for field in self if isinstance(field, (TextField, ProseField)))
        return self.remove.data or not any(written)

    def validate(self, extra_validators: Any = None) -> bool:
        if self.is_dropped:
            return True
        return super().validate(extra_validators)


class LevelsField(LinesField):
    """The described levels of a criterion, one per line; the first is one point."""

    def process_data(self, value: Any) -> None:
        super().process_data(level.text for level in value or ())

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(Level(points, text) for points, text in enumerate(self.lines, start=1))


class CriterionRow(Row):
    name = TextField("Kriterium", required="Skriv kriteriets namn.", longest=120)
    weight = NumberField("Vikt", required="Skriv kriteriets vikt.", lowest=1, highest=1000)
    help = TextField("Det här ser ni efter", longest=1000)
    levels = LevelsField("Nivåer", description="En mening på varje rad, den lägsta först. Första raden ger 1 poäng.", render_kw={"rows": 6})

    def made(self, key: str) -> Criterion:
        return Criterion(key, self.name.data, self.weight.data, self.help.data, self.levels.levels)


class QuestionRow(Row):
    first = "text"
    text = TextField("Fråga", required="Skriv frågan.")
    kind = SelectField("Sorts svar", choices=choices(QuestionKind))
    help = TextField("Hjälptext", longest=1000)
    required = BooleanField("Måste besvaras")
    options = LinesField("Alternativ", description="Bara för val: ett på varje rad.", render_kw={"rows": 3})

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        chosen = self.kind.data in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        if chosen and not self.is_dropped and len(self.options.lines) < 2:
            self.options.errors = [*self.options.errors, "Skriv minst två alternativ, ett på varje rad."]
            return False
        return fine

    def made(self, key: str) -> Question:
        kind = QuestionKind(self.kind.data)
        options = self.options.lines if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) else ()
        return Question(key, kind, self.text.data, self.help.data, self.required.data, options)


class CategoryRow(Row):
    name = TextField("Budgetpost", required="Skriv budgetpostens namn.", longest=120)
    help = TextField("Hjälptext", longest=1000)

    def made(self, key: str) -> Category:
        return Category(key, self.name.data, self.help.data)


class ReportRow(Row):
    first = "title"
    title = TextField("Rubrik", required="Skriv rubriken.")
    help = TextField("Hjälptext", longest=1000)
    required = BooleanField("Måste besvaras", default=True)

    def made(self, key: str) -> ReportSection:
        return ReportSection(key, self.title.data, self.help.data, self.required.data)


class ContactRow(Row):
    """Work contacts only."""

    name = TextField("Namn", required="Skriv kontaktpersonens namn.", longest=120)
    email = EmailField("E-post", required="Skriv kontaktpersonens e-post.")
    phone = TextField("Telefon", longest=40)

    def made(self, key: str) -> Contact:
        return Contact(self.name.data, self.email.data, self.phone.data)


class RowsForm(TermsForm):
    """A part of rows. `more` adds an empty row without saving."""

    more = SubmitField("Lägg till en rad")
    kept = row_name = ""

    def offer(self) -> None:
        """Add an empty row to write in."""
        if len(self.rows) < MOST_ROWS:
            self.rows.append_entry()

    def terms(self, terms: Terms, new_key: MakeKey, used: set[str]) -> Terms:
        # A key that was sent is believed only when the part has it already, and only once.
        own, made = {getattr(row, "key", "") for row in getattr(terms, self.kept)}, []
        for row in (entry.form for entry in self.rows if not entry.form.is_dropped):
            key = row.key.data if row.key.data in own else new_key(row[row.first].data, used)
            own.discard(key)
            used.add(key)
            made.append(row.made(key))
        return replace(terms, **{self.kept: tuple(made)})


class CriteriaForm(RowsForm):
    kept = "criteria"
    row_name = "Kriterium"
    rows = FieldList(FormField(CriterionRow), max_entries=MOST_ROWS)


class QuestionsForm(RowsForm):
    kept = "questions"
    row_name = "Fråga"
    rows = FieldList(FormField(QuestionRow), max_entries=MOST_ROWS)


class CategoriesForm(RowsForm):
    kept = "categories"
    row_name = "Budgetpost"
    rows = FieldList(FormField(CategoryRow), max_entries=MOST_ROWS)


class ReportForm(RowsForm):
    kept = "report_sections"
    row_name = "Rapportfråga"
    rows = FieldList(FormField(ReportRow), max_entries=MOST_ROWS)


class ContactsForm(RowsForm):
    kept = "contacts"
    row_name = "Kontaktperson"
    rows = FieldList(FormField(ContactRow), max_entries=MOST_ROWS)


FORMS: dict[CallPart, type[PartForm]] = {
    CallPart.GROUNDS: GroundsForm,
    CallPart.TIMES: TimesForm,
    CallPart.MONEY: MoneyForm,
    CallPart.WHO: WhoForm,
    CallPart.PRIORITIES: PrioritiesForm,
    CallPart.CRITERIA: CriteriaForm,
    CallPart.QUESTIONS: QuestionsForm,
    CallPart.CATEGORIES: CategoriesForm,
    CallPart.CONDITIONS: ConditionsForm,
    CallPart.REPORT: ReportForm,
    CallPart.CONTACTS: ContactsForm,
}


def part_form(part: CallPart, call: Any) -> PartForm:
    """The form of a part, filled from the call's unpublished version."""
    version = call.draft_version
    make = FORMS[part]
    known = {"row_version": call.row_version}
    if issubclass(make, RowsForm):
        form: PartForm = make(data={**known, "rows": getattr(version.terms, make.kept)})
        if not form.is_submitted():
            form.offer()
        return form
    if issubclass(make, TermsForm):
        return make(obj=version.terms, data=known)
    form = make(obj=version, data={**known, "name": call.name, "round": call.round.value})
    if part is CallPart.GROUNDS and call.published_number:
        del form.name, form.round
    return form


class PublishForm(Form):
    row_version = RowVersionField()
    changes = ProseField(
        "Vad har ändrats?",
        longest=4000,
        description="Skriv så att den som redan har läst utlysningen förstår. Texten visas på sidan och skickas till dem som har börjat en ansökan.",
        render_kw={"rows": 4},
    )


class CancelForm(Form):
    reason = ProseField(
        "Varför ställs utlysningen in?",
        longest=4000,
        required="Skriv varför utlysningen ställs in.",
        description="Skälet visas på utlysningens sida.",
        render_kw={"rows": 4},
    )

"""What comes in about assessment: who is asked, conflict of interest, scores with reasons, and the ranking's amounts."""

from collections.abc import Iterable
from typing import Any

from ..domain.terms import Criterion
from . import CheckboxesField, DateField, Form, MoneyField, Part, ProseField, RadioField, RowVersionField

WHY = "Skriv till exempel att du nyligen har arbetat i kommunen. Texten är en del av akten."


class AssignForm(Form):
    """Which assessors are asked, and by when. The persons are passed in."""

    assessors = CheckboxesField("Bedömare", coerce=int, required="Välj minst en bedömare.")
    due_on = DateField("Klart senast")


class ConflictForm(Form):
    """Somebody at the board says to be conflicted."""

    reason = ProseField("Varför är du jävig?", longest=1000, description=WHY, required="Skriv varför du är jävig.", render_kw={"rows": 3})


def score_form(criteria: Iterable[Criterion], review: Any) -> Any:
    """The form of one assessment: a level and a reason for each criterion, filled with what is saved."""
    criteria, fields, saved = tuple(criteria), {}, {}
    for number, criterion in enumerate(criteria):
        score = review.score_for(criterion.key)
        levels = [(str(level.points), level.text) for level in criterion.levels]
        fields[f"points_{number}"] = RadioField(criterion.name, choices=levels)
        fields[f"reason_{number}"] = ProseField(f"Skäl, {criterion.name.lower()}", longest=4000, render_kw={"rows": 3})
        saved[f"points_{number}"] = str(score.points) if score and score.points is not None else None
        saved[f"reason_{number}"] = score.reason if score else ""
    made = type("ScoreForm", (_ScoreForm,), fields)
    return made(criteria=criteria, data={**saved, "comment": review.comment, "row_version": review.row_version})


class _ScoreForm(Form):
    comment = ProseField("Sammanfattande kommentar", longest=4000, render_kw={"rows": 4})
    row_version = RowVersionField()

    def __init__(self, *args: Any, criteria: tuple[Criterion, ...], **named: Any):
        super().__init__(*args, **named)
        self.rows = [(c, self[f"points_{n}"], self[f"reason_{n}"]) for n, c in enumerate(criteria)]

    @property
    def scores(self) -> dict[str, tuple[int | None, str]]:
        """Criterion key → (points or None, reason)."""
        return {c.key: (int(points.data) if points.data else None, reason.data) for c, points, reason in self.rows}


def line_form(offers: dict[int, int], typed: Any) -> Any:
    """The amounts of a ranking by application id; what is typed in the address goes before what is proposed."""
    fields = {f"kr_{number}": MoneyField("Förslag, kr") for number in offers}
    made = type("LineForm", (Part,), fields)
    return made(formdata=typed if any(name in typed for name in fields) else None, data={f"kr_{n}": kr for n, kr in offers.items()})

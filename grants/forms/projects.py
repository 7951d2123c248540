"""What comes in about projects: the filter of the list, the report, and what the officer says of it."""

from typing import Any

from ..domain.words import GoalResult, ProjectState, choices
from . import DateField, Filter, Form, MoneyField, NumberField, ProseField, RadioField, RowVersionField, SelectField

ANSWER, RESULT, BECAME, SPENT, CHARGED, WHY = "svar_", "mal_", "blev_", "utfall_", "bidrag_", "avvikelse_"
PEOPLE = ("participants_women", "participants_men", "participants_children")


class ProjectFilter(Filter):
    """Which projects a list shows."""

    lage = SelectField("Läge", choices=[("", "Alla"), *choices(ProjectState)])
    ar = SelectField("Beviljat år", choices=[("", "Alla år")])


class ReportForm(Form):
    """The part that all reports share; the sections, goals and lines are added by `report_form`."""

    participants_women = NumberField("Kvinnor", highest=1_000_000)
    participants_men = NumberField("Män", highest=1_000_000)
    participants_children = NumberField("Barn", highest=1_000_000)
    row_version = RowVersionField()

    @property
    def facts(self) -> dict[str, Any]:
        """What `services.projects.save_report` wants."""
        return {
            "answers": {key: box.data for key, box in self.part(ANSWER).items()},
            "goals": {int(key): (_result(box.data), self[BECAME + key].data) for key, box in self.part(RESULT).items()},
            "lines": {key: (box.data, self[CHARGED + key].data, self[WHY + key].data) for key, box in self.part(SPENT).items()},
            **{name: self[name].data for name in PEOPLE},
            "row_version": self.row_version.data,
        }  # fmt: skip

    def part(self, prefix: str) -> dict[str, Any]:
        """The boxes of one part, by key."""
        return {name.removeprefix(prefix): box for name, box in self._fields.items() if name.startswith(prefix)}


def _result(value: str | None) -> GoalResult | None:
    return GoalResult(value) if value else None


def report_form(report: Any) -> ReportForm:
    """The form of one report, with what it says now."""
    boxes: dict[str, Any] = {}
    said: dict[str, Any] = {name: getattr(report, name) for name in (*PEOPLE, "row_version")}
    for section in report.sections:
        boxes[ANSWER + section.key] = ProseField(section.title, description=section.help, render_kw={"rows": 6})
        said[ANSWER + section.key] = report.answers.get(section.key, "")
    for goal in report.goals:
        _add_goal(goal, boxes, said)
    for line in report.lines:
        _add_line(line, boxes, said)
    form: type[ReportForm] = type("ThisReportForm", (ReportForm,), boxes)
    return form(data=said)


def _add_goal(goal: Any, boxes: dict[str, Any], said: dict[str, Any]) -> None:
    key = str(goal.goal_id)
    boxes[RESULT + key] = RadioField("Blev målet uppnått?", choices=choices(GoalResult))
    boxes[BECAME + key] = ProseField("Vad blev resultatet?", longest=2000, render_kw={"rows": 3})
    said[RESULT + key], said[BECAME + key] = goal.result.value if goal.result else None, goal.outcome


def _add_line(line: Any, boxes: dict[str, Any], said: dict[str, Any]) -> None:
    key = line.category_key
    boxes[SPENT + key], boxes[CHARGED + key] = MoneyField("Utfall"), MoneyField("Varav statsbidraget")
    boxes[WHY + key] = ProseField("Förklara avvikelsen", longest=1000, render_kw={"rows": 2})
    said[SPENT + key], said[WHY + key] = line.outcome_kr, line.explanation
    said[CHARGED + key] = line.grant_outcome_kr if line.outcome_kr is not None else None


class ReviewReportForm(Form):
    """What the officer says of a report that was sent in."""

    note = ProseField(
        "Till kommunen",
        longest=4000,
        description="Skriv vad som behöver kompletteras, eller en kommentar till godkännandet.",
        render_kw={"rows": 4},
    )


class CloseForm(Form):
    """The day a project is closed; empty is today."""

    closed_on = DateField("Avslutas den dag")

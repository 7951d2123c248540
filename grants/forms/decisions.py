"""What comes in about decisions: the proposal with its amount, its pots, reasons, conditions and dates."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.words import DecisionState, Outcome, PotSource, choices, label
from . import DateField, Filter, Form, LinesField, MoneyField, ProseField, RadioField, RowVersionField, SelectField

SOURCES = (PotSource.NATIONAL, PotSource.ALLOCATION, PotSource.RETURNED)
PLAIN = ("granted_kr", "reasons", "starts_on", "ends_on", "interim_due_on", "report_due_on", "participants", "dissent")
STATES = (DecisionState.PROPOSED, DecisionState.DECIDED)


class DecisionForm(Form):
    """A proposal. Amounts, dates and conditions count for grants alone; the guards say what is missing before deciding."""

    outcome = RadioField("Beslut", choices=choices(Outcome), required="Välj vad som ska beslutas.")
    granted_kr = MoneyField("Belopp att bevilja")
    national = MoneyField("Från den nationella potten")
    allocation = MoneyField("Från årets tilldelning")
    returned = MoneyField("Från återbetalda medel")
    reasons = ProseField("Skäl för beslutet", required="Skriv skälen för beslutet.", render_kw={"rows": 8})
    conditions = LinesField("Villkor", description="Ett villkor per rad.", render_kw={"rows": 6})
    starts_on = DateField("Insatsen börjar")
    ends_on = DateField("Insatsen slutar")
    interim_due_on = DateField("Delrapport senast")
    report_due_on = DateField("Slutrapport senast")
    participants = ProseField("Andra som deltar i den slutliga handläggningen", longest=1000, render_kw={"rows": 2})
    dissent = ProseField("Avvikande mening", longest=4000, render_kw={"rows": 3})
    row_version = RowVersionField()

    def only(self, sources: Iterable[PotSource]) -> "DecisionForm":
        """Keep the boxes of the pots that the call's grants may come from."""
        for source in set(SOURCES) - set(sources):
            del self[source.value]
        return self

    @property
    def pots(self) -> dict[PotSource, Any]:
        """The boxes of the pots, by source."""
        return {source: self[source.value] for source in SOURCES if source.value in self}

    @property
    def facts(self) -> dict[str, Any]:
        """What the services want, by their names."""
        return {
            **{name: self[name].data for name in PLAIN},
            "outcome": Outcome(self.outcome.data),
            "conditions": list(self.conditions.lines),
            "financing": {source: box.data for source, box in self.pots.items() if box.data},
        }


def of_decision(decision: Any) -> Mapping[str, Any]:
    """What a saved proposal puts in the boxes."""
    financing = {row.source.value: row.amount_kr for row in decision.financing}
    same = {name: getattr(decision, name) for name in (*PLAIN, "conditions", "row_version")}
    return {**same, **financing, "outcome": decision.outcome.value}


class DecisionFilter(Filter):
    """Which decisions a list shows."""

    lage = SelectField("Läge", choices=[("", "Alla"), *((state.value, label(state).capitalize()) for state in STATES)])
    ar = SelectField("År", choices=[("", "Alla")])

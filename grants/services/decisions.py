"""Decisions: proposed by a rapporteur, decided by another person, with the money bound and the letter frozen at once.

Not for the words of the letter (domain/decision_letters.py), its PDF (typesetting.py) or the ledger (pots.py).
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from ..domain.calendar import months_after
from ..domain.decision_letters import compose, notice, signature
from ..domain.errors import Unmet
from ..domain.money import decimal_in_words
from ..domain.permissions import Moment
from ..domain.words import ApplicationState, DecisionState, Outcome, PotSource, label
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision, Financing
from ..models.people import Person
from . import letters, pots, projects
from .acting import act, expect_version

GRANT_FIELDS = ("starts_on", "ends_on", "report_due_on", "interim_due_on")


def available(call: Call) -> dict[PotSource, int]:
    """What is left in each pot that the call's grants may come from, in kronor; a pot not made yet holds nothing."""
    found = {source: pots.find(call.board_id, call.year, source) for source in call.scope.sources}
    return {source: pots.balance(pot).available if pot else 0 for source, pot in found.items()}


def shares(call: Call) -> dict[PotSource, int]:
    """What the call has to give from each pot, in kronor: what is left and what its own decisions have already taken."""
    taken = dict.fromkeys(call.scope.sources, 0)
    query = select(Financing.source, func.sum(Financing.amount_kr)).join(Financing.decision).join(Decision.application)
    query = query.where(Application.call_id == call.id, Decision.state == DecisionState.DECIDED).group_by(Financing.source)
    taken.update({source: int(kr) for source, kr in db.session.execute(query).all()})
    return {source: kr + taken[source] for source, kr in available(call).items()}


def first_draft(application: Application, kr: int | None = None, mean: Decimal | None = None) -> dict[str, Any]:
    """What a new proposal starts from: the application, the ranking and the call's own conditions. Money in kronor.

    The final report is due three months after the end; work of more than a year reports halfway too.
    """
    version, asked = application.version or application.call.version, application.applied_kr or 0
    granted = min(asked if kr is None else kr, asked)
    outcome = _likely(application, granted)
    draft: dict[str, Any] = {"outcome": outcome.value, "reasons": _opening(application, mean)}
    if not outcome.gives_money:
        return draft
    start, end = application.starts_on, application.ends_on
    draft |= {"granted_kr": granted, "starts_on": start, "ends_on": end, "conditions": version.terms.conditions if version else ()}
    draft |= {source.value: amount for source, amount in split(available(application.call), granted).items()}
    if start and end:
        draft["report_due_on"] = months_after(end, 3)
        draft["interim_due_on"] = months_after(start, application.months // 2) if application.months > 12 else None
    return draft


def _likely(application: Application, granted: int) -> Outcome:
    if application.state == ApplicationState.WITHDRAWN:
        return Outcome.WRITTEN_OFF
    if application.state != ApplicationState.REVIEWED:
        return Outcome.DISMISSED
    if not granted:
        return Outcome.REJECTED
    return Outcome.GRANTED if granted == application.applied_kr else Outcome.PARTLY_GRANTED


def _opening(application: Application, mean: Decimal | None) -> str:
    """The first sentence of the reasons; the rest is for the rapporteur to write."""
    if application.state == ApplicationState.WITHDRAWN:
        return "Ansökan är återkallad."
    if mean is None:
        return ""
    return f"Ansökan har bedömts mot utlysningens kriterier och fått {decimal_in_words(mean)} i vägt medel."


def propose(application: Application, moment: Moment, *, outcome: Outcome, **fields: Any) -> Decision:
    """Propose a decision; whoever proposes presents it. Fields as in `_fill`. Unmet when one is proposed already."""
    if application.decision:
        raise Unmet("Det finns redan ett förslag eller beslut i ärendet.")
    rapporteur = _person(moment)
    with db.session.no_autoflush:
        decision = Decision(application=application, rapporteur=rapporteur, outcome=outcome, conditions=[])
        _fill(decision, outcome=outcome, **fields)
    act("propose", decision, moment, note=label(outcome))
    return decision


def revise(decision: Decision, moment: Moment, *, outcome: Outcome, row_version: int | None = None, **fields: Any) -> None:
    """Change a proposal; whoever changes it becomes its rapporteur. Stale when somebody saved it in between."""
    expect_version(decision, row_version)
    rapporteur = _person(moment)
    act("revise", decision, moment, note=label(outcome))
    with db.session.no_autoflush:
        decision.rapporteur = rapporteur
        _fill(decision, outcome=outcome, **fields)


def drop(decision: Decision, moment: Moment) -> None:
    """Take a proposal back; the case can be proposed anew."""
    act("drop", decision, moment)


def decide(decision: Decision, moment: Moment) -> None:
    """Decide: bind the money in each pot, start the project, freeze the letter, tell the applicant.

    Raises Unmet with every reason, also when a pot no longer suffices; then nothing has happened. Never slow: the PDF
    is set when somebody asks for it.
    """
    application, decider = decision.application, _person(moment)
    act("decide", decision, moment, note=label(decision.outcome))
    decision.decider = decider
    decision.decided_at, decision.decided_on = moment.now, moment.today
    act("settle", application, moment)
    if decision.outcome.gives_money:
        pots.bind(decision, moment)
        projects.start(decision, moment)
    decision.letter = compose(decision, decided_at=moment.now, decider=signature(decider))
    decision.fingerprint = fingerprint(decision.letter)
    db.session.flush()
    _tell(decision, moment)


def letter_now(decision: Decision, moment: Moment) -> dict[str, Any]:
    """The frozen letter, or how it would read if this person decided now."""
    return decision.letter or compose(decision, decided_at=moment.now, decider=moment.actor.name)


def fingerprint(letter: Mapping[str, Any]) -> str:
    """SHA-256 of a letter, whatever the order of its keys."""
    return sha256(json.dumps(letter, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def split(call_sources: Mapping[PotSource, int], kr: int) -> dict[PotSource, int]:
    """A first financing of an amount in kronor: each pot in turn as far as it goes; what is missing stays on the first."""
    shares: dict[PotSource, int] = {}
    left = kr
    for source, there in call_sources.items():
        shares[source] = min(left, there)
        left -= shares[source]
    first = next(iter(call_sources))
    shares[first] += left
    return {source: amount for source, amount in shares.items() if amount}


def _person(moment: Moment) -> Person:
    return db.session.get_one(Person, moment.actor.person_id)


def _fill(
    decision: Decision,
    *,
    outcome: Outcome,
    granted_kr: int | None = None,
    financing: Mapping[PotSource, int] | None = None,
    reasons: str = "",
    conditions: list[str] | None = None,
    participants: str = "",
    dissent: str = "",
    **dates: date | None,
) -> None:
    """Set what is decided; what belongs to grants alone is left out of other outcomes. Money in whole kronor."""
    if outcome.gives_money and not granted_kr:
        raise Unmet("Skriv hur mycket som ska beviljas.")
    grants = outcome.gives_money
    decision.outcome, decision.granted_kr = outcome, granted_kr if grants else None
    decision.reasons, decision.participants, decision.dissent = reasons, participants, dissent
    decision.conditions = list(conditions or []) if grants else []
    for name in GRANT_FIELDS:
        setattr(decision, name, dates.get(name) if grants else None)
    _finance(decision, financing or {} if grants else {})


def _finance(decision: Decision, wanted: Mapping[PotSource, int]) -> None:
    """One row per pot: changed in place, since a pot may stand only once in a decision."""
    if set(wanted) - set(decision.application.call.scope.sources):
        raise Unmet("Pengarna kan inte tas från den potten i den här utlysningen.")
    standing = {row.source: row for row in decision.financing}
    for source, row in standing.items():
        if not wanted.get(source):
            decision.financing.remove(row)
    for source, kr in wanted.items():
        if source in standing and kr:
            standing[source].amount_kr = kr
        elif kr:
            decision.financing.append(Financing(source=source, amount_kr=kr))


def _tell(decision: Decision, moment: Moment) -> None:
    """Tell the contact and the signatory (förvaltningslagen 33 §), each once."""
    application = decision.application
    signatory = application.signed_by.email if application.signed_by else None
    subject, text = notice(decision.letter or {})
    for address in dict.fromkeys(filter(None, (application.contact_email, signatory))):
        letters.mail(address, subject, text, moment, leads_to=f"/beslut/{decision.id}", dedupe=f"decision {decision.id} {address}"[:120])

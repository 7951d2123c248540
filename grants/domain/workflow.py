"""How things move: one workflow each. Only what a person decided is a state; open, late and overdue are dates.

A step says: this verb, from these states, leads there, only when the guards have nothing to object. Services carry
the steps out through the one door (services/acting.py); whoever may use a verb stands in permissions.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import guards as g
from .errors import Unmet, WrongState
from .permissions import Moment
from .words import ApplicationState as A
from .words import CallState as C
from .words import ClaimState as K
from .words import DecisionState as D
from .words import KeyState as Y
from .words import PaymentState as M
from .words import ProjectState as P
from .words import ReportState as T
from .words import ReviewState as V
from .words import TransferState as F
from .words import capitalised

Guard = Callable[[Any, Moment], str | None]
NEW = None  # The source of a step that brings a thing into the world.
SAME = None  # The target of a step that leaves the state as it is.


@dataclass(frozen=True)
class Step:
    verb: str
    sources: tuple[StrEnum | None, ...]
    target: StrEnum | None
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Workflow:
    noun: str
    states: type[StrEnum]
    steps: tuple[Step, ...]

    def step(self, verb: str, state: StrEnum | None) -> Step:
        """The step for a verb from a state. Raises WrongState with a sentence when there is none."""
        for step in self.steps:
            if step.verb == verb and state in step.sources:
                return step
        raise WrongState(f"Det går inte längre: läget är nu ”{capitalised(state)}”." if state else "Det går inte än.")

    def verbs(self, state: StrEnum | None) -> list[str]:
        """The verbs that lead on from a state, in the table's order."""
        return [step.verb for step in self.steps if state in step.sources]

    def advance(self, thing: Any, verb: str, moment: Moment) -> StrEnum | None:
        """The state that a verb leads to. Raises WrongState, or Unmet with every reason at once."""
        step = self.step(verb, thing.state)
        reasons = [reason for guard in step.guards if (reason := guard(thing, moment))]
        if reasons:
            raise Unmet(*reasons)
        return step.target if step.target is not SAME else thing.state


# fmt: off
CALL = Workflow("call", C, (
    #    verb          from                                      to             only when
    Step("start",      (NEW,),                                   C.DRAFT,       (g.national_call_is_the_coordinators,)),
    Step("edit",       (C.DRAFT, C.PUBLISHED),                   SAME,          (g.has_an_unpublished_version,)),
    Step("publish",    (C.DRAFT, C.PUBLISHED),                   C.PUBLISHED,   (g.has_an_unpublished_version, g.call_is_complete, g.amendment_is_explained)),
    Step("amend",      (C.PUBLISHED,),                           SAME,          (g.has_no_unpublished_version,)),
    Step("cancel",     (C.DRAFT, C.PUBLISHED),                   C.CANCELLED,   (g.nothing_has_arrived,)),
    Step("record",     (NEW,),                                   C.PUBLISHED),
))

APPLICATION = Workflow("application", A, (
    Step("start",      (NEW,),                                   A.DRAFT,       (g.call_takes_applications, g.applicant_is_eligible)),
    Step("edit",       (A.DRAFT,),                               SAME),
    Step("prepare",    (A.DRAFT,),                               A.READY,       (g.application_is_complete,)),
    Step("reopen",     (A.READY,),                               A.DRAFT),
    Step("submit",     (A.DRAFT, A.READY),                       A.SUBMITTED,   (g.call_has_opened, g.applicant_is_eligible, g.application_is_complete)),
    Step("discard",    (A.DRAFT, A.READY),                       A.DISCARDED),
    Step("restore",    (A.DISCARDED,),                           A.DRAFT),
    Step("register",   (NEW,),                                   A.SUBMITTED,   (g.call_was_published, g.arrival_is_past)),
    Step("number",     (A.SUBMITTED, A.CHECKED, A.REVIEWED, A.WITHDRAWN, A.DECIDED), SAME),
    Step("admit",      (A.SUBMITTED,),                           SAME,          (g.came_late, g.admission_is_reasoned)),
    Step("examine",    (A.SUBMITTED,),                           SAME),
    Step("check",      (A.SUBMITTED,),                           A.CHECKED,     (g.has_a_registration_number, g.in_time_or_admitted, g.formal_checks_are_passed)),
    Step("conclude",   (A.CHECKED,),                             A.REVIEWED,    (g.every_review_is_in,)),
    Step("resume",     (A.CHECKED, A.REVIEWED),                  A.SUBMITTED,   (g.nothing_is_proposed,)),
    Step("withdraw",   (A.SUBMITTED, A.CHECKED, A.REVIEWED),     A.WITHDRAWN),
    Step("settle",     (A.SUBMITTED, A.CHECKED, A.REVIEWED, A.WITHDRAWN), A.DECIDED),
    Step("record",     (NEW,),                                   A.SUBMITTED),
    Step("record",     (A.SUBMITTED,),                           A.DECIDED),
))

REVIEW = Workflow("review", V, (
    Step("assign",     (NEW, V.REMOVED),                         V.ASSIGNED,    (g.application_is_in_preparation, g.assessor_is_not_conflicted)),
    Step("accept",     (V.ASSIGNED,),                            V.OPEN),
    Step("recuse",     (V.ASSIGNED, V.OPEN, V.SUBMITTED),        V.RECUSED,     (g.reason_is_given,)),
    Step("write",      (V.OPEN,),                                SAME),
    Step("submit",     (V.OPEN,),                                V.SUBMITTED,   (g.every_criterion_is_scored,)),
    Step("resume",     (V.SUBMITTED,),                           V.OPEN,        (g.application_is_in_preparation,)),
    Step("remove",     (V.ASSIGNED, V.OPEN),                     V.REMOVED),
))

DECISION = Workflow("decision", D, (
    Step("propose",    (NEW,),                                   D.PROPOSED,    (g.application_can_be_decided,)),
    Step("revise",     (D.PROPOSED,),                            SAME),
    Step("drop",       (D.PROPOSED,),                            D.DROPPED),
    Step("decide",     (D.PROPOSED,),                            D.DECIDED,     (g.rapporteur_is_another, g.rapporteur_is_not_conflicted, g.case_has_a_registration_number, g.outcome_fits_the_case, g.decision_is_complete_in_law, g.financing_adds_up)),
    Step("record",     (NEW,),                                   D.DECIDED),
))

PROJECT = Workflow("project", P, (
    Step("start",      (NEW,),                                   P.RUNNING),
    Step("close",      (P.RUNNING,),                             P.CLOSED,      (g.final_report_is_approved, g.payments_are_settled, g.unused_money_is_settled)),
    Step("record",     (NEW,),                                   P.RUNNING),
    Step("record",     (P.RUNNING,),                             P.CLOSED),
))

REPORT = Workflow("report", T, (
    Step("start",      (NEW,),                                   T.DRAFT),
    Step("edit",       (T.DRAFT, T.SENT_BACK),                   SAME),
    Step("submit",     (T.DRAFT, T.SENT_BACK),                   T.SUBMITTED,   (g.report_is_complete,)),
    Step("send_back",  (T.SUBMITTED,),                           T.SENT_BACK,   (g.reason_is_given,)),
    Step("approve",    (T.SUBMITTED,),                           T.APPROVED),
))

PAYMENT = Workflow("payment", M, (
    Step("prepare",    (NEW,),                                   M.PREPARED,    (g.within_the_grant,)),
    Step("confirm",    (M.PREPARED,),                            M.PAID,        (g.another_person_prepared, g.paid_on_is_given)),
    Step("cancel",     (M.PREPARED,),                            M.CANCELLED),
))

CLAIM = Workflow("claim", K, (
    Step("raise",      (NEW,),                                   K.RAISED,      (g.claim_is_within_what_was_paid, g.reason_is_given)),
    Step("receive",    (K.RAISED,),                              K.RECEIVED,    (g.received_on_is_given,)),
    Step("remit",      (K.RAISED,),                              K.REMITTED,    (g.remission_is_reasoned,)),
))

KEY = Workflow("key", Y, (
    Step("draft",      (NEW, Y.DRAFT),                           Y.DRAFT),
    Step("decide",     (Y.DRAFT,),                               Y.DECIDED),
))

TRANSFER = Workflow("transfer", F, (
    Step("propose",    (NEW,),                                   F.PROPOSED,    (g.reason_is_given,)),
    Step("accept",     (F.PROPOSED,),                            F.ACCEPTED),
    Step("decline",    (F.PROPOSED,),                            F.DECLINED),
))
# fmt: on

WORKFLOWS = {w.noun: w for w in (CALL, APPLICATION, REVIEW, DECISION, PROJECT, REPORT, PAYMENT, CLAIM, KEY, TRANSFER)}

"""Assessment: who assesses what, the question on conflict of interest, the scores, and the ranking of a call.

Not for what is granted (services/decisions.py) nor for the arithmetic of points (domain/scoring.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from ..domain import scoring
from ..domain.calendar import date_in_words
from ..domain.errors import Forbidden, Unmet
from ..domain.permissions import Actor, Moment
from ..domain.terms import Criterion, Terms
from ..domain.words import AWAITED, COUNTED, ApplicationState, ReviewState, Role
from ..extensions import db
from ..models.applications import Application
from ..models.calls import Call
from ..models.decisions import Decision
from ..models.people import Mandate, Person
from ..models.reviews import Recusal, Review, Score
from . import letters
from .acting import act, expect_version
from .visible import visible


def candidates(application: Application, day: date) -> list[Person]:
    """Who may be asked to assess: assessors of the board that day, not conflicted and not asked already."""
    held = select(Mandate.person_id).where(
        Mandate.organisation_id == application.board_id,
        Mandate.role == Role.ASSESSOR,
        Mandate.from_on <= day,
        (Mandate.to_on.is_(None)) | (Mandate.to_on > day),
    )
    taken = {r.assessor_id for r in application.reviews if r.state in COUNTED} | application.recused_ids
    return [p for p in db.session.scalars(select(Person).where(Person.id.in_(held)).order_by(Person.name)) if p.id not in taken]


def assign(application: Application, assessor: Person, moment: Moment, due_on: date | None = None) -> Review:
    """Ask an assessor of the board. Who was removed before is asked anew and answers on conflict of interest again.

    Raises Unmet for somebody who is not an assessor there, who is asked already or who is conflicted.
    """
    review = next((r for r in application.reviews if r.assessor_id == assessor.id), None)
    if review and review.state in COUNTED:
        raise Unmet(f"{assessor.name} är redan bedömare i ärendet.")
    if assessor.id in application.recused_ids:
        raise Unmet(f"{assessor.name} är jävig i ärendet och kan inte bedöma det.")
    if assessor not in candidates(application, moment.today):
        raise Unmet(f"{assessor.name} är inte bedömare hos länsstyrelsen.")
    review = review or Review(application=application, assessor_id=assessor.id, assessor=assessor, comment="")
    act("assign", review, moment, note=assessor.name)
    review.due_on = due_on
    db.session.flush()
    _ask(review, moment)
    return review


def _ask(review: Review, moment: Moment) -> None:
    """Tell the assessor, without a word of the case's text."""
    case = review.application
    wanted = f" Bedömningen ska vara klar {date_in_words(review.due_on)}." if review.due_on else ""
    text = f"Du är utsedd att bedöma {case.title}, {case.applicant.name}.{wanted}\n\nLogga in och svara först om du är jävig:"
    letters.mail(review.assessor.email, f"Bedöm {case.title}", text, moment, leads_to=f"/bedomningar/{review.id}")


def accept(review: Review, moment: Moment) -> None:
    """The assessor declares to have no conflict of interest; now the text of the case may be read (16–18 §§)."""
    act("accept", review, moment)


def recuse(review: Review, moment: Moment, reason: str) -> None:
    """The assessor is conflicted and loses the case everywhere (förvaltningslagen 18 §). Unmet without a reason."""
    declare(review.application, review.assessor, moment, reason)


def declare(application: Application, person: Person, moment: Moment, reason: str) -> Recusal:
    """A person at the board says to be conflicted; a review of theirs stops counting, also when it was sent in.

    Everyone declares for themselves (förvaltningslagen 18 § second paragraph). Raises Forbidden for somebody else,
    Unmet without a reason or when it has been declared before.
    """
    if person.id != moment.actor.person_id:
        raise Forbidden("Var och en anmäler sitt eget jäv.")
    if person.id in application.recused_ids:
        raise Unmet("Jävet är redan anmält.")
    if not reason.strip():
        raise Unmet("Skriv varför du är jävig.")
    for review in application.reviews:
        if review.assessor_id == person.id and review.state in COUNTED:
            _leave(review, moment, reason)
    recusal = Recusal(application_id=application.id, person_id=person.id, person=person, reason=reason, at=moment.now)
    recusal.application = application
    act("declare", recusal, moment)
    return recusal


def _leave(review: Review, moment: Moment, reason: str) -> None:
    review.reason = reason
    act("recuse", review, moment)
    review.submitted_at = None


def write(
    review: Review, moment: Moment, *, scores: Mapping[str, tuple[int | None, str]], comment: str, row_version: int | None = None
) -> None:
    """Save points (of the criterion's levels, or None) and reasons per criterion key; it may be incomplete.

    Raises Stale when it was saved elsewhere in between, Unmet for points that no level has.
    """
    expect_version(review, row_version)
    act("write", review, moment)
    for criterion in _terms(review).criteria:
        points, reason = scores.get(criterion.key, (None, ""))
        _set_score(review, criterion, points, reason)
    review.comment = comment
    flag_modified(review, "comment")


def _set_score(review: Review, criterion: Criterion, points: int | None, reason: str) -> None:
    if points is not None and points not in {level.points for level in criterion.levels}:
        raise Unmet(f"Välj en av nivåerna för {criterion.name}.")
    score = review.score_for(criterion.key)
    if score is None:
        review.scores.append(Score(criterion_key=criterion.key, points=points, reason=reason))
    else:
        score.points, score.reason = points, reason


def submit(review: Review, moment: Moment) -> None:
    """Send the assessment in: from now on it counts and the others' may be read. Unmet while a criterion is left."""
    act("submit", review, moment)
    review.submitted_at = moment.now


def resume(review: Review, moment: Moment) -> None:
    """Take a sent assessment back to change it, as long as the case is in preparation."""
    act("resume", review, moment)
    review.submitted_at = None


def remove(review: Review, moment: Moment) -> None:
    """The officer takes an assessor off the case before the assessment is sent in."""
    act("remove", review, moment, note=review.assessor.name)


def peers(review: Review) -> list[Review]:
    """The others' sent assessments: none until one's own is in, so that nobody scores by another's."""
    if review.state != ReviewState.SUBMITTED:
        return []
    return [r for r in review.application.reviews if r.id != review.id and r.state == ReviewState.SUBMITTED]


def may_be_read(review: Review, actor: Actor) -> bool:
    """Whether the scores may be shown: one's own; another's when sent in, unless one's own are still to come."""
    if review.assessor_id == actor.person_id:
        return True
    owes = any(r.assessor_id == actor.person_id and r.state in AWAITED for r in review.application.reviews)
    return review.state == ReviewState.SUBMITTED and not owes


def mean_of(application: Application) -> Decimal | None:
    """The mean of the assessors' weighted means; None until every assessment is in."""
    return _mean(application, _counted(application))


def mean_so_far(review: Review) -> Decimal | None:
    """The weighted mean of the criteria scored so far, None before the first."""
    weights = {key: weight for key, weight in _terms(review).weights.items() if key in review.points}
    return scoring.weighted_mean(review.points, weights) if any(weights.values()) else None


def progress(application: Application) -> tuple[int, int]:
    """(sent in, asked), not counting those who are removed or conflicted."""
    live = [r for r in application.reviews if r.state in COUNTED]
    return sum(r.state == ReviewState.SUBMITTED for r in live), len(live)


def _terms(review: Review) -> Terms:
    version = review.application.version or review.application.call.version
    return version.terms if version else Terms()


@dataclass(frozen=True)
class Placed:
    """An application in the ranking: its place, the assessors' means with their mean, and what is asked, in kronor."""

    application: Application
    place: int | None
    mean: Decimal | None
    dots: tuple[Decimal, ...]
    done: int
    asked: int

    @property
    def spread(self) -> scoring.Spread | None:
        return scoring.spread(self.dots)


def ranking(call: Call, actor: Actor) -> list[Placed]:
    """The call's received applications, best first; those whose assessments are not all in come last, without place.

    Withdrawn applications are left out. Equals share a place.
    """
    query = select(Application).where(Application.call_id == call.id, Application.state != ApplicationState.WITHDRAWN)
    query = query.options(
        joinedload(Application.applicant),
        joinedload(Application.version),
        selectinload(Application.reviews).joinedload(Review.assessor),
        selectinload(Application.decisions).selectinload(Decision.financing),
        selectinload(Application.recusals),
    )
    found = db.session.scalars(visible(query, Application, actor).order_by(Application.arrived_at, Application.id)).unique()
    counted = {application: _counted(application) for application in found}
    means = [(a, _mean(a, reviews)) for a, reviews in counted.items()]
    return [_placed(row, counted[row.key]) for row in scoring.rank(means)]


def _counted(application: Application) -> list[Review]:
    """The assessments that count: all of them sent in, or none."""
    live = [r for r in application.reviews if r.state in COUNTED]
    return live if live and all(r.state == ReviewState.SUBMITTED for r in live) else []


def _mean(application: Application, reviews: Iterable[Review]) -> Decimal | None:
    version = application.version
    return scoring.mean_of_reviews([r.points for r in reviews], version.terms.weights) if version else None


def _placed(row: scoring.Ranked[Application], reviews: list[Review]) -> Placed:
    weights = row.key.version.terms.weights if row.key.version else {}
    dots = tuple(sorted(scoring.weighted_mean(r.points, weights) for r in reviews))
    return Placed(row.key, row.place, row.mean, dots, *progress(row.key))

"""Who may do what: noun.verb × role, where a cell says how close the person must stand.

This table is the only place that grants anything. The same cells answer for one object (`allowed`) and, in
services/visible.py, become the WHERE clause of every list. Empty cells are not written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .calendar import civil_date
from .words import Role

R = Role


class Reach(StrEnum):
    """How close a person must stand to a thing."""

    OWN = "own"  # the applicant organisation's
    OWN_OFFICIAL = "own official"  # … once it is an official document
    BOARD = "board"  # the deciding board's
    BOARD_OFFICIAL = "board official"  # … once it is an official document, never drafts
    ASSIGNED = "assigned"  # the person assesses the case and has declared no conflict of interest
    MINE = "mine"  # the person's own row
    EVERY_OFFICIAL = "every official"
    EVERY = "every"
    PUBLIC = "public"


@dataclass(frozen=True)
class Actor:
    """A person acting for one organisation with the roles held there today, or nobody (`ANONYMOUS`), or the system."""

    person_id: int | None
    name: str
    organisation_id: int | None
    roles: frozenset[Role]
    organisation_name: str = ""

    @property
    def is_anonymous(self) -> bool:
        return not self.roles - {R.ANYONE}

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor(None, "", None, frozenset({R.ANYONE}))
SYSTEM = Actor(None, "P37", None, frozenset({R.SYSTEM}))


@dataclass(frozen=True)
class Moment:
    """Who acts, and when (aware UTC): clock and session stay upstairs."""

    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The civil date in Stockholm."""
        return civil_date(self.now)


@dataclass(frozen=True)
class Standing:
    """Whose a thing is. `official`: received, decided or sent, so that boards and auditors reach it (TF 2 kap.)."""

    applicant_id: int | None = None
    board_id: int | None = None
    person_id: int | None = None
    official: bool = False
    public: bool = False
    assessors: frozenset[int] = field(default_factory=frozenset)
    recused: frozenset[int] = field(default_factory=frozenset)


OWN, OWN_OFFICIAL, BOARD, BOARD_OFFICIAL = Reach.OWN, Reach.OWN_OFFICIAL, Reach.BOARD, Reach.BOARD_OFFICIAL
ASSIGNED, MINE, EVERY_OFFICIAL, EVERY, PUBLIC = (Reach.ASSIGNED, Reach.MINE, Reach.EVERY_OFFICIAL, Reach.EVERY, Reach.PUBLIC)

# fmt: off
WRITERS    = {R.PREPARER: OWN, R.SIGNATORY: OWN}
APPLICANTS = {R.APPLICANT_ADMIN: OWN, R.PREPARER: OWN, R.SIGNATORY: OWN, R.READER: OWN}
STAFF      = {R.OFFICER: BOARD, R.DECIDER: BOARD, R.TREASURER: BOARD}
CASE_STAFF = {R.OFFICER: BOARD_OFFICIAL, R.DECIDER: BOARD_OFFICIAL, R.TREASURER: BOARD_OFFICIAL}
LOOKERS    = {R.AUDITOR: EVERY_OFFICIAL, R.REPORT_COORDINATOR: EVERY_OFFICIAL}
KEEPERS    = {R.APPLICANT_ADMIN: OWN, R.BOARD_ADMIN: OWN, R.KEEPER: EVERY}

TABLE: dict[str, dict[Role, Reach]] = {
    # People: organisations, persons and the roles they hold
    "organisation.view":     {**APPLICANTS, R.OFFICER: OWN, R.ASSESSOR: OWN, R.DECIDER: OWN, R.TREASURER: OWN, R.BOARD_ADMIN: OWN, R.MONEY_COORDINATOR: OWN, R.REPORT_COORDINATOR: OWN, R.AUDITOR: OWN, R.KEEPER: EVERY},
    "organisation.edit":     KEEPERS,
    "organisation.identify": {R.KEEPER: EVERY},
    "mandate.view":          KEEPERS,
    "mandate.give":          KEEPERS,
    "mandate.end":           KEEPERS,
    "job.view":              {R.KEEPER: EVERY},
    "job.retry":             {R.KEEPER: EVERY},

    # Calls
    "call.view":             {R.ANYONE: PUBLIC, **STAFF, R.ASSESSOR: BOARD, R.BOARD_ADMIN: BOARD},
    "call.start":            {R.OFFICER: BOARD},
    "call.edit":             {R.OFFICER: BOARD},
    "call.publish":          {R.OFFICER: BOARD},
    "call.amend":            {R.OFFICER: BOARD},
    "call.cancel":           {R.OFFICER: BOARD},
    "call.follow":           {**STAFF, R.AUDITOR: EVERY},
    "call.record":           {R.SYSTEM: EVERY},

    # Applications: the applicant's side
    "application.view":      {**APPLICANTS, **CASE_STAFF, R.ASSESSOR: ASSIGNED, **LOOKERS},
    "application.start":     WRITERS,
    "application.edit":      WRITERS,
    "application.prepare":   WRITERS,
    "application.reopen":    WRITERS,
    "application.discard":   WRITERS,
    "application.restore":   WRITERS,
    "application.submit":    {R.SIGNATORY: OWN},
    "application.withdraw":  {R.SIGNATORY: OWN},
    # … and the board's
    "application.register":  {R.OFFICER: BOARD},
    "application.number":    {R.OFFICER: BOARD_OFFICIAL},
    "application.admit":     {R.OFFICER: BOARD_OFFICIAL},
    "application.examine":   {R.OFFICER: BOARD_OFFICIAL},
    "application.check":     {R.OFFICER: BOARD_OFFICIAL},
    "application.conclude":  {R.OFFICER: BOARD_OFFICIAL},
    "application.resume":    {R.OFFICER: BOARD_OFFICIAL},
    "application.settle":    {R.DECIDER: BOARD_OFFICIAL},
    "application.history":   {**CASE_STAFF, R.AUDITOR: EVERY_OFFICIAL},
    "application.record":    {R.SYSTEM: EVERY},

    # Assessment
    "review.view":           {R.ASSESSOR: MINE, R.OFFICER: BOARD, R.DECIDER: BOARD, R.AUDITOR: EVERY_OFFICIAL},
    "review.assign":         {R.OFFICER: BOARD},
    "review.remove":         {R.OFFICER: BOARD},
    "review.accept":         {R.ASSESSOR: MINE},
    "review.recuse":         {R.ASSESSOR: MINE},
    "review.write":          {R.ASSESSOR: MINE},
    "review.submit":         {R.ASSESSOR: MINE},
    "review.resume":         {R.ASSESSOR: MINE},
    "recusal.declare":       {R.OFFICER: BOARD, R.DECIDER: BOARD, R.TREASURER: BOARD, R.ASSESSOR: MINE},

    # Decisions
    "decision.view":         {R.APPLICANT_ADMIN: OWN_OFFICIAL, R.PREPARER: OWN_OFFICIAL, R.SIGNATORY: OWN_OFFICIAL, R.READER: OWN_OFFICIAL, **STAFF, **LOOKERS},
    "decision.propose":      {R.OFFICER: BOARD},
    "decision.revise":       {R.OFFICER: BOARD},
    "decision.drop":         {R.OFFICER: BOARD},
    "decision.decide":       {R.DECIDER: BOARD},
    "decision.record":       {R.SYSTEM: EVERY},

    # Pots: the money ledger
    "pot.view":              {**STAFF, R.MONEY_COORDINATOR: EVERY, R.REPORT_COORDINATOR: EVERY, R.AUDITOR: EVERY},
    "pot.appropriate":       {R.MONEY_COORDINATOR: EVERY},
    "pot.correct":           {R.MONEY_COORDINATOR: EVERY},
    "pot.reserve":           {R.MONEY_COORDINATOR: EVERY},
    "pot.allocate":          {R.MONEY_COORDINATOR: EVERY},
    "pot.lapse":             {R.MONEY_COORDINATOR: EVERY},
    "pot.record":            {R.SYSTEM: EVERY},
    "key.draft":             {R.MONEY_COORDINATOR: EVERY},
    "key.decide":            {R.MONEY_COORDINATOR: EVERY},
    "transfer.view":         {R.TREASURER: OWN, R.OFFICER: OWN, R.DECIDER: OWN, R.MONEY_COORDINATOR: EVERY, R.AUDITOR: EVERY},
    "transfer.propose":      {R.TREASURER: OWN, R.MONEY_COORDINATOR: EVERY},
    "transfer.accept":       {R.TREASURER: BOARD, R.MONEY_COORDINATOR: EVERY},
    "transfer.decline":      {R.TREASURER: BOARD, R.MONEY_COORDINATOR: EVERY},

    # Payments
    "payment.view":          {**APPLICANTS, **STAFF, R.AUDITOR: EVERY},
    "payment.prepare":       {R.OFFICER: BOARD, R.TREASURER: BOARD},
    "payment.confirm":       {R.TREASURER: BOARD},
    "payment.cancel":        {R.OFFICER: BOARD, R.TREASURER: BOARD},
    "claim.view":            {**APPLICANTS, **STAFF, R.AUDITOR: EVERY},
    "claim.raise":           {R.OFFICER: BOARD},
    "claim.receive":         {R.TREASURER: BOARD},
    "claim.remit":           {R.DECIDER: BOARD},

    # Projects: follow-up, reports, closure
    "project.view":          {**APPLICANTS, **STAFF, R.AUDITOR: EVERY, R.REPORT_COORDINATOR: EVERY},
    "project.start":         {R.DECIDER: BOARD},
    "project.close":         {R.OFFICER: BOARD},
    "project.record":        {R.SYSTEM: EVERY},
    "report.view":           {**APPLICANTS, **CASE_STAFF, **LOOKERS},
    "report.start":          WRITERS,
    "report.edit":           WRITERS,
    "report.submit":         {R.SIGNATORY: OWN},
    "report.send_back":      {R.OFFICER: BOARD_OFFICIAL},
    "report.approve":        {R.OFFICER: BOARD_OFFICIAL},

    # What everybody may see
    "catalogue.view":        {R.ANYONE: PUBLIC},
    "statistics.view":       {R.ANYONE: EVERY},
}
# fmt: on

TOUCHES: dict[Reach, Callable[[Actor, Standing], bool]] = {
    Reach.OWN: lambda a, s: a.organisation_id == s.applicant_id,
    Reach.OWN_OFFICIAL: lambda a, s: s.official and a.organisation_id == s.applicant_id,
    Reach.BOARD: lambda a, s: a.organisation_id == s.board_id,
    Reach.BOARD_OFFICIAL: lambda a, s: s.official and a.organisation_id == s.board_id,
    Reach.ASSIGNED: lambda a, s: s.official and a.person_id in s.assessors,
    Reach.MINE: lambda a, s: a.person_id is not None and a.person_id == s.person_id,
    Reach.EVERY_OFFICIAL: lambda a, s: s.official,
    Reach.EVERY: lambda a, s: True,
    Reach.PUBLIC: lambda a, s: s.public,
}


def reaches(actor: Actor, key: str) -> set[Reach]:
    """How far the actor's roles reach for a key such as "application.view"; an unknown key is a KeyError."""
    row = TABLE[key]
    return {row[role] for role in actor.roles | {Role.ANYONE} if role in row}


def allowed(actor: Actor, key: str, standing: Standing) -> bool:
    """May the actor do this to a thing that stands so? Who is conflicted loses the case (förvaltningslagen 18 §)."""
    if actor.person_id is not None and actor.person_id in standing.recused:
        return False
    return any(TOUCHES[reach](actor, standing) for reach in reaches(actor, key))


def holds(actor: Actor, key: str) -> bool:
    """Has the actor any cell at all in this row? For menus and for creating things that do not exist yet."""
    return bool(reaches(actor, key))

"""The vocabulary: roles, kinds and states, each with the Swedish word that people see. Rules live elsewhere."""

from enum import StrEnum


class Role(StrEnum):
    ANYONE = "anyone"
    APPLICANT_ADMIN = "applicant_admin"
    PREPARER = "preparer"
    SIGNATORY = "signatory"
    READER = "reader"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    DECIDER = "decider"
    TREASURER = "treasurer"
    BOARD_ADMIN = "board_admin"
    MONEY_COORDINATOR = "money_coordinator"
    REPORT_COORDINATOR = "report_coordinator"
    AUDITOR = "auditor"
    KEEPER = "keeper"
    SYSTEM = "system"


APPLICANT_ROLES = (Role.APPLICANT_ADMIN, Role.PREPARER, Role.SIGNATORY, Role.READER)
BOARD_ROLES = (Role.OFFICER, Role.ASSESSOR, Role.DECIDER, Role.TREASURER, Role.BOARD_ADMIN)
NATIONAL_ROLES = (Role.MONEY_COORDINATOR, Role.REPORT_COORDINATOR, Role.AUDITOR, Role.KEEPER)


class OrganisationKind(StrEnum):
    BOARD = "board"
    MUNICIPALITY = "municipality"
    FEDERATION = "federation"


class Scope(StrEnum):
    REGIONAL = "regional"
    NATIONAL = "national"

    @property
    def sources(self) -> "tuple[PotSource, ...]":
        """The pots that a grant in such a call may come from: the national one, or the county's two."""
        return (PotSource.NATIONAL,) if self is Scope.NATIONAL else (PotSource.ALLOCATION, PotSource.RETURNED)


class Round(StrEnum):
    ORDINARY = "ordinary"
    EXTRA = "extra"
    THEMATIC = "thematic"


class NationalGround(StrEnum):
    """The three alternatives of the national call; only the first is counted by the system."""

    COOPERATION = "cooperation"
    CROSS_COUNTY = "cross_county"
    INVOLVING = "involving"


class QuestionKind(StrEnum):
    SHORT = "short"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


class Financier(StrEnum):
    GRANT = "grant"
    OWN = "own"
    OTHER = "other"


class Channel(StrEnum):
    """How an application reached the board."""

    SYSTEM = "system"
    PAPER = "paper"
    EMAIL = "email"
    IMPORT = "import"


class CallState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class ApplicationState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    DISCARDED = "discarded"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


UNSENT = (ApplicationState.DRAFT, ApplicationState.READY)
IN_PREPARATION = (ApplicationState.SUBMITTED, ApplicationState.CHECKED)
UNDECIDED = (*IN_PREPARATION, ApplicationState.REVIEWED, ApplicationState.WITHDRAWN)


class ReviewState(StrEnum):
    ASSIGNED = "assigned"
    OPEN = "open"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    REMOVED = "removed"


AWAITED = (ReviewState.ASSIGNED, ReviewState.OPEN)
CLEARED = (ReviewState.OPEN, ReviewState.SUBMITTED)  # The assessor has declared to have no conflict of interest.
COUNTED = (*AWAITED, ReviewState.SUBMITTED)


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    DECIDED = "decided"
    DROPPED = "dropped"


class Outcome(StrEnum):
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REJECTED = "rejected"
    DISMISSED = "dismissed"
    WRITTEN_OFF = "written_off"

    @property
    def gives_money(self) -> bool:
        return self in (Outcome.GRANTED, Outcome.PARTLY_GRANTED)


class PotSource(StrEnum):
    """Where a pot's money comes from; the appropriation is what the state gives before it is divided."""

    APPROPRIATION = "appropriation"
    NATIONAL = "national"
    ALLOCATION = "allocation"
    RETURNED = "returned"


class KeyState(StrEnum):
    DRAFT = "draft"
    DECIDED = "decided"


class TransferState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ProjectState(StrEnum):
    RUNNING = "running"
    CLOSED = "closed"


class PaymentState(StrEnum):
    PREPARED = "prepared"
    PAID = "paid"
    CANCELLED = "cancelled"


class ReportKind(StrEnum):
    INTERIM = "interim"
    FINAL = "final"


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class GoalResult(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class ClaimState(StrEnum):
    RAISED = "raised"
    RECEIVED = "received"
    REMITTED = "remitted"


class ClaimGround(StrEnum):
    """Why money comes back: 39 § wrongly granted (must), 40 § not used for its purpose (may)."""

    UNUSED = "unused"
    MISUSED = "misused"
    WRONGLY_GRANTED = "wrongly_granted"


SAID: tuple[tuple[StrEnum, str], ...] = (
    (Role.ANYONE, "alla"),
    (Role.APPLICANT_ADMIN, "administratör i kommunen"),
    (Role.PREPARER, "handläggare i kommunen"),
    (Role.SIGNATORY, "firmatecknare"),
    (Role.READER, "läsare"),
    (Role.OFFICER, "handläggare"),
    (Role.ASSESSOR, "bedömare"),
    (Role.DECIDER, "beslutsfattare"),
    (Role.TREASURER, "ekonom"),
    (Role.BOARD_ADMIN, "administratör"),
    (Role.MONEY_COORDINATOR, "medelssamordnare"),
    (Role.REPORT_COORDINATOR, "rapportsamordnare"),
    (Role.AUDITOR, "granskare"),
    (Role.KEEPER, "systemförvaltare"),
    (Role.SYSTEM, "systemet"),
    (OrganisationKind.BOARD, "länsstyrelse"),
    (OrganisationKind.MUNICIPALITY, "kommun"),
    (OrganisationKind.FEDERATION, "kommunalförbund"),
    (Scope.REGIONAL, "regional utlysning"),
    (Scope.NATIONAL, "nationell utlysning"),
    (Round.ORDINARY, "ordinarie"),
    (Round.EXTRA, "extra"),
    (Round.THEMATIC, "tematisk"),
    (NationalGround.COOPERATION, "Insatsen genomförs i samverkan mellan kommuner i minst två län"),
    (NationalGround.CROSS_COUNTY, "Insatsen är av länsöverskridande karaktär"),
    (NationalGround.INVOLVING, "Resultatet av insatsen involverar kommuner i minst två län"),
    (QuestionKind.SHORT, "kort text"),
    (QuestionKind.LONG, "lång text"),
    (QuestionKind.CHOICE, "ett val"),
    (QuestionKind.CHOICES, "flera val"),
    (QuestionKind.NUMBER, "tal"),
    (QuestionKind.DATE, "datum"),
    (QuestionKind.FILE, "fil"),
    (Financier.GRANT, "statsbidrag"),
    (Financier.OWN, "egna medel"),
    (Financier.OTHER, "annan finansiering"),
    (Channel.SYSTEM, "i systemet"),
    (Channel.PAPER, "på papper"),
    (Channel.EMAIL, "med e-post"),
    (Channel.IMPORT, "importerad"),
    (CallState.DRAFT, "utkast"),
    (CallState.PUBLISHED, "publicerad"),
    (CallState.CANCELLED, "inställd"),
    (ApplicationState.DRAFT, "utkast"),
    (ApplicationState.READY, "väntar på underskrift"),
    (ApplicationState.DISCARDED, "borttagen"),
    (ApplicationState.SUBMITTED, "formell kontroll"),
    (ApplicationState.CHECKED, "bedöms"),
    (ApplicationState.REVIEWED, "bedömd"),
    (ApplicationState.WITHDRAWN, "återkallad"),
    (ApplicationState.DECIDED, "beslutad"),
    (ReviewState.ASSIGNED, "väntar på svar om jäv"),
    (ReviewState.OPEN, "påbörjad"),
    (ReviewState.SUBMITTED, "klar"),
    (ReviewState.RECUSED, "jävig"),
    (ReviewState.REMOVED, "borttagen"),
    (DecisionState.PROPOSED, "förslag"),
    (DecisionState.DECIDED, "beslutat"),
    (DecisionState.DROPPED, "återtaget förslag"),
    (Outcome.GRANTED, "beviljad"),
    (Outcome.PARTLY_GRANTED, "delvis beviljad"),
    (Outcome.REJECTED, "avslag"),
    (Outcome.DISMISSED, "avvisad"),
    (Outcome.WRITTEN_OFF, "avskriven"),
    (PotSource.APPROPRIATION, "anslag"),
    (PotSource.NATIONAL, "nationell pott"),
    (PotSource.ALLOCATION, "årets tilldelning"),
    (PotSource.RETURNED, "återbetalda medel"),
    (KeyState.DRAFT, "utkast"),
    (KeyState.DECIDED, "beslutad"),
    (TransferState.PROPOSED, "föreslagen"),
    (TransferState.ACCEPTED, "genomförd"),
    (TransferState.DECLINED, "avböjd"),
    (ProjectState.RUNNING, "pågår"),
    (ProjectState.CLOSED, "avslutat"),
    (PaymentState.PREPARED, "väntar på attest"),
    (PaymentState.PAID, "utbetald"),
    (PaymentState.CANCELLED, "makulerad"),
    (ReportKind.INTERIM, "delrapport"),
    (ReportKind.FINAL, "slutrapport"),
    (ReportState.DRAFT, "påbörjad"),
    (ReportState.SUBMITTED, "inskickad"),
    (ReportState.SENT_BACK, "behöver kompletteras"),
    (ReportState.APPROVED, "godkänd"),
    (GoalResult.MET, "uppnått"),
    (GoalResult.PARTLY, "delvis uppnått"),
    (GoalResult.NOT_MET, "inte uppnått"),
    (ClaimState.RAISED, "återkrävt"),
    (ClaimState.RECEIVED, "återbetalt"),
    (ClaimState.REMITTED, "eftergivet"),
    (ClaimGround.UNUSED, "medel som inte använts (40 §)"),
    (ClaimGround.MISUSED, "medel som använts till annat (40 §)"),
    (ClaimGround.WRONGLY_GRANTED, "felaktigt beviljat eller för högt belopp (39 §)"),
)
# Words of two vocabularies may be spelt alike (a draft call, a draft report), so the vocabulary is part of the key.
LABELS = {(type(word), word.value): text for word, text in SAID}


def label(word: StrEnum) -> str:
    """The Swedish word for a value of the vocabulary."""
    return LABELS[type(word), word.value]


def capitalised(word: StrEnum) -> str:
    """The Swedish word with a capital first letter, for headings and tags."""
    text = label(word)
    return text[0].upper() + text[1:]


def choices(words: type[StrEnum] | tuple[StrEnum, ...]) -> list[tuple[str, str]]:
    """Pairs of (value, Swedish word) for a form's choices, in the order of the vocabulary."""
    return [(word.value, capitalised(word)) for word in words]

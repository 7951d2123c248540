"""What is still missing before a thing can be sent, published or decided. Reads attributes; decides nothing."""

from enum import StrEnum
from typing import Any

from .money import in_words
from .words import Outcome, ReportKind, Scope


class Section(StrEnum):
    """The parts of an application, by the word in their address."""

    CONTACT = "kontakt"
    SUMMARY = "sammanfattning"
    PURPOSE = "syfte"
    NEED = "behov"
    PLAN = "mal"
    PARTNERS = "partner"
    BUDGET = "budget"
    QUESTIONS = "fragor"


SECTION_NAMES = {
    Section.CONTACT: "Sökande och kontakt",
    Section.SUMMARY: "Sammanfattning",
    Section.PURPOSE: "Syfte och målgrupp",
    Section.NEED: "Behov",
    Section.PLAN: "Mål och aktiviteter",
    Section.PARTNERS: "Partner",
    Section.BUDGET: "Budget",
    Section.QUESTIONS: "Utlysningens frågor och bilagor",
}


class CallPart(StrEnum):
    """The parts of a call, by the word in their address."""

    GROUNDS = "grunder"
    TIMES = "tider"
    MONEY = "pengar"
    WHO = "vem"
    PRIORITIES = "prioriteringar"
    CRITERIA = "kriterier"
    QUESTIONS = "fragor"
    CATEGORIES = "budgetposter"
    CONDITIONS = "villkor"
    REPORT = "rapportmall"
    CONTACTS = "kontakter"


PART_NAMES = {
    CallPart.GROUNDS: "Namn och beskrivning",
    CallPart.TIMES: "Tider",
    CallPart.MONEY: "Pengar och längd",
    CallPart.WHO: "Vem som kan söka",
    CallPart.PRIORITIES: "Prioriteringar",
    CallPart.CRITERIA: "Kriterier och nivåer",
    CallPart.QUESTIONS: "Egna frågor",
    CallPart.CATEGORIES: "Budgetposter",
    CallPart.CONDITIONS: "Villkor",
    CallPart.REPORT: "Rapportmall",
    CallPart.CONTACTS: "Kontaktpersoner",
}


def missing_by_part(version: Any) -> dict[CallPart, list[str]]:
    """What each part of a version lacks before it can be published, as nouns; a part that is ready has an empty list."""
    terms = version.terms
    wanted = {
        CallPart.GROUNDS: {"sammanfattning": version.summary},
        CallPart.TIMES: {
            "öppningstid": version.opens_at,
            "stängningstid": version.closes_at,
            "en stängningstid efter öppningstiden": not (version.opens_at and version.closes_at) or version.opens_at < version.closes_at,
        },
        CallPart.MONEY: {"belopp att fördela": version.available_kr},
        CallPart.WHO: {"vem som kan söka": terms.eligible_applicants, "målgrupp": terms.target_groups},
        CallPart.CRITERIA: {
            "minst ett kriterium med vikt": any(c.weight > 0 for c in terms.criteria),
            "beskrivna nivåer till varje kriterium": all(len(c.levels) >= 2 for c in terms.criteria),
        },
        CallPart.CATEGORIES: {"minst en budgetpost": terms.categories},
        CallPart.REPORT: {"rapportmall": terms.report_sections},
        CallPart.CONTACTS: {"kontaktperson": terms.contacts},
    }
    return {part: [name for name, there in wanted.get(part, {}).items() if not there] for part in CallPart}


def missing_in_call(version: Any) -> list[str]:
    """What a version lacks before it can be published, as nouns."""
    return [name for names in missing_by_part(version).values() for name in names]


def missing_in_application(application: Any) -> dict[Section, str]:
    """One sentence per section that is not ready; empty when the application can be sent."""
    checks = {
        Section.CONTACT: _contact,
        Section.SUMMARY: _summary,
        Section.PURPOSE: _purpose,
        Section.NEED: lambda a: None if a.need else "Beskriv behovet.",
        Section.PLAN: _plan,
        Section.PARTNERS: _partners,
        Section.BUDGET: _budget,
        Section.QUESTIONS: _questions,
    }
    return {section: text for section, check in checks.items() if (text := check(application))}


def _contact(application: Any) -> str | None:
    if not (application.contact_name and application.contact_email):
        return "Ange kontaktperson med namn och e-post."
    return None


def _summary(application: Any) -> str | None:
    if not application.title:
        return "Ge insatsen ett namn."
    return None if application.summary else "Sammanfatta insatsen."


def _purpose(application: Any) -> str | None:
    if not application.primary_purpose:
        return "Välj ett primärt syfte."
    if not application.target_groups:
        return "Välj minst en målgrupp."
    if application.call.scope == Scope.NATIONAL and not application.national_ground:
        return "Ange vilket av den nationella utlysningens tre alternativ som insatsen uppfyller."
    return None


def _plan(application: Any) -> str | None:
    if not (application.starts_on and application.ends_on):
        return "Ange när insatsen börjar och slutar."
    if application.ends_on < application.starts_on:
        return "Insatsen kan inte sluta innan den börjar."
    longest = application.call.version.longest_months
    if longest and application.months > longest:
        return f"Insatsen får vara högst {longest} månader."
    if not application.goals:
        return "Ange minst ett mål."
    return None if application.activities else "Ange minst en aktivitet."


def _partners(application: Any) -> str | None:
    """Only the first of the three alternatives of the national call is counted; a person judges the others."""
    if application.counts_counties and application.county_count < 2:
        return "Alternativet samverkan kräver kommuner eller kommunalförbund i minst två län. Lägg till en partner."
    return None


def _budget(application: Any) -> str | None:
    version = application.call.version
    asked = application.applied_kr or 0
    if asked <= 0:
        return "Ange hur mycket ni söker."
    if version.min_kr and asked < version.min_kr:
        return f"Ni söker {in_words(asked)}. Minsta belopp i utlysningen är {in_words(version.min_kr)}."
    if version.max_kr and asked > version.max_kr:
        return f"Ni söker {in_words(asked)}. Högsta belopp i utlysningen är {in_words(version.max_kr)}."
    if application.smallest_kr is not None and application.smallest_kr > asked:
        return f"Minsta belopp kan inte vara större än det ni söker, {in_words(asked)}."
    if outside := application.budget_years_outside:
        return f"Budgeten har belopp för {', '.join(map(str, outside))}, utanför insatsens tid. Flytta beloppen eller ändra tiden."
    return None


def _questions(application: Any) -> str | None:
    unanswered = [q.text for q in application.call.version.terms.questions if q.required and not application.answered(q)]
    return f"Besvara: {'; '.join(unanswered)}" if unanswered else None


def missing_in_decision(decision: Any) -> list[str]:
    """What a decision lacks for its outcome (förvaltningslagen 31–32 §§; 37–41 §§ förordningen), as nouns.

    The notices of 39–41 §§, the right to revoke (förvaltningslagen 37 §) and 42 § stand in every letter by its
    template and cannot be left out.
    """
    grants = decision.outcome.gives_money
    wanted = {
        "skäl": decision.reasons,
        "föredragande": decision.rapporteur_id,
        "belopp": not grants or decision.granted_kr,
        "ett belopp inom det sökta": not grants or 0 < (decision.granted_kr or 0) <= (decision.application.applied_kr or 0),
        "hela det sökta beloppet (annars delvis beviljad)": decision.outcome != Outcome.GRANTED
        or decision.granted_kr == decision.application.applied_kr,
        "tid": not grants or (decision.starts_on and decision.ends_on and decision.starts_on <= decision.ends_on),
        "villkor": not grants or decision.conditions,
        "dag för slutrapport": not grants or decision.report_due_on,
        "finansiering": not grants or decision.financing,
    }
    return [name for name, there in wanted.items() if not there]


def missing_in_report(report: Any) -> dict[str, str]:
    """One sentence per part of a report that is not ready."""
    missing = {}
    for section in report.sections:
        if section.required and not report.answers.get(section.key):
            missing[section.key] = f"Svara på: {section.title}"
    if report.kind == ReportKind.FINAL:
        if any(goal.result is None for goal in report.goals):
            missing["mal"] = "Ange för varje mål om det är uppnått."
        if any(line.outcome_kr is None for line in report.lines):
            missing["ekonomi"] = "Ange utfallet för varje budgetpost."
    return missing

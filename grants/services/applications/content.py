"""What an application says, section by section, as plain values: for forms, for the fingerprint, and to see who was first.

`facts` gives a section in the same shape as `drafts.save` takes it. Not for what is missing: that is domain/completeness.py.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from ...domain.completeness import SECTION_NAMES, Section, missing_in_application
from ...models.applications import Application

KEPT: dict[Section, tuple[str, ...]] = {
    Section.CONTACT: ("contact_name", "contact_title", "contact_email", "contact_phone"),
    Section.SUMMARY: ("title", "summary"),
    Section.PURPOSE: ("primary_purpose", "other_purposes", "target_groups", "national_ground", "national_note"),
    Section.NEED: ("need", "priority"),
    Section.PLAN: ("starts_on", "ends_on", "goals", "activities", "lasting"),
    Section.PARTNERS: ("partners",),
    Section.BUDGET: ("budget", "smallest_kr", "budget_note"),
    Section.QUESTIONS: ("answers",),
}
ROWS: dict[str, tuple[str, ...]] = {
    "goals": ("text", "indicator", "target"),
    "activities": ("text", "responsible", "when"),
    "partners": ("organisation_id", "name", "contribution"),
    "budget": ("year", "category_key", "financier", "amount_kr"),
}


@dataclass(frozen=True)
class Part:
    """How far one section has come. `missing` is the sentence that says what to do, or None."""

    section: Section
    name: str
    missing: str | None
    is_begun: bool


def facts(application: Application, section: Section) -> dict[str, Any]:
    """What a section says, by the names that `save` takes. Money in whole kronor."""
    return {name: _value(application, name) for name in KEPT[section]}


def _value(application: Application, name: str) -> Any:
    if name in ROWS:
        rows = [{key: getattr(row, key) for key in ROWS[name]} for row in getattr(application, name)]
        return sorted(rows, key=lambda row: (row["year"], row["category_key"], row["financier"])) if name == "budget" else rows
    if name == "answers":
        return {answer.question_key: answer.value for answer in application.answers if answer.value}
    value = getattr(application, name)
    return sorted(value) if isinstance(value, list) else value


def canonical(application: Application) -> str:
    """Everything that was signed, in a settled order, as JSON."""
    version = application.governing
    signed = {
        "reference": application.reference,
        "call": [application.call_id, version.number if version else None],
        "applicant": application.applicant.name,
        "attachments": sorted([file.name, file.sha256] for file in application.attachments),
        **{section.value: facts(application, section) for section in Section},
    }
    return _json(signed)


def fingerprint(application: Application) -> str:
    """SHA-256 of what was signed: the same content always gives the same fingerprint."""
    return hashlib.sha256(canonical(application).encode()).hexdigest()


def mark(application: Application, section: Section) -> str:
    """A short fingerprint of one section. It tells whether somebody saved the section since a form was opened on it."""
    return hashlib.sha256(_json(facts(application, section)).encode()).hexdigest()[:16]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def parts(application: Application) -> list[Part]:
    """The sections in order, each with what it still lacks."""
    missing = missing_in_application(application)
    return [Part(section, SECTION_NAMES[section], missing.get(section), _is_begun(application, section)) for section in Section]


def _is_begun(application: Application, section: Section) -> bool:
    files = section is Section.QUESTIONS and application.attachments
    return bool(files) or any(facts(application, section).values())

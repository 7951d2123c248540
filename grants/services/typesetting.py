"""Letters as PDF: PDF/A-2a for the archive and PDF/UA-1 for screen readers, set by typst from frozen data.

The same letter gives the same bytes. Not for what a letter says (domain/decision_letters.py).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

LETTERS = Path(__file__).resolve().parents[2] / "templates" / "letters"
FONTS = str(files("font_source_sans_pro") / "files")


def pdf(letter: Mapping[str, Any]) -> bytes:
    """A decision letter as tagged PDF. The data is never read as markup, and files outside the template's folder are out of reach."""
    return typst.compile(
        str(LETTERS / "decision.typ"),
        root=str(LETTERS),
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"letter": json.dumps(letter, ensure_ascii=False)},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        timestamp=datetime.fromisoformat(letter["decided_at"]).replace(microsecond=0),
    )

"""Letters as PDF: PDF/A-2a for the archive and PDF/UA-1 for screen readers, set by typst from frozen data.

The same letter gives the same bytes. Not for what a letter says (domain/decision_letters.py).
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

LETTERS = Path(__file__).resolve().parents[2] / "templates" / "letters"
FONTS = str(files("font_source_sans_pro") / "files")
# What the fonts can set: Latin, Greek, Cyrillic and basic Arabic, punctuation, currencies, arrows and mathematics.
NOT_SET = re.compile(
    "[^ -~\u00a0-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u0621-\u063a\u0640-\u0652"
    "\u1e00-\u1eff\u2000-\u200a\u2010-\u2027\u202f-\u2040\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff\ufb00-\ufb06]+"
)


def pdf(letter: Mapping[str, Any]) -> bytes:
    """A decision letter as tagged PDF. The data is never read as markup, and files outside the template's folder are out of reach.

    The standards forbid a sign without a glyph: emoji and the like become an empty box rather than stop the letter.
    """
    return typst.compile(
        str(LETTERS / "decision.typ"),
        root=str(LETTERS),
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"letter": NOT_SET.sub("□", json.dumps(letter, ensure_ascii=False))},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        timestamp=datetime.fromisoformat(letter["decided_at"]).replace(microsecond=0),
    )

"""Text as people paste it, made fit to store, sort, put in a spreadsheet or in an address.

Not for what a text may say: lengths belong to the forms, personal numbers to identity.py.
"""

import re
import unicodedata

# Word pastes vertical tabs for line breaks, browsers send carriage returns.
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
# Controls, marks that turn the direction of text, byte order marks and code points that XML forbids.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# Å, ä and ö come after z, and the next characters of the ASCII table happen to stand there.
SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})
PLAIN_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})


def clean(text: str) -> str:
    """The text composed (NFC), with plain line breaks and without what cannot be seen, stored or printed."""
    text = LINE_BREAKS.sub("\n", LONE_SURROGATES.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def collapse(text: str) -> str:
    """The cleaned text on one line with single spaces, for titles and names."""
    return " ".join(clean(text).split())


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def sort_key(text: str) -> tuple[str, str]:
    """What to sort by for Swedish order: case and foreign accents do not matter, å, ä and ö come last."""
    folded = unicodedata.normalize("NFC", text.casefold())
    return _without_accents(folded.translate(SWEDISH_ORDER)), text


def csv_safe(value: object) -> object:
    """The value for a spreadsheet cell: a text that would be read as a formula gets an apostrophe, numbers stay."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def slug(text: str) -> str:
    """The text for an address: lower case a–z, digits and hyphens; empty when nothing of it remains."""
    plain = _without_accents(text.casefold()).translate(PLAIN_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

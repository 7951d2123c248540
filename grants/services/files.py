"""Files by their fingerprint: kept in the instance folder, told apart by their content and not by their name."""

import hashlib
import os
import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from ..domain.errors import Unmet
from ..domain.texts import collapse
from ..extensions import instance_folder

ZIPPED = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
OPEN_DOCUMENTS = {b"application/vnd.oasis.opendocument.text": "odt", b"application/vnd.oasis.opendocument.spreadsheet": "ods"}
TEXTS = {"txt": "text/plain", "csv": "text/csv"}
NOT_TEXT = bytes({*range(32)} - {*b"\t\n\f\r"})
TAKEN = "PDF, DOCX, XLSX, ODT, ODS, PNG, JPG, TXT eller CSV"


def media_type(name: str, content: bytes) -> str:
    """The media type that the content shows. Raises Unmet for an empty file or a kind that isn't taken."""
    if not content:
        raise Unmet(f"Filen ”{clean_name(name)}” är tom.")
    found = _by_content(content) or _text(name, content)
    if not found:
        raise Unmet(f"Filen ”{clean_name(name)}” går inte att ta emot. Bifoga {TAKEN}.")
    return found


def _by_content(content: bytes) -> str | None:
    for start, kind in ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")):
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    return None


def _zipped(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
                return kind.decode() if kind in OPEN_DOCUMENTS else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for member, (_, kind) in ZIPPED.items() if member in names), None)


def _text(name: str, content: bytes) -> str | None:
    """Plain text is known by its name and must be text, in UTF-8 or as Excel writes CSV in Swedish (Windows-1252)."""
    if len(content.translate(None, NOT_TEXT)) < len(content):
        return None
    return TEXTS.get(name.lower().rpartition(".")[2])


def clean_name(name: str) -> str:
    """A file's name without folders and odd signs, at most 120 characters."""
    last = re.split(r"[\\/]", name)[-1]
    return collapse(re.sub(r"[^\w .,()+–-]", "_", last)).strip(". ")[-120:] or "bilaga"


def keep(content: bytes) -> str:
    """Keep bytes; their SHA-256. The same bytes are kept once."""
    name = hashlib.sha256(content).hexdigest()
    path = where(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    return name


def where(sha256: str) -> Path:
    """The path of kept bytes."""
    return instance_folder() / "files" / sha256[:2] / sha256

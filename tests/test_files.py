"""Attachments: known by their content, kept once, and given back only to those who may read the case."""

import hashlib
import zipfile
from io import BytesIO

import pytest

from grants.domain.errors import Unmet
from grants.domain.words import Role
from grants.extensions import db
from grants.services import applications, files

from . import make

PDF = b"%PDF-1.7\n%%EOF\n"


def zipped(**members: bytes) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return box.getvalue()


TAKEN = {
    "plan.pdf": (PDF, "application/pdf"),
    "bild.png": (b"\x89PNG\r\n\x1a\n....", "image/png"),
    "bild.jpg": (b"\xff\xd8\xff\xe0....", "image/jpeg"),
    "brev.docx": (zipped(word__document_xml=b"<w/>"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "budget.xlsx": (zipped(xl__workbook_xml=b"<w/>"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "brev.odt": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    "budget.ods": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "not.txt": ("Åtgärder\n".encode(), "text/plain"),
    "från-excel.csv": ("Åtgärd;Öre\r\n".encode("cp1252"), "text/csv"),
}
REFUSED = {
    "program.exe": b"MZ\x90\x00",
    "program.pdf": b"MZ\x90\x00",
    "sida.html": b"<script>alert(1)</script>",
    "bild.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "arkiv.zip": zipped(readme_xml=b"hej"),
    "makron.docx": zipped(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"),
    "trasig.docx": b"PK\x03\x04 inte ett arkiv",
    "bild.txt": b"hej\x00hej",
    "utan-slut": b"hej",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_known_by_its_content(name):
    content, kind = TAKEN[name]
    assert files.media_type(name, content) == kind


@pytest.mark.parametrize("name", ["PLAN.EXE", "plan"])
def test_the_name_does_not_make_a_pdf_anything_else(name):
    assert files.media_type(name, PDF) == "application/pdf"


@pytest.mark.parametrize("name", REFUSED)
def test_a_kind_that_is_not_taken_is_refused_with_the_kinds_that_are(name):
    with pytest.raises(Unmet, match="går inte att ta emot. Bifoga PDF, DOCX"):
        files.media_type(name, REFUSED[name])


def test_an_empty_file_is_refused():
    with pytest.raises(Unmet, match="”tom.pdf” är tom"):
        files.media_type("tom.pdf", b"")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Mina dokument\\plan å.pdf", "plan å.pdf"), ("../../etc/passwd", "passwd"), ("a\r\nb\".pdf", "a__b_.pdf"),
        ("\u202efdp.exe", "_fdp.exe"), ("...", "bilaga"), ("", "bilaga"), ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
    ],
)  # fmt: skip
def test_a_files_name_is_cleaned(given, kept):
    assert files.clean_name(given) == kept


def test_the_same_bytes_are_kept_once_under_their_fingerprint(app):
    name = files.keep(PDF)
    assert name == files.keep(PDF) == hashlib.sha256(PDF).hexdigest()
    assert files.where(name).read_bytes() == PDF
    assert len(list(files.where(name).parent.iterdir())) == 1


@pytest.fixture
def draft(app):
    made = make.application("draft")
    applications.attach(made, make.moment(make.person(Role.PREPARER)), name="plan å.pdf", content=PDF)
    db.session.flush()
    return made


def fetched(client, address):
    """The answer with its bytes read and its file closed, as a server does."""
    with client.get(address) as answer:
        answer.get_data()
        return answer


def test_a_file_is_given_as_a_download_with_its_name_and_never_run(draft, as_):
    answer = fetched(as_(make.person(Role.PREPARER)), f"/bilagor/{draft.attachments[0].id}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "plan%20%C3%A5.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_drafts_file_is_hidden_from_everybody_else_until_it_is_sent(draft, as_, client):
    address = f"/bilagor/{draft.attachments[0].id}"
    others = [make.person(Role.OFFICER), make.person(Role.AUDITOR), make.person(Role.PREPARER, make.municipality("0480"))]
    assert [fetched(as_(person), address).status_code for person in others] == [404, 404, 404]
    assert client.get(address).status_code == 302
    applications.prepare(draft, make.moment(make.person(Role.PREPARER)))
    applications.submit(draft, make.moment(make.person(Role.SIGNATORY)))
    assert [fetched(as_(person), address).status_code for person in others] == [200, 200, 404]


def test_a_file_can_be_taken_away_from_a_draft_but_not_from_what_is_sent(draft, as_):
    address = f"/bilagor/{draft.attachments[0].id}/ta-bort"
    assert as_(make.person(Role.READER)).post(address).status_code == 403
    as_(make.person(Role.PREPARER)).send(address)
    assert draft.attachments == []
    sent = make.application("draft")
    applications.attach(sent, make.moment(make.person(Role.PREPARER)), name="plan.pdf", content=PDF)
    applications.prepare(sent, make.moment(make.person(Role.PREPARER)))
    applications.submit(sent, make.moment(make.person(Role.SIGNATORY)))
    db.session.flush()
    assert as_(make.person(Role.PREPARER)).post(f"/bilagor/{sent.attachments[0].id}/ta-bort").status_code == 409
    assert len(sent.attachments) == 1


def test_a_file_that_is_too_large_is_told_so(draft, as_, monkeypatch, app):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 5_000)
    client = as_(make.person(Role.PREPARER))
    typed = {"attachments": (BytesIO(PDF + b"0" * 10_000), "stor.pdf")}
    page = client.send(f"/ansokningar/{draft.id}/redigera/fragor", typed, status=413, content_type="multipart/form-data")
    assert "Filen är för stor" in page.get_text()

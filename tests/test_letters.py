"""Decision letters: complete in law, the same as page and PDF, tagged for screen readers, the same bytes forever."""

import json
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from grants.domain.words import Outcome, PotSource, Role
from grants.extensions import db
from grants.services import decisions, typesetting

from . import make

YEAR = make.now().year
GRANT_ONLY = ("39 §", "40 §", "41 §", "37 § förvaltningslagen", "Villkor", "Redovisning", "betalas ut senast", "Länets tilldelning")


def letter_of(outcome=Outcome.PARTLY_GRANTED, **facts):
    make.pots(YEAR, {"04": 1_000_000})
    case = make.application("reviewed", applied_kr=500_000)
    kr = 500_000 if outcome == Outcome.GRANTED else 300_000
    return make.decision(case, "decided", outcome=outcome, kr=kr, **facts)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def words_of(letter) -> str:
    return json.dumps(letter, ensure_ascii=False).replace("\u00a0", " ")


def test_a_grant_says_all_that_the_law_demands(app):
    decision = letter_of(participants="Jamal Ahmed", dissent="Eva ville bevilja hela beloppet.", interim_due_on=date(2027, 3, 1))
    said = words_of(decision.letter)
    demanded = (
        *GRANT_ONLY,
        "300 000 kr",
        "Ni sökte 500 000 kr. Ansökan avslås i övrigt.",
        "37 § förordningen (2010:1122)",
        "får inte överklagas (42 §",
        "Primärt syfte",
        "Delrapport: senast måndag 1 mars 2027",
        "Behovet är väl belagt.",
        decision.decider.name,
        decision.rapporteur.name,
        "Jamal Ahmed",
        "Avvikande mening: Eva ville bevilja hela beloppet.",
        decision.application.registration_number,
    )
    for part in demanded:
        assert part in said, part


@pytest.mark.parametrize(("outcome", "verb"), [(Outcome.REJECTED, "avslår"), (Outcome.DISMISSED, "avvisar")])
def test_a_refusal_has_reasons_and_no_appeal_but_nothing_about_grants(app, outcome, verb):
    decision = letter_of(outcome)
    said = words_of(decision.letter)
    for part in (verb, "Behovet är väl belagt.", "får inte överklagas (42 §", decision.decider.name, decision.rapporteur.name):
        assert part in said
    for part in GRANT_ONLY:
        assert part not in said, part


def test_the_pots_are_named_with_their_kronor(app):
    letter = letter_of().letter
    table = letter["sections"][0]["table"]
    assert (table["rows"], table["sum"]) == ([[f"Länets tilldelning {YEAR}", "300\u00a0000"]], ["Summa", "300\u00a0000"])


def test_the_pdf_says_the_same_as_the_page(app, as_):
    decision = letter_of()
    client = as_(make.person(Role.READER, decision.application.applicant))
    page = " ".join(client.page(f"/beslut/{decision.id}").get_text(" ").replace("\u00a0", " ").split())
    pdf = text_of(client.get(f"/beslut/{decision.id}/brev.pdf").data)
    for section in decision.letter["sections"]:
        for said in (section["heading"], *section["paragraphs"], *section["points"]):
            plain = " ".join(said.replace("\u00a0", " ").split())
            assert plain in page, plain
            assert plain in pdf, plain


def test_the_pdf_is_tagged_titled_and_in_swedish(app):
    decision = letter_of()
    with pikepdf.open(BytesIO(typesetting.pdf(decision.letter))) as pdf:
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        kinds = tags_in(pdf.Root.StructTreeRoot)
        with pdf.open_metadata() as facts:
            assert facts["dc:title"].startswith("Beslut: statsbidrag beviljas delvis")
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"], facts["pdfuaid:part"]) == ("2", "A", "1")
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Caption"} <= kinds
    assert all("SourceSansPro" in font for font in fonts)


def tags_in(node) -> set[str]:
    """The kinds of the structure tree."""
    found = {str(node["/S"])} if "/S" in node else set()
    below = node.get("/K", [])
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary):
            found |= tags_in(child)
    return found


def test_the_same_letter_gives_the_same_bytes_whatever_happens_to_the_case(app):
    decision = letter_of()
    before = typesetting.pdf(decision.letter)
    decision.application.title, decision.application.board.name = "Ett annat namn", "En annan länsstyrelse"
    db.session.flush()
    db.session.expire(decision)
    assert typesetting.pdf(decision.letter) == before
    assert decision.fingerprint == decisions.fingerprint(decision.letter)


def test_what_people_write_is_never_read_as_markup(app):
    odd = '#read("/etc/passwd") *inte fet* $x^2$ [lista] <b>html</b> \\ "citat"'
    decision = letter_of(reasons=odd)
    assert odd in text_of(typesetting.pdf(decision.letter))


def test_a_very_long_letter_runs_over_several_pages(app):
    decision = letter_of(reasons="\n\n".join(["Ett långt skäl som upprepas många gånger för att fylla sidan. " * 8] * 20))
    document = pypdfium2.PdfDocument(typesetting.pdf(decision.letter))
    assert len(document) >= 4
    document.close()


def test_a_grant_from_two_pots_names_both(app):
    make.pots(YEAR, {"04": 1_000_000})
    case = make.application("reviewed", applied_kr=500_000)
    decision = make.decision(case, "proposed", financing={PotSource.ALLOCATION: 400_000, PotSource.RETURNED: 100_000})
    rows = decisions.letter_now(decision, make.moment(make.person(Role.DECIDER)))["sections"][0]["table"]["rows"]
    assert [row[0] for row in rows] == [f"Länets tilldelning {YEAR}", f"Länets återbetalda medel {YEAR}"]

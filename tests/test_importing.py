"""Earlier years from files: all or nothing, every fault with its place, the same file twice changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from grants.domain.errors import Unmet
from grants.domain.words import ApplicationState, CallState, Channel, PotSource, ProjectState, Scope
from grants.extensions import db
from grants.models.applications import Application
from grants.models.calls import Call
from grants.models.decisions import Decision
from grants.models.pots import Posting
from grants.models.projects import Project
from grants.models.records import Event, PublishedFigure
from grants.services import importing, records

from . import make

HEADER = (
    "reference;year;scope;call;board;applicant;title;summary;primary_purpose;other_purposes;target_groups;applied_kr;outcome;"
    "granted_kr;of_which_returned_kr;decided_on;starts_on;ends_on;status;closed_on;registration_number"
)
TABLES = (Application, Call, Decision, Project, Event, Posting, PublishedFigure)
FAULTS = [
    ("board", {"board": "99"}),
    ("board", {"board": "4"}),
    ("applicant", {"applicant": "9999"}),
    ("applicant", {"applicant": "212000-0001"}),
    ("applicant", {"applicant": "Vingåker"}),
    ("scope", {"scope": "lokal"}),
    ("year", {"year": "20l9"}),
    ("year", {"year": "1999"}),
    ("reference", {"reference": ""}),
    ("primary_purpose", {"primary_purpose": "Fritid"}),
    ("other_purposes", {"other_purposes": "Hälsa;Fritid"}),
    ("target_groups", {"target_groups": "Turister"}),
    ("outcome", {"outcome": "kanske"}),
    ("status", {"status": "vilande"}),
    ("applied_kr", {"applied_kr": "12,5"}),
    ("applied_kr", {"applied_kr": "mycket"}),
    ("applied_kr", {"applied_kr": "-1"}),
    ("applied_kr", {"applied_kr": "1000000000001"}),
    ("granted_kr", {"granted_kr": ""}),
    ("granted_kr", {"outcome": "avslag"}),
    ("of_which_returned_kr", {"of_which_returned_kr": "400001"}),
    ("decided_on", {"decided_on": "2019-02-30"}),
    ("decided_on", {"decided_on": "15/5 2019"}),
    ("decided_on", {"outcome": "under beredning", "granted_kr": ""}),
    ("ends_on", {"starts_on": "2020-01-01", "ends_on": "2019-12-31"}),
    ("closed_on", {"status": "avslutad", "closed_on": "2019-05-14"}),
    ("closed_on", {"closed_on": "2020-05-14"}),
    ("title", {"title": "t" * 301}),
    ("title", {"title": "Insats för 19811218-9876"}),
    ("summary", {"summary": "s" * 10_001}),
    ("call", {"call": "c" * 301}),
    ("reference", {"reference": "r" * 41}),
    ("registration_number", {"registration_number": "9" * 41}),
]


def counts() -> list[int]:
    records.seal()
    return [db.session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def take(*rows: dict[str, object]) -> importing.Taken:
    return importing.grants(make.grants_file(*rows), make.system())


def refused(content: bytes, deed=importing.grants) -> tuple[str, ...]:
    before = counts()
    with pytest.raises(Unmet) as refusal:
        deed(content, make.system())
    assert counts() == before
    return refusal.value.reasons


def test_a_granted_case_becomes_call_application_decision_and_project(app):
    case = make.grant(
        title="Lär\n  känna   varandra", other_purposes="Hälsa; Samverkan", target_groups="Nyanlända;Ensamkommande barn", scope="nationell",
        board="06", of_which_returned_kr=150_000, starts_on="2019-09-01", ends_on="2020-12-31", status="avslutad", closed_on="2021-03-01",
        registration_number="851-12-2019",
    )  # fmt: skip
    assert (case.title, case.channel, case.state, case.is_imported) == (
        "Lär känna varandra",
        Channel.IMPORT,
        ApplicationState.DECIDED,
        True,
    )
    assert (case.call.scope, case.call.state, case.call.is_imported, case.call.name) == (
        Scope.NATIONAL,
        CallState.PUBLISHED,
        True,
        "Utlysning",
    )
    assert (case.other_purposes, case.target_groups) == (["health"], ["new_arrivals", "unaccompanied"])
    assert case.decision.decided_on == date(2019, 5, 15)
    assert {f.source: f.amount_kr for f in case.decision.financing} == {PotSource.NATIONAL: 250_000, PotSource.RETURNED: 150_000}
    assert (case.project.state, case.project.closed_on, case.project.ends_on) == (ProjectState.CLOSED, date(2021, 3, 1), date(2020, 12, 31))


def test_nothing_is_posted_to_pots_and_the_history_is_whole(app):
    make.grant()
    make.grant(status="avslutad", closed_on="2021-01-01")
    records.seal()
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 0
    assert records.first_broken_row() is None
    verbs = db.session.execute(select(Event.noun, Event.verb).where(Event.case_id.is_not(None))).all()
    assert {noun for noun, verb in verbs if verb == "record"} == {"application", "decision", "project"}


def test_empty_fields_are_unknown(app):
    case = make.grant(applied_kr="", primary_purpose="", title="", decided_on="", of_which_returned_kr="", status="avslutad")
    assert (case.applied_kr, case.primary_purpose, case.decision.decided_on, case.registration_number) == (None, None, None, None)
    assert (case.project.state, case.project.closed_on) == (ProjectState.CLOSED, None)


@pytest.mark.parametrize(
    ("outcome", "state"), [("avslag", "decided"), ("avvisad", "decided"), ("avskriven", "decided"), ("under beredning", "submitted")]
)
def test_a_case_that_was_not_granted_has_no_project(app, outcome, state):
    case = make.grant(outcome=outcome, granted_kr="", decided_on="", status="")
    assert (case.state, case.project) == (state, None)
    assert bool(case.decision) is (state == "decided")


def test_every_fault_is_told_with_line_and_column_and_nothing_is_stored(app):
    reasons = refused(make.grants_file({}, *(facts for _, facts in FAULTS)))
    for line, (column, _) in enumerate(FAULTS, start=3):
        assert any(reason.startswith(f"Rad {line}, kolumn {column}: ") for reason in reasons), (line, column, reasons)
    assert len(reasons) == len(FAULTS)


def test_all_faults_of_a_row_are_told(app):
    reasons = refused(make.grants_file({"board": "99", "applied_kr": "x", "ends_on": "2019-01-01", "starts_on": "2019-02-01"}))
    assert {reason.split(":")[0] for reason in reasons} == {f"Rad 2, kolumn {c}" for c in ("applied_kr", "board", "ends_on")}


def test_a_line_is_where_the_row_begins_also_after_quoted_line_breaks(app):
    reasons = refused(make.grants_file({"title": "en\ntvå\ntre", "summary": "a;b,c"}, {"year": "nej"}))
    assert reasons[0].startswith("Rad 5, kolumn year: ")


def test_the_same_file_twice_changes_nothing(app):
    content = make.grants_file(
        {"registration_number": "851-1-2019"}, {"applicant": "212000-0308", "outcome": "avslag", "granted_kr": ""}, {"applied_kr": ""}
    )
    assert importing.grants(content, make.system()) == importing.Taken(new=3, known=0)
    before = counts()
    assert importing.grants(content, make.system()) == importing.Taken(new=0, known=3)
    assert counts() == before


def test_a_known_reference_with_other_content_is_a_fault_that_names_the_columns(app):
    case = make.grant()
    reasons = refused(make.grants_file({"reference": case.reference, "title": "En annan", "applied_kr": ""}))
    assert reasons == ("Rad 2, kolumn reference: Referensen är redan inläst men med annat innehåll i applied_kr, title.",)


def test_a_reference_twice_in_a_file_must_say_the_same(app):
    assert take({"reference": "A"}, {"reference": "A"}) == importing.Taken(new=1, known=0)
    reasons = refused(make.grants_file({"reference": "B"}, {"reference": "B", "year": 2020}))
    assert reasons == ("Rad 3, kolumn reference: Samma rad står redan på rad 2 men med annat innehåll i year.",)


def test_a_reference_of_the_systems_own_is_never_taken_over(app):
    case = make.reviewed_case()
    assert "annat ärende i systemet" in refused(make.grants_file({"reference": case.reference}))[0]


def test_a_registration_number_belongs_to_one_case_of_a_board(app):
    make.grant(registration_number="851-7-2019")
    take({"registration_number": "851-7-2019", "board": "06"})
    assert "kolumn registration_number: " in refused(make.grants_file({"registration_number": "851-7-2019"}))[0]
    reasons = refused(make.grants_file({"registration_number": "851-8-2019"}, {"registration_number": "851-8-2019"}))
    assert len(reasons) == 1
    assert reasons[0].startswith("Rad 3, kolumn registration_number: ")


def test_a_call_is_board_year_scope_and_name(app):
    take({}, {}, {"call": "Extra"}, {"year": 2020}, {"board": "06"}, {"scope": "nationell", "board": "06"})
    assert db.session.scalar(select(func.count()).select_from(Call)) == 5


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_delimiter_and_byte_order_mark_do_not_matter(app, mark, delimiter):
    row = [
        "X-1",
        "2019",
        "Regionell",
        '"Vår; höst, och"',
        "04",
        "0428",
        "Titel",
        "",
        '"Arbetsmarknad, sysselsättning"',
        '"Hälsa;Sfi"',
        "",
        "1000",
        "Delvis beviljad",
        "500",
    ]
    lines = [HEADER.replace(";", delimiter), delimiter.join(row + [""] * 7), delimiter * 20, ""]
    content = mark + "\r\n".join(lines).encode()
    assert importing.grants(content, make.system()).new == 1
    case = db.session.scalars(select(Application)).one()
    assert (case.call.name, case.primary_purpose, case.decision.granted_kr) == ("Vår; höst, och", "labour_market", 500)


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"", "Rad 1, kolumn reference: Kolumnen saknas."),
        (HEADER.replace("applicant", "sökande").encode(), "Rad 1, kolumn applicant: Kolumnen saknas."),
        (HEADER.encode() + b";reference", "Rad 1, kolumn reference: Kolumnen finns två gånger."),
        (HEADER.encode() + b"\nA;2019", "Rad 2, kolumn scope: Raden har 2 fält"),
        (HEADER.encode() + b"\n\xe5", "Rad 2, kolumn (hela raden): Filen är inte i UTF-8."),
        (HEADER.encode() + b'\n"A;2019', "Rad 2, kolumn (hela raden): Raden går inte att läsa."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(app, content, start):
    assert any(reason.startswith(start) for reason in refused(content))


def test_a_dry_run_tells_what_would_be_and_stores_nothing(app):
    before = counts()
    assert importing.grants(make.grants_file({}, {}), make.system(), only_check=True) == importing.Taken(new=2, known=0)
    assert counts() == before


def test_the_command_ends_well_only_when_the_file_was_taken(app, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(make.grants_file({"reference": "K-1"}))
    bad.write_bytes(make.grants_file({"year": "x"}))
    runner = app.test_cli_runner()
    assert "Inlästa ärenden: 1." in runner.invoke(args=["import-grants", str(good)]).output
    assert "Kända sedan tidigare: 1." in runner.invoke(args=["import-grants", str(good)]).output
    said = runner.invoke(args=["import-grants", str(bad)])
    assert said.exit_code == 1
    assert "Rad 2, kolumn year: " in said.stderr
    assert "ingenting är inläst" in runner.invoke(args=["import-grants", "--dry-run", str(good)]).output


POTS = "year;board;source;amount_kr\n2019;04;tilldelning;1000\n2019;04;återbetalt;200\n2019;06;nationell;300\n2019;08;tilldelning;0\n"


def test_pots_are_recorded_once(app):
    assert importing.pots(POTS.encode(), make.system()) == importing.Taken(new=3, known=1)
    assert importing.pots(POTS.encode(), make.system()) == importing.Taken(new=0, known=4)
    assert db.session.scalar(select(func.sum(Posting.amount_kr))) == 1500
    reasons = refused(POTS.replace("1000", "1001").encode(), importing.pots)
    assert reasons[0].startswith("Rad 2, kolumn amount_kr: Potten har redan fått 1\u00a0000\u00a0kr.")


def test_pots_with_faults_are_refused(app):
    rows = "2019;99;tilldelning;1\n2019;04;arv;1\n2019;04;tilldelning;-1\nx;04;tilldelning;1\n2019;04;tilldelning;\n2019;06;nationell;1\n2019;06;nationell;2\n"
    reasons = refused(("year,board,source,amount_kr\n".replace(",", ";") + rows).encode(), importing.pots)
    assert [reason.split(":")[0] for reason in reasons] == [
        f"Rad {line}, kolumn {column}"
        for line, column in ((2, "board"), (3, "source"), (4, "amount_kr"), (5, "year"), (6, "amount_kr"), (8, "amount_kr"))
    ]


PUBLISHED = 'year,metric,scope,value,source\n2022,application_ratio,riket,1.8,Redovisningen\n2022,county_allocation_kr,07,934000,"Kronoberg, 2022"\n'


def test_published_figures_are_kept_with_their_source(app):
    assert importing.published(PUBLISHED.encode(), make.system()).new == 2
    assert importing.published(PUBLISHED.encode(), make.system()).known == 2
    figures = db.session.scalars(select(PublishedFigure).order_by(PublishedFigure.id)).all()
    assert [(f.scope, f.value, f.source) for f in figures] == [
        ("riket", Decimal("1.8"), "Redovisningen"),
        ("07", Decimal(934000), "Kronoberg, 2022"),
    ]
    assert refused(PUBLISHED.replace("1.8", "1.9").encode(), importing.published)[0].startswith("Rad 2, kolumn value: ")


def test_published_figures_with_faults_are_refused(app):
    rows = "2022,a,Skåne,1,k\n2022,a,riket,många,k\n2022,a,riket,1,\n2022,,riket,1,k\n2022,b,riket,1.23456,k\n"
    reasons = refused(("year,metric,scope,value,source\n" + rows).encode(), importing.published)
    assert [reason.split(":")[0] for reason in reasons] == [
        f"Rad {line}, kolumn {column}" for line, column in ((2, "scope"), (3, "value"), (4, "source"), (5, "metric"), (6, "value"))
    ]

"""The municipality's side of applications: writing section by section, signing, sending, the receipt, and taking back."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from grants.domain.completeness import Section
from grants.domain.errors import Unmet, WrongState
from grants.domain.terms import USUAL, Contact, Question
from grants.domain.words import ApplicationState, Financier, QuestionKind, ReportKind, Role, Scope
from grants.extensions import db
from grants.models.applications import Application
from grants.models.records import Job
from grants.services import applications, calls, projects
from grants.services.applications import content

from . import make
from .refusals import refused

PDF = b"%PDF-1.7\n%%EOF\n"
SUMMARY = {"title": "Vägen vidare", "summary": "Ett nytt arbetssätt."}


@pytest.fixture
def åsa(app, as_):
    """The client of a person who writes in Vingåker."""
    return as_(make.person(Role.PREPARER))


def words(page) -> str:
    return page.get_text(" ", strip=True).replace("\xa0", " ")


def address(draft: Application, section: Section) -> str:
    return f"/ansokningar/{draft.id}/redigera/{section}"


def sent(draft: Application, section: Section, **boxes):
    """What a browser sends from a section's page."""
    return {"seen": content.mark(draft, section), **boxes}


def fresh(**facts) -> Application:
    """A draft where nothing is written yet."""
    opened = make.call(**facts)
    return applications.start(opened, make.municipality(), make.moment(make.person(Role.PREPARER)))


def asking(*questions: Question, **facts):
    """The terms of a call with questions of its own."""
    return replace(USUAL, contacts=(Contact("Karin Kontakt", "karin.kontakt@example.se"),), questions=questions, **facts)


def letters() -> list[dict]:
    return [job.payload for job in db.session.scalars(select(Job).order_by(Job.id))]


# Writing


def test_a_draft_is_started_from_the_call_with_the_writer_as_contact(as_):
    who = make.person(Role.PREPARER, name="Åsa Öberg", email="asa@vingaker.example.se")
    opened = make.call()
    page = as_(who).send(f"/utlysningar/{opened.id}/ansok")
    draft = db.session.scalars(select(Application)).one()
    assert (draft.contact_name, draft.contact_email) == ("Åsa Öberg", "asa@vingaker.example.se")
    assert draft.state == ApplicationState.DRAFT
    assert "Sammanfattning" in words(page)
    assert "1 av 8 delar klara" not in words(page)
    assert "3 av 8 delar klara" in words(page), "contact is filled; partners and the call's questions are optional"


def test_only_municipalities_and_federations_of_the_county_may_start(as_):
    outside = make.person(Role.PREPARER, make.municipality("0180"))
    opened = make.call()
    assert "i länet" in words(as_(outside).send(f"/utlysningar/{opened.id}/ansok", status=422))
    assert as_(make.person(Role.OFFICER)).post(f"/utlysningar/{opened.id}/ansok").status_code == 403
    assert as_(make.person(Role.READER)).post(f"/utlysningar/{opened.id}/ansok").status_code == 403


WRITTEN = [
    (Section.CONTACT, {"contact_name": "Bo Ek", "contact_title": "Chef", "contact_email": "Bo@EXAMPLE.se", "contact_phone": "0151-1"}, {"contact_email": "bo@example.se"}),
    (Section.SUMMARY, SUMMARY, SUMMARY),
    (Section.PURPOSE, {"primary_purpose": "health", "other_purposes": ["health", "other"], "target_groups": ["unaccompanied"]}, {"primary_purpose": "health", "other_purposes": ["other"], "target_groups": ["unaccompanied"]}),
    (Section.NEED, {"need": "Stycke ett.\r\n\r\nStycke två.", "priority": "Beredskap"}, {"need": "Stycke ett.\n\nStycke två."}),
    (Section.QUESTIONS, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("section", "boxes", "kept"), WRITTEN, ids=lambda value: str(value) if isinstance(value, Section) else "")
def test_a_section_keeps_what_is_written_and_leads_on(åsa, section, boxes, kept):
    draft = fresh()
    answer = åsa.post(address(draft, section), data=sent(draft, section, next="1", **boxes))
    following = list(Section)[list(Section).index(section) + 1 :]
    assert answer.location == (address(draft, following[0]) if following else f"/ansokningar/{draft.id}/kontrollera")
    assert {name: getattr(draft, name) for name in kept} == kept


def test_saving_without_going_on_stays_and_tells_what_is_left(åsa):
    draft = fresh()
    page = åsa.send(address(draft, Section.SUMMARY), sent(draft, Section.SUMMARY, title="Vägen vidare"))
    assert draft.title == "Vägen vidare"
    assert "Sammanfattning är sparad." in words(page)
    assert "Sammanfatta insatsen." in words(page)


def test_what_cannot_be_read_is_told_beside_its_box_and_nothing_typed_is_lost(åsa):
    draft = fresh()
    boxes = {
        "starts_on": "2026-02-30",
        "ends_on": "2027-12-31",
        "goals-0-text": "Fler i arbete",
        "goals-1-indicator": "Antal",
        "lasting": "Nämnden",
    }
    page = åsa.send(address(draft, Section.PLAN), sent(draft, Section.PLAN, **boxes), status=422)
    assert "Datumet 2026-02-30 finns inte" in words(page)
    assert "Skriv vad som ska uppnås" in words(page)
    assert page.find(id="starts_on")["value"] == "2026-02-30"
    assert page.find(id="starts_on")["aria-invalid"] == "true"
    assert page.find(id="goals-0-text").get_text(strip=True) == "Fler i arbete"
    assert page.find(id="goals-1-indicator")["value"] == "Antal"
    assert draft.ends_on is None


def test_personal_identity_numbers_are_refused(åsa):
    draft = fresh()
    page = åsa.send(address(draft, Section.NEED), sent(draft, Section.NEED, need="Kontakta 811228-9874."), status=422)
    assert "Ta bort personnumret" in words(page)


def test_three_empty_rows_are_offered_and_more_without_saving(åsa):
    draft = fresh()
    page = åsa.page(address(draft, Section.PLAN))
    assert len(page.select("[name^=goals][name$=text]")) == 3
    page = åsa.send(
        address(draft, Section.PLAN), sent(draft, Section.PLAN, more="goals", **{"goals-0-text": "Ett", "activities-0-text": "Gör"})
    )
    assert len(page.select("[name^=goals][name$=text]")) == 2
    assert page.find(id="activities-0-text").get_text(strip=True) == "Gör"
    assert draft.goals == []


def test_an_emptied_row_falls_away_and_the_others_keep_their_order(åsa):
    draft = make.application("draft")
    boxes = {"goals-0-text": "Ett", "goals-1-text": "", "goals-2-text": "Tre", "activities-0-text": "Gör"}
    åsa.send(address(draft, Section.PLAN), sent(draft, Section.PLAN, **boxes))
    assert [(goal.position, goal.text) for goal in draft.goals] == [(1, "Ett"), (2, "Tre")]


def test_a_partner_is_found_in_the_register_by_its_name_and_others_are_kept_as_written(åsa):
    draft = fresh()
    boxes = {"partners-0-name": "storuman", "partners-0-contribution": "Jour", "partners-1-name": "Vuxenskolan"}
    page = åsa.send(address(draft, Section.PARTNERS), sent(draft, Section.PARTNERS, **boxes))
    assert [(partner.name, partner.organisation is not None) for partner in draft.partners] == [
        ("Storumans kommun", True),
        ("Vuxenskolan", False),
    ]
    assert "Ur registret: Storumans kommun." in words(page)


def test_counties_are_counted_for_cooperation_in_the_national_call_alone(åsa):
    draft = fresh(scope=Scope.NATIONAL)
    boxes = {"primary_purpose": "cooperation", "target_groups": ["new_arrivals"], "national_ground": "cooperation"}
    åsa.send(address(draft, Section.PURPOSE), sent(draft, Section.PURPOSE, **boxes))
    page = åsa.send(address(draft, Section.PARTNERS), sent(draft, Section.PARTNERS, **{"partners-0-name": "Katrineholms kommun"}))
    assert "i minst två län. Lägg till en partner." in words(page)
    page = åsa.send(address(draft, Section.PARTNERS), sent(draft, Section.PARTNERS, **{"partners-0-name": "Botkyrka kommun"}))
    assert "nu i 2 län" in words(page)
    assert "Lägg till en partner." not in words(page)


def test_only_the_target_groups_of_the_call_can_be_chosen(åsa):
    draft = fresh(terms=asking(target_groups=("new_arrivals",)))
    page = åsa.page(address(draft, Section.PURPOSE))
    assert [box["value"] for box in page.select("[name=target_groups]")] == ["new_arrivals"]
    assert not page.select("[name=national_ground]")
    åsa.send(address(draft, Section.PURPOSE), sent(draft, Section.PURPOSE, target_groups=["unaccompanied"]), status=422)


# The budget


def test_the_budget_sums_by_year_category_and_financier(åsa):
    draft = make.application("draft")
    boxes = {"kr_2026_staff_grant": "300 000", "kr_2027_staff_grant": "100000", "kr_2027_material_own": "50 000", "smallest_kr": "250 000"}
    page = åsa.send(address(draft, Section.BUDGET), sent(draft, Section.BUDGET, **boxes))
    assert (draft.applied_kr, draft.smallest_kr) == (400_000, 250_000)
    assert {(line.year, line.category_key, line.financier) for line in draft.budget} == {
        (2026, "staff", Financier.GRANT), (2027, "staff", Financier.GRANT), (2027, "material", Financier.OWN),
    }  # fmt: skip
    whole = next(words(table) for table in page.select("table") if "Hela insatsen" in words(table))
    assert "Statsbidrag – det ni söker 300 000 100 000 400 000 88,9 %" in whole
    assert "Summa 300 000 150 000 450 000 100 %" in whole


def test_an_amount_that_cannot_be_read_is_told_in_its_cell(åsa):
    draft = make.application("draft")
    page = åsa.send(address(draft, Section.BUDGET), sent(draft, Section.BUDGET, kr_2026_staff_grant="tio tusen"), status=422)
    assert page.find(id="kr_2026_staff_grant")["value"] == "tio tusen"
    assert draft.applied_kr == 500_000


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"kr_2026_staff_grant": "100 000", "smallest_kr": "900 000"}, "Minsta belopp kan inte vara större än det ni söker, 100 000 kr."),
        ({"kr_2026_staff_own": "100 000"}, "Ange hur mycket ni söker."),
        ({"kr_2026_staff_grant": "600 000"}, "Högsta belopp i utlysningen är 500 000 kr."),
        ({"kr_2026_staff_grant": "20 000"}, "Minsta belopp i utlysningen är 50 000 kr."),
    ],
)
def test_what_is_wrong_with_the_budget_is_saved_and_told(åsa, boxes, said):
    draft = make.application("draft", call=make.call(min_kr=50_000, max_kr=500_000))
    page = åsa.send(address(draft, Section.BUDGET), sent(draft, Section.BUDGET, **boxes))
    assert said in words(page)
    with refused(Unmet, match=said.replace(" ", ".")):
        applications.prepare(draft, make.moment(make.person(Role.PREPARER)))


def test_a_budget_beyond_belief_is_refused_before_the_database_does(åsa):
    draft = make.application("draft")
    boxes = dict.fromkeys(("kr_2026_staff_grant", "kr_2026_other_grant"), "900000000000")
    assert "Kontrollera beloppen" in words(åsa.send(address(draft, Section.BUDGET), sent(draft, Section.BUDGET, **boxes), status=422))


def test_money_in_a_year_that_the_period_no_longer_touches_is_shown_and_told(åsa):
    draft = make.application("draft")
    boxes = {"starts_on": "2027-01-01", "ends_on": "2027-12-31", "goals-0-text": "Mål", "activities-0-text": "Gör"}
    åsa.send(address(draft, Section.PLAN), sent(draft, Section.PLAN, **boxes))
    page = åsa.page(address(draft, Section.BUDGET))
    assert "Budgeten har belopp för 2026" in words(page)
    assert page.find(id="kr_2026_staff_grant")["value"] == "500 000"


# The call's own questions and the files


def test_the_calls_own_questions_of_every_kind_are_asked_and_kept(åsa):
    asked = [
        (QuestionKind.SHORT, "Kort"),
        (QuestionKind.LONG, "Långt"),
        (QuestionKind.CHOICE, "B"),
        (QuestionKind.CHOICES, ["A", "B"]),
        (QuestionKind.NUMBER, "17"),
        (QuestionKind.DATE, "2026-09-01"),
    ]
    questions = [Question(kind, kind, f"Fråga {kind}", required=True, options=("A", "B") if "choice" in kind else ()) for kind, _ in asked]
    draft = fresh(terms=asking(*questions, Question("file", QuestionKind.FILE, "Intyg", required=True)))
    assert "Besvara: Fråga short" in words(åsa.page(f"/ansokningar/{draft.id}/kontrollera"))
    boxes = {f"svar_{kind}": value for kind, value in asked}
    page = åsa.send(address(draft, Section.QUESTIONS), sent(draft, Section.QUESTIONS, **boxes, fil_file=(BytesIO(PDF), "intyg.pdf")))
    assert draft.answer_to("choices") == "A\nB"
    assert "Besvara" not in words(page)
    assert [box["value"] for box in page.select("[name=svar_choices][checked]")] == ["A", "B"]
    assert page.find(id="svar_number")["value"] == "17"
    assert "Bifogad: intyg.pdf" in words(page)
    assert "nummer" not in words(
        åsa.send(address(draft, Section.QUESTIONS), sent(draft, Section.QUESTIONS, **{**boxes, "svar_number": "många"}), status=422)
    )


def test_a_file_is_told_by_its_content_and_its_name_is_cleaned(åsa):
    draft = fresh()
    files = [(BytesIO(PDF), "../../etc/Plan å.pdf"), (BytesIO(b"MZ\x90"), "plan.pdf"), (BytesIO(b""), "tom.pdf")]
    åsa.send(address(draft, Section.QUESTIONS), sent(draft, Section.QUESTIONS, attachments=files[0]))
    for file, said in ((files[1], "går inte att ta emot"), (files[2], "är tom")):
        assert said in words(åsa.send(address(draft, Section.QUESTIONS), sent(draft, Section.QUESTIONS, attachments=file), status=422))
    assert [(kept.name, kept.media_type) for kept in draft.attachments] == [("Plan å.pdf", "application/pdf")]


def test_a_file_is_downloaded_by_those_who_may_read_the_case(åsa, as_):
    draft = make.application("draft")
    kept = applications.attach(draft, make.moment(make.person(Role.PREPARER)), name="plan.pdf", content=PDF)
    db.session.flush()
    answer = åsa.get(f"/bilagor/{kept.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    officer, neighbour = as_(make.person(Role.OFFICER)), as_(make.person(Role.PREPARER, make.municipality("0480")))
    assert officer.get(f"/bilagor/{kept.id}").status_code == neighbour.get(f"/bilagor/{kept.id}").status_code == 404
    applications.submit(draft, make.moment(make.person(Role.SIGNATORY)))
    assert officer.get(f"/bilagor/{kept.id}").status_code == 200
    assert neighbour.get(f"/bilagor/{kept.id}").status_code == 404
    assert åsa.post(f"/bilagor/{kept.id}/ta-bort").status_code == 409


def test_a_file_is_taken_away_from_the_draft(åsa):
    draft = make.application("draft")
    kept = applications.attach(draft, make.moment(make.person(Role.PREPARER)), name="plan.pdf", content=PDF)
    db.session.flush()
    assert "Filen plan.pdf är borttagen." in words(åsa.send(f"/bilagor/{kept.id}/ta-bort"))
    assert draft.attachments == []


# Two who write at once


def test_two_who_write_in_the_same_section_see_both_texts_and_choose(åsa, as_):
    draft = make.application("draft")
    opened = sent(draft, Section.SUMMARY)
    other = as_(make.person(Role.PREPARER, name="Mehmet Yılmaz"))
    other.send(address(draft, Section.SUMMARY), sent(draft, Section.SUMMARY, title="Mehmets namn", summary="Samma"))
    page = åsa.send(address(draft, Section.SUMMARY), {**opened, "title": "Åsas namn", "summary": "Samma"}, status=409)
    told = words(page)
    assert "Mehmet Yılmaz sparade den här delen medan ni skrev" in told
    assert "Mehmets namn" in told
    assert page.find(id="title")["value"] == "Åsas namn"
    assert [words(theirs) for theirs in page.select("blockquote")] == ["Mehmets namn"], "only what differs is shown"
    again = {"seen": page.find("input", {"name": "seen"})["value"], "title": "Åsas namn", "summary": "Samma"}
    åsa.send(address(draft, Section.SUMMARY), again)
    assert draft.title == "Åsas namn"


def test_two_who_write_in_different_sections_do_not_disturb_each_other(åsa, as_):
    draft = make.application("draft")
    opened = sent(draft, Section.SUMMARY, **SUMMARY)
    as_(make.person(Role.PREPARER, name="Mehmet Yılmaz")).send(address(draft, Section.NEED), sent(draft, Section.NEED, need="Nytt behov"))
    assert "Mehmet Yılmaz sparade Behov" in words(åsa.page(address(draft, Section.SUMMARY)))
    åsa.send(address(draft, Section.SUMMARY), opened)
    assert (draft.title, draft.need) == ("Vägen vidare", "Nytt behov")


# Ready, signed, sent


def test_the_whole_text_is_shown_with_what_is_missing_linked(åsa):
    draft = fresh()
    page = åsa.page(f"/ansokningar/{draft.id}/kontrollera")
    assert "5 delar kvar innan ansökan kan skrivas under" in words(page)
    assert page.select(f'main a[href="{address(draft, Section.BUDGET)}"]')
    assert "Skicka till underskrift" not in [words(button) for button in page.select("button")]
    assert "Ange hur mycket ni söker" in words(åsa.send(f"/ansokningar/{draft.id}/klar", status=422))


def test_ready_tells_the_signatories_and_shuts_the_draft_until_it_is_reopened(åsa):
    draft, signatory = make.application("draft"), make.person(Role.SIGNATORY)
    make.person(Role.SIGNATORY, make.municipality("0480"))
    åsa.send(f"/ansokningar/{draft.id}/klar")
    assert [letter["to"] for letter in letters() if "Att skriva under" in letter["subject"]] == [signatory.email]
    assert åsa.get(address(draft, Section.NEED)).location == f"/ansokningar/{draft.id}"
    assert åsa.post(address(draft, Section.NEED), data=sent(draft, Section.NEED, need="Smyg")).status_code == 409
    åsa.send(f"/ansokningar/{draft.id}/oppna")
    åsa.send(address(draft, Section.NEED), sent(draft, Section.NEED, need="Öppet"))
    assert draft.need == "Öppet"


def test_the_signatory_reads_signs_and_gets_a_receipt(as_):
    draft, lars = make.application("ready"), make.person(Role.SIGNATORY, name="Lars Nyberg")
    client = as_(lars)
    assert "väntar på din underskrift" in words(client.page("/oversikt"))
    page = client.page(f"/ansokningar/{draft.id}/skicka-in")
    assert "allmän handling" in words(page)
    assert "500 000 kr" in words(page)
    version = page.find("input", {"name": "row_version"})["value"]
    assert "Intyga att du har läst" in words(client.send(f"/ansokningar/{draft.id}/skicka-in", {"row_version": version}, status=422))
    receipt = words(client.send(f"/ansokningar/{draft.id}/skicka-in", {"row_version": version, "confirmed": "y"}))
    assert draft.state == ApplicationState.SUBMITTED
    assert draft.fingerprint == applications.fingerprint(draft)
    for told in (draft.reference, draft.fingerprint, "Lars Nyberg", f".{draft.arrived_at.second:02}"):
        assert told in receipt
    assert [letter["to"] for letter in letters() if "Mottagen" in letter["subject"]] == [draft.contact_email]


def test_the_fingerprint_is_of_all_that_was_signed(app):
    one = make.application("draft")
    before = applications.fingerprint(one)
    assert applications.fingerprint(one) == before
    applications.save(one, make.moment(make.person(Role.PREPARER)), Section.NEED, need="Något annat")
    assert applications.fingerprint(one) != before


def test_what_changed_while_the_signatory_read_is_read_again_before_signing(as_):
    draft, client = make.application("ready"), as_(make.person(Role.SIGNATORY))
    version = client.page(f"/ansokningar/{draft.id}/skicka-in").find("input", {"name": "row_version"})["value"]
    writer = make.moment(make.person(Role.PREPARER))
    applications.reopen(draft, writer)
    applications.save(draft, writer, Section.NEED, need="Ändrat i sista stund")
    page = client.send(f"/ansokningar/{draft.id}/skicka-in", {"row_version": version, "confirmed": "y"}, status=409)
    assert "Läs den igen innan du skriver under." in words(page)
    assert draft.state == ApplicationState.DRAFT


def test_who_sends_second_is_told_that_it_is_sent(as_):
    draft, client = make.application("ready"), as_(make.person(Role.SIGNATORY))
    version = client.page(f"/ansokningar/{draft.id}/skicka-in").find("input", {"name": "row_version"})["value"]
    form = {"row_version": version, "confirmed": "y"}
    client.send(f"/ansokningar/{draft.id}/skicka-in", form)
    assert "Formell kontroll" in words(client.send(f"/ansokningar/{draft.id}/skicka-in", form, status=409))
    assert len([letter for letter in letters() if "Mottagen" in letter["subject"]]) == 1


def test_a_late_application_is_received_and_marked_late(as_):
    draft = make.application("ready", call=make.call(at=make.now() - timedelta(days=25)))
    client = as_(make.person(Role.SIGNATORY))
    page = client.page(f"/ansokningar/{draft.id}/skicka-in")
    assert "märks som sen" in words(page)
    form = {"row_version": page.find("input", {"name": "row_version"})["value"], "confirmed": "y"}
    assert "kom in efter stängningstiden" in words(client.send(f"/ansokningar/{draft.id}/skicka-in", form))
    assert draft.is_late
    assert any("kom in efter stängningstiden" in letter["text"] for letter in letters())


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (1, True)])
def test_the_servers_clock_decides_to_the_second(app, seconds, late):
    opened = make.call()
    draft = make.application("draft", call=opened)
    applications.submit(draft, make.moment(make.person(Role.SIGNATORY), opened.version.closes_at + timedelta(seconds=seconds)))
    assert draft.is_late is late


def test_nothing_is_sent_before_the_call_opens(as_):
    draft = make.application("draft", call=make.call(opens_at=make.now() + timedelta(days=2)))
    client = as_(make.person(Role.SIGNATORY))
    assert "Utlysningen öppnar" in words(client.page(f"/ansokningar/{draft.id}/skicka-in"))
    assert "Utlysningen öppnar" in words(client.send(f"/ansokningar/{draft.id}/skicka-in", {"confirmed": "y"}, status=422))


def test_a_draft_follows_the_call_when_it_is_amended(åsa):
    draft = make.application("draft")
    officer = make.moment(make.person(Role.OFFICER))
    calls.amend(draft.call, officer)
    calls.edit(draft.call, officer, max_kr=100_000, changes="Taket är sänkt.")
    calls.publish(draft.call, officer)
    db.session.expire_all()
    assert "Högsta belopp i utlysningen är 100 000 kr" in words(åsa.page(f"/ansokningar/{draft.id}/kontrollera"))


# Taking back


def test_an_application_is_withdrawn_with_a_reason_by_the_signatory(as_):
    case, client = make.application(), as_(make.person(Role.SIGNATORY))
    assert "Skriv varför" in words(client.send(f"/ansokningar/{case.id}/aterkalla", status=422))
    assert "Återkallad" in words(client.send(f"/ansokningar/{case.id}/aterkalla", {"reason": "Vi saknar personal."}))
    assert case.state == ApplicationState.WITHDRAWN
    with pytest.raises(WrongState):
        applications.withdraw(case, make.moment(make.person(Role.SIGNATORY)), "Igen")


def test_a_draft_is_put_away_and_taken_back(åsa):
    draft = make.application("draft")
    assert "går att återställa" in words(åsa.send(f"/ansokningar/{draft.id}/ta-bort"))
    assert draft.title not in words(åsa.page("/oversikt"))
    assert draft.title in words(åsa.page("/ansokningar"))
    åsa.send(f"/ansokningar/{draft.id}/aterstall")
    assert draft.state == ApplicationState.DRAFT


# Who may do what


def test_a_reader_reads_a_writer_writes_and_only_the_signatory_signs(åsa, as_):
    draft, reader = make.application("draft"), as_(make.person(Role.READER))
    assert reader.get(f"/ansokningar/{draft.id}").status_code == 200
    for client, path in (
        (reader, "redigera/behov"),
        (reader, "kontrollera"),
        (reader, "skicka-in"),
        (åsa, "skicka-in"),
        (åsa, "aterkalla"),
    ):
        assert client.get(f"/ansokningar/{draft.id}/{path}").status_code == 403, path
    for path in ("klar", "ta-bort", "skicka-in"):
        assert reader.post(f"/ansokningar/{draft.id}/{path}").status_code == 403
        assert as_(make.person(Role.SIGNATORY, make.municipality("0480"))).post(f"/ansokningar/{draft.id}/{path}").status_code == 404


# The overview and the list


def test_the_overview_shows_drafts_cases_projects_dates_and_open_calls(åsa):
    make.pots(make.now().year)
    draft, case, project = make.application("draft", title="Utkastet"), make.application("checked", title="Ärendet"), make.project()
    page = words(åsa.page("/oversikt"))
    for told in (
        "Utkastet",
        "8 av 8 delar klara",
        "Ärendet",
        "Bedömning",
        "Skicka in Utkastet",
        draft.call.name,
        project.application.title,
        "Slutrapport för",
    ):
        assert told in page, told
    assert case.registration_number in page


def test_a_report_sent_back_stands_first_on_the_overview(åsa):
    make.pots(make.now().year)
    project, officer = make.project(), make.moment(make.person(Role.OFFICER))
    report = projects.start_report(project, make.moment(make.person(Role.PREPARER)), ReportKind.INTERIM)
    projects.save_report(report, make.moment(make.person(Role.PREPARER)), answers={part.key: "Svar." for part in report.sections})
    projects.submit_report(report, make.moment(make.person(Role.SIGNATORY)))
    projects.send_back(report, officer, "Beskriv målgruppen.")
    db.session.flush()
    assert "Beskriv målgruppen." in words(åsa.page("/oversikt"))


def test_the_board_is_led_to_its_own_list(as_):
    client = as_(make.person(Role.OFFICER))
    assert client.get("/oversikt").location == client.get("/ansokningar").location == "/arenden"


def test_the_list_costs_the_same_whatever_its_length(as_, queries):
    opened, client = make.call(), as_(make.person(Role.PREPARER))
    make.application("draft", call=opened)
    counts = []
    for _ in range(2):
        with queries() as seen:
            client.page("/ansokningar")
        counts.append(len(seen))
        for _ in range(3):
            make.application("draft", call=opened)
    assert counts[0] == counts[1] <= 12

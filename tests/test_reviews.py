"""Assessment: conflict of interest first, scores with reasons, the others' hidden until one's own are in, the ranking."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from grants.domain.errors import Forbidden, Stale, Unmet, WrongState
from grants.domain.words import PotSource, ReviewState, Role
from grants.extensions import db
from grants.models.records import Job
from grants.services import applications, desk, reviews

from . import make


def scores_of(review, points=4):
    return dict.fromkeys(review.application.version.terms.weights, (points, "Skäl."))


def test_an_officer_asks_an_assessor_of_the_board(app):
    case, assessor = make.application("checked"), make.person(Role.ASSESSOR)
    review = reviews.assign(case, assessor, make.moment(make.person(Role.OFFICER)))
    assert (review.state, reviews.progress(case)) == (ReviewState.ASSIGNED, (0, 1))
    sent = [job.payload for job in db.session.scalars(select(Job)) if job.payload["to"] == assessor.email]
    assert len(sent) == 1
    assert "svara först om du är jävig" in sent[0]["text"]


def test_somebody_who_is_not_an_assessor_of_the_board_cannot_be_asked(app):
    case, acts = make.application("checked"), make.moment(make.person(Role.OFFICER))
    for other in (make.person(Role.OFFICER), make.person(Role.ASSESSOR, make.board("05"))):
        with pytest.raises(Unmet, match="är inte bedömare hos länsstyrelsen"):
            reviews.assign(case, other, acts)


def test_nobody_is_asked_twice_but_who_was_removed_may_be_asked_anew(app):
    case, assessor, acts = (make.application("checked"), make.person(Role.ASSESSOR), make.moment(make.person(Role.OFFICER)))
    review = reviews.assign(case, assessor, acts)
    db.session.flush()
    with pytest.raises(Unmet, match="redan bedömare"):
        reviews.assign(case, assessor, acts)
    reviews.remove(review, acts)
    assert reviews.assign(case, assessor, acts) is review
    assert review.state == ReviewState.ASSIGNED


def test_a_conflicted_assessor_cannot_be_asked(app):
    case, assessor = make.application("checked"), make.person(Role.ASSESSOR)
    review = make.review(case, "assigned", who=assessor)
    reviews.recuse(review, make.moment(assessor), "Jag arbetade i kommunen förra året.")
    db.session.flush()
    assert review.state == ReviewState.RECUSED
    assert assessor not in reviews.candidates(case, make.moment(assessor).today)
    with pytest.raises(Unmet, match="jävig"):
        reviews.assign(case, assessor, make.moment(make.person(Role.OFFICER)))


def test_recusal_needs_a_reason_and_is_ones_own(app):
    case, assessor = make.application("checked"), make.person(Role.ASSESSOR)
    review = make.review(case, "assigned", who=assessor)
    with pytest.raises(Unmet, match="Skriv varför"):
        reviews.recuse(review, make.moment(assessor), "  ")
    with pytest.raises(Forbidden):
        reviews.declare(case, assessor, make.moment(make.person(Role.OFFICER)), "Hon är jävig.")


def test_an_assessment_stops_counting_when_its_assessor_turns_out_conflicted(app):
    case, assessor = make.application("checked"), make.person(Role.ASSESSOR)
    make.review(case, points=5, who=assessor)
    make.review(case, points=3)
    reviews.declare(case, assessor, make.moment(assessor), "Min syster anställdes i projektet.")
    db.session.flush()
    assert reviews.mean_of(case) == Decimal("3.00")


def test_an_assessment_may_be_saved_incomplete_but_not_sent(app):
    review = make.review(make.application("checked"), "open")
    acts = make.moment(review.assessor)
    reviews.write(review, acts, scores={"need": (4, "Belagt.")}, comment="")
    assert review.criteria_left == ["Mål och genomförande", "Samverkan", "Efter projektet", "Kostnad"]
    with pytest.raises(Unmet, match="Sätt poäng och skriv skäl för: Mål och genomförande"):
        reviews.submit(review, acts)


def test_points_must_be_one_of_the_criterions_levels(app):
    review = make.review(make.application("checked"), "open")
    with pytest.raises(Unmet, match="Välj en av nivåerna för Behov"):
        reviews.write(review, make.moment(review.assessor), scores={"need": (6, "För bra.")}, comment="")


def test_the_second_of_two_saves_is_told(app):
    review = make.review(make.application("checked"), "open")
    db.session.flush()
    acts, opened = make.moment(review.assessor), review.row_version
    reviews.write(review, acts, scores=scores_of(review, 3), comment="Först.", row_version=opened)
    db.session.flush()
    with pytest.raises(Stale):
        reviews.write(review, acts, scores=scores_of(review, 5), comment="Sist.", row_version=opened)
    assert set(review.points.values()) == {3}


def test_others_scores_are_hidden_until_ones_own_are_in(app):
    case, waiting = make.application("checked"), make.person(Role.ASSESSOR, also=(Role.OFFICER,))
    other, own = make.review(case, points=5), make.review(case, "open", who=waiting)
    assert reviews.peers(own) == []
    assert not reviews.may_be_read(other, make.moment(waiting).actor)
    reviews.write(own, make.moment(waiting), scores=scores_of(own), comment="")
    reviews.submit(own, make.moment(waiting))
    assert reviews.peers(own) == [other]
    assert reviews.may_be_read(other, make.moment(waiting).actor)


def test_a_sent_assessment_may_be_taken_back_only_while_the_case_is_prepared(app):
    case = make.application("checked")
    review = make.review(case)
    reviews.resume(review, make.moment(review.assessor))
    assert (review.state, review.submitted_at) == (ReviewState.OPEN, None)
    reviews.submit(review, make.moment(review.assessor))
    applications.conclude(case, make.moment(make.person(Role.OFFICER)))
    with pytest.raises(Unmet, match="under beredning"):
        reviews.resume(review, make.moment(review.assessor))
    with pytest.raises(WrongState):
        reviews.remove(review, make.moment(make.person(Role.OFFICER)))


def test_the_ranking_goes_by_the_mean_and_sets_apart_what_is_not_fully_assessed(app):
    call = make.call()
    low, high, half = (make.application("checked", call=call, title=name) for name in ("Låg", "Hög", "Halv"))
    make.review(low, points=2)
    make.review(high, points=5)
    make.review(high, points=4)
    make.review(half, points=5)
    make.review(half, "assigned")
    rows = reviews.ranking(call, make.moment(make.person(Role.OFFICER)).actor)
    assert [(row.application, row.place, row.mean) for row in rows] == [
        (high, 1, Decimal("4.50")),
        (low, 2, Decimal("2.00")),
        (half, None, None),
    ]
    assert (rows[0].spread.difference, rows[0].spread.is_wide, rows[2].done, rows[2].asked) == (Decimal("1.00"), False, 1, 2)


def test_the_case_text_is_not_shown_before_the_question_on_conflict_of_interest(app, as_):
    case = make.application("checked", need="Hemligt till dess.")
    review = make.review(case, "assigned")
    client = as_(review.assessor)
    page = client.page(f"/bedomningar/{review.id}").get_text()
    assert case.title in page
    assert "Hemligt till dess." not in page
    client.send(f"/bedomningar/{review.id}/inte-javig")
    assert "Hemligt till dess." in client.page(f"/bedomningar/{review.id}").get_text()


def test_an_assessor_who_leaves_the_case_sees_it_nowhere(app, as_):
    review = make.review(make.application("checked"), "assigned")
    client = as_(review.assessor)
    client.send(f"/bedomningar/{review.id}/javig", {"reason": ""}, status=422)
    client.send(f"/bedomningar/{review.id}/javig", {"reason": "Jag satt i nämnden."})
    assert client.get(f"/bedomningar/{review.id}").status_code == 404
    assert client.get(f"/ansokningar/{review.application_id}").status_code == 404


def test_an_assessor_who_has_sent_the_assessment_can_still_declare_a_conflict(app, as_):
    review = make.review(make.application("checked"), "submitted")
    client = as_(review.assessor)
    address = client.page(f"/bedomningar/{review.id}").select_one("form[action$='/javig']")["action"]
    client.send(address, {"reason": "Jag har fått uppdrag i kommunen."})
    assert review.state == ReviewState.RECUSED
    assert client.get(f"/bedomningar/{review.id}").status_code == 404


def typed(review, points="4", **more):
    boxes = {}
    for number in range(len(review.application.version.terms.criteria)):
        boxes |= {f"points_{number}": points, f"reason_{number}": f"Skäl {number}"}
    return {**boxes, "comment": "Bra.", "row_version": review.row_version, **more}


def test_the_form_saves_what_is_there_and_sends_when_all_is_there(app, as_):
    review = make.review(make.application("checked"), "open")
    client = as_(review.assessor)
    client.send(f"/bedomningar/{review.id}/poang", {"points_0": "5", "row_version": review.row_version})
    assert review.points == {"need": 5}
    page = client.send(f"/bedomningar/{review.id}/lamna", typed(review, reason_2=""), status=422)
    assert "Samverkan" in page.find(class_="errors").get_text()
    assert "Skäl 0" in page.find(id="reason_0").get_text()
    client.send(f"/bedomningar/{review.id}/lamna", typed(review))
    assert review.state == ReviewState.SUBMITTED


def test_the_form_keeps_both_texts_when_somebody_saved_in_between(app, as_):
    review = make.review(make.application("checked"), "open")
    client, first = as_(review.assessor), typed(review)
    client.send(f"/bedomningar/{review.id}/poang", first)
    page = client.send(f"/bedomningar/{review.id}/poang", {**first, "reason_0": "Min andra text"}, status=409)
    assert "Min andra text" in page.find(id="reason_0").get_text()
    assert "Skäl 0" in page.get_text()
    assert page.find("input", {"name": "row_version"})["value"] == str(review.row_version)


def test_the_officer_asks_and_removes_assessors_on_a_page(app, as_):
    case, assessor = make.application("checked"), make.person(Role.ASSESSOR)
    client = as_(make.person(Role.OFFICER))
    client.send(f"/ansokningar/{case.id}/bedomare", {}, status=422)
    page = client.send(f"/ansokningar/{case.id}/bedomare", {"assessors": assessor.id, "due_on": "2026-12-01"})
    assert assessor.name in page.get_text()
    client.send(f"/bedomningar/{case.reviews[0].id}/ta-bort")
    assert case.reviews[0].state == ReviewState.REMOVED


def test_an_officer_who_declares_a_conflict_loses_the_case(app, as_):
    case, officer = make.application("checked"), make.person(Role.OFFICER)
    client = as_(officer)
    client.send(f"/ansokningar/{case.id}/jav", {"reason": "Min bror leder projektet."})
    assert client.get(f"/ansokningar/{case.id}").status_code == 404


def ranked(kr=(300_000, 900_000, 200_000), smallest=None):
    make.pots(make.now().year, {"04": 1_000_000})
    call = make.call()
    cases = [
        make.application("checked", call=call, applied_kr=each, smallest_kr=smallest, title=f"Insats {n}") for n, each in enumerate(kr)
    ]
    for points, case in zip((5, 4, 3), cases, strict=True):
        make.review(case, points=points)
    return call, cases


def test_the_ranking_page_draws_the_line_where_the_money_ends(app, as_):
    call, cases = ranked()
    page = as_(make.person(Role.OFFICER)).page(f"/utlysningar/{call.id}/rangordning")
    offers = [page.find("input", {"name": f"kr_{case.id}"})["value"] for case in cases]
    assert offers == ["300 000", "0", "0"]
    assert "700\u00a0000\u00a0kr kvar. Nästa, Vingåker, behöver minst 900\u00a0000\u00a0kr" in page.find(class_="cut").get_text()


def test_the_ranking_page_offers_what_is_left_to_one_that_can_do_with_less(app, as_):
    call, cases = ranked(smallest=150_000)
    page = as_(make.person(Role.DECIDER)).page(f"/utlysningar/{call.id}/rangordning")
    assert [page.find("input", {"name": f"kr_{case.id}"})["value"] for case in cases] == ["300 000", "700 000", "0"]


def test_the_ranking_page_counts_again_without_script(app, as_):
    call, cases = ranked()
    typed_amounts = "&".join(f"kr_{case.id}={kr}" for case, kr in zip(cases, ("300000", "650 000", "200000"), strict=True))
    page = as_(make.person(Role.OFFICER)).page(f"/utlysningar/{call.id}/rangordning?{typed_amounts}")
    assert "150\u00a0000\u00a0kr mer än potten rymmer" in page.find(class_="cut").get_text()
    as_(make.person(Role.OFFICER)).page(f"/utlysningar/{call.id}/rangordning?kr_{cases[0].id}=mycket", status=422)


def test_the_ranking_is_the_boards_and_the_auditors_alone(app, as_, client):
    call, _ = ranked()
    assert as_(make.person(Role.AUDITOR)).get(f"/utlysningar/{call.id}/rangordning").status_code == 200
    assert as_(make.person(Role.PREPARER)).get(f"/utlysningar/{call.id}/rangordning").status_code == 403
    assert as_(make.person(Role.OFFICER, make.board("05"))).get(f"/utlysningar/{call.id}/rangordning").status_code == 403


def test_the_ranking_as_csv_has_a_row_for_each_and_no_formulas(app, as_):
    call = make.call()
    make.review(make.application("checked", call=call, title="=1+1"), points=4)
    text = as_(make.person(Role.OFFICER)).get(f"/utlysningar/{call.id}/rangordning.csv").get_data(as_text=True)
    assert "'=1+1;4,00;4,00;4,00;1 av 1;500000" in text


def test_the_desk_shows_each_case_in_the_list_of_its_next_step(app):
    case = make.application("checked")
    acts = make.moment(make.person(Role.OFFICER))
    assert desk.of(acts).to_assign == [case]
    review = make.review(case, "assigned")
    assert (desk.of(acts).to_assign, desk.of(acts).awaited) == ([], [review])
    assert desk.of(make.moment(review.assessor)).reviews == [review]


def test_the_desk_asks_the_database_few_times_however_much_waits(app, as_, queries):
    call = make.call()
    make.pots(make.now().year, {"04": 1_000_000})
    for number in range(6):
        case = make.application("checked", call=call, title=f"Insats {number}")
        make.review(case, "submitted" if number % 2 else "assigned")
    client = as_(make.person(Role.OFFICER, also=(Role.ASSESSOR, Role.DECIDER, Role.TREASURER)))
    client.page("/mitt-bord")
    with queries() as seen:
        client.page("/mitt-bord")
    assert len(seen) <= 16, len(seen)
    with queries() as seen:
        desk.of(make.moment(make.person(Role.OFFICER)))
    assert len(seen) <= 12


def test_the_ranking_counts_what_its_own_decisions_have_taken(app, as_):
    call, cases = ranked()
    applications.conclude(cases[0], make.moment(make.person(Role.OFFICER)))
    make.decision(cases[0], financing={PotSource.ALLOCATION: 300_000})
    page = as_(make.person(Role.OFFICER)).page(f"/utlysningar/{call.id}/rangordning")
    assert "1\u00a0000\u00a0000\u00a0kr" in page.find(class_="pot").get_text()
    assert page.find("input", {"name": f"kr_{cases[0].id}"}).has_attr("readonly")

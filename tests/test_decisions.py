"""Decisions: proposed by one, decided by another, complete in law, and never more money than the pot holds."""

from datetime import date

import pytest
from sqlalchemy import select

from grants.domain.decision_letters import compose
from grants.domain.errors import Forbidden, Stale, Unmet, WrongState
from grants.domain.words import ApplicationState, DecisionState, Outcome, PotSource, Role, Scope
from grants.extensions import db
from grants.models.records import Job
from grants.services import applications, decisions, pots, reviews

from . import make

YEAR = make.now().year


def money(kr=1_000_000):
    make.pots(YEAR, {"04": kr})


def left(source=PotSource.ALLOCATION):
    return pots.balance(pots.find(make.board("04").id, YEAR, source)).available


def test_a_grant_binds_the_money_starts_the_project_and_freezes_the_letter(app):
    money()
    case = make.application("reviewed", applied_kr=400_000)
    decision = make.decision(case)
    assert (decision.state, case.state) == (DecisionState.DECIDED, ApplicationState.DECIDED)
    assert (left(), decision.financing[0].pot.source) == (600_000, PotSource.ALLOCATION)
    assert case.project.starts_on == decision.starts_on
    assert decision.fingerprint == decisions.fingerprint(decision.letter)
    assert decision.decided_on is not None


def test_a_rejection_binds_nothing_and_starts_no_project(app):
    money()
    case = make.application("reviewed")
    decision = make.decision(case, outcome=Outcome.REJECTED)
    assert (left(), case.project, decision.granted_kr, decision.financing) == (1_000_000, None, None, [])


def test_who_presents_the_case_cannot_decide_it(app):
    money()
    both = make.person(Role.OFFICER, also=(Role.DECIDER,))
    case = make.application("reviewed")
    decision = make.decision(case, "proposed")
    decisions.revise(decision, make.moment(both), **fields_of(decision))
    with pytest.raises(Unmet, match="En annan person måste besluta"):
        decisions.decide(decision, make.moment(both))


def fields_of(decision, **more):
    names = ("granted_kr", "reasons", "conditions", "starts_on", "ends_on", "report_due_on")
    shares = {row.source: row.amount_kr for row in decision.financing}
    return {**{name: getattr(decision, name) for name in names}, "outcome": decision.outcome, "financing": shares, **more}


def test_an_officer_cannot_decide_and_a_decider_cannot_propose(app):
    case = make.application("reviewed")
    decision = make.decision(case, "proposed")
    with pytest.raises(Forbidden):
        decisions.decide(decision, make.moment(make.person(Role.OFFICER)))
    with pytest.raises(Forbidden):
        decisions.propose(make.application("reviewed"), make.moment(make.person(Role.DECIDER)), outcome=Outcome.REJECTED, reasons="Nej.")


def test_what_a_conflicted_rapporteur_prepared_is_prepared_anew(app):
    money()
    officer, case = make.person(Role.OFFICER), make.application("reviewed")
    decision = make.decision(case, "proposed")
    decisions.revise(decision, make.moment(officer), **fields_of(decision))
    reviews.declare(case, officer, make.moment(officer), "Min bror leder projektet.")
    db.session.flush()
    with pytest.raises(Unmet, match="Föredraganden har anmält jäv"):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))


def test_money_needs_a_finished_assessment(app):
    money()
    decision = make.decision(make.application("checked"), "proposed")
    with pytest.raises(Unmet, match="först när bedömningen är klar"):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))


def test_only_a_withdrawn_case_is_written_off(app):
    decision = make.decision(make.application("reviewed"), "proposed", outcome=Outcome.WRITTEN_OFF)
    with pytest.raises(Unmet, match="Bara en återkallad"):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reasons": ""}, "skäl"),
        ({"conditions": []}, "villkor"),
        ({"report_due_on": None}, "dag för slutrapport"),
        ({"starts_on": None}, "tid"),
        ({"granted_kr": 600_000, "financing": {PotSource.ALLOCATION: 600_000}}, "ett belopp inom det sökta"),
        ({"granted_kr": 300_000, "financing": {PotSource.ALLOCATION: 300_000}}, "hela det sökta beloppet"),
        ({"financing": {PotSource.ALLOCATION: 100_000}}, "De måste vara lika"),
        ({"financing": {}}, "finansiering"),
    ],
)
def test_a_decision_is_complete_in_law_or_refused(app, change, sentence):
    money()
    decision = make.decision(make.application("reviewed", applied_kr=500_000), "proposed")
    decisions.revise(decision, make.moment(make.person(Role.OFFICER)), **fields_of(decision, **change))
    with pytest.raises(Unmet, match=sentence):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))


def test_a_proposal_of_money_says_how_much(app):
    with pytest.raises(Unmet, match="Skriv hur mycket"):
        decisions.propose(make.application("reviewed"), make.moment(make.person(Role.OFFICER)), outcome=Outcome.GRANTED, reasons="Ja.")


def test_money_is_taken_from_the_calls_own_pots_alone(app):
    acts = make.moment(make.person(Role.OFFICER))
    with pytest.raises(Unmet, match="den potten"):
        decisions.propose(
            make.application("reviewed"), acts, outcome=Outcome.GRANTED, granted_kr=5, financing={PotSource.NATIONAL: 5}, reasons="Ja."
        )


def test_there_is_one_proposal_at_a_time(app):
    case = make.application("reviewed")
    decision = make.decision(case, "proposed")
    with pytest.raises(Unmet, match="redan ett förslag"):
        make.decision(case, "proposed")
    decisions.drop(decision, make.moment(make.person(Role.OFFICER)))
    db.session.flush()
    assert make.decision(case, "proposed") is case.decision


def test_the_loser_of_the_last_money_is_told_which_pot_and_how_much_is_missing(app):
    money(700_000)
    call = make.call()
    first, second = (make.decision(make.application("reviewed", call=call, applied_kr=400_000), "proposed") for _ in range(2))
    decider = make.person(Role.DECIDER)
    decisions.decide(first, make.moment(decider))
    with pytest.raises(Unmet) as refused, db.session.begin_nested():
        decisions.decide(second, make.moment(decider))
    sentence = " ".join(refused.value.reasons)
    assert "300\u00a0000\u00a0kr finns kvar" in sentence
    assert "100\u00a0000\u00a0kr saknas" in sentence
    assert (second.state, left()) == (DecisionState.PROPOSED, 300_000)


def test_a_decision_is_made_once(app):
    money()
    decision = make.decision(make.application("reviewed"))
    with pytest.raises(WrongState):
        decisions.decide(decision, make.moment(make.person(Role.DECIDER)))
    with pytest.raises(WrongState):
        decisions.drop(decision, make.moment(make.person(Role.OFFICER)))


def test_the_second_of_two_who_change_a_proposal_is_told(app):
    decision = make.decision(make.application("reviewed"), "proposed")
    acts, opened = make.moment(make.person(Role.OFFICER)), decision.row_version
    decisions.revise(decision, acts, row_version=opened, **fields_of(decision, reasons="Först."))
    db.session.flush()
    with pytest.raises(Stale):
        decisions.revise(decision, acts, row_version=opened, **fields_of(decision, reasons="Sist."))


def test_a_national_call_is_paid_from_the_national_pot(app):
    money()
    call = make.call(scope=Scope.NATIONAL)
    assert call.scope.sources == (PotSource.NATIONAL,)
    assert decisions.available(call) == {PotSource.NATIONAL: 3_000_000}


def test_a_first_draft_takes_the_allocation_before_the_returned_money():
    assert decisions.split({PotSource.ALLOCATION: 300, PotSource.RETURNED: 100}, 350) == {PotSource.ALLOCATION: 300, PotSource.RETURNED: 50}
    assert decisions.split({PotSource.ALLOCATION: 300, PotSource.RETURNED: 100}, 500) == {
        PotSource.ALLOCATION: 400,
        PotSource.RETURNED: 100,
    }


def test_the_contact_and_the_signatory_are_told_once_each(app):
    money()
    case = make.application("reviewed")
    decision = make.decision(case)
    sent = [job.payload for job in db.session.scalars(select(Job)) if f"/beslut/{decision.id}" in str(job.payload)]
    expected = {case.contact_email, case.signed_by.email if case.signed_by else case.contact_email}
    assert {letter["to"] for letter in sent} == expected
    assert case.registration_number in sent[0]["subject"]


def boxes(decision, **more):
    return {
        "outcome": "granted",
        "granted_kr": "500 000",
        "allocation": "500 000",
        "reasons": "Behovet är väl belagt.",
        "conditions": "Ett.\nTvå.",
        "starts_on": "2026-09-01",
        "ends_on": "2027-12-31",
        "report_due_on": "2028-03-31",
        "row_version": decision.row_version if decision else "",
        **more,
    }


def test_a_proposal_starts_from_the_application_and_the_ranking(app, as_):
    money()
    case = make.application("reviewed", applied_kr=500_000)
    page = as_(make.person(Role.OFFICER)).page(f"/ansokningar/{case.id}/forslag?kr_{case.id}=300+000")
    assert page.find("input", {"name": "granted_kr"})["value"] == "300 000"
    assert page.find("input", {"name": "outcome", "checked": True})["value"] == "partly_granted"
    assert case.version.terms.conditions[0] in page.find("textarea", {"name": "conditions"}).get_text()
    assert "1\u00a0000\u00a0000\u00a0kr kvar i potten" in page.get_text()


def test_propose_read_and_decide_in_the_pages(app, as_):
    money()
    case = make.application("reviewed", applied_kr=500_000)
    officer, decider = as_(make.person(Role.OFFICER)), as_(make.person(Role.DECIDER))
    officer.send(f"/ansokningar/{case.id}/forslag", boxes(None, reasons=""), status=422)
    officer.send(f"/ansokningar/{case.id}/forslag", boxes(None))
    decision = case.decision
    assert decision.conditions == ["Ett.", "Två."]
    page = decider.page(f"/beslut/{decision.id}")
    for text in ("500\u00a0000\u00a0kr", "Så blir brevet", "får inte överklagas", "Besluta enligt förslaget"):
        assert text in page.get_text()
    assert "Besluta enligt förslaget" not in officer.page(f"/beslut/{decision.id}").get_text()
    decider.send(f"/beslut/{decision.id}/besluta")
    assert decision.state == DecisionState.DECIDED
    assert officer.page("/beslut?lage=decided").find("table")


def test_a_refused_decision_shows_why_on_its_own_page(app, as_):
    money(100_000)
    decision = make.decision(make.application("reviewed", applied_kr=500_000), "proposed")
    page = as_(make.person(Role.DECIDER)).send(f"/beslut/{decision.id}/besluta", status=422)
    assert "räcker inte" in page.find(class_="errors").get_text()
    assert decision.state == DecisionState.PROPOSED


def test_both_texts_are_shown_when_two_change_a_proposal(app, as_):
    decision = make.decision(make.application("reviewed", applied_kr=500_000), "proposed")
    client, first = as_(make.person(Role.OFFICER)), boxes(decision)
    client.send(f"/beslut/{decision.id}/andra", {**first, "reasons": "Det första skälet."})
    page = client.send(f"/beslut/{decision.id}/andra", {**first, "reasons": "Det andra skälet."}, status=409)
    assert "Det första skälet." in page.get_text()
    assert "Det andra skälet." in page.find("textarea", {"name": "reasons"}).get_text()


def test_a_proposal_is_the_boards_alone_and_a_decision_reaches_the_applicant(app, as_):
    money()
    case = make.application("reviewed")
    decision = make.decision(case, "proposed")
    reader = as_(make.person(Role.READER, case.applicant))
    for stranger in (reader, as_(make.person(Role.AUDITOR)), as_(make.person(Role.OFFICER, make.board("05")))):
        assert stranger.get(f"/beslut/{decision.id}").status_code == 404
    assert reader.get(f"/beslut/{decision.id}/brev.pdf").status_code == 404
    decisions.decide(decision, make.moment(make.person(Role.DECIDER)))
    assert "statsbidrag beviljas" in reader.page(f"/beslut/{decision.id}").h1.get_text()
    assert as_(make.person(Role.READER, make.municipality("0480"))).get(f"/beslut/{decision.id}").status_code == 404


def test_the_list_of_decisions_asks_the_database_few_times(app, as_, queries):
    money(9_000_000)
    call = make.call()
    for number in range(8):
        make.decision(make.application("reviewed", call=call, title=f"Insats {number}"))
    client = as_(make.person(Role.OFFICER))
    with queries() as seen:
        client.page("/beslut")
    assert len(seen) <= 12


def test_a_draft_letter_says_the_same_as_the_decided_one(app):
    money()
    decision = make.decision(make.application("reviewed"), "proposed")
    decider = make.person(Role.DECIDER)
    before = decisions.letter_now(decision, make.moment(decider))
    decisions.decide(decision, make.moment(decider))
    after = compose(decision, decided_at=decision.decided_at, decider=decider.name)
    assert before["sections"] == after["sections"] == decision.letter["sections"]


def test_the_draft_of_a_long_project_reports_halfway(app):
    case = make.application("reviewed", starts_on=date(2026, 9, 1), ends_on=date(2027, 12, 31))
    draft = decisions.first_draft(case)
    assert (draft["interim_due_on"], draft["report_due_on"]) == (date(2027, 5, 1), date(2028, 3, 31))


def test_a_late_case_is_first_proposed_to_be_dismissed(app):
    case = make.application("submitted")
    assert decisions.first_draft(case)["outcome"] == Outcome.DISMISSED
    applications.withdraw(case, make.moment(case.signed_by or make.person(Role.SIGNATORY, case.applicant)), "Vi gör det själva.")
    assert decisions.first_draft(case)["outcome"] == Outcome.WRITTEN_OFF

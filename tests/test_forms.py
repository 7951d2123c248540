"""The fields: what they read, what they refuse, and that they say how to mend it and keep what was typed."""

from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict

from grants.forms import (
    CheckboxesField,
    ClockField,
    DateField,
    EmailField,
    LinesField,
    MomentField,
    MoneyField,
    NumberField,
    Part,
    ProseField,
    RadioField,
    RowVersionField,
    SelectField,
    TextField,
)

OFFERED = [("a", "A"), ("b", "B")]


def read(field, **sent):
    """The field `it` of a form to which this was sent, validated."""
    form = type("It", (Part,), {"it": field})(MultiDict({key.replace("__", "-"): value for key, value in sent.items()}))
    form.validate()
    return form.it


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        (TextField(), "  Ett\x00 \n namn ", "Ett namn"),
        (ProseField(), "Ett\r\n\r\nTvå \x0b", "Ett\n\nTvå"),
        (EmailField(), "Anna@Kommunen.SE", "anna@kommunen.se"),
        (MoneyField(), "1\u00a0250 000 kr", 1_250_000),
        (MoneyField(), "", None),
        (NumberField(lowest=1, highest=12), "12", 12),
        (DateField(), "2026-05-27", date(2026, 5, 27)),
        (ClockField(), "9:05", "09.05"),
        (SelectField(choices=[("", "Alla"), *OFFERED]), "", ""),
        (RadioField(choices=OFFERED), "a", "a"),
        (CheckboxesField(choices=OFFERED), "b", ["b"]),
        (RowVersionField(), "3", 3),
        (RowVersionField(), "tre", None),
    ],
)
def test_a_field_reads_what_people_write(field, sent, value):
    found = read(field, it=sent)
    assert (found.data, list(found.errors)) == (value, [])


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        (TextField(), "x" * 301, "Korta texten: den är 301 tecken och får vara högst 300."),
        (ProseField(), "Anna 19121212-1212 söker", "Ta bort personnumret 19121212-1212. Personnummer får inte stå här."),
        (EmailField(), "anna@kommunen", "Skriv hela e-postadressen, till exempel namn@kommunen.se."),
        (MoneyField(), "12,50", "Skriv beloppet i hela kronor utan decimaler eller punkter, till exempel 125 000."),
        (NumberField(lowest=2000, highest=2100), "26", "Skriv ett heltal från 2000 till 2100."),
        (DateField(), "2026-02-30", "Datumet 2026-02-30 finns inte. Kontrollera månad och dag."),
        (SelectField(choices=OFFERED), "c", "Välj något av det som finns att välja på."),
        (RadioField(choices=OFFERED), "c", "Välj något av det som finns att välja på."),
        (CheckboxesField(choices=OFFERED), "c", "Välj något av det som finns att välja på."),
        (MoneyField(required="Skriv beloppet."), " ", "Skriv beloppet."),
        (TextField(required="Skriv namnet."), " \x00 ", "Skriv namnet."),
    ],
)
def test_a_field_refuses_with_one_sentence_on_how_to_mend_it(field, sent, sentence):
    assert list(read(field, it=sent).errors) == [sentence]


@pytest.mark.parametrize("field", [RadioField(choices=OFFERED, required="Välj en."), CheckboxesField(choices=OFFERED, required="Välj en.")])
def test_a_choice_that_is_demanded_is_asked_for(field):
    assert list(read(field, other="").errors) == ["Välj en."]


@pytest.mark.parametrize(("field", "typed"), [(MoneyField(), "tolv"), (DateField(), "i morgon"), (NumberField(), "många")])
def test_what_cannot_be_read_stays_in_the_box(field, typed):
    assert f'value="{typed}"' in read(field, it=typed)()


def test_lines_are_one_thing_each():
    assert read(LinesField(), it=" Ett \n\n  Två\n").lines == ("Ett", "Två")


def test_a_moment_is_a_date_and_a_clock_in_stockholm():
    assert read(MomentField(), it__day="2026-05-27", it__clock="15.00").data == datetime(2026, 5, 27, 13, tzinfo=UTC)
    assert read(MomentField(), it__day="2026-12-27", it__clock="15:00").data == datetime(2026, 12, 27, 14, tzinfo=UTC)
    assert read(MomentField(), it__day="", it__clock="").data is None


def test_half_a_moment_is_not_a_moment():
    assert read(MomentField(), it__day="2026-05-27").form.clock.errors == ["Skriv ett klockslag till datumet, till exempel 15.00."]
    assert read(MomentField(), it__clock="15.00").form.day.errors == ["Skriv ett datum till klockslaget, till exempel 2026-05-27."]
    assert list(read(MomentField(required="Skriv när."), it__clock="").form.day.errors) == ["Skriv när."]


def test_a_moment_is_shown_as_it_was_saved():
    form = type("It", (Part,), {"it": MomentField()})(data={"it": datetime(2026, 5, 27, 13, tzinfo=UTC)})
    assert (form.it.form.day.data, form.it.form.clock.data) == (date(2026, 5, 27), "15.00")

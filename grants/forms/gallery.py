"""The form of the component gallery: one field of each kind, two of them wrong.

It is shown and never sent; the rooms' own forms live beside it.
"""

from datetime import date

from wtforms import BooleanField, DateField, FileField, Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from . import RadioField

PURPOSES = ["Arbetsmarknad, sysselsättning", "Samhällsorientering", "Samverkan"]
LEVELS = [
    (3, "Parterna är kända men har inte intygat sin roll."),
    (4, "Rätt parter har intygat sin roll."),
    (5, "Dessutom bidrar de med tid eller pengar."),
]
WRITTEN = {
    "name": "Språk och jobb på landsbygden",
    "asked": "125 tusen",
    "starts_on": date(2026, 9, 1),
    "need": "Många som är nya i kommunen bor långt från arbetsplatserna.",
    "partner": "ja",
    "others": ["Samverkan"],
    "level": 4,
}


class GalleryForm(Form):
    """Every kind of field that the macros can draw."""

    name = StringField("Projektets namn", description="Kort och tydligt. Syns i beslutet.")
    asked = StringField("Sökt belopp", description="Hela kronor, till exempel 125 000", render_kw={"class": "money"})
    starts_on = DateField("Projektet börjar", description="Tidigast den dag beslutet fattas.")
    purpose = SelectField("Primärt syfte", choices=PURPOSES)
    need = TextAreaField("Behov", description="Ungefär 150 ord räcker.", render_kw={"rows": 4})
    partner = RadioField("Är en annan kommun med?", choices=[("ja", "Ja"), ("nej", "Nej")])
    others = SelectMultipleField("Andra syften", choices=PURPOSES[1:], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    plan = FileField("Aktivitetsplan", description="PDF, högst 10 MB.")
    sure = BooleanField("Uppgifterna stämmer", description="Ni kan ändra tills ni har skickat.")
    level = RadioField("Samverkan", choices=LEVELS, coerce=int)


class GalleryFilter(Form):
    """The narrow fields above a list."""

    q = StringField("Sök i text")
    state = SelectField("Läge", choices=["Alla", "Väntar på attest", "Betald"])
    mine = BooleanField("Bara mina")


def example() -> GalleryForm:
    """Return the form as somebody has filled it in, with two mistakes."""
    form = GalleryForm(data=WRITTEN)
    form.asked.errors = ["Skriv beloppet i hela kronor"]
    form.sure.errors = ["Bekräfta att uppgifterna stämmer"]
    return form

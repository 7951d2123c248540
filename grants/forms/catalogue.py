"""What comes in about the public catalogue: its filter."""

from ..domain.purposes import PURPOSES
from ..domain.words import ProjectState, choices
from . import Filter, SelectField, TextField


class CatalogueFilter(Filter):
    """Which projects the catalogue shows; sent in the address."""

    text = TextField("Sök ord", longest=100)
    lan = SelectField("Län", choices=[("", "Alla län")])
    syfte = SelectField("Syfte", choices=[("", "Alla syften"), *PURPOSES.choices()])
    ar = SelectField("Beviljat år", choices=[("", "Alla år")])
    lage = SelectField("Läge", choices=[("", "Alla"), *choices(ProjectState)])

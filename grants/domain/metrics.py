"""What every figure of the annual statistics means: its name, definition, unit, which calls, which date.

The counting is in services/statistics. "Granted" and "closed" rest on a reading of the boards' report for 2024
(section 4.6), which says both 59 and 63 granted, and both 59 and 58 closed; `reading` tells where.
"""

from dataclasses import dataclass
from decimal import Decimal

KRONOR, CASES, RATIO, COUNTIES = "kr", "antal", "kvot", "län"
REGIONAL, NATIONAL, BOTH = "regionala", "nationella", "regionala och nationella"
UNKNOWN = "okänt"


@dataclass(frozen=True)
class Metric:
    """One figure. `key` is its place in the JSON, with a dot between the levels."""

    key: str
    name: str
    unit: str
    calls: str
    date: str
    definition: str
    numerator: str = ""
    denominator: str = ""


OF_THE_CALL = "utlysningens år"
OF_THE_POT = "pottens år"
OF_CLOSURE = "dagen då insatsen avslutades"

METRICS = {
    metric.key: metric
    for metric in (
        Metric("to_distribute_kr", "Att fördela", KRONOR, BOTH, OF_THE_POT,
               "Årets anslag, den nationella potten inräknad. Återbetalda medel räknas inte."),
        Metric("national_reserve_kr", "Varav till den nationella utlysningen", KRONOR, NATIONAL, OF_THE_POT,
               "Det som har avsatts ur anslaget till den nationella potten."),
        Metric("applied_kr", "Sökt", KRONOR, REGIONAL, OF_THE_CALL,
               "Summan av sökta belopp i alla ansökningar som har kommit in, oavsett utfall. Okända belopp räknas som 0."),
        Metric("applied_unknown", "Ansökningar med okänt sökt belopp", CASES, REGIONAL, OF_THE_CALL,
               "Antalet inkomna ansökningar där det sökta beloppet inte är känt."),
        Metric("application_ratio", "Publicerad sökkvot", RATIO, REGIONAL, OF_THE_CALL,
               "Sökt i de regionala utlysningarna delat med hela tilldelningen, med två decimaler.",
               "applied_kr", "to_distribute_kr"),
        Metric("application_ratio_regional", "Regional sökkvot", RATIO, REGIONAL, OF_THE_CALL,
               "Sökt i de regionala utlysningarna delat med det som kunde ges i dem, när den nationella potten är frånräknad.",
               "applied_kr", "to_distribute_kr − national_reserve_kr"),
        Metric("received", "Inkomna ansökningar", CASES, REGIONAL, OF_THE_CALL,
               "Alla ansökningar som har kommit in, också sena och återkallade, oavsett utfall."),
        Metric("granted_applications_from_allocation", "Beviljade ansökningar ur årets tilldelning", CASES, REGIONAL, OF_THE_CALL,
               "Beviljade eller delvis beviljade ansökningar som får minst en krona av årets tilldelning."),
        Metric("granted_projects", "Beviljade insatser", CASES, REGIONAL, OF_THE_CALL,
               "Beviljade eller delvis beviljade ansökningar, oavsett var pengarna kommer ifrån."),
        Metric("granted_regional_kr", "Beviljat i regionala utlysningar", KRONOR, REGIONAL, OF_THE_CALL,
               "Summan av beviljade belopp, ur årets tilldelning och ur återbetalda medel."),
        Metric("granted_from_allocation_kr", "Beviljat ur årets tilldelning", KRONOR, BOTH, OF_THE_CALL,
               "Det som besluten finansierar ur årets tilldelning och den nationella potten."),
        Metric("granted_from_returned_kr", "Beviljat ur återbetalda medel", KRONOR, BOTH, OF_THE_CALL,
               "Det som besluten finansierar ur återbetalda medel. Okänd andel i äldre ärenden räknas som 0."),
        Metric("paid_kr", "Utbetalt", KRONOR, BOTH, OF_THE_CALL,
               "Det som har betalats ut för årets beslut. I importerade ärenden räknas det beviljade beloppet."),
        Metric("granted_by_primary_purpose", "Beviljade insatser efter primärt syfte", CASES, REGIONAL, OF_THE_CALL,
               "Beviljade insatser fördelade på ansökans primära syfte."),
        Metric("granted_by_primary_purpose.granted_kr", "Beviljat efter primärt syfte", KRONOR, REGIONAL, OF_THE_CALL,
               "Beviljade belopp fördelade på ansökans primära syfte."),
        Metric("closed", "Avslutade insatser", CASES, BOTH, OF_CLOSURE,
               "Insatser som har avslutats under kalenderåret, oavsett när de beviljades."),
        Metric("closed_regional", "Avslutade regionala insatser", CASES, REGIONAL, OF_CLOSURE,
               "Insatser ur regionala utlysningar som har avslutats under kalenderåret."),
        Metric("closed_by_primary_purpose", "Avslutade insatser efter primärt syfte", CASES, REGIONAL, OF_CLOSURE,
               "Avslutade regionala insatser fördelade på ansökans primära syfte."),
        Metric("closed_by_grant_year", "Avslutade insatser efter beslutsår", CASES, BOTH, OF_CLOSURE,
               "Alla avslutade insatser fördelade på det år då bidraget beslutades."),
        Metric("national.received", "Inkomna ansökningar i den nationella utlysningen", CASES, NATIONAL, OF_THE_CALL,
               "Alla ansökningar som har kommit in, oavsett utfall."),
        Metric("national.counties", "Län i den nationella utlysningen", COUNTIES, NATIONAL, OF_THE_CALL,
               "Antalet län som de sökande kommunerna och kommunalförbunden ligger i."),
        Metric("national.applied_kr", "Sökt i den nationella utlysningen", KRONOR, NATIONAL, OF_THE_CALL,
               "Summan av sökta belopp, oavsett utfall. Okända belopp räknas som 0."),
        Metric("national.granted", "Beviljade insatser i den nationella utlysningen", CASES, NATIONAL, OF_THE_CALL,
               "Beviljade eller delvis beviljade ansökningar."),
        Metric("national.granted_kr", "Beviljat i den nationella utlysningen", KRONOR, NATIONAL, OF_THE_CALL,
               "Summan av beviljade belopp."),
        Metric("national.closed", "Avslutade insatser ur nationella utlysningar", CASES, NATIONAL, OF_CLOSURE,
               "Nationella insatser som har avslutats under kalenderåret, oavsett när de beviljades."),
        Metric("by_county.pot_kr", "Länets pott", KRONOR, REGIONAL, OF_THE_POT,
               "Länsstyrelsens tilldelning enligt fördelningsnyckeln, med överföringar mellan länsstyrelser."),
        Metric("by_county.returned_pot_kr", "Länets återbetalda medel", KRONOR, REGIONAL, OF_THE_POT,
               "Det som har kommit tillbaka till länsstyrelsen under året."),
        Metric("by_county.received", "Inkomna ansökningar per län", CASES, REGIONAL, OF_THE_CALL,
               "Inkomna ansökningar hos den länsstyrelse som beslutar."),
        Metric("by_county.applied_kr", "Sökt per län", KRONOR, REGIONAL, OF_THE_CALL,
               "Sökta belopp hos den länsstyrelse som beslutar. Okända belopp räknas som 0."),
        Metric("by_county.granted", "Beviljade insatser per län", CASES, REGIONAL, OF_THE_CALL,
               "Beviljade insatser hos den länsstyrelse som har beslutat."),
        Metric("by_county.granted_kr", "Beviljat per län", KRONOR, REGIONAL, OF_THE_CALL,
               "Beviljade belopp hos den länsstyrelse som har beslutat, ur tilldelning och återbetalda medel."),
        Metric("by_county.of_which_returned_kr", "Varav ur återbetalda medel", KRONOR, REGIONAL, OF_THE_CALL,
               "Den del av det beviljade som kommer ur återbetalda medel. Okänd andel räknas som 0."),
        Metric("by_county.closed", "Avslutade insatser per län", CASES, REGIONAL, OF_CLOSURE,
               "Regionala insatser som har avslutats under kalenderåret, hos den länsstyrelse som beslutade."),
    )
}  # fmt: skip

READINGS = {
    2024: {
        "granted_projects": "Rapporten anger 59 beviljade ansökningar i tabell 5 och 63 insatser i tabell 6. Vi läser det "
        "så att 59 fick pengar av årets tilldelning och att fyra till fick enbart återbetalda medel.",
        "closed": "Rapporten anger 59 avslutade insatser i texten och 58 i tabell 7. Vi läser det så att 58 är regionala "
        "och att den 59:e är nationell.",
    }
}
READ_THE_SAME_WAY = {"granted_applications_from_allocation": "granted_projects", "closed_regional": "closed", "national.closed": "closed"}

# Metrics published before the system that stand beside our own in the series of years.
PUBLISHED_AS = {"appropriation_kr": "to_distribute_kr"}
SERIES = ("to_distribute_kr", "applied_kr", "application_ratio", "received", "granted_projects", "paid_kr")

RATIO_CLASSES = ((1, "under 1,10"), (2, "1,10–1,39"), (3, "1,40–1,69"), (4, "1,70 och mer"))
_STEPS = (Decimal("1.10"), Decimal("1.40"), Decimal("1.70"))


def reading(key: str, year: int) -> str | None:
    """How the boards' report for a year is read where it contradicts itself, or None: shown with the word "tolkning"."""
    return READINGS.get(year, {}).get(READ_THE_SAME_WAY.get(key, key))


def ratio_level(ratio: Decimal | None) -> int | None:
    """The class 1–4 of a ratio on the map of counties; None when the ratio is not known."""
    return None if ratio is None else 1 + sum(ratio >= step for step in _STEPS)

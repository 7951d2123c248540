"""Every deed in words, as what may be done and as what was done: for the permission page, the history and timelines.

The keys are those of permissions.TABLE; a test holds the two together.
"""

# fmt: off
DEEDS: dict[str, tuple[str, str]] = {
    "organisation.view":     ("se organisationens uppgifter",            ""),
    "organisation.edit":     ("ändra organisationens uppgifter",         "ändrade organisationens uppgifter"),
    "organisation.identify": ("ange organisationsnummer",                "angav organisationsnummer"),
    "mandate.view":          ("se personer och roller",                  ""),
    "mandate.give":          ("bjuda in personer och ge roller",         "gav en roll"),
    "mandate.end":           ("avsluta roller",                          "avslutade en roll"),
    "job.view":              ("se systemets läge",                       ""),
    "job.retry":             ("försöka igen med ett jobb som gavs upp",  "lät ett jobb göras igen"),

    "call.view":             ("läsa utlysningar",                        ""),
    "call.start":            ("börja en utlysning",                      "började en utlysning"),
    "call.edit":             ("ändra en utlysning som inte är publicerad", "ändrade utlysningens utkast"),
    "call.publish":          ("publicera en utlysning",                  "publicerade utlysningen"),
    "call.amend":            ("börja en ändring av en publicerad utlysning", "började en ändring av utlysningen"),
    "call.cancel":           ("ställa in en utlysning",                  "ställde in utlysningen"),
    "call.follow":           ("följa söktrycket i en utlysning",         ""),
    "call.record":           ("föra in en äldre utlysning",              "förde in utlysningen från tiden före systemet"),

    "application.view":      ("läsa ansökningar",                        ""),
    "application.start":     ("börja en ansökan",                        "började ansökan"),
    "application.edit":      ("skriva i ansökan",                        "skrev i ansökan"),
    "application.prepare":   ("lämna ansökan för underskrift",           "lämnade ansökan för underskrift"),
    "application.reopen":    ("öppna ansökan igen för ändringar",        "öppnade ansökan igen för ändringar"),
    "application.discard":   ("ta bort ett utkast",                      "tog bort utkastet"),
    "application.restore":   ("ta tillbaka ett borttaget utkast",        "tog tillbaka utkastet"),
    "application.submit":    ("skriva under och skicka in ansökan",      "skrev under och skickade in ansökan"),
    "application.withdraw":  ("återkalla ansökan",                       "återkallade ansökan"),
    "application.register":  ("registrera en ansökan på papper eller med e-post", "registrerade ansökan"),
    "application.number":    ("ge ansökan diarienummer",                 "gav ansökan diarienummer"),
    "application.admit":     ("ta upp en sent inkommen ansökan",         "tog upp den sent inkomna ansökan"),
    "application.examine":   ("spara den formella kontrollen",           "sparade i den formella kontrollen"),
    "application.check":     ("göra den formella kontrollen",            "avslutade den formella kontrollen"),
    "application.conclude":  ("avsluta bedömningen",                     "avslutade bedömningen"),
    "application.resume":    ("gå tillbaka till formell kontroll",       "tog tillbaka ansökan till formell kontroll"),
    "application.settle":    ("avgöra ärendet",                          "avgjorde ärendet"),
    "application.history":   ("läsa ärendets historik",                  ""),
    "application.record":    ("föra in ett äldre ärende",                "förde in ärendet från tiden före systemet"),

    "review.view":           ("läsa bedömningar",                        ""),
    "review.assign":         ("utse bedömare",                           "utsåg en bedömare"),
    "review.remove":         ("ta bort en bedömare",                     "tog bort en bedömare"),
    "review.accept":         ("svara att jäv inte finns och börja bedöma", "svarade att jäv inte finns"),
    "review.recuse":         ("anmäla jäv som bedömare",                 "anmälde jäv som bedömare"),
    "review.write":          ("ge poäng och skäl",                       "skrev i bedömningen"),
    "review.submit":         ("lämna bedömningen",                       "lämnade sin bedömning"),
    "review.resume":         ("öppna sin bedömning igen",                "öppnade sin bedömning igen"),
    "recusal.declare":       ("anmäla jäv",                              "anmälde jäv"),

    "decision.view":         ("läsa beslut",                             ""),
    "decision.propose":      ("föreslå beslut",                          "föreslog beslut"),
    "decision.revise":       ("ändra ett förslag",                       "ändrade förslaget till beslut"),
    "decision.drop":         ("ta tillbaka ett förslag",                 "tog tillbaka förslaget till beslut"),
    "decision.decide":       ("besluta",                                 "beslutade om ansökan"),
    "decision.record":       ("föra in ett äldre beslut",                "förde in beslutet från tiden före systemet"),

    "pot.view":              ("se potter",                               ""),
    "pot.appropriate":       ("bokföra anslaget",                        "bokförde anslaget"),
    "pot.correct":           ("rätta ett för högt anslag",               "rättade anslaget"),
    "pot.reserve":           ("avsätta till den nationella potten",      "avsatte till den nationella potten"),
    "pot.allocate":          ("fördela anslaget",                        "fördelade anslaget"),
    "pot.lapse":             ("återföra pengar till staten vid årets slut", "återförde pengar till staten"),
    "pot.record":            ("föra in en äldre pott",                   "förde in potten från tiden före systemet"),
    "key.draft":             ("skriva en fördelningsnyckel",             "skrev en fördelningsnyckel"),
    "key.decide":            ("besluta en fördelningsnyckel",            "beslutade fördelningsnyckeln"),
    "transfer.view":         ("se överföringar",                         ""),
    "transfer.propose":      ("föreslå en överföring",                   "föreslog en överföring"),
    "transfer.accept":       ("ta emot en överföring",                   "tog emot överföringen"),
    "transfer.decline":      ("avböja en överföring",                    "avböjde överföringen"),

    "payment.view":          ("se utbetalningar",                        ""),
    "payment.prepare":       ("lägga upp en utbetalning",                "lade upp en utbetalning"),
    "payment.confirm":       ("attestera en utbetalning",                "attesterade utbetalningen"),
    "payment.cancel":        ("makulera en utbetalning",                 "makulerade utbetalningen"),
    "claim.view":            ("se återkrav",                             ""),
    "claim.raise":           ("återkräva medel",                         "återkrävde medel"),
    "claim.receive":         ("bokföra en återbetalning",                "bokförde återbetalningen"),
    "claim.remit":           ("efterge ett återkrav",                    "eftergav återkravet"),

    "project.view":          ("följa projekt",                           ""),
    "project.start":         ("starta projektet genom beslutet",         "startade projektet genom beslutet"),
    "project.close":         ("avsluta projektet",                       "avslutade projektet"),
    "project.record":        ("föra in ett äldre projekt",               "förde in projektet från tiden före systemet"),
    "report.view":           ("läsa rapporter",                          ""),
    "report.start":          ("börja en rapport",                        "började en rapport"),
    "report.edit":           ("skriva i rapporten",                      "skrev i rapporten"),
    "report.submit":         ("skriva under och skicka in rapporten",    "skrev under och skickade in rapporten"),
    "report.send_back":      ("begära komplettering av en rapport",      "begärde komplettering av rapporten"),
    "report.approve":        ("godkänna en rapport",                     "godkände rapporten"),

    "catalogue.view":        ("läsa projektbanken",                      ""),
    "statistics.view":       ("läsa statistiken",                        ""),
}
# fmt: on
NOUNS = {
    "organisation": "Organisationer",
    "mandate": "Personer och roller",
    "job": "Systemet",
    "call": "Utlysningar",
    "application": "Ansökningar",
    "review": "Bedömningar",
    "recusal": "Jäv",
    "decision": "Beslut",
    "pot": "Potter",
    "key": "Fördelningsnyckeln",
    "transfer": "Överföringar",
    "payment": "Utbetalningar",
    "claim": "Återkrav",
    "project": "Projekt",
    "report": "Rapporter",
    "catalogue": "Projektbanken",
    "statistics": "Statistiken",
}
REACHES = {
    "own": "egna",
    "own official": "egna, när de är beslutade",
    "board": "den egna länsstyrelsens",
    "board official": "den egna länsstyrelsens, när de har kommit in",
    "assigned": "de som personen bedömer",
    "mine": "sina egna",
    "every official": "alla, när de har kommit in",
    "every": "alla",
    "public": "alla, när de är publicerade",
}
# What an applicant sees of a case before the decision is not how it is prepared.
INTERNAL = frozenset(
    {
        "application.examine",
        "application.check",
        "application.conclude",
        "application.resume",
        "decision.propose",
        "decision.revise",
        "decision.drop",
        "payment.prepare",
        "payment.cancel",
        *(key for key in DEEDS if key.startswith(("review.", "recusal."))),
    }
)
# How a draft was written is nobody's but the applicant's (tryckfrihetsförordningen 2 kap. 12 §).
DRAFTING = frozenset(f"application.{verb}" for verb in ("start", "edit", "prepare", "reopen", "discard", "restore"))


def may_do(key: str) -> str:
    """A deed in the infinitive, such as "skicka in ansökan". An unknown key is a KeyError."""
    return DEEDS[key][0]


def was_done(key: str) -> str:
    """A deed in the past tense, to follow a name, such as "skickade in ansökan". An unknown key is a KeyError."""
    return DEEDS[key][1]

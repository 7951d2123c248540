"""Names and summaries of made-up projects, by purpose."""

from ...domain.purposes import Purpose

TITLES: dict[Purpose, tuple[tuple[str, str], ...]] = {
    Purpose.LABOUR_MARKET: (
        ("Från sfi till skift", "Språkstöd på arbetsplatsen i vården, med handledare som talar deltagarens språk."),
        ("Språk och jobb på landsbygden", "Praktik hos lantbruk, besöksnäring och hemtjänst med språkstöd på plats."),
        ("Jobbspåret – yrkesspår i köket", "Kortare yrkesspår med egna handledare i kommunens kök."),
        ("Vägen in i barnomsorgen", "Validering och kompletterande utbildning för barnskötare."),
        ("Företagsvägar", "Möten mellan småföretag och nyanlända med rätt erfarenhet."),
        ("Mentor på jobbet", "Kollegor blir mentorer under det första halvåret i arbete."),
        ("Kompetenskartan", "Kartläggning av vad nyanlända kan, i en form som arbetsgivare förstår."),
        ("Kvinnor i arbete", "Uppsökande arbete och korta praktiker för kvinnor som stått långt från arbetsmarknaden."),
        ("Grönt språng", "Arbetsträning i skog och park med yrkessvenska."),
        ("Industrisvenska", "Undervisning på skiftet i samarbete med industrin i kommunen."),
        ("Körkort till jobbet", "Språkstöd i körkortsteori för yrken utanför tätorten."),
        ("En väg in", "En gemensam ingång till arbetsmarknadsenheten, vuxenutbildningen och försörjningsstödet."),
    ),
    Purpose.CIVIC_ORIENTATION: (
        ("Samhällsorientering på sex språk", "Fler språk och grupper på kvällstid, tillsammans med grannkommunerna."),
        ("Samhället inifrån", "Studiebesök och möten som en del av samhällsorienteringen."),
        ("Digital väg in", "Samhällsorientering med digitala verktyg och handledd övning."),
        ("Föräldrastöd på fler språk", "Föräldraskap i Sverige som en del av samhällsorienteringen."),
        ("Rättigheter i vardagen", "Fördjupning om jämställdhet och barnets rättigheter."),
    ),
    Purpose.COOPERATION: (
        ("Mottagning tillsammans", "En gemensam rutin mellan kommunen, regionen och Arbetsförmedlingen."),
        ("Beredskap i samverkan", "En plan för snabbt ökat mottagande, övad tillsammans med grannkommuner."),
        ("Mötesplats Norr", "Föreningar och kommun driver en mötesplats ihop."),
        ("Länk till civilsamhället", "Överenskommelser om vem som gör vad vid mottagandet."),
        ("Samma bild", "Delad lägesbild mellan socialtjänst, skola och boende."),
    ),
    Purpose.HEALTH: (
        ("Hälsoguider i hela kommunen", "Utbildade hälsoguider möter nyanlända på deras språk."),
        ("Trygg start", "Tidigt stöd vid psykisk ohälsa, tillsammans med vårdcentralen."),
        ("Rörelse ger språk", "Fysisk aktivitet som väg till språk och nätverk."),
    ),
    Purpose.HOUSING: (
        ("Bosättning med grannkontakt", "Boskola och grannkontakter under det första året."),
        ("Fler hyresvärdar", "Avtal med privata hyresvärdar om lägenheter för anvisade."),
        ("Bo kvar", "Stöd som hindrar avhysning och ofrivilliga flyttar."),
    ),
    Purpose.ADULT_EDUCATION: (
        ("Sfi på kvällstid med barnpassning", "Kvällskurser med barnpassning för föräldrar."),
        ("Studiehandledning på modersmål", "Handledare på modersmål i yrkesutbildningen."),
        ("Läsa, skriva, räkna", "Grundläggande litteracitet för korttidsutbildade."),
    ),
    Purpose.OTHER: (
        ("Tolk när det behövs", "Rutiner och utbildning för bättre bruk av tolk."),
        ("Ungas egen plats", "Fritid och läxhjälp för unga nyanlända."),
        ("Första månaden", "Ett välkomstpaket och en kontaktperson från första dagen."),
    ),
    Purpose.INCREASED_RECEPTION: (("Redo för fler", "Kommunen förbereder ett ökat mottagande av kvotflyktingar."),),
}

"""What things are called in budget sheets: several words for each, in Swedish and in English."""

HEADINGS = {
    "sv": {
        "department": ("Nämnd", "Nämnd/bolag", "Nämnd/Bolag", "Förvaltning", "Nämnd/styrelse"),
        "number": ("Projektnr", "Nr", "Objektnr", "Projektnummer", "Proj.nr", "Projekt-/objektnr"),
        "name": (
            "Benämning",
            "Projekt",
            "Investeringsprojekt",
            "Investeringsobjekt",
            "Objekt",
            "Projektnamn",
            "Projektbenämning",
            "Åtgärd",
        ),
        "before": (
            "T.o.m. {before}",
            "Tom {before}",
            "Upparbetat t.o.m. {before}",
            "Ack. utfall t.o.m. {before}",
            "Ack t.o.m. föreg. år",
            "Upparbetat",
            "Utfall t o m {before}",
            "Förbrukat t.o.m. {before}",
        ),
        "later": (
            "Senare",
            "Senare år",
            "Därefter",
            "{after} och senare",
            "{after}–",
            "Efter {last}",
            "{after}–{end}",
        ),
        "total": ("Totalt", "Summa", "Total utgift", "SUMMA", "Projekttotal"),
        "total_years": ("Totalt {first}–{last}", "Summa {first}-{last}", "{first}–{last}"),
        "decided": (
            "Beslutad totalutgift",
            "Beslutad total utgift",
            "Totalbudget",
            "Total budget",
            "Beslutad budget totalt",
            "Godkänd totalutgift",
        ),
        "carry_over": ("Ombudgeteras", "Ombudgetering", "Ombudgeterat", "Överförs från {before}"),
        "outcome": ("Utfall {before}", "Bokslut {before}", "Utfall {before} "),
        "forecast": ("Prognos {before}", "Progn. {before}", "Helårsprognos {before}"),
        "expenditure": ("Utgift", "Utgifter", "Investeringsutgift", "Brutto"),
        "income": ("Bidrag", "Inkomst", "Inkomster", "Bidrag/inkomst", "Statsbidrag"),
        "net": ("Netto", "Nettoutgift", "Nettoinvestering"),
        "source": ("Finansieringskälla", "Bidragskälla", "Extern finansiering", "Bidragsgivare"),
        "status": ("Status", "Bidragsstatus", "Status bidrag"),
        "green": ("Grön obligation", "Grön obl.", "Gröna obligationer", "Grönt lån"),
        "account": ("Konto", "Konto (Kommun-Bas)"),
        "responsibility": ("Ansvar", "Verksamhet", "Kst", "Kostnadsställe"),
        "comment": ("Kommentar", "Anmärkning", "Noteringar"),
        "tonnes": ("Minskning ton CO2e/år", "Klimateffekt (ton CO2e/år)", "Ton CO2e per år"),
        "operation": ("Driftkonsekvens", "Driftkostnad per år", "Driftkonsekvens {first}"),
        "priority": ("Prio", "Prioritet"),
        "category": ("Kategori", "Investeringstyp", "Typ av investering"),
        "area": ("Område", "Verksamhetsområde", "Verksamhet/Område"),
        "manager": ("Ansvarig", "Projektledare", "Kontaktperson"),
        "start": ("Start", "Byggstart", "Startår"),
    },
    "en": {
        "department": ("Department", "Committee"),
        "number": ("Project number", "Project no."),
        "name": ("Project", "Name", "Investment", "Project name"),
        "before": ("Through {before}", "Spent through {before}", "Spent to date"),
        "later": ("Later", "Later years", "{after} and later"),
        "total": ("Total", "Sum"),
        "total_years": ("Total {first}–{last}", "Sum {first}-{last}"),
        "decided": ("Approved total", "Approved total expenditure", "Total budget"),
        "carry_over": ("Carry-over", "Carried over"),
        "outcome": ("Actual {before}", "Outcome {before}"),
        "forecast": ("Forecast {before}",),
        "expenditure": ("Expenditure", "Gross"),
        "income": ("Grant", "Income", "Grants"),
        "net": ("Net", "Net expenditure"),
        "source": ("Funding source", "Source"),
        "status": ("Status", "Grant status"),
        "green": ("Green bond", "Green bonds"),
        "account": ("Account",),
        "responsibility": ("Cost centre",),
        "comment": ("Comment", "Remarks"),
        "tonnes": ("Tonnes CO2e per year", "t CO2e/year"),
        "operation": ("Operating cost per year",),
        "priority": ("Priority",),
        "category": ("Category", "Type of investment"),
        "area": ("Area",),
        "manager": ("Project manager",),
        "start": ("Start",),
    },
}
# A year by its stage: how *budget* and *plan* are said before it and after it.
BUDGET = {"sv": ("Budget", "Budget", "Årsbudget"), "en": ("Budget",)}
PLAN = {"sv": ("Plan", "Plan", "VEP"), "en": ("Plan",)}
UNITS = {
    "sv": {
        "kr": ("Belopp i kr", "Alla belopp i kronor", "Belopp i SEK", "kr"),
        "tkr": (
            "Belopp i tkr",
            "Tkr",
            "tkr",
            "Alla belopp anges i tkr.",
            "Belopp i tusental kronor",
            "Belopp i tusen kronor",
            "kkr",
            "(tkr)",
            "Belopp: tkr",
        ),
        "mnkr": ("Belopp i mnkr", "Mkr", "mnkr", "MSEK", "Belopp i miljoner kronor", "(mkr)"),
    },
    "en": {
        "kr": ("Amounts in SEK", "SEK", "All amounts in kronor"),
        "tkr": ("Amounts in SEK thousand", "kSEK", "TSEK", "SEK thousands"),
        "mnkr": ("Amounts in MSEK", "SEK million", "MSEK"),
    },
}
SHORT_UNITS = {"kr": ("kr", "SEK"), "tkr": ("tkr", "Tkr", "kkr"), "mnkr": ("mnkr", "Mkr", "MSEK")}
TITLES = (
    "Investeringsbudget {first}–{last}",
    "Fastställd av kommunfullmäktige {before}-11-24, § 114",
    "Dnr KS {before}/00412",
    "Ånäs kommun",
    "Bilaga 3",
    "Budget {first} med plan {second}–{last}",
    "Utskriven {before}-10-02",
)
TITLES_EN = (
    "Investment budget {first}–{last}",
    "Adopted by the council",
    "Appendix 3",
    "City of Ånäs",
)
SUMS = {
    "sv": (
        "Summa",
        "Summa {department}",
        "Delsumma",
        "Summa nämnd",
        "{department} totalt",
        "Totalt {department}",
        "S:a {department}",
        "Totalt",
        "SUMMA {department}",
    ),
    "en": ("Sum", "Total", "Subtotal", "Total {department}", "{department} total"),
}
GRAND_TOTALS = {
    "sv": (
        "Totalt",
        "Summa totalt",
        "Totalsumma",
        "SUMMA INVESTERINGAR",
        "Investeringar totalt",
        "Summa kommunen",
        "TOTALT",
    ),
    "en": ("Total", "Grand total", "Total investments"),
}
CATEGORIES = ("Skattefinansierad verksamhet", "Avgiftsfinansierad verksamhet", "Exploatering")
GRANT_ROWS = {
    "sv": (
        "Bidrag {source}",
        "Bidrag från {source}",
        "Inkomst: bidrag {source}",
        "Statsbidrag {source}",
    ),
    "en": ("Grant {source}", "Grant from {source}"),
}
GRANT_PARTS = {
    "sv": ("varav bidrag {source}", "därav bidrag från {source}", "varav {source}"),
    "en": ("of which grant {source}",),
}
PARTS = {
    "varav": {
        "sv": ("varav projektering", "- varav inventarier", "Varav markköp"),
        "en": ("of which design",),
    },
    "därav": {
        "sv": ("därav självfinansierade objekt", "varav avgiftsfinansierat"),
        "en": ("of which self-financed",),
    },
}
STATUSES = {
    "sv": {
        "granted": ("beviljat", "Beviljad", "beslutat"),
        "applied": ("sökt", "Ansökt"),
        "idea": ("idé",),
    },
    "en": {"granted": ("granted",), "applied": ("applied",), "idea": ("idea",)},
}
FOOTNOTES = {
    "sv": (
        "1) Beslut i kommunfullmäktige 2024-11-25, § 210.",
        "* Avrundning kan göra att summor inte stämmer exakt.",
        "Bidrag söks löpande. Kapitalkostnader ingår inte.",
    ),
    "en": ("1) Decided by the council.", "* Rounded figures."),
}

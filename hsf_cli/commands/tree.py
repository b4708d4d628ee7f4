"""Every command of the program: its module, and its line in the help.

A command is imported when it is used, and so a group's help imports none of them. What stands here
of a command is the first sentence of its docstring; a test compares the two.
"""

from hsf_cli.ui.commandline import Branch, Commands, Leaf

_INQUIRY = Branch(
    "Den første samtalen, og saken den åpner.",
    """Henvendelser: den første samtalen, hjemmebesøket, og saken som avsluttes.

    \b
    hsf henvendelse ny
    hsf henvendelse besøk H12 --dato "i går"
    hsf henvendelse avslutt H12 --grunn trukket
    """,
    {
        "ny": Leaf(
            "inquiry",
            "Tar imot en henvendelse: om hvem, fra hvem, og hva familien håper på.",
        ),
        "besøk": Leaf("inquiry", "Fører hjemmebesøket: når det var, og det dere snakket om."),
        "kontaktet": Leaf("inquiry", "Noterer en samtale med en familie som venter."),
        "avslutt": Leaf("inquiry", "Avslutter en henvendelse, med grunnen."),
        "endre": Leaf("inquiry", "Retter en henvendelse."),
        "slett": Leaf(
            "inquiry",
            "Sletter en henvendelse som er ført feil, når ingen oppdrag hører til.",
        ),
        "liste": Leaf("inquiry", "Viser henvendelsene, den eldste først."),
        "vis": Leaf("inquiry", "Viser alt om en henvendelse: samtaler, oppdrag og unntak."),
    },
)
_FAMILY = Branch(
    "Familiene: behov, barn og samtykker.",
    """Familiene: hva de trenger, barna, samtykkene, og hvor de står.

    \b
    hsf familie vis hansen
    hsf familie kartlegg F12
    hsf familie liste --står venter
    """,
    {
        "liste": Leaf("family_card", "Viser familiene, og hvor hver av dem står."),
        "vis": Leaf(
            "family_card",
            "Viser alt om en familie: hvor den står, barna, henvendelser, oppdrag og samtykker.",
        ),
        "endre": Leaf("family", "Retter det som er skrevet om en familie."),
        "kartlegg": Leaf(
            "family",
            "Fører hva familien trenger: situasjon, barn, utfordringer, støtte, nettverk og hjelp.",
        ),
        "barn": Leaf(
            "family",
            "Legger til et barn i en familie, eller retter eller sletter et barn.",
        ),
        "samtykke": Leaf(
            "family",
            "Fører et samtykke: hva som kan deles med hvem, når det ble gitt, og om det er"
            " trukket.",
        ),
        "bekymring": Leaf("family", "Noterer at en bekymringsmelding er sendt, og når."),
        "slå-sammen": Leaf("family", "Slår sammen to familier som er én."),
        "slett": Leaf(
            "family",
            "Sletter en familie som er ført feil, når ingenting annet hører til.",
        ),
    },
)
_VOLUNTEER = Branch(
    "Familiekontaktene, fra kandidat til slutt.",
    """Familiekontaktene: kandidater, godkjenning, pauser, og hvem som er ledig.

    \b
    hsf kontakt ny
    hsf kontakt liste --står ledig
    hsf kontakt godkjenn V5
    """,
    {
        "ny": Leaf("volunteer", "Tar imot en kandidat: en som vil bli familiekontakt."),
        "godkjenn": Leaf(
            "volunteer",
            "Godkjenner en kandidat, når de fire kravene er oppfylt den dagen.",
        ),
        "pause": Leaf(
            "volunteer",
            "Fører en pause, med eller uten sluttdato, eller retter eller sletter en pause.",
        ),
        "slutt": Leaf("volunteer", "Fører at en familiekontakt eller kandidat har sluttet."),
        "tilbake": Leaf(
            "volunteer",
            "Tar imot en som sluttet og kommer tilbake, som kandidat på nytt.",
        ),
        "periode": Leaf(
            "volunteer",
            "Fører, retter eller sletter en tidligere periode for en som er kommet tilbake.",
        ),
        "endre": Leaf("volunteer", "Retter det som er skrevet om en familiekontakt."),
        "slå-sammen": Leaf("volunteer_merge", "Slår sammen to familiekontakter som er én."),
        "slett": Leaf(
            "volunteer",
            "Sletter en familiekontakt som er ført feil, når ingenting annet hører til.",
        ),
        "liste": Leaf(
            "volunteer",
            "Viser familiekontaktene og kandidatene, og hvor hver av dem står.",
        ),
        "vis": Leaf(
            "volunteer",
            "Viser alt om en familiekontakt: hvor den står, de fire kravene, kurs, oppdrag"
            " og pauser.",
        ),
    },
)
_COURSE = Branch(
    "Forberedelseskursene: dager, deltakere, oppmøte.",
    """Forberedelseskursene: dager, deltakere, oppmøte, og hvem som har nådd 20 timer.

    \b
    hsf kurs ny
    hsf kurs påmelding K2 --kontakt V3
    hsf kurs oppmøte K2 --dato 8.2 --alle
    """,
    {
        "ny": Leaf("course", "Setter opp et kurs."),
        "dag": Leaf("course", "Legger til en kursdag, eller retter eller sletter en."),
        "påmelding": Leaf(
            "course",
            "Melder på kandidater og familiekontakter, eller retter eller sletter en påmelding.",
        ),
        "oppmøte": Leaf("course", "Fører oppmøtet for en hel kursdag på én gang."),
        "fullfør": Leaf(
            "course",
            "Fører at de som har nådd 20 timer, har fullført, og sier hvem som mangler hvor mye.",
        ),
        "endre": Leaf("course", "Retter et kurs."),
        "slett": Leaf(
            "course",
            "Sletter et kurs som er ført feil, med kursdagene, når ingen er påmeldt.",
        ),
        "liste": Leaf(
            "course",
            "Viser kursene, det første først, med hvor mange som er med og har fullført.",
        ),
        "vis": Leaf(
            "course",
            "Viser et kurs: dagene, deltakerne med timene så langt, og hvem som har nådd 20 timer.",
        ),
    },
)
_ASSIGNMENT = Branch(
    "Koblinger og oppdrag, med oppfølging.",
    """Oppdrag: hvem som passer for en familie, oppdraget fra start til slutt, og oppfølgingen.

    \b
    hsf oppdrag forslag F7
    hsf oppdrag start F7 V3 --kl 17:00
    hsf oppdrag oppfølging
    """,
    {
        "forslag": Leaf(
            "assignment",
            "Viser hvem som kan starte hos en familie, og hva som taler for og mot hver av dem.",
        ),
        "start": Leaf(
            "assignment",
            "Starter et oppdrag: en familiekontakt hos en familie som venter.",
        ),
        "liste": Leaf("assignment", "Viser oppdragene som pågår, det eldste først."),
        "vis": Leaf(
            "assignment",
            "Viser alt om et oppdrag: de to, tiden, oppfølgingen, timene og unntakene.",
        ),
        "endre": Leaf("assignment", "Retter et oppdrag."),
        "slett": Leaf(
            "assignment",
            "Sletter et oppdrag som er ført feil, når ingen timer er ført på det.",
        ),
        "oppfølging": Leaf(
            "assignment",
            "Viser oppfølgingen som er forfalt, eller fører at en er gjort.",
        ),
        "forleng": Leaf(
            "assignment",
            "Forlenger et oppdrag til en senere dag, med en begrunnelse.",
        ),
        "avslutt": Leaf(
            "assignment",
            "Avslutter et oppdrag, og saken med det, eller lar familien vente på en ny"
            " familiekontakt.",
        ),
    },
)
_HOURS = Branch(
    "Familiekontaktenes besøk, timer og kjøring.",
    """Timene: besøk, timer og kjøring som familiekontaktene leverer.

    \b
    hsf timer måned
    hsf timer mangler
    hsf timer liste --kontakt V2
    """,
    {
        "ny": Leaf(
            "hours",
            "Fører timer én gang: på et oppdrag, et kurs, en veiledning eller noe annet.",
        ),
        "endre": Leaf("hours", "Retter en timeføring."),
        "slett": Leaf("hours", "Sletter en timeføring som er ført feil."),
        "liste": Leaf("hours", "Viser timeføringene, den siste først."),
        "vis": Leaf("hours", "Viser en timeføring."),
        "måned": Leaf(
            "hours_month",
            "Fører måneden: besøk, timer og kjøring på hvert oppdrag, i én linje for hvert.",
        ),
        "mangler": Leaf(
            "hours_missing",
            "Viser hvilke oppdrag som ikke har timer, for hvilke måneder.",
        ),
        "skjema": Leaf(
            "hours_sheets",
            "Skriver et ark til hver familiekontakt å levere månedens timer på.",
        ),
    },
)
_ACTIVITY = Branch(
    "Aktiviteter, hvem som kom, og tilskudd.",
    """Aktivitetene: hvem de var for, hvem som kom, og hvilke tilskudd som betalte.

    \b
    hsf aktivitet ny
    hsf aktivitet liste --år 2025
    hsf aktivitet tilskudd sparebankstiftelsen --år 2025
    """,
    {
        "ny": Leaf("activity", "Fører en aktivitet, med dem som kom og familiekontaktenes timer."),
        "deltakere": Leaf("activity", "Fører hvem som var med på en aktivitet."),
        "endre": Leaf("activity", "Retter en aktivitet."),
        "slett": Leaf(
            "activity",
            "Sletter en aktivitet som er ført feil, når ingen har timer der.",
        ),
        "liste": Leaf(
            "activity",
            "Viser aktivitetene, den eldste først, med hvor mange som var med.",
        ),
        "vis": Leaf(
            "activity",
            "Viser alt om en aktivitet: familiene som var med, og familiekontaktenes timer.",
        ),
        "tilskudd": Leaf(
            "activity",
            "Summerer opp hva et tilskudd er brukt til: aktiviteter, deltakere og frivillige"
            " timer.",
        ),
    },
)
_DEPARTMENT = Branch(
    "Avdelingens egne valg, og styret.",
    """Avdelingens egne valg, og styret (ressursgruppen) med medlemmer og møter.

    \b
    hsf avdeling vis
    hsf avdeling endre --stilling 80 --koordinator "Siri Lund"
    hsf avdeling styre
    """,
    {
        "vis": Leaf("department", "Viser det avdelingen har sagt om seg selv, og valgt."),
        "endre": Leaf(
            "department",
            "Endrer avdelingens navn, drifter, stilling, koordinatorer og andre valg.",
        ),
        "styre": Leaf(
            "department",
            "Viser styret: hvem som sitter, årets møter, og om styret er satt sammen som det skal.",
        ),
        "medlem": Leaf("department", "Legger til et medlem i styret."),
        "møte": Leaf("department", "Fører et styremøte."),
        "unntak": Leaf(
            "department",
            "Viser unntakene: hvilke regler noen har gått videre mot, for hvem, og hvorfor.",
        ),
    },
)
_REPORT = Branch(
    "Årsrapporten: tallene, tekstene og dokumentene.",
    """Årsrapporten: tallene, kontrollen, bevisene, tekstene og dokumentene.

    \b
    hsf rapport vis 2025
    hsf rapport kontroll 2025
    hsf rapport skriv 2025 --til årsrapport.docx
    """,
    {
        "vis": Leaf(
            "report_show",
            "Viser statistikkapittelet, ferdig utfylt og med skjemaets egne ord.",
        ),
        "kontroll": Leaf(
            "report_control",
            "Ser over årets poster før rapporten leveres, og sier hvordan hver av dem rettes.",
        ),
        "bevis": Leaf(
            "report_proof",
            "Viser hva hvert tall er: hva som telles, hvem som er med, og hvem som ikke er"
            " det og hvorfor.",
        ),
        "tekst": Leaf(
            "report_texts",
            "Viser hvilke kapitler som er skrevet, og åpner et av dem i et redigeringsprogram.",
        ),
        "merknad": Leaf(
            "report_remarks",
            "Skriver en merknad under en av tabellene i årsrapporten.",
        ),
        "lås": Leaf("report_lock", "Låser årets rapport slik den leveres."),
        "skriv": Leaf(
            "report_write",
            "Skriver årsrapporten: hele som Word, PDF, nettside eller Markdown, eller bare"
            " tallene.",
        ),
        "sammenlign": Leaf(
            "report_compare",
            "Viser flere år ved siden av hverandre, med endringen fra det nest siste året"
            " til det siste.",
        ),
        "mål": Leaf(
            "report_targets",
            "Viser målene for året og hvor langt dere er kommet, eller setter dem.",
        ),
        "les": Leaf(
            "report_read",
            "Leser en årsrapport fra før avdelingen brukte hsf, og tar vare på årets tall.",
        ),
        "skjema": Leaf(
            "report_form",
            "Sjekker et eget skjema, og viser det utfylt med tallene til en oppdiktet avdeling.",
        ),
        "samle": Leaf(
            "report_national",
            "Legger sammen avdelingenes rapporter for et år til tallene for hele landet, med"
            " andeler.",
        ),
    },
)
_DATA = Branch(
    "Filer inn og ut, og endringer tatt tilbake.",
    """Filer inn og ut, kopier, og endringer tatt tilbake.

    \b
    hsf data importer avdeling.xlsx --prøv
    hsf data kopi
    hsf data sjekk
    """,
    {
        "importer": Leaf(
            "data",
            "Henter inn poster fra en mappe med CSV-filer eller en arbeidsbok.",
        ),
        "eksporter": Leaf(
            "data",
            "Skriver alle poster til en mappe med CSV-filer eller en arbeidsbok.",
        ),
        "mal": Leaf(
            "data",
            "Skriver en tom arbeidsbok å fylle ut, med kolonner, kodelister og forklaringer.",
        ),
        "kopi": Leaf("copying", "Tar en kopi av hele avdelingen, og ser etter at den er hel."),
        "gjenopprett": Leaf("copying", "Setter avdelingen tilbake til en kopi."),
        "sjekk": Leaf(
            "checking",
            "Ser etter at alt er i orden: filen, postene, loggen og de nyeste kopiene.",
        ),
        "nøkkel": Leaf(
            "key",
            "Viser hvor avdelingens nøkkel er, eller flytter, bytter eller skriver den på et ark.",
        ),
        "angre": Leaf(
            "history",
            "Tar tilbake den siste endringen, etter å ha vist hva den gjorde.",
        ),
        "logg": Leaf("history", "Viser hvem som gjorde hva og når, det siste først."),
    },
)
_PRIVACY = Branch(
    "Innsyn, frister, anonymisering, sletting.",
    """Personvern: innsyn, frister, anonymisering og sletting, og protokollen.

    \b
    hsf personvern frister
    hsf personvern innsyn F12 --til innsyn-F12.pdf
    hsf personvern anonymiser --forfalt
    """,
    {
        "innsyn": Leaf(
            "privacy",
            "Skriver alt som er lagret om en familie eller familiekontakt, klart til å gi dem.",
        ),
        "frister": Leaf(
            "privacy",
            "Viser hvem som har vært her lenger enn avdelingen skal ta vare på det, de eldste"
            " først.",
        ),
        "anonymiser": Leaf(
            "erasing",
            "Anonymiserer en familie eller familiekontakt: bare det som skal til for å telle, blir"
            " igjen.",
        ),
        "slett": Leaf(
            "erasing",
            "Sletter en familie eller familiekontakt som aldri skulle vært ført, med alt som hører"
            " til.",
        ),
        "protokoll": Leaf(
            "privacy",
            "Skriver protokollen over behandlingsaktiviteter, fylt ut med det som er satt for"
            " avdelingen.",
        ),
    },
)

COMMANDS: Commands = {
    "start": Leaf("start", "Oppretter avdelingen."),
    "demo": Leaf("demo", "Lager en oppdiktet avdeling å prøve seg på."),
    "meny": Leaf("menu", "Det samme, som menyer å velge i."),
    "venteliste": Leaf("waiting", "Hvem venter, og siden når."),
    "henvendelse": _INQUIRY,
    "familie": _FAMILY,
    "kontakt": _VOLUNTEER,
    "kurs": _COURSE,
    "oppdrag": _ASSIGNMENT,
    "timer": _HOURS,
    "aktivitet": _ACTIVITY,
    "avdeling": _DEPARTMENT,
    "rapport": _REPORT,
    "data": _DATA,
    "personvern": _PRIVACY,
    "hjelp": Leaf("guide", "Viser veiledningen, fra første dag til ferdig årsrapport."),
    "fullføring": Leaf("completion", "Lar Tab skrive ferdig det du taster."),
}

# What somebody may type who does not know yet what it is called here, and what is meant.
ALSO_CALLED = {
    "familiekontakt": "kontakt",
    "familiekontakter": "kontakt",
    "frivillig": "kontakt",
    "frivillige": "kontakt",
    "kandidat": "kontakt",
    "kandidater": "kontakt",
    "statistikk": "rapport",
    "årsrapport": "rapport",
    "skjema": "rapport vis",
    "innstillinger": "avdeling",
    "versjon": "--versjon",
    "backup": "data kopi",
    "sikkerhetskopi": "data kopi",
    "familie ny": "henvendelse ny",
    "familie besøk": "henvendelse besøk",
    "familie avslutt": "henvendelse avslutt",
    "kontakt kurs": "kurs påmelding",
    "oppdrag ny": "oppdrag start",
    "oppdrag slutt": "oppdrag avslutt",
    "kurs deltakere": "kurs påmelding",
    "rapport lag": "rapport skriv",
    "rapport eksporter": "rapport skriv",
}

# What shows a record, by the letter of its number: for who types the number alone.
SHOWN_BY = {
    "F": "familie vis",
    "H": "henvendelse vis",
    "V": "kontakt vis",
    "K": "kurs vis",
    "O": "oppdrag vis",
    "A": "aktivitet vis",
    "T": "timer vis",
}

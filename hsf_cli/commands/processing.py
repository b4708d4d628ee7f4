"""The record of processing activities that article 30 of the GDPR asks for, filled in."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hsf_cli import copies, dates, keys, numbers
from hsf_cli.documents.document import Block, Bullets, Document, Grid, Heading, Paragraph
from hsf_cli.records import KINDS
from hsf_cli.registers.department import Department, settings
from hsf_cli.store import Store

# What the program cannot know, and a person has to say.
_TO_BE_SAID = "(fylles ut)"
_TO_BE_CONFIRMED = "Må bekreftes av den behandlingsansvarlige."

_ACTIVITIES = (
    (
        "Oppfølging av familier",
        "Foreldre og barn i familier som har tatt kontakt, eller som noen har tatt kontakt for",
        "Navn, kontaktperson, telefon, e-post, adresse, område og språk; barnas navn,"
        " fødselsår eller fødselsdato, og særskilte behov; sivilstatus og bakgrunn; hva familien"
        " strever med, ønsker støtte til og får av annen hjelp; henvendelser, samtaler, oppdrag,"
        " oppfølginger og timer; samtykker; at en bekymringsmelding er sendt, og når, aldri hva den"
        " sier",
        "Å gi støtten familien ber om: ta imot henvendelsen, finne en familiekontakt og følge opp",
        f"Artikkel 6 nr. 1 bokstav {_TO_BE_SAID}. Opplysninger om helse og opprinnelse er særlige"
        f" kategorier: artikkel 9 nr. 2 bokstav {_TO_BE_SAID}. {_TO_BE_CONFIRMED}",
        "etter at siste sak er avsluttet",
    ),
    (
        "Forberedelse og oppfølging av familiekontakter",
        "Kandidater og frivillige familiekontakter",
        "Navn, telefon, e-post, adresse, område og språk; kjønn, fødselsår eller fødselsdato, og"
        " yrkesstatus; kurs og oppmøte; når taushetserklæring ble skrevet under; når politiattest"
        " ble utstedt og vist, og hvem som så den, aldri attesten eller hva den sier; oppdrag,"
        " pauser og timer",
        "Å forberede, godkjenne, koble og følge opp familiekontakter, og vise at kravene er møtt",
        f"Artikkel 6 nr. 1 bokstav {_TO_BE_SAID}. {_TO_BE_CONFIRMED}",
        "etter at familiekontakten har sluttet",
    ),
    (
        "Ressursgruppe eller styre",
        "Medlemmer av ressursgruppen eller styret",
        "Navn, rolle, hvem de representerer, og i hvilken tid; møter",
        "Å ha en ressursgruppe som Home-Start krever",
        f"Artikkel 6 nr. 1 bokstav {_TO_BE_SAID}. {_TO_BE_CONFIRMED}",
        "",
    ),
    (
        "Statistikk og årsrapport",
        "De samme som over, telt",
        "Tall. I det som lages for andre, skjules små tall og det som ville røpet dem",
        "Årsrapporten som avdelingen leverer i januar",
        f"Artikkel 6 nr. 1 bokstav {_TO_BE_SAID}, jf. artikkel 89. {_TO_BE_CONFIRMED}",
        "",
    ),
    (
        "Logg over endringer",
        "De som arbeider i avdelingen",
        "Brukernavnet på maskinen, når, og hvilken kommando; hva som sto før",
        "Å kunne rette feil, ta tilbake endringer og vise hvem som har gjort hva",
        f"Artikkel 6 nr. 1 bokstav {_TO_BE_SAID}. {_TO_BE_CONFIRMED}",
        "",
    ),
)
_KEPT_IN = {
    "fil": "i en fil som bare eieren kan lese, i en annen mappe enn registeret",
    "nøkkelring": "i maskinens nøkkelring",
    "passord": "bak et passord",
}


def processing(store: Store, at: datetime) -> Document:
    """The record, as the department and this machine are set up now."""
    department = settings(store)
    return Document(
        title="Protokoll over behandlingsaktiviteter",
        department=department.name,
        year=at.year,
        origin=(
            f"Etter personvernforordningen artikkel 30 nr. 1. Skrevet {dates.written(at.date())}.",
            f"Det som står som {_TO_BE_SAID}, må den behandlingsansvarlige fylle ut.",
        ),
        written_at=at,
        blocks=tuple(_blocks(store, department)),
        whole=False,
    )


def _blocks(store: Store, department: Department) -> Iterator[Block]:
    yield Heading(1, "Behandlingsansvarlig")
    yield _table(
        "Behandlingsansvarlig",
        [
            ("Behandlingsansvarlig", department.operator or _TO_BE_SAID),
            ("Avdeling", department.name),
            ("Kontakt i avdelingen", ", ".join(department.coordinators) or _TO_BE_SAID),
            ("Personvernombud", _TO_BE_SAID),
            ("Databehandlere", "Ingen gjennom hsf: alt er på avdelingens egne maskiner."),
        ],
    )
    yield Heading(1, "Behandlinger")
    for name, whom, what, why, basis, after in _ACTIVITIES:
        yield Heading(2, name)
        yield _table(
            name,
            [
                ("Formål", why),
                ("Hvem det gjelder", whom),
                ("Opplysninger", what),
                ("Behandlingsgrunnlag", basis),
                ("Slettes", _until(department, after)),
            ],
        )
    yield Heading(1, "Mottakere")
    yield Bullets.of(_recipients(store))
    yield Heading(1, "Overføring til tredjeland")
    yield Paragraph.of("Ingen. Programmet bruker ikke nettet.")
    yield Heading(1, "Sletting")
    yield Bullets.of(
        (
            "Hvem fristen er ute for, vises av «hsf personvern frister». Anonymisering lar stå det"
            " som skal til for å telle: fødselsår, koder, datoer og timer.",
            "Det som er anonymisert eller slettet, er også borte i loggen, og blir det igjen når en"
            " eldre kopi hentes frem.",
            "Kopier tynnes ut etter alder: sju dager, fire uker og tolv måneder.",
        )
    )
    yield Heading(1, "Sikkerhet")
    yield Bullets.of(_security(store, department))


def _until(department: Department, after: str) -> str:
    if not after:
        return f"Når det ikke lenger trengs: {_TO_BE_SAID}"
    return f"Anonymiseres {numbers.written(department.retention_months)} måneder {after}."


def _recipients(store: Store) -> Sequence[str]:
    given = store.value("SELECT count(*) FROM consent WHERE withdrawn_on IS NULL")
    return (
        "Familiekontakten får vite det som trengs om familien han eller hun har oppdrag hos.",
        "Andre får opplysninger om en familie bare etter samtykke fra foreldrene. Hvem, hva og når"
        f" er ført på hver familie; {KINDS['consent'].counted(given)} gjelder nå.",
        "Barneverntjenesten, når det er bekymring for et barn og loven krever det.",
        "Drifter, tilskuddsgivere og Home-Start får tall, og ingen navn.",
    )


def _security(store: Store, department: Department) -> Sequence[str]:
    keeping = keys.keeping_of(store.salt)
    where = _KEPT_IN[keeping] if keeping else _TO_BE_SAID
    elsewhere = " og i en annen mappe som er valgt" if department.copies_folder else ""
    hidden = numbers.written(department.small_number)
    return (
        f"Registeret er én fil, kryptert med AES-256. Nøkkelen er {where}.",
        "Filer og mapper som programmet lager, kan bare leses av eieren.",
        "Hver endring logges med hvem, når og hva, og kan tas tilbake.",
        f"Det tas kopier hver dag det arbeides, kryptert med den samme nøkkelen, i"
        f" mappen «{copies.default_folder(store.path).name}» ved siden av registeret{elsewhere}.",
        "Filer med navn som skrives ut av registeret, loggføres.",
        f"I rapporter for andre skjules tall under {hidden}.",
        "Fødselsnummer skal ikke føres, og tekst som ligner et, blir stanset.",
        f"Tilgang til maskinen, og opplæring av dem som har den: {_TO_BE_SAID}",
    )


def _table(title: str, facts: Sequence[tuple[str, str]]) -> Grid:
    return Grid(("Punkt", "Innhold"), tuple(facts), title, texts=True)

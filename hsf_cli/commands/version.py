"""`hsf --versjon`: which versions are at work here, without a question or a change."""

import typer

from hsf_cli import __version__, keys, migrations, versions
from hsf_cli.commands.common import database_path
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import HsfError, NoKey
from hsf_cli.store import Store


def version(ctx: typer.Context) -> str:
    """The program's version, the database's, and the department's where it can be opened."""
    return (
        f"hsf {__version__}\n"
        f"Databasen har versjon {migrations.newest()}, med {versions.engine()}.\n"
        f"{_department(ctx)}"
    )


def _department(ctx: typer.Context) -> str:
    path = database_path(ctx)
    if not path.is_file():
        return "Det er ingen avdeling her ennå."
    try:
        with keys.unlocked(
            salt_of(path), _no_passphrase, lambda key: Store.as_it_is(path, key)
        ) as store:
            found = store.schema_version
    except _BehindPassphrase:
        return "Avdelingen ligger bak et passord, så versjonen dens vises ikke her."
    except HsfError as error:
        return f"Avdelingens versjon kan ikke leses. {error.text}"
    older = found < migrations.newest()
    return f"Avdelingen har versjon {found}{', og oppgraderes når den åpnes' if older else ''}."


class _BehindPassphrase(NoKey):
    pass


def _no_passphrase() -> str:
    raise _BehindPassphrase("", "")

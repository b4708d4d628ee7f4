"""`hsf fullføring`: completion with Tab; and the records that Tab completes."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hsf_cli.commands.common import database_path
from hsf_cli.errors import HsfError, NoDepartment, NotFound, WrongUse
from hsf_cli.records import KINDS, Kind
from hsf_cli.spelling import folded
from hsf_cli.ui import failures, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of
from hsf_cli.ui.offered import Choice, Completer, Offered, words

if TYPE_CHECKING:
    from hsf_cli.registers.lookup import Hit

app = commands()

_SHELLS = ("bash", "zsh", "fish", "powershell")
_OTHER_NAMES = {"pwsh": "powershell"}

# Nobody waits longer than this for a Tab: a busy database or a locked key ring gives no names.
_PATIENCE_SECONDS = 3.0
# Among more than these, whoever does not have a name of their own is offered by number at once.
_MOST_COMPARED = 50
_LIKE_A_NUMBER = r"[^\W\d_]{0,2}\s*\d+"
_NUMBER_BEGUN = r"([^\W\d_]{0,2})(\d*)"


# --- Records --------------------------------------------------------------------------------------


def record(table: str) -> Completer:
    """For an option's or argument's `autocompletion`: a record of that kind."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Choice]:
        return names(ctx, table, incomplete)

    return complete


def names(ctx: typer.Context, table: str, incomplete: str) -> list[Choice]:
    """What a text may become that means one record of that kind, each with what tells it apart.

    Numbers for a number or nothing, names for a piece of a name; none where the department cannot
    be opened without asking.
    """
    kind, everyone = KINDS[table], _everyone(database_path(ctx), table)
    return list(_by_number(kind, everyone, incomplete)) or list(_by_name(everyone, incomplete))


def _by_number(kind: Kind, everyone: Sequence["Hit"], typed: str) -> Iterator[Choice]:
    """«F12», or «12» where no letter was typed before the digits."""
    found = re.fullmatch(_NUMBER_BEGUN, typed)
    if not found or found[1].upper() not in ("", kind.letter):
        return
    letter = kind.letter if found[1] or not found[2] else ""
    for hit in sorted(everyone, key=lambda hit: hit.number):
        if str(hit.number).startswith(found[2]):
            yield Offered(f"{letter}{hit.number}"), _described(hit.name, hit.detail)


def _by_name(everyone: Sequence["Hit"], typed: str) -> Iterator[Choice]:
    """The name, where the command then finds that record by it; otherwise the number."""
    piece = folded(typed)
    whole = {hit.number: folded(f"{hit.name} {hit.detail}") for hit in everyone}
    named_so = Counter(folded(hit.name) for hit in everyone)
    hits = _likeliest(piece, everyone, whole)
    for hit in hits:
        name, longer = folded(hit.name), whole[hit.number]
        if piece in name and named_so[name] == 1 and _can_be_typed(hit.name):
            yield Offered(hit.name), _described(hit.short, hit.detail)
        elif (
            len(hits) <= _MOST_COMPARED
            and sum(longer in other for other in whole.values()) == 1
            and longer not in named_so
            and _can_be_typed(f"{hit.name} {hit.detail}")
        ):
            yield Offered(f"{hit.name} {hit.detail}"), hit.short
        else:
            yield Offered(hit.short), _described(hit.name, hit.detail)


def _likeliest(piece: str, everyone: Sequence["Hit"], whole: Mapping[int, str]) -> Sequence["Hit"]:
    """Those whose name begins so; or else with a word that begins so; or else with it anywhere."""
    hits = [hit for hit in everyone if piece in whole[hit.number]]
    begin = [hit for hit in hits if whole[hit.number].startswith(piece)]
    word = re.compile(rf"\b{re.escape(piece)}")
    return begin or [hit for hit in hits if word.search(whole[hit.number])] or hits


def _can_be_typed(name: str) -> bool:
    """Whether the name, typed in full, is read as a name."""
    return (
        name.isprintable() and not name.startswith("-") and not re.fullmatch(_LIKE_A_NUMBER, name)
    )


def _described(first: str, more: str) -> str:
    return f"{first} ({more})" if more else first


def _everyone(path: Path, table: str) -> list["Hit"]:
    """Every record of the kind, or none where they cannot be read at once and without asking."""
    found: list[Hit] = []
    thread = Thread(target=_read_into, args=(found, path, table), daemon=True)
    thread.start()
    thread.join(_PATIENCE_SECONDS)
    return [] if thread.is_alive() else found


def _read_into(found: list["Hit"], path: Path, table: str) -> None:
    from hsf_cli import keys
    from hsf_cli.encrypted import salt_of
    from hsf_cli.registers.lookup import Lookup
    from hsf_cli.store import Store

    try:
        key = keys.found(salt_of(path), _no_passphrase)
        with Store.as_it_is(path, key) as store:
            if not store.is_older:  # Tab must not write, and so not bring it up to date
                found += Lookup(store, table).everyone
    except (HsfError, OSError):
        pass
    except Exception as error:
        failures.kept(error)


def _no_passphrase() -> NoReturn:
    raise NoDepartment("")


# --- The command ----------------------------------------------------------------------------------


@command(app, "fullføring")
def completion(
    shell: Annotated[
        str | None,
        typer.Argument(
            metavar="SKALL",
            help="bash, zsh, fish eller powershell. Uten dette: skallet du skriver i.",
            autocompletion=words(*_SHELLS),
        ),
    ] = None,
    install: Annotated[
        bool, typer.Option("--installer", help="Legger skriptet der skallet leser det.")
    ] = False,
) -> None:
    """Lar Tab skrive ferdig kommandoer, valg, koder og navn.

    Uten --installer vises skriptet, så du kan legge det der du vil. Navn kommer bare når
    avdelingen kan åpnes uten passord.

    \b
    hsf fullføring --installer
    hsf fullføring zsh
    """
    chosen = _shell_of_this_window() if shell is None else _known(shell)
    if not install:
        screen.write(_SCRIPTS[chosen])
        if sys.stdout.isatty():
            screen.tell(f"\nLegg det på plass: hsf fullføring {chosen} --installer")
        return
    written = _INSTALLERS[chosen]()
    if not written:
        screen.say(f"Fullføring i {chosen} var på plass fra før. Ingenting er endret.")
        return
    screen.say(f"Fullføring i {chosen} er på plass.")
    for path in written:
        screen.say(f"Skrevet: {path}")
    screen.say("\nÅpne et nytt vindu, skriv «hsf vente» og trykk Tab.")
    if chosen == "powershell":
        screen.say(
            "Sier PowerShell at skript ikke kan kjøres, så skriv først: "
            "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
        )


def _known(shell: str) -> str:
    return one_of("SKALL", _OTHER_NAMES.get(shell.casefold(), shell), _SHELLS)


def _shell_of_this_window() -> str:
    """The shell that this was typed in, or else the user's own."""
    for name in (_calling_shell(), Path(os.environ.get("SHELL", "")).name):
        if (found := _OTHER_NAMES.get(name, name)) in _SHELLS:
            return found
    raise WrongUse(
        "Ser ikke hvilket skall du skriver i.",
        f"Skriv hvilket, for eksempel: hsf fullføring {_SHELLS[0]}. Velg en av: "
        + ", ".join(_SHELLS),
    )


def _calling_shell() -> str:
    """The name of the shell among the processes that this one was started by."""
    from typer._completion_shared import _get_shell_name

    return _get_shell_name() or ""


def _install_for_bash() -> list[Path]:
    # A login shell, which every window is on macOS, reads another file than other windows do.
    profile = ".bash_profile" if sys.platform == "darwin" else ".bashrc"
    script = Path.home() / ".bash_completions" / "hsf.sh"
    return _written(script, "bash") + _with_line(Path.home() / profile, _reading(script))


def _install_for_zsh() -> list[Path]:
    folder = Path(os.environ.get("ZDOTDIR") or Path.home())
    script = folder / ".zfunc" / "_hsf"
    return _written(script, "zsh") + _with_line(folder / ".zshrc", _reading(script))


def _install_for_fish() -> list[Path]:
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _written(settings / "fish" / "completions" / "hsf.fish", "fish")


def _install_for_powershell() -> list[Path]:
    profile = _powershell_profile()
    script = profile.with_name("hsf-completion.ps1")
    return _written(script, "powershell") + _with_line(profile, f'. "$PSScriptRoot/{script.name}"')


def _powershell_profile() -> Path:
    """The file that PowerShell reads when it starts, as it says itself."""
    ask = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $PROFILE.CurrentUserAllHosts"
    for program in sorted(("pwsh", "powershell"), key=lambda one: one != _calling_shell()):
        try:
            answer = subprocess.run(
                [program, "-NoProfile", "-NonInteractive", "-Command", ask],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if path := answer.stdout.strip():
            return Path(path)
    raise NotFound(
        "Finner ikke PowerShell på denne maskinen.",
        "Vis skriptet med «hsf fullføring powershell», og legg det i profilen din selv.",
    )


def _written(path: Path, shell: str) -> list[Path]:
    """Writes the shell's script there; gives what was written, nothing where it was so already."""
    script = _SCRIPTS[shell]
    if path.exists() and path.read_bytes() == script.encode("utf-8"):
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8", newline="\n")
    return [path]


def _with_line(path: Path, line: str) -> list[Path]:
    """Adds the line at the end of the file, whatever else is in it; not where it has it."""
    present = path.read_bytes() if path.exists() else b""
    encoding = "utf-16-le" if present.startswith(b"\xff\xfe") else "utf-8"
    if line in present.decode(encoding, errors="replace").splitlines():
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(f"\n{line}\n".encode(encoding))
    return [path]


def _reading(script: Path) -> str:
    quoted = "'" + str(script).replace("'", r"'\''") + "'"
    return f"[ ! -r {quoted} ] || . {quoted}"


_INSTALLERS: dict[str, Callable[[], list[Path]]] = {
    "bash": _install_for_bash,
    "zsh": _install_for_zsh,
    "fish": _install_for_fish,
    "powershell": _install_for_powershell,
}

# The scripts are ASCII: Windows PowerShell reads a file without a mark in an old encoding.
_SCRIPTS = {
    "bash": r"""# Completion for hsf. Also for bash 3.2, which macOS has.
_hsf_completion() {
    local IFS=$'\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(
        _HSF_COMPLETE=complete_bash COMP_WORDS="${COMP_WORDS[*]:0:COMP_CWORD+1}" \
            COMP_CWORD=$COMP_CWORD COMP_TYPE=$COMP_TYPE "$1" 2>/dev/null </dev/null
    )
    if [ "${COMPREPLY[0]}" = ":filer" ]; then
        COMPREPLY=()
        compopt -o default 2>/dev/null ||
            COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    fi
}
complete -o nosort -F _hsf_completion hsf 2>/dev/null || complete -F _hsf_completion hsf
""",
    "zsh": r"""#compdef hsf
# Completion for hsf.
_hsf() {
  local -a lines values shown
  local line
  lines=("${(@f)$(_HSF_COMPLETE=complete_zsh _TYPER_COMPLETE_ARGS="${words[1,CURRENT]}" \
    "${(Q)words[1]}" 2>/dev/null </dev/null)}")
  if [[ $lines[1] == :filer ]]; then
    compset -P '--*='
    _files
    return
  fi
  if [[ $lines[1] == :liste ]]; then
    shift lines
    compstate[insert]=
    compstate[list]='list force'
  fi
  for line in $lines; do
    values+=("${line%%$'\t'*}")
    shown+=("${line#*$'\t'}")
  done
  (( $#values )) && compadd -U -V hsf -l -d shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _hsf "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _hsf hsf
fi
""",
    "fish": r"""# Completion for hsf.
function __hsf_completion
    set -l program (commandline -opc)[1]
    set -l line (commandline -cp | string collect)
    set -l answer (env _HSF_COMPLETE=complete_fish _TYPER_COMPLETE_ARGS=$line \
        $program 2>/dev/null </dev/null)
    if test "$answer[1]" = :filer
        set -l token (commandline -ct)
        set -l option (string match -r -- '^--[^=]+=' $token)
        for path in (__fish_complete_path (string replace -r -- '^--[^=]+=' '' $token))
            printf '%s%s\n' "$option" $path
        end
    else if set -q answer[1]
        printf '%s\n' $answer
    end
end
complete --command hsf --erase
complete --command hsf --no-files --keep-order --arguments '(__hsf_completion)'
""",
    "powershell": r"""# Completion for hsf.
Register-ArgumentCompleter -Native -CommandName hsf -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:_HSF_COMPLETE = "complete_powershell"
        $Env:_TYPER_COMPLETE_ARGS = $commandAst.ToString()
        $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
        & $commandAst.GetCommandName() 2>$null | ForEach-Object {
            $value, $help = $_ -Split ":::", 2
            if ($value -ne ":filer") {
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, 'ParameterValue', $help)
            }
        }
    }
    finally {
        $Env:_HSF_COMPLETE = ""
        $Env:_TYPER_COMPLETE_ARGS = ""
        $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = ""
        [Console]::OutputEncoding = $encoding
    }
}
""",
}

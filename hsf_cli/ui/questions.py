"""Questions at a terminal. Elsewhere nothing is asked: the error names the option instead."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from hsf_cli.errors import Declined, Stopped, Unreadable, WrongUse
from hsf_cli.spelling import folded
from hsf_cli.ui import screen

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

T = TypeVar("T")

# From so many choices on, typing a piece of one narrows them down.
_SEARCHED_FROM = 12
# How one answers, from the longest; the first that there is room for beside the question is shown.
_CHOICE = ("(piltaster og Enter)",)
_SEARCH = ("(skriv for å lete, piltaster og Enter)", *_CHOICE)
_SEVERAL = ("(mellomrom velger, Enter går videre)", "(mellomrom, så Enter)")
_SEARCH_SEVERAL = ("(skriv for å lete, mellomrom velger, Enter)", *_SEVERAL)
_EASILY_GUESSED = 8
_YES, _NO = {"j", "ja"}, {"n", "nei", ""}
# What every font and code page has, where questionary has signs that many lack.
_POINTER, _TICKED, _UNTICKED = ">", "[x]", "[ ]"
# The styles of `console.PALETTE` that the parts of a question have.
_LOOKS = {
    "qmark": "heading",
    "answer": "heading",
    "pointer": "heading",
    "highlighted": "heading",
    "instruction": "aside",
}


def text(question: str, option: str, hint: str, default: str = "") -> str:
    """An answer in words, never blank. Without a terminal raises WrongUse naming the option."""
    _refuse_without_terminal(option)

    def check(typed: str) -> None:
        if not typed:
            raise Unreadable(hint)

    return optional(question, check, default)


def optional(
    question: str, check: Callable[[str], object], default: str = "", *, goes_on: bool = False
) -> str:
    """An answer in words, which may be left blank or as suggested, and which `check` can read.

    What is typed at once takes the suggestion's place, unless the answer `goes_on` from it. What
    cannot be read is told of in full, and stands there again to be put right.
    """
    import questionary

    suggested, is_kept = default, goes_on
    while True:
        asked = questionary.text(screen.shown(question), default=suggested, style=_style())
        if suggested and not is_kept:
            _typed_over(asked, suggested)
        answer: str = _answer(asked)
        typed = answer.strip()
        try:
            check(typed)
        except Unreadable as unreadable:
            screen.tell(f"  {unreadable.remedy}")
            suggested, is_kept = answer, True
        else:
            return typed


def _typed_over(asked: "questionary.Question", suggestion: str) -> None:
    """Lets what is typed or pasted first take the suggestion's place, as in a field of a form.

    Whoever writes a date after the one that stands there, means theirs. Once something of the
    suggestion is taken away, or written in front of its end, it is edited as any text.
    """
    buffer = asked.application.current_buffer

    def changed(_: object) -> None:
        buffer.on_text_changed -= changed
        if buffer.text.startswith(suggestion):
            buffer.text = buffer.text.removeprefix(suggestion)

    buffer.on_text_changed += changed


def choice(
    question: str,
    choices: Mapping[T, str],
    default: T | None = None,
    *,
    also_found: Mapping[T, str] | None = None,
    last_by_escape: bool = False,
) -> T:
    """One of the choices, which are shown by their labels; Esc may take the last of them.

    Those that are `also_found` are only shown to somebody who looks for them.
    """
    import questionary

    options, more = (
        [questionary.Choice(screen.shown(label), value=[key]) for key, label in some.items()]
        for some in (choices, also_found or {})
    )
    searched = len(options) > _SEARCHED_FROM
    asked = questionary.select(
        screen.shown(question),
        choices=options,
        default=next((one for one in options if one.value == [default]), None),
        instruction=_room_for(_SEARCH if searched else _CHOICE, question),
        use_search_filter=True,  # also a short list: what is typed must never be passed over
        use_jk_keys=False,
        pointer=_POINTER,
        style=_style(),
    )
    escaped = len(options) - 1 if last_by_escape else None
    chosen: list[T] = _answer(_searched_in_norwegian(asked, more, escaped))
    return chosen[0]


def several(question: str, choices: Mapping[T, str], default: Sequence[T] = ()) -> list[T]:
    """Any number of the choices, none among them."""
    import questionary
    from questionary.prompts import common

    signs: Any = common  # questionary lets them be chosen nowhere else
    signs.INDICATOR_SELECTED, signs.INDICATOR_UNSELECTED = _TICKED, _UNTICKED
    searched = len(choices) > _SEARCHED_FROM
    asked = questionary.checkbox(
        screen.shown(question),
        choices=[
            questionary.Choice(screen.shown(label), value=key, checked=key in default)
            for key, label in choices.items()
        ],
        instruction=_room_for(_SEARCH_SEVERAL if searched else _SEVERAL, question),
        use_search_filter=True,  # or «a» would tick every one of them
        use_jk_keys=False,
        erase_when_done=True,  # questionary sums the answer up in English
        pointer=_POINTER,
        style=_style(),
    )
    chosen: list[T] = _answer(_searched_in_norwegian(asked))
    screen.tell(f"? {question} {', '.join(choices[one] for one in chosen) or 'ingenting valgt'}")
    return chosen


def _room_for(instructions: Sequence[str], question: str) -> str:
    """The longest instruction that leaves the question on one line, or the shortest."""
    room = shutil.get_terminal_size().columns - len(f"? {question} ")
    return next((one for one in instructions if len(one) < room), instructions[-1])


def _answer(asked: "questionary.Question") -> Any:
    """What somebody answers, who may take the time they need."""
    screen.before_leisure()
    return asked.unsafe_ask()


def _style() -> "questionary.Style":
    """How questions look: without colours where those are not wanted."""
    import questionary
    from rich.style import Style

    from hsf_cli.ui.console import PALETTE

    looks = {part: Style.parse(PALETTE[name]) for part, name in _LOOKS.items()}
    weights = {part: "bold" if look.bold else "" for part, look in looks.items()}
    if os.environ.get("NO_COLOR"):
        plain = [(part, f"noinherit {weight}") for part, weight in weights.items()]
        return questionary.Style(
            [*plain, ("selected", "noinherit"), ("validation-toolbar", "noinherit reverse")]
        )
    coloured = [
        (part, f"fg:{look.color.get_truecolor().hex} {weights[part]}")
        for part, look in looks.items()
        if look.color
    ]
    return questionary.Style([*coloured, ("selected", "noreverse")])


def _searched_in_norwegian(
    asked: "questionary.Question",
    more: Sequence["questionary.Choice"] = (),
    escaped: int | None = None,
) -> "questionary.Question":
    """The question with every letter to search by: questionary itself knows ASCII alone.

    Looking goes through `more` too. Esc stops it, as does Enter where nothing fits; where nothing
    is looked for, Esc takes the choice at `escaped`.

    What is looked for stands under the list, which is of all where nothing fits: in words, where
    questionary has a colour alone for that.
    """
    from prompt_toolkit.filters import to_filter
    from prompt_toolkit.key_binding import KeyBindings

    bindings, layout = asked.application.key_bindings, asked.application.layout
    assert isinstance(bindings, KeyBindings)
    controls: list[Any] = list(layout.find_all_controls())
    (list_,) = (one for one in controls if hasattr(one, "add_search_character"))

    _add_keys(bindings, list_, escaped)
    _look_further(list_, more)

    for window in layout.find_all_windows():
        if window.content is list_:
            window.dont_extend_height = to_filter(True)  # or the line would stand far below it
    for control in controls:
        if getattr(control, "text", None) == list_.get_search_string_tokens:
            control.text = partial(_looked_for, list_)
    return asked


def _looked_for(list_: Any) -> list[tuple[str, str]] | None:
    """The line that says what is looked for in a list, in pieces with their styles."""
    if list_.search_filter is None:
        return None
    none = "" if list_.found_in_search else "  (ingen treff, her er alle)"
    return [
        ("", "\n"),
        ("class:instruction", "Leter etter: "),
        ("class:answer", screen.shown(list_.search_filter)),
        ("class:instruction", none),
    ]


def _add_keys(bindings: "KeyBindings", list_: Any, escaped: int | None) -> None:
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.keys import Keys

    suggested = list_.pointed_at

    @bindings.add(Keys.Any)
    def _(event: "KeyPressEvent") -> None:
        if event.data.isalpha():
            list_.add_search_character(event.data)

    def stop_looking() -> None:
        list_.search_filter = ""
        list_.add_search_character(Keys.Backspace)
        list_.pointed_at = suggested

    @Condition
    def finds_nothing() -> bool:
        # What was typed since it was last shown is only looked for now.
        return list_.search_filter is not None and not (
            list_.filtered_choices and list_.found_in_search
        )

    @bindings.add(Keys.Enter, filter=finds_nothing, eager=True)  # or the first would be taken
    def _(_: "KeyPressEvent") -> None:
        stop_looking()

    @bindings.add(Keys.Escape, eager=True)  # or Esc and Enter would answer with nothing at all
    def _(event: "KeyPressEvent") -> None:
        if list_.search_filter is not None:
            stop_looking()
        elif escaped is not None:
            list_.pointed_at, list_.is_answered = escaped, True
            event.app.exit(result=list_.get_pointed_at().value)


def _look_further(list_: Any, more: Sequence["questionary.Choice"]) -> None:
    """Lets those choices, too, be found in the list."""
    shown, look_for = list_.choices, list_.add_search_character

    def looked_for(letter: str) -> None:
        look_for(letter)
        list_.choices = [*shown, *more] if list_.search_filter else shown

    list_.add_search_character = looked_for


def secret(question: str, option: str) -> str:
    """A secret that does not show while it is typed."""
    _refuse_without_terminal(option)
    import questionary

    asked = questionary.password(
        screen.shown(question),
        validate=lambda typed: bool(typed) or "Skriv et passord.",
        style=_style(),
    )
    answer: str = _answer(asked)
    return answer


def secret_from_paper(question: str, check: Callable[[str], T]) -> T:
    """What `check` reads of a secret that is too long to type unseen.

    It shows while it is typed, and is gone from the screen afterwards. What cannot be read is told
    of, and stands there again to be put right.
    """
    import questionary

    typed = ""
    while True:
        asked = questionary.text(
            screen.shown(question), default=typed, erase_when_done=True, style=_style()
        )
        typed = _answer(asked)
        try:
            return check(typed)
        except Unreadable as unreadable:
            screen.tell(f"  {unreadable.remedy}")


def new_secret(question: str, option: str) -> str:
    """A secret that is typed twice. Raises Stopped where the two are not the same.

    One that is easily guessed is told of, and another can be chosen.
    """
    first = secret(question, option)
    while len(first) < _EASILY_GUESSED:
        screen.tell(
            f"Passordet er kortere enn {_EASILY_GUESSED} tegn, og kan gjettes. "
            "Tre eller fire vanlige ord er lette å huske og vanskelige å gjette."
        )
        if not choice(
            "Vil du velge et annet?", {True: "Ja, velg et annet", False: "Nei, bruk det"}
        ):
            break
        first = secret(question, option)
    if secret("Gjenta passordet:", option) != first:
        raise Stopped("Passordene er ikke like. Ingenting er laget.", "Prøv igjen.")
    return first


def confirm(question: str, *, already: bool) -> None:
    """Goes on when the answer is yes, or `--ja` already said so. Raises Stopped for no."""
    if already:
        return
    if not screen.at_terminal():
        raise Stopped(f"{question} Det er ikke bekreftet.", "Bekreft med --ja.")
    import questionary

    asked = questionary.text(
        screen.shown(f"{question} (j/N)"),
        style=_style(),
        validate=lambda typed: folded(typed) in _YES | _NO or "Svar ja eller nei.",
    )
    answer: str = _answer(asked)
    if folded(answer) not in _YES:
        raise Declined("Ingenting er endret.")


def _refuse_without_terminal(option: str) -> None:
    if not screen.at_terminal():
        raise WrongUse(f"{option} mangler.", f"Legg til {option}. Se «hsf --hjelp».")

"""Options that many commands share, added to a command's own by a decorator.

typer reads a command's options from its signature; these functions give it a longer one.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any

import typer
from typer.models import OptionInfo


def option(name: str, flag: str, **about: Any) -> inspect.Parameter:
    """An optional text option of a signature."""
    return _parameter(name, str | None, typer.Option(flag, **about), None)


def switch(name: str, flag: str, **about: Any) -> inspect.Parameter:
    """A yes/no option of a signature."""
    return _parameter(name, bool, typer.Option(flag, **about), False)


def with_parameters(
    function: Callable[..., Any],
    added: Sequence[inspect.Parameter],
    run: Callable[[dict[str, Any], dict[str, Any]], Any],
    *,
    instead_of: str | None = None,
    first: bool = False,
) -> Callable[..., None]:
    """The function with more parameters: `run` gets the function's own values, and the added.

    The parameter named `instead_of` is one that `run` fills in itself. The help shows the added
    options after the function's own, or before them where they are to come `first`.
    """
    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name != instead_of
    ]
    names = {parameter.name for parameter in added}

    @wraps(function)
    def extended(**values: Any) -> Any:
        mine = {name: value for name, value in values.items() if name not in names}
        theirs = {name: value for name, value in values.items() if name in names}
        return run(mine, theirs)

    options = [one for one in own if _is_option(one)] if first else []
    parameters = [*(one for one in own if one not in options), *added, *options]
    extended.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    extended.__annotations__ = {one.name: one.annotation for one in parameters}
    return extended


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were given on the command line, an empty text among them."""
    return {name: value for name, value in values.items() if value not in (None, (), [])}


def _is_option(parameter: inspect.Parameter) -> bool:
    about = getattr(parameter.annotation, "__metadata__", ())
    return any(isinstance(one, OptionInfo) for one in about)


def _parameter(name: str, kind: Any, info: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, info]
    )

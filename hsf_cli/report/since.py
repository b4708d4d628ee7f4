"""What has changed a report since it was locked: which change sets made which figures differ.

A figure at a moment is what the form counts in the department as it stood then. Between two
moments where a figure is made of the same, nothing has changed it in the end, and nobody looks
further; elsewhere the one in the middle is counted, until one change set is left.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from hsf_cli.past import as_of, latest
from hsf_cli.report.count import Cell, counted
from hsf_cli.report.form import Form, Unit
from hsf_cli.store import Row, Store

# What a record is to a figure: 1 where it is counted, otherwise the attributes that are added up,
# and last the one that a mean divides by.
Contribution = tuple[int, ...]

# Hears of how many change sets it is settled whether they made a difference, out of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """A record that a change set brought into a figure, took out of it, or changed there."""

    # Its short name, such as F12, and what people call it.
    number: str
    name: str
    # What it was to the figure before and after; None: it was not in it.
    before: Contribution | None
    after: Contribution | None


@dataclass(frozen=True)
class Cause:
    """A change set that made a difference to a figure."""

    number: int
    command: str
    # The writer's local time, ISO.
    made_at: str
    made_by: str
    # The figure right before it and right after it.
    before: int | Decimal
    after: int | Decimal
    came_in: tuple[Part, ...]
    went_out: tuple[Part, ...]
    changed: tuple[Part, ...]
    # The hours of a full-time equivalent before and after, where that is what changed.
    hours_per_fte: tuple[int, int] | None


@dataclass(frozen=True)
class Difference:
    """A figure that is another now than it was, and what made it so, the first first."""

    key: str
    label: str
    # The number of its section.
    section: str
    unit: Unit
    before: int | Decimal
    now: int | Decimal
    causes: tuple[Cause, ...]


def _unheard(_done: int, _of: int) -> None:
    """The progress that nobody is told of."""


def differences(
    store: Store, form: Form, year: int, change_set: int, progress: Progress = _unheard
) -> list[Difference]:
    """The figures that differ between the department right after that change set and now.

    What was changed and changed back made no difference, and is not told of. Raises Stopped where
    the log no longer has what was there then.
    """
    with as_of(store, latest(store)) as now:  # nobody writes in this one meanwhile
        return list(_Search(now, form, year, change_set, progress).differences())


@dataclass(frozen=True)
class _State:
    """What a figure is made of at a moment."""

    cell: Cell = field(compare=False)
    parts: Mapping[int, Contribution]
    # 0 where the figure does not depend on it.
    hours_per_fte: int

    @classmethod
    def of(cls, cell: Cell) -> "_State":
        measure = cell.row.measure
        names = (*measure.sum, measure.per) if measure.per else measure.sum
        return cls(
            cell,
            {record["id"]: _contribution(record, names) for record in cell.records},
            cell.hours_per_fte if cell.row.unit == "årsverk" else 0,
        )


def _contribution(record: Row, names: Sequence[str]) -> Contribution:
    return tuple(record[name] or 0 for name in names) or (1,)


@dataclass(frozen=True)
class _Moment:
    """Figures by their keys, right after one of the change sets."""

    place: int
    states: Mapping[str, _State]


@dataclass(frozen=True)
class _Step:
    """A figure before and after a change set."""

    change_set: Row
    before: _State
    after: _State


class _Search:
    """The search through the change sets since one of them, in a copy of the department."""

    def __init__(
        self, now: Store, form: Form, year: int, change_set: int, progress: Progress
    ) -> None:
        self._now = now
        self._form = form
        self._year = year
        self._first = change_set
        self._later = now.rows(
            "SELECT id, made_at, made_by, command FROM change_set WHERE id > :first ORDER BY id",
            first=change_set,
        )
        self._progress = progress
        self._settled = 0
        self._steps: dict[str, list[_Step]] = {}

    def differences(self) -> Iterator[Difference]:
        """The figures that differ between the first moment and the last, in the form's order."""
        every = self._form.by_key
        with as_of(self._now, self._first) as before:
            then = self._moment(before, 0, every)
        now = self._moment(self._now, len(self._later), every)
        differing = [
            key
            for key, state in then.states.items()
            if state.cell.figure != now.states[key].cell.figure
        ]
        self._steps = {key: [] for key in differing}
        self._search(self._now, then, now, differing)
        for key in differing:
            cell = now.states[key].cell
            yield Difference(
                key=key,
                label=cell.label,
                section=self._form.section_of[key],
                unit=cell.row.unit,
                before=then.states[key].cell.figure,
                now=cell.figure,
                causes=tuple(
                    _cause(step)
                    for step in self._steps[key]
                    if step.before.cell.value != step.after.cell.value
                ),
            )

    def _search(self, store: Store, before: _Moment, after: _Moment, keys: Iterable[str]) -> None:
        """Finds the change sets between two moments that changed the figures of those keys.

        `store` is the department as it stood at the last of them.
        """
        differing = [key for key in keys if before.states[key] != after.states[key]]
        if differing and after.place - before.place > 1:
            place = (before.place + after.place) // 2
            with as_of(store, self._later[place - 1]["id"]) as halfway:
                middle = self._moment(halfway, place, differing)
                self._search(halfway, before, middle, differing)
            self._search(store, middle, after, differing)
            return
        for key in differing:
            change_set = self._later[before.place]
            _take(self._steps[key], _Step(change_set, before.states[key], after.states[key]))
        self._settled += after.place - before.place
        self._progress(self._settled, len(self._later))

    def _moment(self, store: Store, place: int, keys: Container[str]) -> _Moment:
        """The figures of those keys, counted in the department as it stood there."""
        form = self._form.of_rows(lambda row: row.key in keys)
        report = counted(store, form, self._year, datetime.min)
        return _Moment(
            place,
            {
                cell.row.key: _State.of(cell)
                for section in report.sections
                for table in section.tables
                for cell in table.cells
            },
        )


def _take(steps: list[_Step], step: _Step) -> None:
    """Adds the next step; where it leads back to what was before, all since then falls away."""
    for place, earlier in enumerate(steps):
        if earlier.before == step.after:
            del steps[place:]
            return
    steps.append(step)


def _cause(step: _Step) -> Cause:
    before, after = step.before, step.after
    parts = tuple(_parts(before, after))
    fte = (before.hours_per_fte, after.hours_per_fte)
    return Cause(
        number=step.change_set["id"],
        command=step.change_set["command"],
        made_at=step.change_set["made_at"],
        made_by=step.change_set["made_by"],
        before=before.cell.figure,
        after=after.cell.figure,
        came_in=tuple(part for part in parts if part.before is None),
        went_out=tuple(part for part in parts if part.after is None),
        changed=tuple(part for part in parts if part.before and part.after),
        hours_per_fte=None if fte[0] == fte[1] else fte,
    )


def _parts(before: _State, after: _State) -> Iterator[Part]:
    """The records that are not the same to the figure before and after, by their numbers.

    One that only comes or goes with nothing to add is none of them.
    """
    names = {
        record["id"]: record["name"] for state in (before, after) for record in state.cell.records
    }
    for number in sorted(before.parts.keys() | after.parts.keys()):
        was, became = before.parts.get(number), after.parts.get(number)
        if was != became and any((*(was or ()), *(became or ()))):
            yield Part(before.cell.kind.name(number), names[number], was, became)

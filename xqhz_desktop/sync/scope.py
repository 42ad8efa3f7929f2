"""A part of a school: the students of a class, department, tutor or batch, and what is theirs.

Nothing here names a kind that was added later: what refers to a student belongs to them, and what
refers to that, too. Whatever else it refers to (enterprise, position, class, teacher) comes along
to be read. Other students never do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import N_
from xqhz_desktop.sync.changes import Key, Op, Value
from xqhz_desktop.sync.derive import KINDS, Kinds

ROOTS = ("department", "school_class", "staff", "placement_batch")
"""The kinds whose students can be given as a part."""
_LINE = ("department", "major", "school_class")
"""How a department comes by its students."""


class View(Protocol):
    """What is asked of a replica."""

    def pointing(self, targets: Iterable[Key]) -> set[Key]:
        """Return the records shown with a reference to one of these."""

    def shown(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Value]]:
        """Return the records that are shown."""

    def attached(self, owners: Iterable[Key]) -> set[Key]:
        """Return the attachments of records."""


class Why(Enum):
    """Why a change of a partial copy is refused."""

    OUTSIDE = N_("it is not in the part that was given out")
    BEYOND = N_("it refers to something outside the part that was given out")


@dataclass(frozen=True, slots=True)
class Part:
    """The records of a part: those that may be changed, and those that are only to be read.

    `anchors` are what makes a new student one of this part: its classes.
    """

    core: frozenset[Key]
    around: frozenset[Key]
    anchors: frozenset[Key]

    @property
    def all(self) -> frozenset[Key]:
        """Return every record a copy of it holds."""
        return self.core | self.around


def personal(kinds: Kinds = KINDS) -> frozenset[str]:
    """Return the kinds that belong to students: those that lead to one by references."""
    above: set[str] = set()
    wave = {Student.KIND}
    while wave:
        wave = {target for kind in wave for target in kinds[kind].links.values() if target in kinds}
        wave -= above | {Student.KIND}
        above |= wave
    found = {Student.KIND}
    while more := {k for k, one in kinds.items() if found & {*one.links.values()}} - found - above:
        found |= more
    return frozenset(found)


def part(view: View, roots: Iterable[Key], kinds: Kinds = KINDS) -> Part:
    """Return the part of a school that hangs on some records (see `ROOTS`), or on students."""
    own = personal(kinds)
    given = set(roots)
    anchors = _line(view, given)
    touching = {key for key in view.pointing(anchors) if key[0] in own}
    given = {key for key in given if key[0] == Student.KIND}
    core = {*view.shown(given)} | _people(view, touching, kinds, own)
    wave = set(core)
    while wave:
        wave = {key for key in view.pointing(wave) if key[0] in own} - core
        core |= wave
    core |= view.attached(core)
    around: set[Key] = set()
    wave = anchors | {key for _, key in _targets(view.shown(core), kinds) if key[0] not in own}
    while wave:
        wave = view.shown(wave).keys() - around - core
        around |= wave
        wave = {key for _, key in _targets(view.shown(wave), kinds) if key[0] not in own}
    return Part(frozenset(core), frozenset(around), frozenset(anchors))


def cut(
    cells: Mapping[str, Value], kind: str, there: Collection[Key], kinds: Kinds = KINDS
) -> dict[str, Value]:
    """Return the cells of a record for a copy of these records: nothing leads out of it."""
    links = kinds[kind].links
    return {
        name: None if name in links and cell and (links[name], cell) not in there else cell
        for name, cell in cells.items()
    }


def refused(
    view: View,
    of: Part,
    ops: Iterable[Op],
    kinds: Kinds = KINDS,
    known: Callable[[Iterable[Key]], Iterable[Key]] | None = None,
) -> dict[Key, Why]:
    """Return which records changed on a partial copy are none of its business, and why.

    Allowed are its students and what is theirs, new ones among them, and whatever else is new and
    those refer to. `known` says which records exist or ever did.
    """
    said: dict[Key, list[Op]] = {}
    for op in ops:
        said.setdefault(op.key, []).append(op)
    there = set((known or view.shown)(said))
    judge = _Judge(view, of, said, kinds)
    able = {key for key in said if key in of.core or key not in there}
    why = dict.fromkeys(said.keys() - able, Why.OUTSIDE)
    while True:
        reached = judge.reached(able)
        beyond = {key for key in reached if not judge.holds(key, reached)}
        if not beyond:
            return why | dict.fromkeys(able - reached, Why.OUTSIDE)
        why |= dict.fromkeys(beyond, Why.BEYOND)
        able -= beyond


class _Judge:
    """What changes of a partial copy refer to."""

    def __init__(self, view: View, of: Part, said: Mapping[Key, list[Op]], kinds: Kinds) -> None:
        self._of, self._said, self._own = of, said, personal(kinds)
        self._now = view.shown(said)
        self._all = of.all
        self._links = {
            key: {
                (column, target)
                for op in some
                for column, target in _links(key[0], op.values or {}, kinds)
            }
            for key, some in said.items()
        }

    def reached(self, able: set[Key]) -> set[Key]:
        """Return what is in the part, or new there, or new and referred to from there."""
        found = able & self._of.core
        while more := {key for key in able - found if self._belongs(key, found)} | {
            target for key in found for _, target in self._links[key] if target in able - found
        }:
            found |= more
        return found

    def holds(self, key: Key, reached: set[Key]) -> bool:
        """Tell whether a record refers to nothing a copy of the part could not know."""
        now = self._now.get(key, {})
        return all(
            target in self._all or target in reached or now.get(column) == target[1]
            for column, target in self._links[key]
        )

    def _belongs(self, key: Key, found: set[Key]) -> bool:
        """Tell whether a new record is a student's of the part, or a new student of it."""
        if key[0] not in self._own and key[0] != Attachment.KIND:
            return False
        near = {target for _, target in self._links[key]}
        return bool(near & (self._of.core | found | self._of.anchors))


def _line(view: View, roots: Iterable[Key]) -> set[Key]:
    """Return roots with the classes they come down to."""
    found = {key for key in roots if key[0] != Student.KIND}
    wave = {key for key in found if key[0] in _LINE}
    while wave:
        wave = {key for key in view.pointing(wave) if key[0] in _LINE} - found
        found |= wave
    return found


def _people(view: View, touching: set[Key], kinds: Kinds, own: frozenset[str]) -> set[Key]:
    """Return the students among some records, and those they belong to."""
    found, wave = set[Key](), set(touching)
    seen = set(wave)
    while wave:
        found |= {key for key in wave if key[0] == Student.KIND}
        beyond = view.shown(key for key in wave if key[0] != Student.KIND)
        wave = {key for _, key in _targets(beyond, kinds) if key[0] in own} - seen
        seen |= wave
    return found


def _targets(records: Mapping[Key, Mapping[str, Value]], kinds: Kinds) -> Iterator[tuple[str, Key]]:
    """Yield what records refer to, by column."""
    for (kind, _id), cells in records.items():
        yield from _links(kind, cells, kinds)


def _links(kind: str, cells: Mapping[str, Value], kinds: Kinds) -> Iterator[tuple[str, Key]]:
    if kind not in kinds:
        return
    for column, target in kinds[kind].links.items():
        if isinstance(cell := cells.get(column), str) and cell:
            yield column, (target, cell)
    owner = cells.get("of_kind"), cells.get("owner")
    if kind == Attachment.KIND and all(isinstance(one, str) and one for one in owner):
        yield "owner", (str(owner[0]), str(owner[1]))

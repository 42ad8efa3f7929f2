"""What is shown of the registers: merged records as one, and whatever is still referred to.

Whatever is alive or referred to by a shown record is shown, under the id of the record that stands
for it; nothing else is. (The least such set: removed records that only refer to each other stay
removed.) References lead to the record that stands for their target, and are empty where that is
not shown: nobody here has heard of it, or the reference is marked to bring nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.records import references
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.merge import Row, is_alive
from xqhz_desktop.sync.shelf import Kept, Shelf


@dataclass(frozen=True)
class Shape:
    """What a version knows of a kind: its columns, and the kinds its references lead to."""

    columns: frozenset[str]
    links: Mapping[str, str]
    """All references: {column: kind}."""
    emptied: frozenset[str] = frozenset()
    """Those that are empty where their target was removed; the others bring it back."""


Kinds = Mapping[str, Shape]

KINDS: Kinds = {
    entity.KIND: Shape(
        frozenset(entity.FIELDS),
        references(entity),
        frozenset(name for name, field in entity.FIELDS.items() if field.gone == "empty"),
    )
    for entity in ENTITIES
}
"""What this version knows."""


class Names:
    """Which record stands for which: where aliases lead; the smallest id of those in a circle."""

    def __init__(self, aliases: Iterable[tuple[str, str, str]]) -> None:
        """Follow aliases given as kind, dropped and kept id; of several the smallest kept."""
        self._next: dict[Key, str] = {}
        for kind, dropped, kept in aliases:
            # Aliases of aliases would be a riddle; half an alias is none.
            if kind != Alias.KIND and dropped and kept and dropped != kept:
                self._next[kind, dropped] = min(kept, self._next.get((kind, dropped), kept))
        self._known: dict[Key, Key] = {}
        self._classes: dict[Key, set[Key]] = {}
        for (kind, dropped), kept in self._next.items():
            for key in ((kind, dropped), (kind, kept)):
                self._classes.setdefault(self.of(key), set()).add(key)

    def of(self, key: Key) -> Key:
        """Return the record that stands for this one."""
        path: dict[Key, None] = {}
        while key not in path and key not in self._known and key in self._next:
            path[key] = None
            key = key[0], self._next[key]
        if key in path:
            circle = list(path)
            key = min(circle[circle.index(key) :])
        found = self._known.get(key, key)
        self._known.update(dict.fromkeys(path, found))
        return found

    def alike(self, key: Key) -> set[Key]:
        """Return all records the same one stands for."""
        return self._classes.get(self.of(key), {key})

    def all(self) -> set[Key]:
        """Return every record that aliases speak of."""
        return set().union(*self._classes.values())


def settled(
    shelf: Shelf, old: Mapping[Key, Row], new: Mapping[Key, Row], kinds: Kinds = KINDS
) -> dict[Key, Kept]:
    """Return what becomes of records whose registers went from `old` to `new`.

    Others are among them that are shown differently because of that.
    """
    region = _Region(shelf, old, new, kinds)
    region.enter()
    region.show()
    region.reconsider()
    return region.kept(new.keys())


class _Region:
    """The records that may be shown differently, and what they hang on.

    Outside of it every record is shown as it was. One enters with all it is one with, if its
    registers changed, if another stands for it than before, or if it was shown only because of
    one that has entered.
    """

    def __init__(
        self, shelf: Shelf, old: Mapping[Key, Row], new: Mapping[Key, Row], kinds: Kinds
    ) -> None:
        self._shelf, self._kinds = shelf, kinds
        self._old, self._rows = dict(old), dict(new)
        self._special = shelf.special()
        rest = [one for id, one in shelf.aliases().items() if (Alias.KIND, id) not in new]
        self._before = Names([*rest, *_aliases(old)])
        self._after = Names([*rest, *_aliases(new)])
        self._keys: set[Key] = set()
        self._shown: set[Key] = set()

    def enter(self) -> None:
        """Take in the records written, and those another one stands for than before."""
        before, after = self._before, self._after
        moved = {one for one in before.all() | after.all() if before.of(one) != after.of(one)}
        keys = {*self._rows, *moved, *self._shelf.pointing({before.of(one) for one in moved})}
        if moved or self._rows.keys() - self._old.keys():
            keys |= self._special  # some may have waited for these
        while keys:
            entering = {one for key in keys for one in after.alike(key)} - self._keys
            self._load(entering)
            keys = {
                before.of(target)
                for key in entering
                for _column, target in self._links(key, self._old.get(key))
            } & self._special - self._keys

    def show(self) -> None:
        """Find out what is shown: what is alive, then in waves whatever that refers to."""
        alive = {self._after.of(key) for key in self._keys if self._lives(key)}
        wave = {key for key in alive | self._held_from_outside(alive) if key in self._rows}
        while wave:
            self._shown |= wave
            targets = {target for key in wave for target in self._revived(key)} - self._shown
            beyond = targets - self._keys
            self._load(beyond - self._shelf.shown(beyond).keys())
            wave = {key for key in targets & self._keys if key in self._rows}

    def reconsider(self) -> None:
        """Take in the records outside with a reference that is to be emptied, or filled again."""
        entering = self._shelf.pointing(self._keys - self._shown)
        if not all(map(self._was_alive, self._shown)):
            entering |= self._special
        entering -= self._keys
        self._load(entering)
        self._shown |= entering  # whoever refers, or refers in vain, is shown

    def kept(self, always: Iterable[Key]) -> dict[Key, Kept]:
        """Return what has changed, and in any case these records."""
        gone = self._gone() | (self._keys - self._shown)
        made = {key: self._kept(key, gone) for key in self._keys if key in self._rows}
        wanted = set(always)
        was = self._shelf.shown(made.keys() - wanted)
        return {key: one for key, one in made.items() if key in wanted or one.shown != was.get(key)}

    def _load(self, keys: set[Key]) -> None:
        """Take records in with their registers; those that nobody wrote have none."""
        found = self._shelf.rows(keys - self._rows.keys())
        self._rows |= found
        self._old |= found
        self._keys |= keys

    def _was_alive(self, key: Key) -> bool:
        old = self._old.get(key)
        return old is not None and is_alive(old) and self._before.of(key) == key

    def _lives(self, key: Key) -> bool:
        return key[0] in self._kinds and key in self._rows and is_alive(self._rows[key])

    def _held_from_outside(self, alive: set[Key]) -> set[Key]:
        """Return the removed records of the region that something outside refers to."""
        removed = {key for key in self._keys - alive if key in self._rows and key[0] in self._kinds}
        outside = self._shelf.pointing(removed) - self._keys
        return removed & {
            (shape.links[column], str(cell))
            for (kind, _id), cells in self._shelf.shown(outside).items()
            for shape in [self._kinds[kind]]
            for column, cell in cells.items()
            if column in shape.links and column not in shape.emptied
        }

    def _revived(self, key: Key) -> Iterator[Key]:
        """Yield the records a shown one keeps, but for those it has kept already."""
        shape, old = self._kinds[key[0]], self._old.get(key)
        steady = self._was_alive(key)
        for column, target in self._links(key, self._rows[key]):
            stands = self._after.of(target)
            same = steady and old and old.values.get(column) == target[1]
            if column not in shape.emptied and (not same or stands in self._keys):
                yield stands

    def _links(self, key: Key, row: Row | None) -> Iterator[tuple[str, Key]]:
        """Yield the references of a record as they were written, by column."""
        if row is None or key[0] not in self._kinds:
            return
        for column, kind in self._kinds[key[0]].links.items():
            target = row.values.get(column)
            if target and isinstance(target, str):
                yield column, (kind, target)

    def _gone(self) -> set[Key]:
        """Return the records outside that are referred to, or were in vain, and are not shown."""
        targets = {
            self._after.of(target)
            for key in self._shown
            if key in self._special or self._kinds[key[0]].emptied
            for column, target in self._links(key, self._rows[key])
            if key in self._special or column in self._kinds[key[0]].emptied
        }
        beyond = targets - self._keys
        return beyond - self._shelf.shown(beyond).keys()

    def _kept(self, key: Key, gone: set[Key]) -> Kept:
        """Return a record as it is shown now."""
        row = self._rows[key]
        if key not in self._shown:
            return Kept(row, None)
        shape, special = self._kinds[key[0]], not is_alive(row)
        shown = dict(row.values)
        for column in row.values.keys() - shape.columns:
            if not is_own(column):
                del shown[column]
        for column, target in self._links(key, row):
            stands = self._after.of(target)
            empty = stands in gone
            shown[column] = None if empty else stands[1]
            special = special or empty
        return Kept(row, shown, special)


def _aliases(rows: Mapping[Key, Row]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, dropped and kept id of the alias records that are alive."""
    for (kind, _id), row in rows.items():
        if kind == Alias.KIND and is_alive(row):
            said = [row.values.get(name) for name in ("of_kind", "dropped", "kept")]
            of_kind, dropped, kept = (one if isinstance(one, str) else "" for one in said)
            yield of_kind, dropped, kept

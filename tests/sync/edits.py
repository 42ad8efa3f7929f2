"""What a user of the schedules does: records by chance, the way the program writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.sync.changes import Key, Op, Value
from xqhz_desktop.sync.derive import KINDS, Kinds, Shape
from xqhz_desktop.sync.merge import Row, conflicts

COLUMNS = {
    "staff": ("name", "phone"),
    "school_class": ("name", "head_teacher"),
    "student": ("name", "phone", "school_class"),
    "enterprise": ("name", "contact", "phone", "parent"),
    "placement": ("student", "enterprise", "start_date", "end_date", "status"),
    "alias": ("of_kind", "dropped", "kept", "name"),
}
"""What the schedules write: chains and circles of references, groups, one that is emptied."""

POOL = {"staff": 2, "school_class": 2, "student": 4, "enterprise": 4, "placement": 5, "alias": 6}
"""So few ids that devices make the same ones."""

IDS = {
    kind: [f"{number:02x}{n:030x}" for n in range(1, many + 1)]
    for number, (kind, many) in enumerate(POOL.items(), 1)
}
WORDS = {
    "start_date": ("2026-03-01", "2026-09-01"),
    "end_date": ("2026-07-01", "2026-12-31"),
    "status": ("PLANNED", "RUNNING", "ENDED"),
}
MERGED = ("enterprise", "student", "staff")

Edit = dict[Key, Mapping[str, Value] | None]
View = Mapping[Key, Mapping[str, Any]]


def kinds_of(columns: Mapping[str, tuple[str, ...]]) -> Kinds:
    """Return what a version knows that knows these columns only."""
    return {
        kind: Shape(
            frozenset(names),
            {name: target for name, target in KINDS[kind].links.items() if name in names},
            KINDS[kind].emptied & set(names),
        )
        for kind, names in columns.items()
    }


NEW = kinds_of(COLUMNS)
OLD = kinds_of(
    {
        **{kind: names for kind, names in COLUMNS.items() if kind != "placement"},
        "enterprise": ("name", "contact", "phone"),
        "school_class": ("name",),
    }
)


class World(NamedTuple):
    """What a schedule is about: the ids of each kind, and whether twins are all they care for."""

    ids: Mapping[str, list[str]]
    tidy: bool


def world(chance: Random, seed: int) -> World:
    """Return the world of a schedule: each second one is small, each fourth is about twins."""
    small = seed % 2
    ids = {kind: all[: chance.randint(1, 2)] if small else all for kind, all in IDS.items()}
    return World({**ids, "alias": IDS["alias"]}, tidy=seed % 4 == 0)


class User:
    """Somebody at one device, who sees what it shows."""

    def __init__(self, chance: Random, kinds: Kinds, world: World, *, strict: bool) -> None:
        """Do things by chance, with the kinds and columns of a version.

        A strict program lets references lead only to what is there.
        """
        self._chance, self._kinds, self._strict = chance, kinds, strict
        self._ids, tidy = world
        self._often, self._circle = (15, 3) if tidy else (2, 9)
        self._merged = MERGED[:1] if tidy else MERGED

    def edit(self, view: View) -> tuple[Op, ...]:
        """Return what is done next, one change: several records, each once."""
        ways: list[tuple[Callable[[View], Edit], int]] = [
            (self._insert, 8), (self._change, 12), (self._point, 5), (self._remove, 8),
            (self._remove_holding, 3), (self._merge, 4), (self._alias, self._often),
            (self._unmerge, 2),
        ]  # fmt: skip
        way = self._chance.choices([one for one, _ in ways], [weight for _, weight in ways])[0]
        edit = way(view)
        if self._chance.random() < 0.3:
            edit = {**self._change({key: view[key] for key in view if key not in edit}), **edit}
        return ops(edit)

    def decide(self, rows: Mapping[Key, Row], view: View) -> tuple[Op, ...]:
        """Return the decision of a conflict: one of the values, or that the record stays."""
        open = {key: found for key in sorted(view) if (found := self._open(key, rows))}
        if not open:
            return ()
        key = self._chance.choice(list(open))
        values: dict[str, Value] = {}
        for column, register in open[key].items():
            if column:
                here = self._strict and column in self._kinds[key[0]].links
                values[column] = view[key][column] if here else self._chance.choice(register).value
        if not values and self._chance.random() < 0.5:
            return ops({key: None})
        names = [name for name in sorted(self._kinds[key[0]].columns) if name in view[key]]
        return ops({key: self._with_mates(key, values or {names[0]: view[key][names[0]]}, view)})

    def _open(self, key: Key, rows: Mapping[Key, Row]) -> dict[str, Any]:
        """Return the disputed columns of a record that this version knows."""
        known = {"", *self._kinds[key[0]].columns}
        found = conflicts(rows[key]) if key in rows else {}
        return {column: register for column, register in found.items() if column in known}

    def _insert(self, view: View) -> Edit:
        key = self._some(key for kind in self._kinds for key in self._missing(kind, view))
        return {key: self._new(key, view)} if key else {}

    def _change(self, view: View) -> Edit:
        key = self._some(view)
        if not key:
            return {}
        names = sorted(self._kinds[key[0]].columns)
        chosen = self._chance.sample(names, self._chance.randint(1, min(2, len(names))))
        values = {name: self._value(key[0], name, view) for name in chosen}
        return {key: self._with_mates(key, values, view)}

    def _point(self, view: View) -> Edit:
        """Let a reference lead elsewhere."""
        key = self._some(key for key in view if self._kinds[key[0]].links)
        if not key:
            return {}
        name = self._chance.choice(sorted(self._kinds[key[0]].links))
        return {key: self._with_mates(key, {name: self._value(key[0], name, view)}, view)}

    def _remove(self, view: View) -> Edit:
        if self._strict:
            return self._remove_holding(view)
        key = self._some(view)
        return {key: None} if key else {}

    def _remove_holding(self, view: View) -> Edit:
        """Remove a record together with what refers to it."""
        key = self._some(view)
        gone = [key] if key else []
        for one in gone:
            gone += [other for other, _ in self._pointing(one, view) if other not in gone]
        return dict.fromkeys(gone)

    def _merge(self, view: View) -> Edit:
        """Make two records one, as the program does."""
        kind = self._chance.choice([kind for kind in self._merged if kind in self._kinds])
        twins = sorted(key for key in view if key[0] == kind)
        alias = self._some(self._missing("alias", view))
        if len(twins) < 2 or not alias:
            return {}
        drop, keep = self._chance.sample(twins, 2)
        edit: Edit = {keep: {"name": view[keep].get("name")}}
        for key, name in self._pointing(drop, view):
            now = {name: None if key == keep else keep[1]}
            edit[key] = {**(edit.get(key) or {}), **self._with_mates(key, now, view)}
        edit[drop] = None
        edit[alias] = {"of_kind": kind, "dropped": drop[1], "kept": keep[1], "name": "甲"}
        return edit

    def _alias(self, view: View) -> Edit:
        """Write an alias of any two ids, anew or over another: chains, circles, nonsense."""
        alias = self._some(("alias", id) for id in self._ids["alias"])
        assert alias
        kind = self._chance.choice([*self._merged, *self._merged, "alias"])
        dropped, kept = self._chance.choices(self._ids[kind][: self._circle], k=2)
        return {alias: {"of_kind": kind, "dropped": dropped, "kept": kept, "name": "乙"}}

    def _unmerge(self, view: View) -> Edit:
        alias = self._some(key for key in view if key[0] == "alias")
        if not alias:
            return {}
        dropped = str(view[alias].get("of_kind")), str(view[alias].get("dropped"))
        again = dropped not in view and dropped[1] in self._ids.get(dropped[0], ())
        return {alias: None, **({dropped: self._new(dropped, view)} if again else {})}

    def _new(self, key: Key, view: View) -> Mapping[str, Value]:
        kind = key[0]
        if kind == "alias":
            return next(iter(self._alias(view).values())) or {}
        return {name: self._value(kind, name, view) for name in sorted(self._kinds[kind].columns)}

    def _with_mates(self, key: Key, values: Mapping[str, Value], view: View) -> dict[str, Value]:
        """Return values with the rest of their groups, as it is shown."""
        fields = BY_KIND[key[0]].FIELDS
        groups = {fields[name].group for name in values} - {""}
        mates = {name: cell for name, cell in view[key].items() if fields[name].group in groups}
        return {**mates, **values}

    def _pointing(self, target: Key, view: View) -> Iterator[tuple[Key, str]]:
        for key in sorted(view):
            for name, kind in self._kinds[key[0]].links.items():
                if (kind, view[key].get(name)) == target:
                    yield key, name

    def _missing(self, kind: str, view: View) -> Iterator[Key]:
        return ((kind, id) for id in self._ids[kind] if (kind, id) not in view)

    def _some(self, keys: Any) -> Key | None:
        found = sorted(keys)
        return self._chance.choice(found) if found else None

    def _value(self, kind: str, name: str, view: View) -> Value:
        if target := KINDS[kind].links.get(name):
            there = [id for id in self._ids[target] if not self._strict or (target, id) in view]
            return self._chance.choice([None, *there])
        return self._chance.choice(WORDS.get(name, ("甲", "乙", "丙", "丁")))


def ops(edit: Edit) -> tuple[Op, ...]:
    """Return an edit as the operations of one change."""
    return tuple(Op(kind, id, values) for (kind, id), values in edit.items())

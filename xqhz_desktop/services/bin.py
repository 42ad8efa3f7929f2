"""The recycle bin: removed records as the journal remembers them, and the way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.alias import Alias, Apart
from xqhz_desktop.domain.records import references
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services.merging import resolved
from xqhz_desktop.services.taking_back import now
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal, links, past
from xqhz_desktop.storage.codec import Cell, named, patched
from xqhz_desktop.storage.journal import Entry
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.storage.writing import whole as whole_cells

_DECISIONS = (Alias.KIND, Apart.KIND)
"""Taken back by merging and separating, never by the bin."""


@dataclass(frozen=True)
class Removed:
    """A record in the bin: what it was called, when (local time) and by whom it was removed."""

    kind: str
    id: str
    name: str
    step: int
    at: datetime
    by: str
    reason: str
    belonging: Mapping[str, int]
    """How many records in the bin belonged to it, by kind."""


class Needed(UserError):
    """Something the record points to is in the bin as well; `missing` says what."""

    def __init__(self, name: str | Message, missing: Sequence[Removed]) -> None:
        """Carry what has to come back too."""
        text = Message(
            "{name} belongs to {missing}, which was removed as well. Bring both back together.",
            name=name,
            missing=[one.name or Message(BY_KIND[one.kind].LABEL) for one in missing],
        )
        super().__init__(text, code="NEEDED")
        self.missing = tuple(missing)


class _Bin:
    """Everything in the bin, as one snapshot or change sees it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        merged = {one.dropped for one in reader.all("alias") if isinstance(one, Alias)}
        self.steps: dict[str, int] = {}
        self.images: dict[str, Entry] = {}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for step, entry in past.removed(reader.cursor):
            if entry.kind not in _DECISIONS and entry.record not in merged:
                self.steps[entry.record], self.images[entry.record] = step, entry
        for entry in self.images.values():
            for name, field in BY_KIND[entry.kind].FIELDS.items():
                target = (entry.before or {}).get(name)
                if field.target in BY_KIND and target and field.required:
                    self._holding[str(target)].append(entry.record)

    def called(self, id: str) -> str:
        """Return what a record in the bin was called."""
        entry = self.images[id]
        title = BY_KIND[entry.kind].TITLE
        found = str((entry.before or {}).get(title) or "")
        target = BY_KIND[entry.kind].FIELDS[title].target
        if not target:
            return found
        if found in self.images:
            return self.called(found)
        return self._reader.names(target, [found]).get(found, "")

    def belonging(self, id: str) -> list[str]:
        """Return the ids in the bin that belonged to a record, however deep."""
        found: dict[str, None] = {}
        waiting = [id]
        while waiting:
            for one in self._holding.get(waiting.pop(), ()):
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return list(found)

    def told(self, ids: Iterable[str]) -> list[Removed]:
        """Return records of the bin as people see them."""
        steps: dict[int, journal.Step] = {}
        found = []
        for id in ids:
            number, entry = self.steps[id], self.images[id]
            if number not in steps and (step := journal.step(self._reader.cursor, number)):
                steps[number] = step
            one, counted = steps[number], defaultdict[str, int](int)
            for other in self.belonging(id):
                counted[self.images[other].kind] += 1
            at = datetime.fromtimestamp(one.at / 1000)
            found.append(
                Removed(
                    entry.kind, id, self.called(id), number, at, one.actor_name, one.reason,
                    dict(counted),
                )
            )  # fmt: skip
        return found


def contents(work: Work, kind: str = "", limit: int = 500) -> list[Removed]:
    """Return what is in the bin, of all kinds or one, the newest first."""
    with work.store.read() as reader:
        full = _Bin(reader)
        wanted = [id for id, one in full.images.items() if kind in ("", one.kind)]
        return full.told(wanted[:limit] if limit else wanted)


def belonging(work: Work, ids: Collection[str]) -> list[Removed]:
    """Return the records of the bin that belonged to these, whenever they were removed."""
    with work.store.read() as reader:
        full = _Bin(reader)
        found = dict.fromkeys(other for id in ids for other in full.belonging(id))
        return full.told(id for id in found if id not in ids)


def needed(work: Work, ids: Collection[str]) -> list[Removed]:
    """Return what else has to come back with these records: what they belong to, however deep."""
    with work.store.read() as reader:
        full = _Bin(reader)
        return full.told(_needed(reader, full, ids))


def restore(work: Work, ids: Collection[str], *, whole: bool = False, bare: bool = False) -> int:
    """Bring records back as one step; return its number.

    `whole` brings what belonged to them and went in the same step or later. `bare` leaves optional
    links to what is still in the bin empty. Raises Needed where something they point to is in the
    bin as well, UserError (``GONE``) where what they belong to is nowhere.
    """
    with work.store.read() as reader:
        full = _Bin(reader)
        chosen = _chosen(full, ids, whole=whole)
        if missing := _needed(reader, full, chosen, bare=bare):
            raise Needed(full.called(chosen[0]), full.told(missing))
        name = full.called(chosen[0]) or Message(BY_KIND[full.images[chosen[0]].kind].LABEL)
    title = Message(
        NN_("Brought back: {name}", "Brought back: {n} records"), n=len(chosen), name=name
    )
    with work.store.change(title, work.actor) as change:
        coming = frozenset(chosen)
        _refuse_living(change, full, coming)
        for id in chosen:
            entry = full.images[id]
            image = _living(change, entry, coming)
            change.write(entry.kind, whole_cells(entry.kind, id, image))
        for number in sorted({full.steps[id] for id in chosen}):
            _relink(change, number, coming)
        if links.lost(change):
            raise _gone(name)
    return change.number


def _chosen(full: _Bin, ids: Collection[str], *, whole: bool) -> list[str]:
    """Return the ids to bring back; raise NotFound for one that is not in the bin."""
    chosen: dict[str, None] = {}
    for id in ids:
        if id not in full.images:
            raise _not_there()
        chosen[id] = None
        if whole:
            later = (one for one in full.belonging(id) if full.steps[one] >= full.steps[id])
            chosen.update(dict.fromkeys(later))
    if not chosen:
        raise NotFound(Message("There is nothing to bring back."), code="NOTHING")
    return list(chosen)


def _refuse_living(change: Change, full: _Bin, ids: Collection[str]) -> None:
    """Raise where one of the records came back meanwhile: what it is now is not overwritten."""
    for kind in {full.images[id].kind for id in ids}:
        if next(change.cells(kind, ("id",), ids), None):
            raise _not_there()


def _needed(reader: Reader, full: _Bin, ids: Collection[str], *, bare: bool = False) -> list[str]:
    """Return the ids in the bin that these point to and that are not among them, however deep."""
    chosen = frozenset(ids)
    found: dict[str, None] = {}
    waiting = list(ids)
    while waiting:
        entry = full.images[waiting.pop()]
        for name, id in _targets(reader, entry).items():
            if bare and not BY_KIND[entry.kind].FIELDS[name].required:
                continue
            if id in full.images and id not in chosen and id not in found:
                found[id] = None
                waiting.append(id)
    return list(found)


def _targets(reader: Reader, entry: Entry) -> dict[str, str]:
    """Return what a removed record points to, as it is known by now, by field."""
    image = resolved(reader, entry.kind, entry.before or {})
    names = references(BY_KIND[entry.kind])
    return {name: str(image[name]) for name in names if image.get(name)}


def _living(change: Change, entry: Entry, chosen: Collection[str]) -> dict[str, Cell]:
    """Return the image of a record without optional links to what exists no more."""
    image = dict(entry.before or {})
    fields = BY_KIND[entry.kind].FIELDS
    for name, id in _targets(change, entry).items():
        there = id in chosen or change.count(fields[name].target, id=id)
        if not there and fields[name].required:
            raise _gone(Message(fields[name].label))
        image[name] = id if there else None
    return image


def _relink(change: Change, number: int, chosen: Collection[str]) -> None:
    """Give back the links to these records that their removal cleared, where still empty."""
    touched = {
        (one.kind, one.record): one
        for one in journal.entries(change.cursor, number)
        if one.before and one.after
    }
    for (kind, id), cells in now(change, list(touched.values())).items():
        standing = named(kind, cells)
        pointing = references(BY_KIND[kind])
        cleared = {
            name: cell
            for name, cell in (touched[kind, id].before or {}).items()
            if name in pointing and cell in chosen and standing[name] is None
        }
        if cleared:
            change.write(kind, patched(kind, cells, cleared))


def _not_there() -> NotFound:
    return NotFound(Message("This record is not in the recycle bin."), code="NOT_FOUND")


def _gone(name: str | Message) -> UserError:
    return UserError(
        Message("{name} is gone for good, so this record cannot come back.", name=name), code="GONE"
    )

"""Two records made one with everything that points to them, and separated again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import taking_back, twins
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal, links, past
from xqhz_desktop.storage.codec import Cell, named, patched
from xqhz_desktop.storage.journal import Entry
from xqhz_desktop.storage.store import Change, Reader


@dataclass(frozen=True)
class Line:
    """One field of two records side by side. `take`: the dropped one's value is worth keeping."""

    field: str
    kept: Any
    dropped: Any
    take: bool
    described: Field


@dataclass(frozen=True)
class Beside:
    """Two records side by side: fields that differ, and how many records point to the second."""

    keep: Record
    drop: Record
    lines: tuple[Line, ...]
    names: Mapping[str, str]
    """What the records are called that the lines point to, by id."""
    moving: Mapping[str, int]

    def choices(self) -> dict[str, Any]:
        """Return the values `merge` takes over when nobody chooses otherwise."""
        return {line.field: line.dropped for line in self.lines if line.take}


@dataclass(frozen=True)
class Merged:
    """A merge that stands: what was dropped, into what, when and by whom."""

    alias: str
    kind: str
    name: str
    kept: str
    kept_name: str
    at: datetime | None
    by: str


def beside(work: Work, kind: str, keep: str, drop: str) -> Beside:
    """Return two records side by side, with what merging would move."""
    with work.store.read() as reader:
        kept, dropped = record_of(reader, kind, keep), record_of(reader, kind, drop)
        lines = tuple(_lines(kept, dropped, reader.fields(kind, retired=True)))
        names: dict[str, str] = {}
        for field, target in references(BY_KIND[kind]).items():
            names |= reader.names(target, [getattr(kept, field), getattr(dropped, field)])
        moving = Counter(entity for entity, _field, _id in _pointing(reader, kind, drop))
    return Beside(kept, dropped, lines, names, moving)


def merge(
    work: Work, kind: str, keep: str, drop: str, choices: Mapping[str, Any] | None = None
) -> Alias:
    """Make two records one, as one step: whatever points to `drop` points to `keep` from now on.

    `choices` are values for the kept record by field; without them what is empty there is filled.
    Raises InvalidRecord where the kept record would not be valid.
    """
    with work.store.read() as reader:
        kept, dropped = record_of(reader, kind, keep), record_of(reader, kind, drop)
        lines = list(_lines(kept, dropped, reader.fields(kind, retired=True)))
    if keep == drop:
        raise UserError(Message("Choose two different records."), code="SAME")
    wanted = {line.field: line.dropped for line in lines if line.take}
    made = _merged(kept, dropped, wanted if choices is None else choices)
    if problems := made.problems():
        raise InvalidRecord(problems)
    alias = Alias(of_kind=kind, dropped=drop, kept=keep, name=dropped.called)
    title = Message("Merged: {dropped} into {kept}", dropped=dropped.called, kept=made.called)
    with work.store.change(title, work.actor) as change:
        if change.get(kind, keep) != kept or change.get(kind, drop) != dropped:
            raise _edited()
        for entity, field, id in list(_pointing(change, kind, drop)):
            pointing = change.get(entity, id)
            if pointing is not None and id not in (keep, drop):
                change.put(pointing.but(**{field: keep}))
        change.remove(kind, drop)
        change.put(made)
        change.decide(kind, keep)  # it stays, though another copy may remove it meanwhile
        change.put(alias)
        if links.lost(change):
            raise _edited()
    return alias


def unmerge(work: Work, id: str) -> int:
    """Separate a merged record again, by the id of its alias or its own; return the step's number.

    What the merge moved goes back, unless people have pointed it elsewhere since; what the merge
    wrote into the kept record goes back where it still stands there.
    """
    with work.store.read() as reader:
        alias = _alias(reader, id)
        _refuse_chained(reader, alias)
        number = past.made_in(reader.cursor, "alias", alias.id)
        entries = journal.entries(reader.cursor, number)
        kept = reader.names(alias.of_kind, [alias.kept]).get(alias.kept, "")
    if not any(one.record == alias.dropped for one in entries):
        raise UserError(
            Message("This computer does not know how {name} looked before.", name=alias.name),
            code="NO_HISTORY",
        )
    title = Message("Separated again: {dropped} from {kept}", dropped=alias.name, kept=kept)
    with work.store.change(title, work.actor) as change:
        _separate(change, number, entries, alias)
        if links.lost(change):
            raise UserError(
                Message(
                    "{name} points to something that was removed since. Bring that back first.",
                    name=alias.name,
                ),
                code="NEEDED",
            )
    return change.number


def merged(work: Work, kind: str = "") -> list[Merged]:
    """Return the merges that stand, the newest first."""
    with work.store.read() as reader:
        found = [one for one in reader.all("alias") if isinstance(one, Alias)]
        wanted = sorted(found, key=lambda one: one.id, reverse=True)
        return [_told(reader, one) for one in wanted if kind in ("", one.of_kind)]


def resolve(reader: Reader, kind: str, id: str) -> str:
    """Return the id a record is known by now: its own, or that of the one it was merged into."""
    seen = {id}
    while not reader.count(kind, id=id):
        alias = next(reader.all("alias", dropped=id), None)
        if not isinstance(alias, Alias) or alias.kept in seen:
            break
        id = alias.kept
        seen.add(id)
    return id


def resolved(reader: Reader, kind: str, image: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return an image of the journal with its references as the records are known by now."""
    links = references(BY_KIND[kind])
    return {
        name: resolve(reader, links[name], str(cell)) if cell and name in links else cell
        for name, cell in image.items()
    }


def record_of(reader: Reader, kind: str, id: str) -> Record:
    """Return a record; raise NotFound where it is gone."""
    found = reader.get(kind, id)
    if found is None:
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    return found


def _lines(keep: Record, drop: Record, fields: Mapping[str, Field]) -> Iterator[Line]:
    """Yield the fields that differ; a group is taken over whole where it is empty in the first."""
    plain = type(keep)(id="")
    filled = {field.group for field in fields.values() if keep.value(field) != plain.value(field)}
    for name, field in fields.items():
        kept, dropped = keep.value(field), drop.value(field)
        if kept == dropped:
            continue
        empty = kept == plain.value(field) and (not field.group or field.group not in filled)
        own = dropped in (keep.id, drop.id)  # one of the two belongs to the other
        moot = name == "no_code_reason" and (keep.values()["uscc"] or drop.values()["uscc"])
        yield Line(name, kept, dropped, take=empty and not own and not moot, described=field)


def _merged(keep: Record, drop: Record, choices: Mapping[str, Any]) -> Record:
    """Return the kept record with the values chosen and the name of the other remembered."""
    made = keep.but(**choices)
    if not isinstance(made, Enterprise) or not isinstance(drop, Enterprise):
        return made
    assert isinstance(keep, Enterprise)
    known = [*twins.former(keep), *twins.former(made), keep.name, *twins.former(drop), drop.name]
    others = [name for name in dict.fromkeys(known) if name != made.name]
    parent = drop.parent if made.parent == drop.id else made.parent
    return made.but(
        former_names="\n".join(others),
        parent="" if parent == keep.id else parent,
        no_code_reason="" if made.uscc else made.no_code_reason,
    )


def _pointing(reader: Reader, kind: str, id: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, field and id of whatever points to a record."""
    for entity in ENTITIES:
        for field, target in references(entity).items():
            if target == kind:
                for pointing, _id in taking_back.pointing(reader, entity.KIND, field, [id]):
                    yield entity.KIND, field, pointing


def _alias(reader: Reader, id: str) -> Alias:
    found = reader.get("alias", id) or next(reader.all("alias", dropped=id), None)
    if not isinstance(found, Alias):
        raise NotFound(Message("There is no merge to take back."), code="NOT_FOUND")
    return found


def _edited() -> UserError:
    text = Message("Somebody changed these records meanwhile. Look at them again.")
    return UserError(text, code="EDITED_SINCE")


def _refuse_chained(reader: Reader, alias: Alias) -> None:
    """Raise where the kept record was merged away itself."""
    later = next(reader.all("alias", dropped=alias.kept), None)
    if later is not None:
        raise UserError(
            Message(
                "{name} was merged into another record since. Separate {name} first.",
                name=later.called,
            ),
            code="MERGED_SINCE",
        )


def _separate(change: Change, number: int, entries: Sequence[Entry], alias: Alias) -> None:
    """Write everything a merge touched as it was, but for what people did since."""
    now = taking_back.now(change, entries)
    moved = _moved_again(change, number, entries, alias)
    for entry in entries:
        cells = now.get((entry.kind, entry.record))
        if entry.record in (alias.id, alias.dropped):
            image = entry.before and resolved(change, entry.kind, entry.before)
            taking_back.put_back(change, replace(entry, before=image), cells)
        elif cells is not None:
            back = {
                name: cell
                for name, cell in _back(entry, cells, alias)
                if (entry.record, name) not in moved
            }
            change.write(entry.kind, patched(entry.kind, cells, back))


def _back(entry: Entry, now: Sequence[Any], alias: Alias) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record that stand as the merge left them, as they were before."""
    before, after = entry.before or {}, entry.after or {}
    standing = named(entry.kind, now)
    for name, cell in after.items():
        moved = before.get(name) == alias.dropped and cell == alias.kept
        if standing.get(name) == cell and (moved or entry.record == alias.kept):
            yield name, before.get(name)


def _moved_again(
    reader: Reader, number: int, entries: Sequence[Entry], alias: Alias
) -> set[tuple[str, str]]:
    """Return record and field of the references people have pointed elsewhere and back since."""
    by_field: dict[str, list[str]] = {}
    for entry in entries:
        for name, cell in (entry.after or {}).items():
            if entry.before and cell == alias.kept:
                by_field.setdefault(name, []).append(entry.record)
    return {
        (id, name)
        for name, ids in by_field.items()
        for id in past.assigned_since(reader.cursor, number, name, ids)
    }


def _told(reader: Reader, alias: Alias) -> Merged:
    step = journal.step(reader.cursor, past.made_in(reader.cursor, "alias", alias.id))
    name = reader.names(alias.of_kind, [alias.kept]).get(alias.kept, "")
    at = datetime.fromtimestamp(step.at / 1000) if step else None
    by = step.actor_name if step else ""
    return Merged(alias.id, alias.of_kind, alias.name, alias.kept, name, at, by)

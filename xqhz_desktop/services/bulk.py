"""The same values for many records at once: looked at first, then written as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import moving
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

_PAGE = 500


@dataclass(frozen=True)
class Line:
    """One record before and after; `problem` keeps it as it is."""

    before: Record
    after: Record
    problem: Message | None = None

    @property
    def changes(self) -> bool:
        """Tell whether this record would be written."""
        return self.problem is None and self.before != self.after


@dataclass(frozen=True)
class Preview:
    """What a bulk edit would do to every record, in the order of the list."""

    kind: str
    values: Mapping[str, Any]
    lines: tuple[Line, ...]
    names: Mapping[str, str]
    """What the records are called that the fields point to, by id: for showing before and after."""
    fields: Mapping[str, Field]
    """The fields that get the values, by name."""

    @property
    def changing(self) -> list[Line]:
        """Return the records that would be written."""
        return [line for line in self.lines if line.changes]

    @property
    def refused(self) -> list[Line]:
        """Return the records that would be left out because of a problem."""
        return [line for line in self.lines if line.problem]

    @property
    def same(self) -> int:
        """Count the records that have these values already."""
        return sum(1 for line in self.lines if not line.problem and not line.changes)


@dataclass(frozen=True)
class Done:
    """What a bulk edit did: the step's number, 0 if nothing changed, and who was left out."""

    step: int
    changed: int
    refused: tuple[Line, ...]


def preview(
    work: Work,
    kind: str,
    which: Sequence[str] | Query,
    values: Mapping[str, Any],
    progress: Progress | None = None,
) -> Preview:
    """Return before and after of every record; nothing is written.

    `which`: ids, or a query for all it finds. Raises UserError for a value nobody can have twice.
    """
    entity = BY_KIND[kind]
    with work.store.read() as reader:
        known = reader.fields(kind)
        for name in values:
            if name not in known:
                raise NotFound(Message("There is no field “{name}”.", name=name), code="NO_FIELD")
        fields = {name: known[name] for name in values}
        missing = _missing(reader, fields, values)
        names = {
            name: {str(value): ""}
            for name, value in values.items()
            if fields[name].kind is Kind.REF
        }
        lines = []
        for done, (total, record) in enumerate(_records(reader, kind, which), 1):
            after = record.but(**values)
            lines.append(Line(record, after, missing or _problem(record, after, fields)))
            for name, ids in names.items():
                ids[getattr(record, name)] = ""
            if progress and done % _PAGE == 0:
                progress(done, total)
        held = moving.edited(reader, [one.after for one in lines if one.changes], date.today())
        lines = [replace(one, problem=held.get(one.after.id, one.problem)) for one in lines]
        shown: dict[str, str] = {}
        for name, ids in names.items():
            shown |= reader.names(fields[name].target, ids)
    _refuse_twins(entity, values, len(lines))
    return Preview(kind, dict(values), tuple(lines), shown, fields)


def apply(work: Work, plan: Preview, progress: Progress | None = None) -> Done:
    """Write a preview as one step; a record that was edited or removed since is left out.

    Raised by `progress`, `Cancelled` leaves everything as it was.
    """
    lines = plan.changing
    refused = plan.refused
    changed = 0
    label = Message(BY_KIND[plan.kind].PLURAL)
    fields = [plan.fields[name].said for name in plan.values]
    text = NN_("{fields} of {n} record set ({kind})", "{fields} of {n} records set ({kind})")
    title = Message(text, n=len(lines), kind=label, fields=fields)
    with work.store.change(title, work.actor) as change:
        for start in range(0, len(lines), _PAGE):
            part = lines[start : start + _PAGE]
            now = {one.id: one for one in change.some(plan.kind, [one.before.id for one in part])}
            found, problems = [], []
            for line in part:
                one, problem = _again(change, line, now.get(line.before.id), plan)
                found += [one] if one else []
                problems += [replace(line, problem=problem)] if problem else []
            moving.note(change, found, work, date.today())
            for one in found:
                change.put(one)
            refused += problems
            changed += len(found)
            if progress:
                progress(min(start + _PAGE, len(lines)), len(lines))
    return Done(change.number, changed, tuple(refused))


def _again(
    reader: Reader, line: Line, now: Record | None, plan: Preview
) -> tuple[Record | None, Message | None]:
    """Return the record to write as it is now, or why it is left out."""
    if now is None:
        return None, Message("This record does not exist any more.")
    if any(now.value(one) != line.before.value(one) for one in plan.fields.values()):
        return None, Message("Somebody edited it meanwhile.")
    after = now.but(**plan.values)
    problem = _problem(now, after, plan.fields)
    if now != line.before and problem is None:
        problem = moving.edited(reader, [after], date.today()).get(after.id)
    return None if problem else after, problem


def _records(
    reader: Reader, kind: str, which: Sequence[str] | Query
) -> Iterator[tuple[int, Record]]:
    """Yield how many there are with each record, in order."""
    if not isinstance(which, Query):
        found = {one.id: one for one in reader.some(kind, which)}
        yield from ((len(which), found[id]) for id in dict.fromkeys(which) if id in found)
        return
    rows = queries.found(reader, which, most=None).rows
    for start in range(0, len(rows), _PAGE):
        for row in queries.rows(reader, kind, rows[start : start + _PAGE]):
            if row is not None:
                yield len(rows), row.record


def _problem(before: Record, after: Record, fields: Mapping[str, Field]) -> Message | None:
    """Return what would be wrong with a record, or None."""
    if before == after:
        return None
    return next(iter(after.problems({**after.FIELDS, **fields}).values()), None)


def _missing(
    reader: Reader, fields: Mapping[str, Field], values: Mapping[str, Any]
) -> Message | None:
    """Say which value points to a record that does not exist, or None."""
    for name, value in values.items():
        field = fields[name]
        if field.kind is Kind.REF and value and not reader.count(field.target, id=value):
            return Message(
                "{field} points to a record that does not exist.", field=Message(field.label)
            )
    return None


def _refuse_twins(entity: type[Record], values: Mapping[str, Any], records: int) -> None:
    """Raise where many records would get one number that tells them apart."""
    for key in entity.KEYS:
        name = key[0]
        if len(key) == 1 and records > 1 and values.get(name):
            raise UserError(
                Message(
                    "{field} tells records apart, so it cannot be the same for {n} of them.",
                    field=Message(entity.FIELDS[name].label),
                    n=records,
                ),
                code="KEY",
            )

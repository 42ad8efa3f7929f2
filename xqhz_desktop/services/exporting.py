"""Lists and templates as spreadsheets, covered as far as their purpose asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND, identity
from xqhz_desktop.domain.fields import NUMBERS, Field
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.services import columns
from xqhz_desktop.services.columns import ExportColumn
from xqhz_desktop.services.importing import IMPORTABLE
from xqhz_desktop.services.staged import Staged
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.annotated import annotate
from xqhz_desktop.spreadsheets.general import import_kind, root
from xqhz_desktop.spreadsheets.returned import write_errors
from xqhz_desktop.spreadsheets.template import write_template
from xqhz_desktop.spreadsheets.understand import Understood
from xqhz_desktop.spreadsheets.write import OutColumn, summed, write_table
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.then import Then

_PAGE = 500
_CHOICES = 200


@dataclass(frozen=True)
class Layout:
    """Which columns are written, for whom (internal, report, public) and in which language."""

    columns: tuple[str, ...]
    """Fields and paths such as ``student.phone``; none: every field."""
    purpose: str
    language: Language
    totals: bool = False
    """Below the rows stand their number and the sums of numbers and amounts."""
    on: date | None = None
    """The day whose values are written; None: those of now."""


def template(
    kind: str,
    path: Path,
    lang: Language,
    own: Sequence[Field] = (),
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the import template of a kind, with columns for the school's own fields.

    `known` are the names to choose from, as `names_to_choose` gives them.
    """
    if kind not in IMPORTABLE:
        raise NotFound(
            Message(
                "There is no template for “{kind}”. Templates: {known}.",
                kind=kind, known=list(IMPORTABLE),
            ),
            code="NO_TEMPLATE",
        )  # fmt: skip
    write_template(kind, path, lang, own, known)


def names_to_choose(work: Work, kind: str) -> dict[str, list[str]]:
    """Return what a template offers to choose from: classes, batches, enterprises, by column.

    A long list is left out: who looks for one of a thousand types its name.
    """
    if kind not in IMPORTABLE:
        return {}
    found = {}
    with work.store.read() as reader:
        for column in import_kind(kind).columns:
            target = references(BY_KIND[kind]).get(column.tells, "")
            if not target or root(target) == "student" or reader.count(target) > _CHOICES:
                continue
            names = reader.names(target, [one.id for one in reader.all(target)])
            found[column.name] = sorted({*names.values()} - {""})
    return found


def failing(staged: Staged, path: Path, lang: Language) -> int:
    """Write the rows that cannot be imported, with the reasons; return how many."""
    return write_errors(_with_errors(staged), path, lang)


def marked(staged: Staged, path: Path, lang: Language) -> int:
    """Write the user's own workbook with its errors marked; return how many rows have any.

    Where that cannot be done, only the failing rows are written.
    """
    understood = _with_errors(staged)
    count = annotate(understood, path, lang)
    return write_errors(understood, path, lang) if count is None else count


def _with_errors(staged: Staged) -> Understood:
    """Return the file with what only the workspace could tell about its rows."""
    rows = {row.place: row for row in staged.rows}
    sheets = [
        replace(
            plan,
            records=[
                replace(one, errors=list(rows[plan.name, one.row].errors)) for one in plan.records
            ],
        )
        for plan in staged.understood.sheets
    ]
    return replace(staged.understood, sheets=sheets)


def export(work: Work, query: queries.Query, path: Path, layout: Layout) -> int:
    """Write the rows of a query; return how many. Private values are covered for the public.

    On a day of the past the conditions of the query are held against the values of that day.
    """
    entity, lang = BY_KIND[query.kind], layout.language
    with work.store.read() as reader:
        chosen = columns.chosen(reader, entity, layout.columns)
        view = Then(reader, layout.on) if layout.on else reader
        values = columns.Values(view, chosen)
        heads = columns.headers(chosen, lang)
        first = next((one.path for one in chosen if one.field.kind not in NUMBERS), "")
        written = [
            OutColumn(head, one.field, layout.totals and _totalled(one, first))
            for head, one in zip(heads, chosen, strict=True)
        ]
        title = Message(entity.PLURAL)
        if layout.on:
            title = Message("{kind}, as of {day}", kind=title, day=layout.on)
        records = _then(view, query) if isinstance(view, Then) else _found(reader, query)
        rows = _rows(records, values, public=layout.purpose == "public")
        return write_table(path, written, rows, lang, lang.say(title))


def _totalled(column: ExportColumn, first: str) -> bool:
    """Tell whether something stands below a column: its sum, or in the first one the count."""
    return summed(column.field) or column.path == first


def _rows(
    records: Iterable[Record], values: columns.Values, *, public: bool
) -> Iterator[list[Any]]:
    waiting = iter(records)
    while page := list(islice(waiting, _PAGE)):
        for row in values.of(page):
            yield [
                _covered(value) if public and one.field.private else value
                for one, value in zip(values.columns, row, strict=True)
            ]


def _then(view: Then, query: queries.Query) -> Iterator[Record]:
    """Yield the records of a day; only conditions of equality can be asked of the past."""
    if query.words or any(one.op != "=" for one in query.where):
        raise UserError(Message("A day of the past can only be asked for equal values."))
    fields = view.fields(query.kind)
    for record in view.in_order(query.kind):
        if all(record.value(fields[one.field]) == one.value for one in query.where):
            yield record


def _found(reader: Reader, query: queries.Query) -> Iterator[Record]:
    found = queries.found(reader, query)
    if found.more:
        raise UserError(
            Message("These words find more than {n} rows. Search more narrowly.", n=found.total)
        )
    for start in range(0, len(found.rows), _PAGE):
        for row in queries.rows(reader, query.kind, found.rows[start : start + _PAGE]):
            if row is not None:
                yield row.record


def _covered(value: Any) -> Any:
    """Return a private value as the public may see it: a text masked, nothing of all others."""
    return identity.masked(value) if isinstance(value, str) and value else None

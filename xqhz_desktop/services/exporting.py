"""Lists and templates as spreadsheets, covered as far as their purpose asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND, identity
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.services.importing import IMPORTABLE
from xqhz_desktop.services.staged import Staged
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.annotated import annotate
from xqhz_desktop.spreadsheets.returned import write_errors
from xqhz_desktop.spreadsheets.template import write_template
from xqhz_desktop.spreadsheets.understand import Understood
from xqhz_desktop.spreadsheets.write import OutColumn, write_table
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader

_PAGE = 500


@dataclass(frozen=True)
class Layout:
    """Which columns are written, for whom (internal, report, public) and in which language."""

    columns: tuple[str, ...]
    purpose: str
    language: Language


def template(kind: str, path: Path, lang: Language) -> None:
    """Write the import template of a kind."""
    if kind not in IMPORTABLE:
        raise NotFound(
            Message(
                "There is no template for “{kind}”. Templates: {known}.",
                kind=kind, known=list(IMPORTABLE),
            ),
            code="NO_TEMPLATE",
        )  # fmt: skip
    write_template(kind, path, lang)


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
    """Write the rows of a query; return how many. Private values are covered for the public."""
    entity = BY_KIND[query.kind]
    fields = _fields(entity, layout.columns)
    say = layout.language.say
    columns = [OutColumn(say(field.label), _written_as(field)) for field in fields]
    with work.store.read() as reader:
        rows = _rows(reader, query, fields, layout)
        return write_table(path, columns, rows, layout.language, say(entity.PLURAL))


def _fields(entity: type[Record], names: Sequence[str]) -> list[Field]:
    unknown = [name for name in names if name not in entity.FIELDS]
    if unknown:
        raise NotFound(
            Message(
                "{kind} has no field “{name}”. Fields: {known}.",
                kind=Message(entity.LABEL), name=unknown[0], known=list(entity.FIELDS),
            ),
            code="NO_FIELD",
        )  # fmt: skip
    return [entity.FIELDS[name] for name in names or entity.FIELDS]


def _written_as(field: Field) -> Field:
    """Return how a field is written: what a reference is called, as text."""
    return replace(field, kind=Kind.TEXT) if field.kind is Kind.REF else field


def _rows(
    reader: Reader, query: queries.Query, fields: Sequence[Field], layout: Layout
) -> Iterator[list[Any]]:
    found = queries.found(reader, query)
    if found.more:
        raise UserError(
            Message("These words find more than {n} rows. Search more narrowly.", n=found.total)
        )
    for start in range(0, len(found.rows), _PAGE):
        for row in queries.rows(reader, query.kind, found.rows[start : start + _PAGE]):
            if row is not None:
                yield [_value(row, field, layout) for field in fields]


def _value(row: queries.Row, field: Field, layout: Layout) -> Any:
    if field.kind is Kind.REF:
        return row.names.get(field.name, "")
    value = getattr(row.record, field.name)
    if field.private and layout.purpose == "public" and isinstance(value, str):
        return identity.masked(value) if value else value
    return value

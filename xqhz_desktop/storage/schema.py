"""The tables as SQLAlchemy describes them, generated from fields: a kind's own, and the journal.

A record's table has ``row`` (local rowid, never leaves the machine), ``id`` (32 hex characters),
``sort_key`` (pinyin order), one column a field and ``own`` for the school's own (see `codec`).
Cells: text as text, references NULL when empty, days as ISO text, flags 0/1, choices by name,
money and measures as integers scaled by decimals.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    NullPool,
    Table,
    Text,
    create_engine,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage import exchange
from xqhz_desktop.storage.tables import index_table, indexed, keys_table

METADATA = MetaData()


def _column(field: Field) -> Column[Any]:
    match field.kind:
        case Kind.REF:
            link = ForeignKey(f"{field.target}.id", deferrable=True, initially="DEFERRED")
            return Column(field.name, Text, link)
        case Kind.DAY:
            return Column(field.name, Text)
        case Kind.FLAG:
            return Column(field.name, Integer, nullable=False)
        case kind if kind in NUMBERS:
            return Column(field.name, Integer)
    return Column(field.name, Text, nullable=False)


def _table(entity: type[Record]) -> Table:
    table = Table(
        entity.KIND,
        METADATA,
        Column("row", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("sort_key", Text, nullable=False),
        *(_column(field) for field in entity.FIELDS.values()),
        Column("own", Text),
    )
    Index(f"ix_{entity.KIND}_sort_key", table.c.sort_key, table.c.row)
    for name in indexed(entity):
        Index(f"ix_{entity.KIND}_{name}", table.c[name])
    return table


TABLES: dict[str, Table] = {entity.KIND: _table(entity) for entity in ENTITIES}
"""The table of each kind of record."""

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text))
"""What is true of this copy: its stream, whether it is a sample school, its language."""

STEP = Table(
    "journal_step",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("stream", Text, nullable=False),
    Column("q", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("records", Integer, nullable=False),
    Column("undoes", Integer),
    Column("undone", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("deps", Text, nullable=False),
    Column("schema", Text, nullable=False),
    Index("ix_journal_step_stream", "stream", "q", unique=True),
)
"""One change: stream and sequence number, milliseconds since 1970, actor, title as JSON, reason.

`deps` is what of other streams was taken in before it, as JSON; `taken`: it came in a package."""

ENTRY = Table(
    "journal_entry",
    METADATA,
    Column("step", Integer, ForeignKey("journal_step.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    Column("before", Text),
    Column("after", Text),
    Column("along", Text),
    Index("ix_journal_entry_record", "record", "step"),
    sqlite_with_rowid=False,
)
"""What one change did to one record, as JSON of cells: before NULL = made, after NULL = removed.

`along`: cells written though they stay the same."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("session", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
"""What was typed and not saved (see `drafts`): of this copy, in no journal and no package."""

VERDICT = Table(
    "verdict",
    METADATA,
    Column("placement", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("since", Text, primary_key=True),
    Column("gone", Text),
    Column("severity", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_verdict_gone", "gone"),
    sqlite_with_rowid=False,
)
"""What rules found (see `verdicts`): of this copy, made from records, in no journal."""

exchange.describe(METADATA)


@cache
def statements() -> tuple[str, ...]:
    """Return the statements that make every table of a new database."""
    dialect = sqlite.dialect()
    made: list[str] = []
    for table in METADATA.tables.values():
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        for one in sorted(table.indexes, key=lambda index: str(index.name)):
            made.append(str(CreateIndex(one).compile(dialect=dialect)))
    return (*made, *search_tables())


def engine(file: Path, key: bytes | None) -> Engine:
    """Return an engine of the file for Alembic; whoever uses it begins and ends transactions."""
    opened = partial(connections.connect, file, key)
    return create_engine("sqlite://", module=driver, creator=opened, poolclass=NullPool)


def search_tables() -> list[str]:
    """Return the statements that make the search tables, which SQLAlchemy cannot describe."""
    made = []
    for kind in TABLES:
        made.append(
            f"CREATE TABLE {keys_table(kind)} (row INTEGER NOT NULL PRIMARY KEY, "
            "sort_key TEXT NOT NULL, keys TEXT NOT NULL)"
        )
        made.append(
            f"CREATE VIRTUAL TABLE {index_table(kind)} USING fts5(keys, content='', "
            "contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5')"
        )
    return made

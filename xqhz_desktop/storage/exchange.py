"""The tables of the exchange with other copies: registers, streams, segments, packages, devices."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, text


def describe(metadata: MetaData) -> None:
    """Add the tables: what every record's columns are merged from, and what travelled when."""
    _registers(metadata)
    _streams(metadata)
    _segments(metadata)
    _travels(metadata)


def _registers(metadata: MetaData) -> None:
    table = Table(
        "sync_row",
        metadata,
        Column("row", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("id", Text, nullable=False),
        Column("state", LargeBinary, nullable=False),
        Column("alive", Integer, nullable=False),
        Column("special", Integer, nullable=False),
        Column("open", Integer, nullable=False),
        Column("unknown", Integer, nullable=False),
        comment="the registers of one record; open: copies disagree; unknown: of a newer version",
    )
    Index("ix_sync_row_id", table.c.kind, table.c.id, unique=True)
    for name in ("special", "open", "unknown"):
        Index(f"ix_sync_row_{name}", table.c.row, sqlite_where=text(f"{name} <> 0"))
    Table(
        "sync_shape",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("names", Text, nullable=False),
        comment="tuples of column names by number, JSON; streams have theirs in sync_stream",
    )


def _streams(metadata: MetaData) -> None:
    Table(
        "sync_stream",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("stream", Text, nullable=False, unique=True),
        Column("q", Integer, nullable=False),
        Column("context", Text, nullable=False),
        comment="how far each stream is applied (q), and what its writer had seen (context, JSON)",
    )
    Table(
        "sync_chain",
        metadata,
        Column("stream", Text, primary_key=True),
        Column("q", Integer, nullable=False),
        Column("id", Text, nullable=False),
        Column("device", Text, nullable=False),
        comment="the newest segment of each stream, up to which change, and the key that signs",
    )
    Table(
        "sync_sealed",
        metadata,
        Column("stream", Text, primary_key=True),
        Column("q", Integer, primary_key=True),
        Column("body", LargeBinary, nullable=False),
        comment="own changes as they travel, until they stand in a segment",
    )


def _segments(metadata: MetaData) -> None:
    segment = Table(
        "sync_segment",
        metadata,
        Column("id", Text, primary_key=True),
        Column("stream", Text, nullable=False),
        Column("q0", Integer, nullable=False),
        Column("q1", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("at", Integer, nullable=False),
        Column("head", LargeBinary, nullable=False),
        Column("sig", LargeBinary, nullable=False),
        Column("body", LargeBinary, nullable=False),
        comment="segments byte for byte: applied or made here, waiting, held back, set aside",
    )
    Index("ix_sync_segment_stream", segment.c.stream, segment.c.q0)
    Index("ix_sync_segment_state", segment.c.state, sqlite_where=text("state <> 'applied'"))


def _travels(metadata: MetaData) -> None:
    Table(
        "sync_package",
        metadata,
        Column("id", Text, primary_key=True),
        Column("at", Integer, nullable=False),
        Column("taken", Integer, nullable=False),
        Column("device", Text, nullable=False),
        Column("file", Text, nullable=False),
        Column("about", Text, nullable=False),
        Column("backup", Text, nullable=False),
        comment="packages made and taken in: when, to or from whom, counts as JSON, the backup",
    )
    Table(
        "sync_device",
        metadata,
        Column("device", Text, primary_key=True),
        Column("knows", Text, nullable=False),
        Column("returned", Text, nullable=False),
        Column("told", Integer, nullable=False),
        Column("receipt", LargeBinary),
        comment="other devices: what they have and what they set aside (JSON), said when, signed",
    )
    Table(
        "sync_wanted",
        metadata,
        Column("device", Text, primary_key=True),
        Column("hash", Text, primary_key=True),
        comment="attached files other devices asked for",
    )
    Table(
        "sync_statement",
        metadata,
        Column("id", Text, primary_key=True),
        Column("body", LargeBinary, nullable=False),
        comment="certificates and revocations, by their SHA-256",
    )

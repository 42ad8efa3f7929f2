"""The server's tables: made once, never older than the program, closed to other schools."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from xqhz_desktop.errors import NewerVersion, UserError
from xqhz_desktop.hub import database, home
from xqhz_desktop.hub.home import Hub

TENANTS = (
    "school", "statement", "device", "stream", "shape", "record", "link", "segment", "upload",
    "piece", "tally", "outgoing",
)  # fmt: skip


def test_tables_made_twice_are_made_once(address: str) -> None:
    database.prepare(address)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT value FROM meta").fetchall() == [("0001",)]


def test_a_database_of_a_newer_server_is_refused(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE meta SET value = '0999'")
    with pytest.raises(NewerVersion):
        database.prepare(address)


def test_a_school_never_sees_another_whatever_a_query_forgets(hub: Hub) -> None:
    one, other = str(uuid4()), str(uuid4())
    for id in (one, other):
        with hub.database.school(id) as connection:
            _fill(connection, id)
    with hub.database.school(one) as connection:
        for table in TENANTS:
            seen = connection.execute(f"SELECT school_id::text FROM {table}").fetchall()
            assert seen == [(one,)], table
            gone = connection.execute(f"DELETE FROM {table}").rowcount
            assert gone == 1, table
    with hub.database.school(other) as connection:
        for table in TENANTS:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table


def test_a_school_cannot_write_into_another(hub: Hub) -> None:
    one, other = str(uuid4()), str(uuid4())
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        hub.database.school(one) as connection,
    ):
        connection.execute(
            "INSERT INTO school (school_id, name, key) VALUES (%s, 'x', '')", (other,)
        )


def test_without_a_school_nothing_is_seen(hub: Hub) -> None:
    id = str(uuid4())
    with hub.database.school(id) as connection:
        _fill(connection, id)
    with hub.database.schools([]) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
    with hub.database.schools(None) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (1,)


def test_every_table_of_a_school_begins_its_key_with_the_school(hub: Hub) -> None:
    with hub.database.schools(None) as connection:
        keys = connection.execute(
            "SELECT c.relname::text, a.attname::text FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indrelid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
            " WHERE i.indisprimary AND c.relname = ANY (%s)",
            (list(TENANTS),),
        ).fetchall()
    assert dict(keys) == dict.fromkeys(TENANTS, "school_id")


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="PostgreSQL"):
        home.make(tmp_path / "hub", "postgresql://nobody@127.0.0.1:9/none?connect_timeout=2")
    assert not (tmp_path / "hub" / "hub.json").exists()


def test_keys_and_settings_are_for_the_owner_only(hub: Hub) -> None:
    for name in ("hub.keys", "hub.json"):
        assert (hub.folder / name).stat().st_mode & 0o077 == 0


def _fill(connection: psycopg.Connection[tuple[object, ...]], id: str) -> None:
    """Put one row into every table of a school."""
    one = b"1" * 32
    rows = {
        "school": ("name, key", ("霁川职校", one)),
        "statement": ("id, content", (one, one)),
        "device": ("device, name, sign, age", (one, "x", one, "age")),
        "stream": ("stream, number", (uuid4(), 0)),
        "shape": ("number, columns", (0, "[]")),
        "record": ("kind, id, state", ("student", "a", one)),
        "link": ("kind, id, field, target_kind, target", ("placement", "a", "b", "c", "d")),
        "segment": (
            "id, stream, q0, q1, key, head, signature, body, state",
            (one, uuid4(), 1, 1, one, one, one, one, "applied"),
        ),
        "upload": ("id, device, length", (one, one, 1)),
        "piece": ("id, at, bytes", (one, 0, one)),
        "tally": ("kind, shown, conflicts", ("student", 1, 0)),
        "outgoing": ("id, device, bytes", (one, one, one)),
    }
    assert set(rows) == set(TENANTS)
    for table, (columns, values) in rows.items():
        marks = ", ".join(["%s"] * (len(values) + 1))
        connection.execute(
            f"INSERT INTO {table} (school_id, {columns}) VALUES ({marks})", (id, *values)
        )

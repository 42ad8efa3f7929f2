"""Upgrades: the same tables as a new file has, and the old file as it was when one fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NewerVersion, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import connection, upgrade
from xqhz_desktop.storage.tables import KNOWN
from xqhz_desktop.storage.upgrade import OURS, Line

NEXT = """
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("ALTER TABLE student ADD COLUMN nickname TEXT NOT NULL DEFAULT ''")
    {more}
"""


def tables(file: Path) -> set[tuple[str, str, str]]:
    opened = connection.connect(file)
    try:
        found = opened.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
    finally:
        opened.close()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in found}


def line(folder: Path, more: str) -> Line:
    """A line of migrations that goes one step further than the program's own."""
    scripts = folder / "migrations"
    shutil.copytree(OURS.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    text = NEXT.format(before=KNOWN[-1], more=more)
    (scripts / "versions" / "9999_next.py").write_text(text, encoding="utf-8")
    return Line((*KNOWN, "9999"), scripts)


@pytest.fixture
def school(work: Work) -> Work:
    with work.store.change(Message("Test"), work.actor) as change:
        change.put(make(Student, name="张三"))
    workspace.close(work)
    return work


def test_the_migrations_make_the_tables_of_a_new_file(tmp_path: Path) -> None:
    upgrade.create(tmp_path / "new.db", None, {})
    upgrade.migrate(tmp_path / "migrated.db", None)
    assert tables(tmp_path / "migrated.db") == tables(tmp_path / "new.db")


def test_every_migration_is_known_to_the_program() -> None:
    files = sorted(OURS.scripts.glob("versions/[0-9]*.py"))
    assert tuple(file.name[:4] for file in files) == KNOWN


def test_a_new_file_needs_no_upgrade(school: Work) -> None:
    assert not upgrade.upgrade(school.folder / "school.db", None)


def test_an_older_file_is_upgraded_and_a_backup_kept(school: Work, tmp_path: Path) -> None:
    file = school.folder / "school.db"
    assert upgrade.upgrade(file, None, line(tmp_path, ""))
    assert any("nickname" in sql for _kind, name, sql in tables(file) if name == "student")
    assert not upgrade.upgrade(file, None, line(tmp_path / "again", ""))
    (kept,) = (school.folder / "backups").glob("before-upgrade-*")
    assert backups.verify(kept) == []
    with pytest.raises(NewerVersion):
        workspace.opened(school.folder)
    backups.restore(kept, school.folder)
    again = workspace.opened(school.folder)
    with again.store.read() as reader:
        assert [one.called for one in reader.all("student")] == ["张三"]
    workspace.close(again)


@pytest.mark.expects_warning
@pytest.mark.parametrize(
    "more",
    [
        "raise RuntimeError",
        'op.execute("NO SQL")',
        "op.execute(\"INSERT INTO placement (id, sort_key) VALUES ('x', '')\")",
    ],
    ids=["an error", "wrong SQL", "an invalid row"],
)
def test_a_failed_upgrade_leaves_the_file_as_it_was(
    school: Work, tmp_path: Path, more: str
) -> None:
    file = school.folder / "school.db"
    before = file.read_bytes()
    with pytest.raises(UserError, match="left as it was"):
        upgrade.upgrade(file, None, line(tmp_path, more))
    assert file.read_bytes() == before
    assert not list(school.folder.glob("*upgrading*"))
    workspace.close(workspace.opened(school.folder))

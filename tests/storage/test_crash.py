"""A killed process loses nothing it has acknowledged and leaves no half step.

``XQHZ_KILLS=400 pytest tests/storage/test_crash.py`` kills more often than the short run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from xqhz_desktop.services import backups, history, workspace
from xqhz_desktop.services.workspace import Work

KILLS = int(os.environ.get("XQHZ_KILLS", "8"))

WRITER = """
import sys
from pathlib import Path
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
work = workspace.opened(Path(sys.argv[1]))
print("read-only" if work.read_only else "open", flush=True)
for n in range(1_000_000):
    with work.store.change(Message("Test"), work.actor) as change:
        pair = [Student(name=f"张{n}") for _ in range(20)]
        for student in pair:
            change.put(student)
    print(change.number, flush=True)
"""


def writer(folder: Path) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, folder], stdout=subprocess.PIPE, text=True, cwd=root
    )


def test_a_killed_writer_loses_nothing_it_acknowledged(work: Work) -> None:
    workspace.close(work)
    chance = random.Random(1)
    acknowledged = 0
    for _ in range(KILLS):
        process = writer(work.folder)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"  # the lock of the killed one is free
        for _ in range(chance.randint(1, 30)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        rest = [line for line in process.communicate()[0].split("\n")[:-1] if line]
        acknowledged = int(rest[-1]) if rest else acknowledged
        again = workspace.opened(work.folder)
        steps = history.steps(again, limit=-1)
        assert steps[0].number >= acknowledged
        with again.store.read() as reader:
            assert reader.count("student") == 20 * (len(steps) - 1)
            indexed = reader.cursor.execute("SELECT count(*) FROM student_keys").fetchone()[0]
            assert indexed == reader.count("student")
        workspace.close(again)
        assert backups.verify(work.folder) == []


def test_a_second_process_may_only_read_until_the_first_is_gone(work: Work) -> None:
    process = writer(work.folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "read-only\n"
    process.kill()
    process.communicate()
    workspace.close(work)
    first = writer(work.folder)
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"
    second = workspace.opened(work.folder)
    assert second.read_only
    workspace.close(second)
    first.kill()
    first.communicate()
    third = workspace.opened(work.folder)
    assert not third.read_only
    workspace.close(third)

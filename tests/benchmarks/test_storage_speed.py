"""Writing and searching against the bare driver: ``pytest tests/benchmarks -s``.

The floor of writing stores the same cells with one ``executemany``, without journal, order or
search index. The floor of searching is one look-up by an index and its 25 rows.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time, thread_time

import pytest
import sqlcipher3.dbapi2 as driver
from pytest_benchmark.fixture import BenchmarkFixture

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.codec import columns, to_cells
from xqhz_desktop.storage.queries import Query

ROWS = 20_000
WORDS = (
    "张", "王", "张伟", "伟", "z", "zs", "zhang", "zhangw", "张w", "1", "138", "1380", "2024",
    "8888", "张 2", "不存在", "张%", "zw 13",
)  # fmt: skip


def students() -> Iterator[Student]:
    chance = random.Random(1)
    surnames, given = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    for n in range(ROWS):
        yield make(
            Student,
            name=chance.choice(surnames) + "".join(chance.choices(given, k=2)),
            student_no=f"2024{n:06d}",
            phone=f"138{chance.randrange(10**8):08d}",
            sex=chance.choice([Sex.MALE, Sex.FEMALE]),
            guardian_name="家长",
            address="浙江省杭州市星河路 1 号",
        )


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    made = workspace.create(tmp_path / "w", make(School))
    yield made
    workspace.close(made)


def bare(folder: Path, rows: list[list[object]]) -> None:
    opened = driver.connect(str(folder / "bare.db"), isolation_level=None)
    opened.execute("PRAGMA journal_mode = WAL")
    opened.execute(f"CREATE TABLE student ({', '.join(columns('student'))})")
    opened.execute("BEGIN")
    marks = ",".join("?" * len(columns("student")))
    opened.executemany(f"INSERT INTO student VALUES ({marks})", rows)
    opened.execute("COMMIT")
    opened.close()


def test_writing_twenty_thousand_students(
    work: Work, tmp_path: Path, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    made = list(students())
    rows: list[list[object]] = [list(to_cells(one)) for one in made]
    floor = _seconds(lambda: bare(tmp_path, rows))

    def write() -> None:
        with work.store.change(Message("Import"), work.actor) as change:
            for student in made:
                change.put(student)

    writing = _seconds(lambda: benchmark.pedantic(write, rounds=1))
    undoing = _seconds(lambda: history.undo(work))
    redoing = _seconds(lambda: history.redo(work))
    benchmark.extra_info.update(floor=floor, writing=writing, undoing=undoing, redoing=redoing)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ROWS} students: {writing:.2f} s CPU with journal and search, floor {floor:.2f} s, "
            f"ratio {writing / floor:.1f}; undo {undoing:.2f} s, redo {redoing:.2f} s\n"
        )


def test_searching_as_one_types(
    work: Work, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with work.store.change(Message("Import"), work.actor) as change:
        for student in students():
            change.put(student)
    floor = statistics.median(_thread(lambda: _looked_up(work)) for _ in range(50))
    times = [_thread(lambda word=word: _typed(work, word)) for word in WORDS for _ in range(5)]
    benchmark.pedantic(lambda: _typed(work, "zs"), rounds=5)
    p95 = sorted(times)[int(len(times) * 0.95)]
    benchmark.extra_info.update(floor=floor, p95=p95)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkeystroke in {ROWS} students: p50 {statistics.median(times) * 1000:.1f} ms, "
            f"p95 {p95 * 1000:.1f} ms CPU, one indexed look-up {floor * 1000:.2f} ms\n"
        )


def _typed(work: Work, words: str) -> None:
    with work.store.read() as reader:
        found = queries.found(reader, Query("student", words))
        queries.rows(reader, "student", found.rows[:25])


def _looked_up(work: Work) -> None:
    with work.store.read() as reader:
        reader.cursor.execute(
            "SELECT * FROM student WHERE student_no >= '2024010000' ORDER BY student_no LIMIT 25"
        ).fetchall()


def _seconds(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return process_time() - start


def _thread(run: Callable[[], object]) -> float:
    start = thread_time()
    run()
    return thread_time() - start

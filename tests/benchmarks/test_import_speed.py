"""A large roster is understood within a few times of what reading it costs."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.make import make
from xqhz_desktop.domain.identity import id_check_character
from xqhz_desktop.domain.school import School
from xqhz_desktop.services import importing, workspace
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.understand import understand

ROWS, COLUMNS = 20_000, 30
HEADER = (
    *("学号", "姓名", "性别", "身份证号", "出生日期", "班级", "专业", "联系电话", "监护人姓名"),
    *("监护人电话", "民族", "家庭住址", "入学日期", "备注"),
)


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of 20,000 students and 30 columns."""
    path = tmp_path_factory.mktemp("speed") / "roster.xlsx"
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, [*HEADER, *(f"备用{n}" for n in range(COLUMNS - len(HEADER)))])
        for row in range(1, ROWS + 1):
            number = f"11022220080207{row % 1000:03}" if row < 1000 else ""
            sheet.write_row(row, 0, _student(row, number, chance))
    return path


def _student(row: int, number: str, chance: random.Random) -> list[Any]:
    known = number + id_check_character(number) if number else ""
    own = [f"20240{row:05}", f"李{row}", "男", known, 39485, f"24机电{row % 40}班", "机电技术应用"]
    own += [
        "16600000001",
        "李某",
        "16600000002",
        "汉族",
        f"某某路{row}号",
        "2024年9月1日",
        "走读生",
    ]
    return own + [f"文{row}" if n % 2 else chance.random() for n in range(COLUMNS - len(own))]


def test_understanding_costs_at_most_four_times_the_guarded_reading(
    roster: Path, benchmark: Any
) -> None:
    begun = time.process_time()
    sheets = read(roster)
    reading = time.process_time() - begun
    assert len(sheets[0].rows) == ROWS + 1
    begun = time.process_time()
    found = benchmark.pedantic(understand, args=(roster, "student"), rounds=1)
    understanding = time.process_time() - begun
    assert found.counts()["new"] > ROWS * 0.9
    benchmark.extra_info["times of reading"] = round(understanding / reading, 2)
    assert understanding <= 4 * reading


def test_an_import_costs_at_most_twelve_times_the_guarded_reading(
    roster: Path, tmp_path: Path, benchmark: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    work = workspace.create(tmp_path / "school", make(School))
    begun = time.process_time()
    read(roster)
    reading = time.process_time() - begun

    def bring_in() -> int:
        understood = importing.understand(roster, "student")
        return importing.commit(work, importing.stage(work, understood))

    begun = time.process_time()
    benchmark.pedantic(bring_in, rounds=1)
    whole = time.process_time() - begun
    with work.store.read() as reader:
        assert reader.count("student") > ROWS * 0.9
    workspace.close(work)
    benchmark.extra_info["times of reading"] = round(whole / reading, 2)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ROWS} rows of {COLUMNS} cells, with journal and search index: {whole:.1f} s CPU, "
            f"{whole / reading:.1f} times the guarded reading of {reading:.2f} s (goal 12)\n"
        )
    assert whole <= 12 * reading

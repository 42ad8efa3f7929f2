"""The key by which rows find their record can be chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import make
from tests.spreadsheets.files import ID_FEMALE, ID_MALE, workbook
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import keyed, records
from xqhz_desktop.services.importing import stage, understand
from xqhz_desktop.services.staged import Choice, StagedRow, State
from xqhz_desktop.services.workspace import Work

HEADER = ("学号", "姓名", "身份证号")


@pytest.fixture
def school(work: Work) -> Work:
    one = make(Student, name="张三", student_no="1", id_no=ID_MALE)
    other = make(Student, name="李四", student_no="2", id_no=ID_FEMALE)
    records.save_all(work, [one, other], Message("Import"))
    return work


def row(work: Work, folder: Path, key: str, *cells: str) -> StagedRow:
    file = workbook(folder / "a.xlsx", HEADER, cells)
    (found,) = stage(work, understand(file, "student"), Choice(key=key)).rows
    return found


def test_students_with_new_numbers_are_matched_by_their_id_number(
    school: Work, tmp_path: Path
) -> None:
    by_number = row(school, tmp_path, "student_no", "11", "张三", ID_MALE)
    assert by_number.errors[0].field == "id_no"
    by_id = row(school, tmp_path, "id_no", "11", "张三", ID_MALE)
    assert by_id.state is State.CHANGED
    assert by_id.changes() == [("student_no", "1", "11")]


def test_a_row_without_the_chosen_key_is_an_error_and_never_a_twin(
    school: Work, tmp_path: Path
) -> None:
    found = row(school, tmp_path, "id_no", "1", "张三", "")
    assert (found.state, found.errors[0].field) == (State.ERROR, "id_no")


def test_a_number_of_somebody_else_is_an_error(school: Work, tmp_path: Path) -> None:
    found = row(school, tmp_path, "id_no", "2", "张三", ID_MALE)
    assert found.state is State.ERROR
    assert str(found.errors[0].message) == "2 belongs to 李四."


def test_a_list_with_one_key_offers_no_choice() -> None:
    assert keyed.offered("placement") == []
    assert keyed.offered("enterprise") == ["uscc", "name"]

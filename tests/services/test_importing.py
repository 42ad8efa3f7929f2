"""A file is held against the workspace, mended, and written as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.make import make
from tests.spreadsheets.files import ID_FEMALE, ID_MALE, workbook
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.services import exporting, history, importing, mappings, records
from xqhz_desktop.services.importing import stage, understand
from xqhz_desktop.services.staged import Choice, Mode, Staged, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.mapping import matches
from xqhz_desktop.spreadsheets.understand import Wishes

HEADER = ("学号", "姓名", "班级", "身份证号", "联系电话")
CLASS = SchoolClass(name="24机电1班")


def student(number: str, name: str, **values: Any) -> Student:
    return make(Student, student_no=number, name=name, school_class=CLASS.id, **values)


def kept(work: Work, *some: Record) -> None:
    records.save_all(work, list(some), Message("Import"))


def roster(folder: Path, *rows: Sequence[Any]) -> Path:
    return workbook(folder / "名册.xlsx", HEADER, *rows)


def staged(work: Work, file: Path, choice: Choice | None = None, kind: str = "student") -> Staged:
    return stage(work, understand(file, kind), choice or Choice())


def states(found: Staged) -> list[State]:
    return [row.state for row in found.rows]


def stored(work: Work, **equal: Any) -> dict[str, Any]:
    with work.store.read() as reader:
        return next(reader.all("student", **equal)).values()


def test_a_mended_cell_moves_its_row_from_errors_to_new_or_changed(
    work: Work, tmp_path: Path
) -> None:
    kept(work, CLASS, student("1", "张三", phone="13800000001"))
    rows = (
        ("1", "张三", "24机电1班", "110222200802070038", "13800000001"),
        ("2", "李四", "24机电1班", "110224200803150067", ""),
    )
    found = staged(work, roster(tmp_path, *rows))
    assert states(found) == [State.ERROR, State.ERROR]
    found = importing.corrected(work, found, found.rows[0], "id_no", ID_MALE)
    found = importing.corrected(work, found, found.rows[1], "id_no", ID_FEMALE)
    assert states(found) == [State.CHANGED, State.NEW]
    assert importing.commit(work, found)
    assert stored(work, student_no="2")["id_no"] == ID_FEMALE


def test_a_class_made_for_one_row_serves_the_row_mended_later(work: Work, tmp_path: Path) -> None:
    rows = (
        ("1", "张三", "24机电9班", ID_MALE, ""),
        ("2", "李四", "24机电9班", "110224200803150067", ""),
    )
    found = staged(work, roster(tmp_path, *rows))
    found = importing.corrected(work, found, found.rows[1], "id_no", ID_FEMALE)
    importing.commit(work, found)
    with work.store.read() as reader:
        assert reader.count("school_class", name="24机电9班") == 1


def test_who_is_missing_from_the_class_is_gone_and_nobody_is_touched(
    work: Work, tmp_path: Path
) -> None:
    kept(work, CLASS, student("1", "张三"), student("2", "李四"), student("3", "王五"))
    rows = (("1", "张三", "24机电1班", "", ""), ("2", "李四", "24机电1班", "1234", ""))
    found = staged(work, roster(tmp_path, *rows))
    assert [row.values["name"] for row in found.gone] == ["王五"]
    assert found.gone[0].values["class_name"] == "24机电1班"
    assert importing.commit(work, found) == 0
    assert stored(work, student_no="3")["status"] is StudentStatus.ENROLLED


def test_who_is_gone_gets_a_status_in_the_same_step_when_that_is_chosen(
    work: Work, tmp_path: Path
) -> None:
    gone = student("3", "王五")
    kept(work, CLASS, student("1", "张三"), gone)
    rows = (("1", "张三", "24机电1班", "", "13800000009"),)
    choice = Choice(gone={gone.id: StudentStatus.WITHDRAWN})
    step = importing.commit(work, staged(work, roster(tmp_path, *rows), choice))
    assert stored(work, student_no="3")["status"] is StudentStatus.WITHDRAWN
    history.undo(work, step)
    assert stored(work, student_no="3")["status"] is StudentStatus.ENROLLED
    assert stored(work, student_no="1")["phone"] == ""


@pytest.mark.parametrize(
    ("mode", "names"),
    [(Mode.INSERT, ["李四"]), (Mode.UPDATE, ["张三"]), (Mode.BOTH, ["张三", "李四"])],
)
def test_only_the_chosen_rows_are_written(
    work: Work, tmp_path: Path, mode: Mode, names: list[str]
) -> None:
    kept(work, CLASS, student("1", "张三"))
    rows = (("1", "张三", "24机电1班", "", "13800000001"), ("2", "李四", "24机电1班", "", ""))
    found = staged(work, roster(tmp_path, *rows), Choice(mode))
    assert [row.values["name"] for row in found.to_write()] == names


def test_a_blank_cell_leaves_the_field_unless_emptying_is_chosen(
    work: Work, tmp_path: Path
) -> None:
    kept(work, CLASS, student("1", "张三", phone="13800000001", id_no=ID_MALE, note="走读"))
    file = roster(tmp_path, ("1", "张三", "24机电1班", "", ""))
    assert states(staged(work, file)) == [State.SAME]
    found = staged(work, file, Choice(clear=True))
    assert [name for name, _old, _new in found.rows[0].changes()] == ["phone"]
    importing.commit(work, found)
    assert (stored(work)["phone"], stored(work)["note"]) == ("", "走读")


def test_a_doubtful_cell_is_never_taken_for_a_blank_one(work: Work, tmp_path: Path) -> None:
    kept(work, CLASS, student("1", "张三", id_no=ID_MALE))
    file = roster(tmp_path, ("1", "张三", "24机电1班", "999222200802070037", ""))
    found = staged(work, file, Choice(clear=True))
    assert "id_no" not in [name for name, _old, _new in found.rows[0].changes()]


PLACING = ("学号", "姓名", "实习单位", "开始日期")
HOST = Enterprise(name="渝北联启虚拟汽车零部件制造有限公司")


def placed(folder: Path, *companies: str) -> Path:
    rows = [(str(n), f"学生{n}", one, "2026-03-09") for n, one in enumerate(companies)]
    return workbook(folder / "实习.xlsx", PLACING, *rows)


def test_a_company_called_nearly_like_a_known_one_waits_for_an_answer(
    work: Work, tmp_path: Path
) -> None:
    kept(work, HOST)
    near = "渝北联启虚拟汽车零部件制造公司分部"
    file = placed(tmp_path, near, near, HOST.name, "某某山恒虚拟机械有限公司")
    found = staged(work, file, Choice(ask=True), "placement")
    assert states(found) == [State.ERROR, State.ERROR, State.NEW, State.NEW]
    assert [one.name for one in found.rows[0].candidates] == [HOST.name]
    taken = importing.answered(work, found, near, HOST.id)
    assert states(taken) == [State.NEW] * 4
    assert {row.values["enterprise_name"]: row.record for row in taken.rows}[near].enterprise == (
        HOST.id
    )
    importing.commit(work, importing.answered(work, found, near, ""))
    with work.store.read() as reader:
        assert reader.count("enterprise") == 3


def test_columns_chosen_by_hand_are_remembered_for_the_source(work: Work, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ("学号", "姓名", "代号"), ("1", "张三", "走读"))
    found = staged(work, file)
    keys = {one.heading: one.key for one in matches(found.understood)}
    mappings.remember(found.understood, {keys["代号"]: "note"})
    march = workbook(tmp_path / "三月.xlsx", ("学号", "姓名", "代号"), ("2", "李四", "住校"))
    again = stage(work, understand(march, "student"))
    assert again.rows[0].values["note"] == "住校"
    mappings.remember(found.understood, {})
    forgotten = stage(work, understand(march, "student"))
    assert "note" not in forgotten.rows[0].values


def test_remembered_columns_travel_in_a_file(work: Work, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ("学号", "姓名", "代号"), ("1", "张三", "走读"))
    found = understand(file, "student")
    mappings.remember(found, {"代号": "note"})
    assert mappings.write(tmp_path / "columns.json") == 1
    mappings.remember(found, {})
    assert not mappings.recalled(found)
    assert mappings.read(tmp_path / "columns.json") == 1
    assert mappings.recalled(found) == {"代号": "note"}
    (tmp_path / "other.json").write_text("[1]", "utf-8")
    with pytest.raises(UserError):
        mappings.read(tmp_path / "other.json")


def test_other_sheets_and_columns_keep_what_was_typed(work: Work, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx",
        ("学号", "姓名", "身份证号", "代号"),
        ("1", "张三", "110222200802070038", "走读"),
    )
    found = staged(work, file)
    found = importing.corrected(work, found, found.rows[0], "id_no", ID_MALE)
    keys = {one.heading: one.key for one in matches(found.understood)}
    again = importing.read_as(work, found, Wishes(columns={keys["代号"]: "note"}))
    assert again.rows[0].values["id_no"] == ID_MALE
    assert again.rows[0].values["note"] == "走读"


def test_the_users_own_workbook_comes_back_with_what_only_the_school_knows(
    work: Work, tmp_path: Path
) -> None:
    kept(work, HOST)
    file = placed(tmp_path, "渝北联启虚拟汽车零部件制造公司分部", HOST.name)
    found = staged(work, file, Choice(ask=True), "placement")
    assert exporting.marked(found, tmp_path / "b.xlsx", language("zh_CN")) == 1
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert sheet.max_row == 3
    assert HOST.name in sheet["E2"].value
    assert exporting.failing(found, tmp_path / "c.xlsx", language("zh_CN")) == 1
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").active.max_row == 2
    assert found.rows[1].values["start_date"] == date(2026, 3, 9)


def test_a_known_number_with_another_name_and_id_overwrites_nobody(
    work: Work, tmp_path: Path
) -> None:
    kept(work, CLASS, student("1", "张三", id_no=ID_MALE))
    rows = (("1", "李四", "24机电1班", ID_FEMALE, ""), ("2", "王五", "24机电1班", "", ""))
    found = staged(work, roster(tmp_path, *rows))
    assert [row.doubted for row in found.rows] == [True, False]
    assert importing.commit(work, found)
    assert stored(work, student_no="1")["name"] == "张三"
    assert stored(work, student_no="2")["name"] == "王五"


def test_a_corrected_name_with_the_same_id_is_a_change(work: Work, tmp_path: Path) -> None:
    kept(work, CLASS, student("1", "张三", id_no=ID_MALE))
    found = staged(work, roster(tmp_path, ("1", "张叁", "24机电1班", ID_MALE, "")))
    assert not found.rows[0].doubted
    assert importing.commit(work, found)
    assert stored(work, student_no="1")["name"] == "张叁"


def test_stopping_while_rows_are_written_writes_nothing(work: Work, tmp_path: Path) -> None:
    rows = [(str(n), f"学生{n}", "24机电1班", "", "") for n in range(1, 1200)]
    found = staged(work, roster(tmp_path, *rows))

    def stop(done: int, _total: int) -> None:
        if done >= 1000:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.commit(work, found, stop)
    with work.store.read() as reader:
        assert (reader.count("student"), reader.count("school_class")) == (0, 0)
    assert importing.commit(work, found)


def test_column_names_may_stand_where_somebody_says(work: Work, tmp_path: Path) -> None:
    rows = [("甲", "乙", "丙"), ("1", "张三", "24机电1班"), ("2", "李四", "24机电1班")]
    file = workbook(tmp_path / "a.xlsx", *rows)
    with pytest.raises(UserError):
        understand(file, "student")
    understood = understand(file, "student", Wishes(headers={"": (1, 1)}))
    assert understood.records == []
    found = stage(work, understood)
    columns = {"甲": "student_no", "乙": "name", "丙": "class_name"}
    wishes = Wishes(columns=columns, headers=understood.wishes.headers)
    found = importing.read_as(work, found, wishes)
    assert [row.values["name"] for row in found.rows] == ["张三", "李四"]
    found = importing.read_as(work, found, Wishes(columns={}, headers={"名单": (2, 2)}))
    assert found.rows == ()

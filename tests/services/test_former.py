"""Old numbers and names still lead to the record that was kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.make import make
from tests.spreadsheets.files import ID_MALE, workbook
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import former, importing, merging, reconcile, records
from xqhz_desktop.services.importing import stage, understand
from xqhz_desktop.services.staged import Staged, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query

OLD_CODE, NEW_CODE = "91500000MA6000000D", "91500000MA6000001G"


def kept(work: Work, *some: Record) -> None:
    records.save_all(work, list(some), Message("Import"))


def staged(work: Work, folder: Path, kind: str, *rows: tuple[Any, ...]) -> Staged:
    return stage(work, understand(workbook(folder / "a.xlsx", *rows), kind))


def students(work: Work) -> Student:
    """Return one student who was entered twice, and merged."""
    one = make(Student, name="张三", student_no="2024001", id_no=ID_MALE)
    other = make(Student, name="张三", student_no="2023777", id_no="")
    kept(work, one, other)
    merging.merge(work, "student", one.id, other.id)
    return one


def test_a_merged_student_is_found_by_either_number_and_keeps_the_present_one(
    work: Work, tmp_path: Path
) -> None:
    one = students(work)
    header = ("学号", "姓名", "联系电话")
    rows = [("2023777", "张三", "13800000001"), ("2024001", "张三", "13800000001")]
    for row in rows:
        (found,) = staged(work, tmp_path, "student", header, row).rows
        assert (found.state, found.old and found.old.id) == (State.CHANGED, one.id)
        assert [name for name, _before, _after in found.changes()] == ["phone"]


def test_a_placement_list_may_name_the_old_number_and_the_old_enterprise(
    work: Work, tmp_path: Path
) -> None:
    one = students(work)
    host = make(Enterprise, name="霁川鹿石机械有限公司", uscc="")
    twin = make(Enterprise, name="鹿石机械厂", uscc="")
    kept(work, host, twin)
    merging.merge(work, "enterprise", host.id, twin.id)
    row = ("2023777", "张三", "鹿石机械厂", "2027-03-01")
    header = ("学号", "姓名", "实习单位", "开始日期")
    found = staged(work, tmp_path, "placement", header, row)
    importing.commit(work, found)
    with work.store.read() as reader:
        (placement,) = reader.all("placement")
    assert placement.values()["student"] == one.id
    assert placement.values()["enterprise"] == host.id


def test_an_old_name_does_not_rename_the_enterprise_back(work: Work, tmp_path: Path) -> None:
    host = make(Enterprise, name="霁川鹿石机械有限公司", former_names="鹿石机械厂", uscc="")
    kept(work, host)
    header = ("企业名称", "联系人", "联系电话")
    found = staged(work, tmp_path, "enterprise", header, ("鹿石机械厂", "岑远", ""))
    assert [name for name, *_both in found.rows[0].changes()] == ["contact"]


def test_a_code_merged_away_leads_to_the_enterprise_that_was_kept(
    work: Work, tmp_path: Path
) -> None:
    host = make(Enterprise, name="霁川鹿石机械有限公司", uscc=NEW_CODE)
    twin = make(Enterprise, name="鹿石机械厂", uscc=OLD_CODE)
    kept(work, host, twin)
    merging.merge(work, "enterprise", host.id, twin.id)
    header = ("企业名称", "统一社会信用代码")
    found = staged(work, tmp_path, "enterprise", header, ("鹿石机械厂", OLD_CODE))
    assert [row.state for row in found.rows] == [State.SAME]


def test_a_number_leads_on_where_the_kept_record_was_merged_too(work: Work) -> None:
    one = students(work)
    last = make(Student, name="张三", student_no="2025001")
    kept(work, last)
    merging.merge(work, "student", last.id, one.id)
    with work.store.read() as reader:
        found = former.keys(reader, "student")
    assert found["student_no", "2023777"] == found["student_no", "2024001"] == last.id


def test_a_list_with_the_old_number_is_held_against_the_student_that_was_kept(
    work: Work, tmp_path: Path
) -> None:
    one = students(work)
    file = workbook(tmp_path / "a.xlsx", ("学号", "姓名"), ("2023777", "张三儿"))
    done = reconcile.compare(work, Query("student"), reconcile.read(file, "student"))
    (line,) = done.lines
    assert line.id == one.id
    assert [each.column for each in line.differences] == ["student_no", "name"]

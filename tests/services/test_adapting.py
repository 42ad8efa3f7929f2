"""Forms filled from the workspace: a cell is right or named as wrong, and nothing is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from tests.spreadsheets.adapter_files import adapter_file
from xqhz_desktop.domain.own import OwnChoice, OwnField, OwnList, OwnType
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import language
from xqhz_desktop.services import adapting, history, importing, sample, workspace
from xqhz_desktop.services.adapting import Scope, Submission
from xqhz_desktop.services.staged import Choice, Mode
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapter_reading import read, shipped
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.storage.queries import Where

FORMS = {one.id: one for one in shipped()}
FILLED = [one for one in FORMS if FORMS[one].kind]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    made = sample.make(tmp_path_factory.mktemp("demo") / "school", students=120)
    yield made
    workspace.close(made)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def placed(school: SmallSchool, **traits: object) -> Placement:
    """Store one student who is placed; what is not said is in order."""
    (student,) = school.students(1, student_no="20240101")
    tutor = make(Staff, name="周老师", staff_no="T01")
    known = {
        "student": student,
        "enterprise": school.enterprise.id,
        "position": school.position.id,
        "batch": school.batch.id,
        "tutor": tutor.id,
        "start_date": START,
        "end_date": END,
        "agreement_no": "三方1",
        "status": PlacementStatus.RUNNING,
    }
    made = make(Placement, **{**known, **traits})
    school.add(tutor, made)
    return made


def cells(found: Submission, line: int = 0) -> dict[str, str]:
    headers = (column.header for column in found.adapter.columns)
    return dict(zip(headers, found.lines[line].cells, strict=True))


def wrong(found: Submission) -> dict[str, tuple[str, bool]]:
    return {one.column: (str(one.message), one.refuse) for one in found.findings}


@pytest.mark.parametrize("name", FILLED)
def test_every_cell_of_the_sample_school_fits_its_column_or_is_named(demo: Work, name: str) -> None:
    found = adapting.fill(demo, FORMS[name], Scope())
    assert found.lines
    named = {(one.column, hit.row) for one in found.findings for hit in one.hits}
    named |= {(one.column, 0) for one in found.findings if not one.hits}
    for row, line in enumerate(found.lines, adapting.FIRST_ROW):
        for column, text in zip(found.adapter.columns, line.cells, strict=True):
            fits = (
                (text or not column.required)
                and not (text and column.length and len(text) > column.length)
                and not (text and column.allowed and text not in column.allowed)
                and not (text and column.pattern and not re.fullmatch(column.pattern, text))
            )
            assert fits or {(column.header, row), (column.header, 0)} & named, (column, text)


@pytest.mark.parametrize("name", FILLED)
def test_rows_named_as_refused_are_those_left_out_of_the_good_ones(demo: Work, name: str) -> None:
    found = adapting.fill(demo, FORMS[name], Scope())
    refused = {hit.row for one in found.findings if one.refuse for hit in one.hits}
    assert len(refused) == found.refused
    assert len(adapting.without_refused(found).lines) == len(found.lines) - len(refused)


def test_a_placement_in_order_fills_its_columns(school: SmallSchool) -> None:
    placed(school)
    row = cells(adapting.fill(school.work, FORMS["rp02"], Scope()))
    assert row["专业代码"] == "660101"
    assert row["班级名称"] == "23数控1班"
    assert row["实习岗位"] == "数控车床操作"
    assert row["实习时长（天）"] == str((END - START).days + 1)
    assert row["实习开始时间"] == "2026-03-16"
    assert row["校内指导教师姓名"] == "周老师"
    assert row["是否签订三方协议"] == "是"
    assert row["保单号"] == ""


def test_a_blank_that_would_be_refused_says_whose_it_is_and_what_to_do(school: SmallSchool) -> None:
    made = placed(school, agreement_no="")
    found = adapting.fill(school.work, FORMS["rp01"], Scope())
    signed = next(one for one in found.findings if one.column == "是否签订三方协议")
    (hit,) = signed.hits
    assert (hit.row, hit.person, hit.kind, hit.id) == (2, "学生00 20240101", "placement", made.id)
    assert str(hit.advice) == "Fill in “Agreement number” in Placement “学生00 20240101”."
    code = next(one for one in found.findings if one.column == "统一社会信用代码")
    assert (code.hits[0].kind, code.hits[0].id) == ("enterprise", school.enterprise.id)


def test_without_a_position_risk_is_not_known_rather_than_none(school: SmallSchool) -> None:
    placed(school, position="")
    found = adapting.fill(school.work, FORMS["rp01"], Scope())
    assert cells(found)["是否高风险实习"] == ""
    assert cells(found)["是否加班夜班"] == "未知"
    assert wrong(found)["是否高风险实习"] == ("This must be filled in.", True)
    assert not wrong(found)["是否加班夜班"][1]


def test_a_high_risk_is_named_with_its_kind(school: SmallSchool) -> None:
    school.add(school.position.but(hazards="HEIGHT,NOISE"))
    placed(school)
    row = cells(adapting.fill(school.work, FORMS["rp01"], Scope()))
    assert (row["是否高风险实习"], row["高风险类型"]) == ("是", "高处作业（2米及以上）")


def test_placements_that_never_came_about_are_no_rows(school: SmallSchool) -> None:
    placed(school, status=PlacementStatus.CANCELLED)
    assert not adapting.fill(school.work, FORMS["rp01"], Scope()).lines


def test_only_a_batch_or_a_day_can_be_reported(school: SmallSchool) -> None:
    placed(school)
    form = FORMS["rp01"]
    other = Scope((Where("batch", "=", "0" * 32),))
    assert not adapting.fill(school.work, form, other).lines
    for day, rows in ((START, 1), (END, 1), (END + timedelta(days=1), 0), (date(2026, 1, 1), 0)):
        assert len(adapting.fill(school.work, form, Scope(on=day)).lines) == rows


def test_cooperation_is_summed_up_by_major_and_enterprise(school: SmallSchool) -> None:
    first, second = school.students(2)
    for student in (first, second, second):
        traits = {"student": student, "enterprise": school.enterprise.id, "start_date": START}
        school.add(make(Placement, **traits, status=PlacementStatus.RUNNING))
    found = adapting.fill(school.work, FORMS["platform-cooperation"], Scope())
    assert len(found.lines) == 1
    assert found.lines[0].person == "机械制造技术 | 霁川云和机械有限公司"
    assert cells(found)["接受顶岗实习学生数"] == "2"


def test_an_empty_form_has_no_rows_and_nothing_wrong(school: SmallSchool) -> None:
    found = adapting.fill(school.work, FORMS["platform-visits"], Scope())
    assert (found.lines, found.findings) == ((), ())


def test_the_school_itself_is_a_source_too(school: SmallSchool, tmp_path: Path) -> None:
    placed(school)
    column = {"header": "学校", "path": "school.name"}
    form = read(adapter_file(tmp_path, columns=[column, {"header": "号", "path": "id"}]))
    found = adapting.fill(school.work, form, Scope())
    assert cells(found)["学校"] == "青山中等职业学校"


def test_what_leaves_is_whole_and_stands_in_the_history(
    school: SmallSchool, tmp_path: Path
) -> None:
    placed(school)
    before = history.undoable(school.work)
    form: Adapter = FORMS["rp02"]
    found = adapting.fill(school.work, form, Scope())
    assert adapting.write(school.work, found, tmp_path / "x.xlsx", language("en")) == 1
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]["A2"].value == "机械制造技术"
    newest = history.steps(school.work, 1)[0]
    assert str(newest.title).startswith("Written to report to the authorities")
    assert newest.actor == school.work.actor.name
    assert history.undoable(school.work) == before, "there is nothing to take back in an export"
    with pytest.raises(NotFound):
        history.undo(school.work, newest.number)


def test_fields_the_school_added_are_sources_too(school: SmallSchool, tmp_path: Path) -> None:
    rooms = make(OwnList, name="宿舍楼")
    north = make(OwnChoice, own_list=rooms.id, name="北楼")
    house = make(OwnField, of_kind="student", name="宿舍", type=OwnType.CHOICE, own_list=rooms.id)
    bed = make(OwnField, of_kind="student", name="床位")
    school.add(rooms, north, house, bed)
    made = placed(school)
    with school.work.store.read() as reader:
        student = reader.get("student", made.student)
        fields = reader.fields("student")
    assert student is not None
    choice = fields[house.field_name].offered[0]
    school.add(student.but(**{house.field_name: choice, bed.field_name: "3"}))
    columns = [
        {"header": "宿舍", "path": "student.own:宿舍"},
        {"header": "楼号", "path": "student.own:宿舍", "words": {"北楼": "N"}},
        {"header": "床位", "path": "student.own:床位"},
        {"header": "钥匙", "path": "student.own:钥匙", "required": True},
    ]
    form = read(adapter_file(tmp_path, columns=columns))
    found = adapting.fill(school.work, form, Scope())
    assert found.lines[0].cells == ("北楼", "N", "3", "")
    assert wrong(found) == {"钥匙": ("This must be filled in.", True)}


def test_a_form_that_comes_back_changes_nothing(demo: Work, tmp_path: Path) -> None:
    file = tmp_path / "rp01.xlsx"
    adapting.write(demo, adapting.fill(demo, FORMS["rp01"], Scope()), file, language("zh_CN"))
    staged = importing.stage(demo, importing.understand(file, "placement"), Choice(Mode.BOTH))
    assert (staged.counts["new"], staged.counts["changed"], staged.counts["errors"]) == (0, 0, 0)
    assert staged.counts["same"]

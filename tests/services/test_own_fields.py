"""The school's own fields at work: added, retired, undone, imported, exported, set for many."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.make import make
from tests.services.own import ALL, OwnSchool, own_school
from tests.spreadsheets.files import workbook
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.own import OwnChoice, OwnField, OwnList, OwnType
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import Cancelled, InvalidRecord, UserError
from xqhz_desktop.i18n import CODES, Language, language
from xqhz_desktop.services import (
    bulk,
    exporting,
    filters,
    history,
    importing,
    merging,
    own_fields,
    reconcile,
    records,
    workspace,
)
from xqhz_desktop.services.own_fields import CodeList
from xqhz_desktop.services.staged import Choice, Staged, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.understand import Wishes
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Where


@pytest.fixture
def school(work: Work) -> OwnSchool:
    return own_school(work)


def student(name: str, number: str) -> Student:
    return make(Student, name=name, student_no=number, id_no="")


def staged(school: OwnSchool, file: Path, choice: Choice | None = None) -> Staged:
    own = own_fields.of(school.work, "student")
    understood = importing.understand(file, "student", Wishes(own=own))
    return importing.stage(school.work, understood, choice or Choice())


def exported(school: OwnSchool, file: Path, lang: Language, purpose: str = "internal") -> Path:
    layout = exporting.Layout((), purpose, lang)
    exporting.export(school.work, Query("student"), file, layout)
    return file


def column(file: Path, label: str) -> list[object]:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if label in row)
    place = head.index(label)
    return [row[place] for row in rows[rows.index(head) + 1 :]]


def test_a_new_field_stands_last_and_may_bring_its_code_list(work: Work) -> None:
    school = own_school(work)
    assert [
        one.place for one in own_fields.definitions(work).fields if one.of_kind == "student"
    ] == [*range(1, 9)]
    assert [one.name for one in school.sizes().choices] == ["大号", "中号", "小号"]
    assert school.sizes().record.name == "工服尺码"


@pytest.mark.parametrize("name", ["宿舍号", "Room", "姓名", "Name", ""])
def test_two_fields_of_a_kind_are_never_called_the_same(school: OwnSchool, name: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        own_fields.save(school.work, OwnField(of_kind="student", name=name))
    assert "name" in refused.value.problems


def test_only_kinds_with_a_form_have_own_fields(school: OwnSchool) -> None:
    with pytest.raises(InvalidRecord) as refused:
        records.save(school.work, OwnField(of_kind="alias", name="编号"))
    assert list(refused.value.problems) == ["of_kind"]


def test_what_a_field_holds_and_whose_it_is_stays(school: OwnSchool) -> None:
    room = school.definition("宿舍号")
    for wrong in (room.but(type=OwnType.NUMBER), room.but(of_kind="staff")):
        with pytest.raises(InvalidRecord):
            records.save(school.work, wrong)


def test_a_retired_field_hides_its_values_and_brings_them_back(school: OwnSchool) -> None:
    one = school.saved(student("张三", "1"), 床位="4")
    own_fields.retire(school.work, school.definition("床位"))
    assert "床位" not in school.fields()
    assert school.said(one, "床位") == 4
    history.undo(school.work)
    assert "床位" in school.fields()
    own_fields.retire(school.work, school.definition("床位"))
    own_fields.retire(school.work, school.definition("床位"), retired=False)
    assert "床位" in school.fields()


def test_other_fields_are_edited_while_one_is_retired_without_losing_it(school: OwnSchool) -> None:
    one = school.saved(student("张三", "1"), 床位="4", 宿舍号="402")
    own_fields.retire(school.work, school.definition("床位"))
    school.saved(one, 宿舍号="403")
    assert (school.said(one, "床位"), school.said(one, "宿舍号")) == (4, "403")


def test_a_definition_with_values_is_never_removed_nor_its_making_undone(school: OwnSchool) -> None:
    bed, size = school.definition("床位"), school.definition("工服尺码")
    made = history.steps(school.work, 20)
    number = next(one.number for one in made if "床位" in str(one.title))
    one = school.saved(student("张三", "1"), 床位="4", 工服尺码="大号")
    for field in (bed, size):
        with pytest.raises(UserError, match="Retire it instead"):
            records.remove(school.work, field.KIND, [field.id])
    with pytest.raises(UserError, match="need it"):
        history.undo(school.work, number)
    with pytest.raises(UserError, match="Retire it instead"):
        records.remove(school.work, OwnChoice.KIND, [school.sizes().choices[0].id])
    records.remove(school.work, "student", [one.id])
    records.remove(school.work, bed.KIND, [bed.id])
    assert "床位" not in school.fields(retired=True)


def test_a_code_list_in_use_is_never_removed(school: OwnSchool) -> None:
    listed = school.sizes().record
    for whole in (False, True):
        with pytest.raises(UserError, match="used by: 工服尺码"):
            records.remove(school.work, listed.KIND, [listed.id], whole=whole)
    spare = own_fields.CodeList(OwnList(name="备用"), ())
    own_fields.save_list(school.work, spare)
    records.remove(school.work, listed.KIND, [spare.record.id])
    assert len(own_fields.lists(school.work)) == 1


def test_a_choice_that_is_left_out_is_removed_or_kept_by_old_records(school: OwnSchool) -> None:
    one = school.saved(student("张三", "1"), 工服尺码="中号")
    sizes = school.sizes()
    fresh = OwnChoice(own_list=sizes.record.id, name="特大号")
    own_fields.save_list(school.work, CodeList(sizes.record, (fresh, sizes.choices[0])))
    assert [(each.name, each.retired) for each in school.sizes().choices] == [
        ("特大号", False),
        ("大号", False),
        ("中号", True),
    ]
    assert school.said(one, "工服尺码").value == "中号"
    history.undo(school.work)
    assert [each.name for each in school.sizes().choices] == ["大号", "中号", "小号"]


def test_fields_are_put_in_order(school: OwnSchool) -> None:
    ids = [school.definition(label).id for label in ("床位", "押金", "是否住校")]
    own_fields.ordered(school.work, ids)
    assert [one for one in school.fields() if one in ("床位", "押金", "是否住校")] == [
        "床位",
        "押金",
        "是否住校",
    ]


def test_a_field_that_must_be_filled_in_holds_up_a_form_and_nothing_else(school: OwnSchool) -> None:
    own_fields.save(school.work, school.definition("床位").but(required=True))
    one = student("张三", "1")
    with pytest.raises(InvalidRecord) as refused:
        records.save(school.work, one)
    assert list(refused.value.problems) == [school.fields()["床位"].name]
    records.save_all(school.work, [one], refused.value.message)


def test_newer_edits_of_other_own_fields_are_not_in_the_way_of_an_undo(school: OwnSchool) -> None:
    one = school.saved(student("张三", "1"), 床位="4", 宿舍号="402")
    two = school.saved(one, 床位="5")
    (bed, *_older) = history.steps(school.work, 1)
    three = school.saved(two, 宿舍号="403")
    history.undo(school.work, bed.number)
    assert (school.said(one, "床位"), school.said(one, "宿舍号")) == (4, "403")
    school.saved(three, 床位="6")
    (newest, *_older) = history.steps(school.work, 1)
    school.saved(three, 床位="7")
    with pytest.raises(UserError, match="changed since"):
        history.undo(school.work, newest.number)


def test_the_history_tells_of_own_fields_by_their_labels(school: OwnSchool) -> None:
    one = school.saved(student("张三", "1"), 工服尺码="大号")
    school.saved(one, 工服尺码="小号")
    own_fields.retire(school.work, school.definition("工服尺码"))
    step = history.steps(school.work, 2)[1]
    (told,) = history.changes(school.work, step.number)
    lang = language("zh_CN")
    said = [told.described.show(value, lang) for value in (told.before, told.after)]
    assert (lang.say(told.described.label), *said) == ("工服尺码", "大号", "小号")


@pytest.mark.parametrize("code", CODES)
def test_what_was_exported_is_imported_as_it_was(
    school: OwnSchool, tmp_path: Path, code: str
) -> None:
    one = school.saved(student("张三", "1"), **ALL)
    school.saved(student("李四", "2"), 是否住校="否")
    file = exported(school, tmp_path / "a.xlsx", language(code))
    assert [row.state for row in staged(school, file).rows] == [State.SAME, State.SAME]
    elsewhere = own_school(workspace.create(tmp_path / "other", make(School)))
    done = staged(elsewhere, file)
    importing.commit(elsewhere.work, done)
    with elsewhere.work.store.read() as reader:
        twin = next(reader.all("student", student_no="1"))
    for label, field in elsewhere.fields().items():
        expected = one.value(school.fields()[label])
        assert field.show(twin.value(field), language("en")) == field.show(
            expected, language("en")
        ), label
    workspace.close(elsewhere.work)


def test_an_update_changes_own_fields_and_leaves_the_rest(
    school: OwnSchool, tmp_path: Path
) -> None:
    one = school.saved(student("张三", "1"), 工服尺码="大号", 床位="4", 押金="200")
    head = ("学号", "姓名", "工服尺码", "床位", "押金")
    file = workbook(tmp_path / "a.xlsx", head, ("1", "张三", "小号", "", "250元"))
    done = staged(school, file)
    (row,) = done.rows
    own = done.understood.wishes.own
    known = school.fields()
    assert [name for name, _old, _new in row.changes(own)] == [
        known[label].name for label in ("工服尺码", "押金")
    ]
    importing.commit(school.work, done)
    assert school.said(one, "工服尺码").value == "小号"
    assert (school.said(one, "床位"), school.said(one, "押金")) == (4, Decimal("250.00"))
    cleared = staged(school, file, Choice(clear=True))
    importing.commit(school.work, cleared)
    assert school.said(one, "床位") is None


def test_a_number_and_an_own_field_are_columns_enough(school: OwnSchool, tmp_path: Path) -> None:
    one = school.saved(student("张三", "1"))
    file = workbook(tmp_path / "a.xlsx", ("学号", "床位"), ("1", "12"))
    importing.commit(school.work, staged(school, file))
    assert school.said(one, "床位") == 12


def test_wrong_cells_of_own_fields_are_named(school: OwnSchool, tmp_path: Path) -> None:
    head = ("学号", "姓名", "工服尺码", "床位", "入住日期", "是否住校")
    file = workbook(tmp_path / "a.xlsx", head, ("1", "张三", "巨号", "2.5", "2025-13-01", "也许"))
    (row,) = staged(school, file).rows
    assert {one.code for one in row.errors} == {"CHOICE_UNKNOWN", "NUMBER_INVALID", "DATE_INVALID"}
    assert len(row.errors) == 4


def test_a_list_for_the_public_covers_private_own_fields(school: OwnSchool, tmp_path: Path) -> None:
    own_fields.save(school.work, school.definition("押金").but(private=True))
    school.saved(student("张三", "1"), 宿舍号="3号楼402", 押金="200")
    file = exported(school, tmp_path / "a.xlsx", language("zh_CN"), "public")
    assert "402" not in str(column(file, "宿舍号")[0])
    assert column(file, "押金")[0] is None


def test_many_records_get_an_own_value_at_once(school: OwnSchool) -> None:
    ids = [school.saved(student(name, name)).id for name in ("甲", "乙")]
    size = school.fields()["工服尺码"]
    plan = bulk.preview(school.work, "student", ids, {size.name: size.parse("大号")})
    assert len(plan.changing) == 2
    assert bulk.apply(school.work, plan).changed == 2
    assert "工服尺码" in language("zh_CN").say(history.steps(school.work, 1)[0].title)


def test_merging_keeps_own_values_only_the_dropped_one_had(school: OwnSchool) -> None:
    keep = school.saved(student("张三", "1"), 床位="4")
    drop = school.saved(student("张三", "2"), 床位="5", 宿舍号="402")
    beside = merging.beside(school.work, "student", keep.id, drop.id)
    assert {str(one.described.label) for one in beside.lines} >= {"床位", "宿舍号"}
    alias = merging.merge(school.work, "student", keep.id, drop.id)
    assert (school.said(keep, "床位"), school.said(keep, "宿舍号")) == (4, "402")
    merging.unmerge(school.work, alias.id)
    assert school.said(keep, "宿舍号") == ""
    assert school.said(drop, "宿舍号") == "402"


def test_a_comparison_looks_at_own_fields(school: OwnSchool, tmp_path: Path) -> None:
    school.saved(student("张三", "1"), 床位="4", 工服尺码="大号")
    head = ("学号", "姓名", "床位", "工服尺码")
    file = workbook(tmp_path / "a.xlsx", head, ("1", "张三", "5", "大号"))
    understood = reconcile.read(file, "student", own=own_fields.of(school.work, "student"))
    done = reconcile.compare(school.work, Query("student"), understood)
    ((*_who, field, here, there, _row),) = reconcile.rows(done, language("zh_CN"))
    assert (field, here, there) == ("床位", "4", "5")


def test_a_kept_filter_on_an_own_field_fits_again_until_it_is_retired(
    school: OwnSchool, tmp_path: Path
) -> None:
    size = school.fields()["工服尺码"]
    query = Query("student", where=(Where(size.name, "=", size.parse("大号")),), sort=size.name)
    filters.remember(tmp_path, query)

    def last() -> Query | None:
        with school.work.store.read() as reader:
            return filters.last(tmp_path, "student", reader.fields("student"))

    assert last() == query
    own_fields.retire(school.work, school.definition("工服尺码"))
    assert last() is None


def test_an_own_field_of_an_enterprise_is_found_and_undone(school: OwnSchool) -> None:
    host = school.saved(make(Enterprise, name="星河科技", uscc=""), 对接领导="沈既白")
    assert school.said(host, "对接领导") == "沈既白"
    history.undo(school.work)
    with school.work.store.read() as reader:
        assert reader.count("enterprise") == 0


def test_own_fields_offer_a_template_with_dropdowns(school: OwnSchool, tmp_path: Path) -> None:
    own = own_fields.of(school.work, "student")
    exporting.template("student", tmp_path / "t.xlsx", language("zh_CN"), own)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert set(titles) >= {"工服尺码", "是否住校", "押金"}
    lists = [[cell.value for cell in column if cell.value] for column in book.worksheets[2].columns]
    assert ["大号", "中号", "小号"] in lists
    assert ["是", "否"] in lists
    assert staged(school, tmp_path / "t.xlsx").rows == ()


def test_a_field_that_is_made_searchable_can_be_stopped_and_is_then_as_before(
    work: Work,
) -> None:
    field = OwnField(of_kind="student", name="宿舍")
    own_fields.save(work, field)
    records.save(work, student("李晨", "1").but(**{field.field_name: "梅园三舍"}))

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        own_fields.save(work, field.but(search=True), progress=stop)
    with work.store.read() as reader:
        assert not queries.found(reader, Query("student", words="梅园三舍")).total
    told: list[tuple[int, int]] = []
    own_fields.save(work, field.but(search=True), progress=lambda *one: told.append(one))
    assert told
    with work.store.read() as reader:
        assert queries.found(reader, Query("student", words="梅园三舍")).total == 1

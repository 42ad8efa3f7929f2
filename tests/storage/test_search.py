"""Search as hands know it: characters, initials, full pinyin, mixed, tails; never mid-syllable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import hits, queries, search
from xqhz_desktop.storage.queries import Query, Where

TITLE = Message("Test")

STUDENTS = {
    "张三": {"student_no": "2024010203", "phone": "13812348888"},
    "张思睿": {},
    "单雄信": {},
    "曾小贤": {},
    "仇英": {},
    "解晓东": {},
    "李长乐": {},
    "王重阳": {},
    "许广平": {},
    "欧阳修": {},
    "买买提·艾力": {},
    "㛃𠮷": {},
    "郝一璞": {"name_pinyin": "hao yi bo"},
    "百度网": {},
    "John Smith": {},
    "赵100%": {},
}

HOSTS = ("重庆长安汽车有限公司", "长沙星河（集团）有限公司", "上海ABC科技有限公司")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    made = workspace.create(tmp_path_factory.mktemp("search"), make(School, name="星河职校"))
    students = [make(Student, name=name, **more) for name, more in STUDENTS.items()]
    hosts = [make(Enterprise, name=name) for name in HOSTS]
    post = make(Position, name="数控操作工", enterprise=hosts[0].id)
    room = make(SchoolClass, name="24机电1班")
    with made.store.change(TITLE, made.actor) as change:
        for record in (*students, *hosts, post, room):
            change.put(record)
        change.put(
            make(Placement, student=students[0].id, enterprise=hosts[0].id, position=post.id)
        )
    yield made
    workspace.close(made)


def names(work: Work, kind: str, words: str) -> set[str]:
    with work.store.read() as reader:
        found = queries.found(reader, Query(kind, words))
        rows = [row for row in queries.rows(reader, kind, found.rows) if row]
        links = {row.record.called for row in rows}
        return set(reader.names("student", links).values()) if kind == "placement" else links


FOUND = [
    ("student", "三", "张三"),
    ("student", "张", "张三"),
    ("student", "思睿", "张思睿"),
    ("student", "zs", "张三"),
    ("student", "ZS", "张三"),
    ("student", "zsr", "张思睿"),
    ("student", "zhangs", "张三"),
    ("student", "zhangsan", "张三"),
    ("student", "zhangsi", "张思睿"),
    ("student", "zsirui", "张思睿"),
    ("student", "sirui", "张思睿"),
    ("student", "sr", "张思睿"),
    ("student", "张s", "张三"),
    ("student", "张san", "张三"),
    ("student", "ｚｓ", "张三"),
    ("student", "sxx", "单雄信"),
    ("student", "shanxiongxin", "单雄信"),
    ("student", "dxx", "单雄信"),
    ("student", "zengxx", "曾小贤"),
    ("student", "zxx", "曾小贤"),
    ("student", "qiuying", "仇英"),
    ("student", "xiexd", "解晓东"),
    ("student", "changle", "李长乐"),
    ("student", "changyue", "李长乐"),
    ("student", "chongyang", "王重阳"),
    ("student", "xgp", "许广平"),
    ("student", "oyx", "欧阳修"),
    ("student", "ouyangxiu", "欧阳修"),
    ("student", "买买提艾力", "买买提·艾力"),
    ("student", "买买提·艾力", "买买提·艾力"),
    ("student", "买买提•艾力", "买买提·艾力"),
    ("student", "艾力", "买买提·艾力"),
    ("student", "mmt", "买买提·艾力"),
    ("student", "㛃", "㛃𠮷"),
    ("student", "𠮷", "㛃𠮷"),
    ("student", "haoyibo", "郝一璞"),
    ("student", "hyb", "郝一璞"),
    ("student", "smith", "John Smith"),
    ("student", "johnsm", "John Smith"),
    ("student", "2024", "张三"),
    ("student", "0203", "张三"),
    ("student", "8888", "张三"),
    ("student", "138-1234", "张三"),
    ("student", "1381234 张", "张三"),
    ("student", "张 8888", "张三"),
    ("student", "zs 2024", "张三"),
    ("student", "100%", "赵100%"),
    ("enterprise", "cq", HOSTS[0]),
    ("enterprise", "chongqing", HOSTS[0]),
    ("enterprise", "cs", HOSTS[1]),
    ("enterprise", "长安", HOSTS[0]),
    ("enterprise", "汽车", HOSTS[0]),
    ("enterprise", "qc", HOSTS[0]),
    ("enterprise", "星河集团", HOSTS[1]),
    ("enterprise", "星河(集团)", HOSTS[1]),
    ("enterprise", "abc", HOSTS[2]),
    ("enterprise", "ABC科技", HOSTS[2]),
    ("enterprise", "changshaxinghejituanyouxiangongsi", HOSTS[1]),
    ("school_class", "24jd", "24机电1班"),
    ("school_class", "机电1", "24机电1班"),
    ("placement", "张三", "张三"),
    ("placement", "zs", "张三"),
    ("placement", "8888", "张三"),
    ("placement", "长安", "张三"),
    ("placement", "skcz", "张三"),
    ("placement", "zs 长安", "张三"),
    ("position", "cq", "数控操作工"),
    ("position", "数控 重庆", "数控操作工"),
]


@pytest.mark.parametrize(("kind", "words", "name"), FOUND)
def test_these_words_find_it(school: Work, kind: str, words: str, name: str) -> None:
    assert name in names(school, kind, words)


@pytest.mark.parametrize(
    ("kind", "words", "name"),
    [
        ("student", "g", "张三"),
        ("student", "ang", "张三"),
        ("student", "an", "张三"),
        ("student", "hang", "张三"),
        ("student", "oa", "百度网"),
        ("student", "ng", "单雄信"),
        ("student", "hgp", "许广平"),
        ("student", "xap", "许广平"),
        ("student", "haoyipu", "郝一璞"),
        ("student", "张四", "张三"),
        ("student", "张 9999", "张三"),
        ("student", "zx", "张三"),
        ("student", "%", "张三"),
        ("student", "张%", "张三"),
        ("student", "张_", "张三"),
        ("student", "z%", "张三"),
        ("student", "_", "张三"),
        ("student", "\\", "张三"),
        ("student", "'", "张三"),
        ("student", '"', "张三"),
        ("student", "*", "张三"),
        ("student", "zhang* OR a", "张三"),
        ("student", "1234", "张三"),
        ("enterprise", "zq", HOSTS[0]),
        ("enterprise", "zs", HOSTS[1]),
        ("placement", "长沙", "张三"),
        ("placement", "李长乐", "张三"),
    ],
)
def test_these_words_do_not(school: Work, kind: str, words: str, name: str) -> None:
    assert name not in names(school, kind, words)


@pytest.mark.parametrize("words", ["", "   ", "\x1f", "\t\n"])
def test_no_word_is_no_condition(school: Work, words: str) -> None:
    assert len(names(school, "student", words)) == len(STUDENTS)


@pytest.mark.parametrize(("kind", "words"), sorted({(kind, words) for kind, words, _ in FOUND}))
def test_reading_the_keys_one_by_one_finds_what_the_index_finds(
    school: Work, kind: str, words: str
) -> None:
    asked = search.terms(words)
    with school.store.read() as reader:
        condition, values = hits.sought(kind, asked)
        walked = reader.cursor.execute(f"SELECT row FROM {kind} t WHERE {condition}", values)
        by_keys = {row for (row,) in walked.fetchall()}
        by_index = set(queries.found(reader, Query(kind, words)).rows)
    assert by_index <= by_keys


def test_a_renamed_student_is_found_by_the_new_name_everywhere(work: Work) -> None:
    student, host = make(Student, name="张三"), make(Enterprise, name="杭州星河有限公司")
    with work.store.change(TITLE, work.actor) as change:
        for record in (student, host, make(Placement, student=student.id, enterprise=host.id)):
            change.put(record)
    with work.store.change(TITLE, work.actor) as change:
        change.put(student.but(name="李四"))
        change.put(host.but(name="宁波云帆有限公司"))
    for kind in ("student", "placement"):
        assert names(work, kind, "ls") == {"李四"}
        assert not names(work, kind, "zs")
    assert names(work, "placement", "云帆") == {"李四"}
    assert not names(work, "placement", "星河")


def test_a_removed_student_is_found_no_more_and_again_after_undo(work: Work) -> None:
    student = make(Student, name="张三")
    with work.store.change(TITLE, work.actor) as change:
        change.put(student)
    with work.store.change(TITLE, work.actor) as change:
        change.remove("student", student.id)
    assert not names(work, "student", "zs")
    with work.store.change(TITLE, work.actor) as change:
        change.put(student)
    assert names(work, "student", "zs") == {"张三"}


def test_names_stand_in_pinyin_order_and_numbers_in_their_own(work: Work) -> None:
    rooms = ["24机电10班", "24机电2班", "A10班", "A2班", "安检1班", "23数控1班"]
    students = ["赵一", "安七", "欧阳修", "单于", "曾五", "张三", "章三", "Zoe", "Ann"]
    with work.store.change(TITLE, work.actor) as change:
        for name in rooms:
            change.put(make(SchoolClass, name=name))
        for name in students:
            change.put(make(Student, name=name))
    with work.store.read() as reader:

        def ordered(kind: str, *, down: bool = False) -> list[str]:
            rowids = queries.found(reader, Query(kind, descending=down)).rows
            return [row.record.called for row in queries.rows(reader, kind, rowids) if row]

        assert ordered("school_class") == [
            "23数控1班", "24机电2班", "24机电10班", "A2班", "A10班", "安检1班",
        ]  # fmt: skip
        assert ordered("student") == [
            "安七", "Ann", "单于", "欧阳修", "曾五", "张三", "章三", "赵一", "Zoe",
        ] or ordered("student") == [
            "安七", "Ann", "欧阳修", "单于", "曾五", "张三", "章三", "赵一", "Zoe",
        ]  # fmt: skip
        assert ordered("student", down=True) == ordered("student")[::-1]


def test_a_class_filter_and_a_word_work_together(work: Work) -> None:
    rooms = [make(SchoolClass, name=f"24机电{n}班") for n in (1, 2)]
    with work.store.change(TITLE, work.actor) as change:
        for room in rooms:
            change.put(room)
            for name in ("张三", "李四"):
                change.put(make(Student, name=name, school_class=room.id, sex=Sex.MALE))
    where = (Where("school_class", "=", rooms[0].id),)
    with work.store.read() as reader:
        assert queries.found(reader, Query("student", "zs", where)).total == 1
        some = (Where("sex", "=", Sex.MALE),)
        assert queries.found(reader, Query("student", "zs", some)).total == 2
        none = (Where("school_class", "in", []),)
        assert queries.found(reader, Query("student", "zs", none)).total == 0


def test_everything_is_searched_at_once(school: Work) -> None:
    with school.store.read() as reader:
        kinds = {hit.kind for hit in queries.anything(reader, "cs")}
        assert "enterprise" in kinds
        assert queries.anything(reader, " ") == []
        (hit,) = [one for one in queries.anything(reader, "skcz") if one.kind == "position"]
    assert hit.title == "数控操作工"
    assert HOSTS[0] in hit.beside


def test_a_folder_of_a_school_is_made_where_it_was_asked_for(school: Work) -> None:
    assert (Path(school.folder) / "school.db").is_file()

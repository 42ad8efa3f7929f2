"""Files of forms: those of the program are sound, and a broken one is named in one sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spreadsheets.adapter_files import COLUMNS, adapter_file
from xqhz_desktop import paths
from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import CODES
from xqhz_desktop.spreadsheets.adapter_reading import end_of, read, shipped
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.spreadsheets.derived import FORMATS, FUNCTIONS
from xqhz_desktop.spreadsheets.submission_checks import VALID

FORMS = {one.id: one for one in shipped()}


@pytest.mark.parametrize("adapter", FORMS.values(), ids=FORMS)
def test_every_column_of_a_form_leads_to_a_field_there_is(adapter: Adapter) -> None:
    for column in adapter.columns:
        for path in (path for some in column.sources for path in some):
            assert end_of(adapter.kind, path) is not None, f"{column.header}: {path}"


@pytest.mark.parametrize("adapter", FORMS.values(), ids=FORMS)
def test_a_form_says_in_both_languages_where_it_comes_from(adapter: Adapter) -> None:
    for text in (adapter.name, adapter.about):
        assert text
        assert text.english
    for column in adapter.columns:
        assert not column.note or column.note.english, column.header


def test_every_file_is_read_and_every_form_has_a_name_of_its_own() -> None:
    files = list(paths.resource("adapters").glob("*.json"))
    assert len(FORMS) == len(files)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("rp01", 25),
        ("rp02", 30),
        ("platform-internship", 37 + 2),
        ("platform-cooperation", 13),
        ("platform-visits", 26),
        ("platform-courses", 12),
        ("platform-textbooks", 16),
    ],
)
def test_the_national_forms_have_their_number_of_columns(name: str, columns: int) -> None:
    assert len(FORMS[name].columns) == columns


def test_what_this_version_does_not_record_is_left_blank_and_not_made_up() -> None:
    blank = {column.header for column in FORMS["rp01"].blank}
    assert {"是否购买保险", "备案情况", "是否休息日或法定节假日实习"} <= blank
    assert all(not FORMS[name].kind for name in FORMS if name.endswith(("visits", "courses")))


def test_a_form_of_the_school_is_read(tmp_path: Path) -> None:
    found = read(adapter_file(tmp_path))
    assert (found.name, [column.header for column in found.columns]) == (
        "本校上报表",
        ["学号", "单位"],
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"id": None}, "“id” is missing"),
        ({"id": "student"}, "“id” has a value that does not fit"),
        ({"id": "../x"}, "“id” has a value that does not fit"),
        ({"name": None}, "“name” is missing"),
        ({"name": 3}, "“name” has a value that does not fit"),
        ({"sheet": "a/b"}, "“sheet” has a value that does not fit"),
        ({"colums": []}, "“colums” is not known here"),
        ({"columns": []}, "“columns” is missing"),
        ({"columns": {}}, "“columns” has a value that does not fit"),
        ({"columns": ["学号"]}, "“columns[1]” is not an object"),
        ({"columns": [{"path": "id"}]}, "“columns[1].header” is missing"),
        ({"columns": COLUMNS * 2}, "two columns are called “学号”"),
        ({"kind": "seance"}, "there is no kind “seance”"),
        ({"where": {"state": ["X"]}}, "there is no field “state”"),
        ({"where": {"status": ["HERE"]}}, "Status: “HERE” is not one of"),
        ({"per": ["student.house"]}, "there is no field “student.house”"),
        ({"rules": [{"rule": "sum", "column": "学号"}]}, "there is no rule “sum”"),
        ({"rules": [{"rule": "needs", "column": "姓名"}]}, "there is no column “姓名”"),
    ],
)
def test_a_broken_form_is_refused_with_the_reason(
    tmp_path: Path, parts: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadFile) as refused:
        read(adapter_file(tmp_path, **parts))
    assert said in str(refused.value)
    assert "“own.json” is no template" in str(refused.value)


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({"path": "student.no"}, "there is no field “student.no”"),
        ({"path": "student.name.first"}, "there is no field “student.name.first”"),
        ({"path": "school.colour"}, "there is no field “school.colour”"),
        ({"function": "magic", "of": ["start_date"]}, "there is no “magic”"),
        ({"function": "days", "of": ["start_date"]}, "needs 2 sources"),
        ({"path": "student.name", "valid": "iban"}, "there is no “iban”"),
        ({"path": "student.name", "format": "roman"}, "there is no “roman”"),
        ({"path": "student.name", "pattern": "("}, "the pattern cannot be read"),
        ({"path": "student.name", "length": "6"}, "length” has a value that does not fit"),
        ({"path": "student.name", "required": "yes"}, "required” has a value that does not fit"),
        ({"path": "student.name", "width": 3}, "width” is not known here"),
    ],
)
def test_a_broken_column_is_refused_with_its_name(
    tmp_path: Path, traits: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadFile) as refused:
        read(adapter_file(tmp_path, columns=[{"header": "甲", **traits}]))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe\x00", b"PK\x03\x04", b'"form"', b"[" * 5000, b" " * 1_100_000],
)
def test_a_file_of_another_sort_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        read(file)
    assert "“x.json” is no template" in str(refused.value)


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_the_handbook_is_a_form(code: str, tmp_path: Path) -> None:
    page = paths.resource("help", code, "reporting.md").read_text("utf-8")
    file = tmp_path / "x.json"
    file.write_text(page.split("```")[1], "utf-8")
    assert read(file).id == "city-interns"
    known = {*FUNCTIONS, *filter(None, FORMATS), *VALID}
    assert not [name for name in known if f"`{name}`" not in page]


NAMES = sorted(
    {"id", "name", "kind", "columns", "rules", "where", "per", "sheet", "header", "path", "of"}
    | {"function", "words", "format", "length", "pattern", "rule", "column", "when", "after"}
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["placement", "student.name", "days", "status", "needs", "school", "(", "id"]),
)
TOLD = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(parts=st.dictionaries(st.sampled_from(NAMES), TOLD))
def test_whatever_a_file_says_it_is_a_form_or_refused(
    tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Any]
) -> None:
    file = adapter_file(tmp_path_factory.getbasetemp(), **parts)
    with suppress(BadFile):
        assert read(file).columns

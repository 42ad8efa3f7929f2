"""Filters that are kept: after a restart, by name, and in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from xqhz_desktop import paths
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import filters
from xqhz_desktop.storage.queries import Query, Where


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.json")


PAUSED = Query(
    "enterprise", "青穹", (Where("status", "=", Partnership.PAUSED),), "staff_total", True
)


def test_a_list_comes_back_as_it_was_left_in_each_school(tmp_path: Path) -> None:
    filters.remember(tmp_path / "one", PAUSED)
    assert filters.last(tmp_path / "one", "enterprise", Enterprise.FIELDS) == PAUSED
    assert filters.last(tmp_path / "one", "student", Student.FIELDS) is None
    assert filters.last(tmp_path / "other", "enterprise", Enterprise.FIELDS) is None


def test_named_filters_are_kept_renamed_and_removed(tmp_path: Path) -> None:
    filters.keep(tmp_path, "停了的", PAUSED)
    filters.keep(tmp_path, "大企业", Query("enterprise", where=(Where("staff_total", ">", 500),)))
    filters.rename(tmp_path, "enterprise", "停了的", "已暂停")
    assert list(filters.named(tmp_path, "enterprise", Enterprise.FIELDS)) == ["已暂停", "大企业"]
    filters.drop(tmp_path, "enterprise", "大企业")
    assert filters.named(tmp_path, "enterprise", Enterprise.FIELDS) == {"已暂停": PAUSED}


@pytest.mark.parametrize(
    "where",
    [
        Where("status", "in", [Partnership.PAUSED, Partnership.ACTIVE]),
        Where("phone", "empty"),
        Where("staff_total", ">=", 20),
    ],
    ids=lambda one: one.op,
)
def test_a_filter_is_the_same_after_a_file(where: Where, tmp_path: Path) -> None:
    some = {"某些企业": Query("enterprise", where=(where,))}
    filters.write(tmp_path / "f.json", "enterprise", some)
    assert filters.read(tmp_path / "f.json", "enterprise", Enterprise.FIELDS) == some


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"xqhz-filters": 1, "kind": "student", "filters": {}}',
        '{"xqhz-filters": 1, "kind": "enterprise", "filters": {"a": {"where": [{"field": "x"}]}}}',
        '{"xqhz-filters": 1, "kind": "enterprise", "filters": {"a": {"words": "", "where": [], '
        '"sort": "name; DROP", "descending": false}}}',
    ],
)
def test_a_file_of_something_else_is_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="holds no filters of this list"):
        filters.read(tmp_path / "f.json", "enterprise", Enterprise.FIELDS)


def test_conditions_on_row_numbers_stay_on_this_computer() -> None:
    query = Query("enterprise", where=(Where("row", "in", [1, 2]), Where("phone", "empty")))
    assert [one["field"] for one in filters.as_json(query)["where"]] == ["phone"]

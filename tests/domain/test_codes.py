"""The national code tables can be read, named and found."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.domain import codes
from xqhz_desktop.i18n import CODES

EVERY = pytest.mark.parametrize("table", codes.TABLES)


@EVERY
def test_every_code_has_a_name(table: str) -> None:
    rows = codes.codes(table)
    assert rows
    assert all(code and one.name for code, one in rows.items())


@EVERY
def test_a_name_that_belongs_to_one_code_finds_it(table: str) -> None:
    names = {code: {codes.name(table, code, lang) for lang in CODES} for code in codes.codes(table)}
    times = Counter(name for said in names.values() for name in said)
    lost = {
        (name, code)
        for code, said in names.items()
        for name in said
        if times[name] == 1 and codes.find(table, name) != code
    }
    assert not lost


@EVERY
def test_a_code_finds_itself_and_is_known(table: str) -> None:
    for code in codes.codes(table):
        assert codes.known(table, code)
        assert codes.find(table, f" {code} ") == code


@given(st.text(), st.sampled_from(list(codes.TABLES)))
def test_what_is_found_is_known(typed: str, table: str) -> None:
    found = codes.find(table, typed)
    assert found is None or codes.known(table, found)


def test_a_region_is_named_with_its_city_and_province() -> None:
    assert codes.full_name("500112", "zh_CN") == "重庆市渝北区"
    assert codes.full_name("440305", "zh_CN") == "广东省深圳市南山区"
    assert codes.full_name("110000", "en") == "Beijing"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert codes.name("ethnic", "99", "en") == "99"
    assert codes.find("ethnic", "Martian") is None

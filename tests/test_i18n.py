"""A text is said in the language of its reader, values included."""

from __future__ import annotations

import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xqhz_desktop import paths
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import InvalidRecord
from xqhz_desktop.i18n import NN_, Language, Message, language, nearest, system_language

ENGLISH = language("en")

CATALOGUE = """
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Student"
msgstr "学生"

msgid "{field} must be filled in."
msgstr "请填写{field}。"

msgid "{n} student"
msgid_plural "{n} students"
msgstr[0] "{n} 名学生"

msgid ", "
msgstr "、"
"""


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Language:
    """A Chinese of four texts, compiled when first needed."""
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "xqhz.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(paths, "catalogues", lambda: tmp_path)
    return Language("zh_CN")


def test_a_message_is_translated_when_it_is_said(chinese: Language) -> None:
    message = Message("{field} must be filled in.", field=Message("Student"))
    assert str(message) == "Student must be filled in."
    assert chinese.say(message) == "请填写学生。"


@pytest.mark.parametrize(
    ("n", "english", "said"),
    [(1, "1 student", "1 名学生"), (1200, "1,200 students", "1,200 名学生")],
)
def test_a_number_chooses_its_plural(chinese: Language, n: int, english: str, said: str) -> None:
    message = Message(NN_("{n} student", "{n} students"), n=n)
    assert (str(message), chinese.say(message)) == (english, said)


def test_a_text_without_translation_stays_readable(chinese: Language) -> None:
    assert chinese.say("Nobody has translated this") == "Nobody has translated this"


def test_a_list_has_the_separators_of_its_language(chinese: Language) -> None:
    message = Message("{field} must be filled in.", field=[Message("Student"), "ABC"])
    assert chinese.say(message) == "请填写学生、ABC。"


def test_a_changed_catalogue_is_compiled_again(chinese: Language, tmp_path: Path) -> None:
    source = tmp_path / "zh_CN" / "LC_MESSAGES" / "xqhz.po"
    compiled = source.with_suffix(".mo")
    source.write_text(CATALOGUE.replace("学生", "同学"), encoding="utf-8")
    later = compiled.stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    assert Language("zh_CN").say("Student") == "同学"


def test_a_program_without_catalogues_speaks_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "catalogues", lambda: tmp_path)
    assert Language("zh_CN").say("Student") == "Student"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ("李明", "李明"),
        (True, "yes"),
        (1200, "1,200"),
        (Decimal("2200.50"), "2,200.5"),
        (Decimal("100"), "100"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 9, 30), "2026-03-05 09:30"),
        (StudentStatus.SUSPENDED, "On leave"),
        (Path("a"), "a"),
    ],
)
def test_a_value_is_said_as_people_write_it(value: Any, said: str) -> None:
    assert ENGLISH.value(value) == said


def test_braces_in_a_value_are_only_text() -> None:
    assert str(Message("{name} is new.", name="{0.__class__}")) == "{0.__class__} is new."


def test_messages_are_equal_when_they_say_the_same() -> None:
    assert Message("{n} left", n=1) == Message("{n} left", n=1)
    assert Message("{n} left", n=1) != Message("{n} left", n=2)
    assert len({Message("{n} left", n=1), Message("{n} left", n=1)}) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [("zh_TW", "zh_CN"), ("zh", "zh_CN"), ("en_GB", "en"), ("de", "en"), (None, "en"), ("", "en")],
)
def test_an_unknown_language_becomes_the_nearest_one(asked: str | None, found: str) -> None:
    assert nearest(asked) == found
    assert language(asked or "").code == found


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("LANG", "zh_CN.UTF-8", "zh_CN"),
        ("LC_ALL", "zh_CN.UTF-8", "zh_CN"),
        ("LC_ALL", "C", "zh_CN"),
    ],
)
def test_the_program_speaks_the_language_of_the_computer(
    name: str, value: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert system_language() == found


def test_an_invalid_record_says_its_first_problem() -> None:
    error = InvalidRecord({"name": Message("Name is missing."), "phone": Message("No phone.")})
    assert str(error) == "Name is missing."
    assert list(error.problems) == ["name", "phone"]

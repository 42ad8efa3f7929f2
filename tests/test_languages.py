"""Every text of the program can be read in every language."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORDS: dict[str, Any] = runpy.run_path(str(Path(__file__).resolve().parents[1] / ".ci" / "words"))
TEXTS: dict[str, str | tuple[str, str]] = WORDS["texts"]()

SAME_IN_CHINESE = frozenset({"{n} KB", "{n} MB", "SHA-256"})
"""Texts with Latin letters and no Chinese ones that are right in both languages."""

LIST_SEPARATOR = ", "
"""The one text that is a blank in English and none in Chinese."""


def chinese() -> Iterator[tuple[str, str]]:
    """Each text of the code, by its msgid, and its Chinese."""
    catalogue = WORDS["read"](WORDS["CATALOGUES"] / "zh_CN" / "LC_MESSAGES" / "xqhz.po")
    for msgid in TEXTS:
        said = catalogue[msgid].string if msgid in catalogue else ""
        yield msgid, said if isinstance(said, str) else said[0]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)[^{}]*\}", text))


def test_the_catalogues_hold_exactly_the_texts_of_the_code() -> None:
    stale = [
        path.name
        for path, wanted in WORDS["files"](TEXTS, {}).items()
        if path.read_text(encoding="utf-8") != wanted
    ]
    assert not stale, "run .ci/words"


def test_every_text_is_said_in_chinese() -> None:
    assert [msgid for msgid, said in chinese() if not said.strip()] == []


def test_nothing_is_left_in_english() -> None:
    assert [
        msgid
        for msgid, said in chinese()
        if re.search(r"[A-Za-z]", re.sub(r"\{.*?\}", "", said))
        if not re.search(r"[\u4e00-\u9fff]", said) and msgid not in SAME_IN_CHINESE
    ] == []


def test_both_languages_fill_in_the_same_values() -> None:
    wrong = []
    for msgid, said in chinese():
        text = TEXTS[msgid]
        one, many = (text, text) if isinstance(text, str) else text
        values = placeholders(said)
        if said and not placeholders(many) <= values <= placeholders(one) | placeholders(many):
            wrong.append(msgid)
    assert wrong == []


def test_blanks_at_the_ends_and_keys_of_menus_survive_translation() -> None:
    def shape(text: str) -> tuple[bool, bool, bool]:
        return text[:1].isspace(), text[-1:].isspace(), bool(re.search(r"&\w", text))

    assert [
        msgid
        for msgid, said in chinese()
        if said and msgid != LIST_SEPARATOR and shape(msgid) != shape(said)
    ] == []


def test_no_translation_is_a_guess() -> None:
    for path in WORDS["files"](TEXTS, {}):
        assert "fuzzy" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('Message("{n} rows")', ["{n} rows"]),
        ('say(x, [Message(\n  "one "\n  "sentence.", n=1)])', ["one sentence."]),
        ('Message(NN_("{n} row", "{n} rows"), n=2)', [("{n} row", "{n} rows")]),
        ('class A:\n  B = N_("Label")', ["Label"]),
        ("Message(self.label)", []),
    ],
)
def test_texts_are_found_however_they_are_written(code: str, found: list[Any]) -> None:
    assert list(WORDS["marked"](ast.parse(code), "x.py")) == found


@pytest.mark.parametrize(
    "code", ['Message(f"{n} rows")', 'N_("a" + b)', 'Message("a" if b else c)']
)
def test_a_sentence_put_together_by_the_code_is_refused(code: str) -> None:
    with pytest.raises(SystemExit, match="literal"):
        list(WORDS["marked"](ast.parse(code), "x.py"))

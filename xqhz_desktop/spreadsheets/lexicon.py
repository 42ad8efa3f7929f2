"""What people call columns: synonyms from ``resources/imports``, looked up as people write them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind
from xqhz_desktop.spreadsheets.wording import words_of

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕|<([^<>]*)>")
_MARKS = re.compile(r"[\s*※★☆●•#:：、,，.。_\-—\\|\"'“”’‘?？!！\u200b-\u200f\ufeff]")
_NUMBERING = re.compile(r"^\s*[\(（]?\d{1,2}[)）.、]\s*(?=\D)")
_NUMBERED = re.compile(r"(?<=[a-z]{2})(no|number|num)$")
"""Mobile No. is Mobile."""
_NUMBER_OF = re.compile(r"(?<=.)(?:号码|编号|号)$")  # 保单号, 保单编号, 保单号码: all one
_BESIDE = re.compile(
    r"(.{2,}?)[及和与](?:其)?(?:详细|具体)?(?:地址|地点|所在地|电话|联系电话|联系方式|职务|职位|部门)$"
)
"""实习单位及地址 is 实习单位 first of all."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_TAIL = re.compile(r"(基本)?(信息|情况|资料|详情|信息栏)$")


class Lexicon:
    """The words of one kind of list."""

    def __init__(self, kind: ImportKind, words: dict[str, Any]) -> None:
        """Spread the synonyms with and without the words that may stand before them."""
        told = words_of(kind, words)
        self._own = {key(one) for one in told["own"]}
        self._foreign = {key(one) for one in [*words["foreign"], *told.get("foreign", [])]}
        self._ignored = {key(one) for one in words["ignored"]} | {"no"}
        self._fields: dict[str, str] = {}
        labelled = {one.name: _labels(one) for one in kind.columns}
        if kind.general:  # what a field is called goes before what it may be called
            for column in sorted(kind.columns, key=lambda one: bool(one.path)):
                for label in labelled[column.name]:
                    self._fields.setdefault(label, column.name)
        for name, said in _spread(told["fields"]):
            self._fields.setdefault(key(said), name)
        for column in kind.columns:
            labels = labelled[column.name]
            if column.name in kind.own:  # what the school named itself means just that
                self._fields |= dict.fromkeys(labels, column.name)
            for label in labels:
                self._fields.setdefault(label, column.name)
        self._groups: list[tuple[set[str], dict[str, str]]] = []
        grouped: dict[str, str] = {}
        for group in told["groups"].values():
            fields = {key(said): name for name, said in _spread(group["fields"])}
            fields |= {key(said): name for name, said in _spread(group.get("also", {}))}
            heads = {key(one) for one in group["words"]}
            self._groups.append((heads, fields))
            grouped |= {head + said: name for head in heads for said, name in fields.items()}
            grouped |= {f"{head}的{said}": name for head in heads for said, name in fields.items()}
            self._fields |= {key(s): n for n, s in _spread(group.get("also", {}))}
        plain = dict(self._fields)
        for said, name in grouped.items():
            self._fields.setdefault(said, name)
        for head in self._own:
            for said, name in plain.items():
                self._fields.setdefault(head + said, name)
                self._fields.setdefault(f"{head}的{said}", name)

    def field(self, path: Sequence[str]) -> str | None:
        """Return the column that header texts, from the upper tier to the lower, name."""
        if not path:
            return None
        *parents, leaf = path
        for parent in reversed(parents):
            fields = self._group(parent)
            if fields is not None:
                return self._in_group(fields, leaf)
        found = self._plain(leaf)
        if found is None and parents:
            found = self._fields.get(key(parents[-1]) + key(leaf))
        return found

    def known(self, text: str) -> bool:
        """Tell whether a text names a column or a group of columns here."""
        return (
            self._plain(text) is not None
            or self.grouping(text)
            or self.ignored(text)
            or any(key(text) in fields for _, fields in self._groups)
        )

    def grouping(self, text: str) -> bool:
        """Tell whether a text can stand above several columns."""
        bare = _TAIL.sub("", key(text))
        return self._group(text) is not None or bare in self._own or not bare

    def ignored(self, text: str) -> bool:
        """Tell whether a column of this name is only a count of rows."""
        return key(text) in self._ignored

    def _group(self, parent: str) -> dict[str, str] | None:
        """Return the columns under a group's head; none of them under somebody else's."""
        bare = _TAIL.sub("", key(parent))
        whole = _TAIL.sub("", key(_without_brackets(parent)))
        for one in (bare, whole):
            for heads, fields in self._groups:
                if one in heads:
                    return fields
            if one in self._own:
                return None
        if whole in self._foreign:
            return {}
        return None

    def _in_group(self, fields: dict[str, str], leaf: str) -> str | None:
        for said in _readings(leaf):
            if said in fields:
                return fields[said]
        plain = self._plain(leaf)
        return plain if plain in fields.values() else None

    def _plain(self, text: str) -> str | None:
        for said in _readings(text):
            if said in self._fields:
                return self._fields[said]
            if said in self._foreign:
                return None
        return None


@lru_cache(maxsize=64)
def lexicon(kind: ImportKind) -> Lexicon:
    """Return the lexicon of a kind of list."""
    text = paths.resource("imports", "headers.json").read_text(encoding="utf-8")
    return Lexicon(kind, json.loads(text))


@cache
def choices() -> dict[str, dict[str, list[str]]]:
    """Return what people write for each choice, by list and by the choice's own name."""
    text = paths.resource("imports", "choices.json").read_text(encoding="utf-8")
    return {name: said for name, said in json.loads(text).items() if name != "comment"}


@cache
def key(text: str) -> str:
    """Return a text as it is compared: half width, lower case, without blanks and marks."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _MARKS.sub("", _NUMBERING.sub("", text))


def _labels(column: Column) -> list[str]:
    return [key(language(code).say(column.label)) for code in CODES]


def _spread(fields: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((name, said) for name, words in fields.items() for said in words)


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


@cache
def _readings(text: str) -> tuple[str, ...]:
    """Return the ways a header may be meant, the fullest first."""
    half = unicodedata.normalize("NFKC", text)
    outside = _BRACKETS.sub("", half)
    inside = "".join(part for found in _BRACKETS.findall(half) for part in found)
    first = re.split(r"[/或|\n]", outside, maxsplit=1)[0]
    han, rest = "".join(_HAN.findall(outside)), _HAN.sub("", outside)
    found = (half, inside + outside, outside, first, han, rest)
    said = dict.fromkeys(one for one in map(key, found) if one)
    said |= dict.fromkeys(_NUMBERED.sub("", one) for one in [*said])
    said |= dict.fromkeys(_BESIDE.sub(r"\1", one) for one in [*said])
    numbers = [one for one in said if _NUMBER_OF.search(one)]
    said |= {_NUMBER_OF.sub(end, one): None for one in numbers for end in ("号", "编号", "号码")}
    return tuple(one for one in said if one)

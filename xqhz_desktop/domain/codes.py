"""National code tables, read from ``resources/codes`` when first asked for."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from xqhz_desktop import paths


class Code(NamedTuple):
    """One row of a table: its code, its official name and an English name where there is one."""

    code: str
    name: str
    name_en: str = ""
    level: str = ""
    parent: str = ""

    def said(self, lang: str) -> str:
        """Return the name in a language, the Chinese one where there is no other."""
        return self.name if lang == "zh_CN" else self.name_en or self.name


@dataclass(frozen=True)
class _Source:
    file: str
    level: str = ""
    parent: str = ""
    name: str = "name"
    name_en: str = "name_en"


TABLES = {
    "region": _Source("gbt2260_2024.csv", level="level"),
    "industry": _Source(
        "gbt4754_2017_industry.csv", level="level", parent="parent_code_with_section"
    ),
    "ethnic": _Source("gbt3304_ethnic_groups.csv"),
    "political": _Source("gbt4762_political_status.csv", name="short"),
    "major": _Source("voc_majors.csv", level="level", parent="class_code"),
    "occupation": _Source("occupations_2022.csv", level="level", parent="parent"),
    "document": _Source("document_types.csv"),
    "hazard": _Source("hazards.csv"),
}
"""The tables by the name fields use."""

_NESTED = frozenset({"industry", "occupation"})
"""Tables where a part may have the name of the whole: the name means the whole."""


@cache
def codes(table: str) -> dict[str, Code]:
    """Return a whole table by code, in the order of the file."""
    source = TABLES[table]
    with paths.resource("codes", source.file).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        titles = next(rows)
        wanted = ("code", source.name, source.name_en, source.level, source.parent)
        places = [titles.index(one) if one in titles else len(titles) for one in wanted]
        pick, name = itemgetter(*places), titles.index("name")
        found = {}
        for row in rows:
            code, called, *rest = pick((*row, ""))
            found[code] = Code(code, called or row[name], *rest)
        return found


def known(table: str, code: str) -> bool:
    """Tell whether a table has this code."""
    return code in codes(table)


def name(table: str, code: str, lang: str) -> str:
    """Return the name of a code, or the code itself where the table does not know it."""
    found = codes(table).get(code)
    return (
        full_name(found.code, lang)
        if found and table == "region"
        else (found.said(lang) if found else code)
    )


def full_name(region: str, lang: str) -> str:
    """Return a region with its city and province: 重庆市渝北区."""
    regions = codes("region")
    steps = dict.fromkeys((region[:2] + "0000", region[:4] + "00", region))
    names = [regions[step].said(lang) for step in steps if step in regions]
    return "".join(names) if lang == "zh_CN" else ", ".join(reversed(names))


def find(table: str, text: str) -> str | None:
    """Return the code that ``text`` names: the code itself, a name, or a name's short form.

    A name that several codes share (one major at two levels, 朝阳区) names none of them.
    """
    text = text.strip()
    if text in codes(table):
        return text
    found = _by_name(table).get(_plain(text), ())
    return found[0] if found and (len(found) == 1 or table in _NESTED) else None


@cache
def _by_name(table: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for one in codes(table).values():
        short = one.name.removesuffix("族") if table == "ethnic" else one.name
        full = [full_name(one.code, lang) for lang in ("zh_CN", "en")] if table == "region" else []
        for said in {_plain(said) for said in (one.name, one.name_en, short, *full) if said}:
            names.setdefault(said, []).append(one.code)
    return names


def _plain(said: str) -> str:
    """Return a name in half width and lower case: people type 作业(2米) for 作业（2米）."""
    return unicodedata.normalize("NFKC", said).lower()

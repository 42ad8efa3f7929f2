"""Rule packs: what the law says about each rule, as dated data anybody can read and correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from xqhz_desktop.compliance.calendar import Year
from xqhz_desktop.compliance.outcome import Terms
from xqhz_desktop.domain.preparation import FilingKind

FORMAT = 1
"""The newest form of packs this program reads."""


class Layer(Enum):
    """Whose pack it is; a later layer changes what an earlier one says."""

    NATIONAL = "national"
    PROVINCE = "province"
    SCHOOL = "school"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Basis:
    """One article a rule rests on; not verified: to be checked against the original."""

    zh: str
    en: str
    verified: bool

    def said(self, lang: str) -> str:
        """Return it in a language."""
        return self.zh if lang == "zh_CN" else self.en


@dataclass(frozen=True)
class Entry:
    """What the packs in force say together about one rule."""

    id: str
    severity: str
    texts: Mapping[str, str]
    """``name``, ``text`` and ``fix``, each with ``_zh`` and ``_en``."""
    bases: tuple[Basis, ...]
    terms: Terms
    pack: str
    """Name and version of the last pack that says something about it."""
    off: bool = False
    """Known, but not asked for here."""

    @property
    def verified(self) -> bool:
        """Tell whether every article was compared with its original."""
        return bool(self.bases) and all(one.verified for one in self.bases)

    def basis(self, lang: str) -> str:
        """Return all articles in a language."""
        return ("；" if lang == "zh_CN" else "; ").join(one.said(lang) for one in self.bases)

    def said(self, what: str, lang: str) -> str:
        """Return its ``name``, ``text`` or ``fix`` in a language."""
        return self.texts.get(f"{what}_{'zh' if lang == 'zh_CN' else 'en'}", "")

    @property
    def share(self) -> int:
        """Return the percentage the rule is about."""
        return self.terms.days("share")

    @property
    def age(self) -> int:
        """Return the age in years the rule is about."""
        return self.terms.days("age")


@dataclass(frozen=True)
class Pack:
    """The rules of one authority in one version."""

    name: str
    version: str
    layer: Layer
    in_force: date
    until: date | None = None
    regions: tuple[str, ...] = ()
    """Beginnings of region codes; empty is everywhere."""
    titles: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What it says about each rule, as written."""
    years: Mapping[int, Year] = field(default_factory=dict)
    text: str = ""

    @property
    def called(self) -> str:
        """Return name and version."""
        return f"{self.name} {self.version}"

    def title(self, lang: str) -> str:
        """Return what people call it."""
        return self.titles.get("zh" if lang == "zh_CN" else "en", self.name)

    def holds(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.in_force <= day and (self.until is None or day <= self.until)

    def meant(self, region: str) -> bool:
        """Tell whether it is for a place."""
        return not self.regions or any(region.startswith(one) for one in self.regions)

    @cached_property
    def rules(self) -> Mapping[str, Entry]:
        """Return its rules by id, without what other packs say."""
        return entries([(self, self.raw)])


_LAYERS = {Layer.NATIONAL: 0, Layer.PROVINCE: 1, Layer.SCHOOL: 2}


def in_force(packs: Iterable[Pack], day: date) -> list[Pack]:
    """Return the rule packs of a day, the newest version of each, by layers."""
    newest: dict[str, Pack] = {}
    for one in packs:
        if one.layer in _LAYERS and one.holds(day):
            known = newest.get(one.name)
            if known is None or (known.in_force, known.version) <= (one.in_force, one.version):
                newest[one.name] = one
    return sorted(newest.values(), key=lambda one: (_LAYERS[one.layer], one.name))


def here(packs: Iterable[Pack], school: str, work: str) -> list[tuple[Pack, Mapping[str, Any]]]:
    """Return what packs say at a place: rules about pay and hours go by the place of work."""
    found: list[tuple[Pack, Mapping[str, Any]]] = []
    for one in packs:
        said = {
            id: rule
            for id, rule in one.raw.items()
            if one.meant(work if rule.get("where") == "work" else school)
        }
        if said:
            found.append((one, said))
    return found


def entries(said: Iterable[tuple[Pack, Mapping[str, Any]]]) -> dict[str, Entry]:
    """Return each rule as all packs together have it, later ones over earlier ones."""
    merged: dict[str, dict[str, Any]] = {}
    last: dict[str, str] = {}
    for pack, rules in said:
        for id, rule in rules.items():
            merged[id] = _over(merged.get(id, {}), rule)
            last[id] = pack.called
    return {id: _entry(id, rule, last[id]) for id, rule in merged.items()}


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one rule over another; numbers and lists are exchanged one by one."""
    made = {**below, **above}
    for name in ("numbers", "lists"):
        made[name] = {**below.get(name, {}), **above.get(name, {})}
    return made


def _entry(id: str, rule: Mapping[str, Any], called: str) -> Entry:
    return Entry(
        id,
        rule.get("severity", ""),
        {name: text for name, text in rule.items() if name.endswith(("_zh", "_en"))},
        tuple(Basis(**one) for one in rule.get("basis", ())),
        Terms(
            dict(rule.get("numbers", {})),
            {name: frozenset(some) for name, some in rule.get("lists", {}).items()},
            tuple(rule.get("words", ())),
            frozenset(FilingKind[one] for one in rule.get("filings", ())),
        ),
        called,
        bool(rule.get("off")),
    )

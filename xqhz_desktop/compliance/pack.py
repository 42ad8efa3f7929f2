"""Rule packs: numbers, legal basis and state of verification of each rule, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xqhz_desktop import paths


@dataclass(frozen=True)
class Rule:
    """One rule of a pack: ``severity`` F, W, M or E; ``share`` in percent; ``age`` in years."""

    id: str
    severity: str
    basis_zh: str
    basis_en: str
    verified: bool
    share: int = 0
    age: int = 0

    def basis(self, lang: str) -> str:
        """Return the legal basis in a language."""
        return self.basis_zh if lang == "zh_CN" else self.basis_en


@dataclass(frozen=True)
class Pack:
    """The rules of one authority in one version."""

    name: str
    version: str
    rules: Mapping[str, Rule]


@cache
def national() -> Pack:
    """Return the national pack that ships with the program."""
    source = json.loads(paths.resource("packs", "national.json").read_text(encoding="utf-8"))
    rules = {id: Rule(id=id, **rule) for id, rule in source["rules"].items()}
    return Pack(source["pack"], source["version"], rules)

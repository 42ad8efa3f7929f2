"""Reading a pack: its form, its sense, its own examples; refused in one sentence otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from xqhz_desktop.compliance import calendar, example
from xqhz_desktop.compliance import pack as packs
from xqhz_desktop.compliance.judging import judge_one
from xqhz_desktop.compliance.pack import FORMAT, Entry, Layer, Pack
from xqhz_desktop.compliance.registry import BY_ID
from xqhz_desktop.compliance.wording import fitting
from xqhz_desktop.domain.preparation import FilingKind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message

_KEYS = {
    "severity", "name_zh", "name_en", "text_zh", "text_en", "fix_zh", "fix_en", "basis", "numbers",
    "lists", "words", "filings", "where", "off", "examples",
}  # fmt: skip
_ENDS = {"least": "most", "usual": "most", "early": "late"}
"""Pairs of numbers that come in this order."""


def read(text: str, *, trial: bool = True, below: tuple[Pack, ...] = ()) -> Pack:
    """Return the pack written in a JSON text; `trial`: judge its own examples.

    `below`: the packs it will stand over. Raises UserError with code PACK_MALFORMED, PACK_NEWER,
    PACK_CONTRADICTS, PACK_UNKNOWN_RULE or PACK_EXAMPLE.
    """
    source = _source(text)
    try:
        made = _pack(source, text)
        rules = packs.entries([(one, one.raw) for one in (*below, made)])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise _malformed(wrong) from wrong
    _refuse_contradictions(made, rules)
    if trial:
        try_examples(made, rules)
    return made


def try_examples(pack: Pack, rules: Mapping[str, Entry]) -> None:
    """Raise where an example of a pack comes out otherwise than the pack says."""
    for id, rule in pack.raw.items():
        for one in rule.get("examples", ()):
            try:
                facts = example.changed(example.sound(), one["facts"])
                found = judge_one(facts, rules[id])
                came = "pass" if found is None else found.state.name.lower()
                came = "hit" if came == "open" else came
                fits = came == one["finds"] and (found is None or fitting(found, rules[id]))
            except (KeyError, TypeError, ValueError, UserError) as wrong:
                raise _malformed(wrong) from wrong
            if not fits:
                raise UserError(
                    Message("The pack fails its own example of rule {rule}: it finds “{came}”.",
                            rule=id, came=came),
                    code="PACK_EXAMPLE",
                )  # fmt: skip


def _source(text: str) -> Mapping[str, Any]:
    try:
        source = json.loads(text)
        form = source["format"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise _malformed(wrong) from wrong
    if not isinstance(form, int) or form > FORMAT:
        raise UserError(
            Message("This rule pack was made for a newer version of the program."),
            code="PACK_NEWER",
        )
    assert isinstance(source, dict)
    return source


def _pack(source: Mapping[str, Any], text: str) -> Pack:
    layer = Layer(source["layer"])
    until = source.get("until")
    raw = dict(source.get("rules", {}))
    for id, rule in raw.items():
        if id not in BY_ID:
            raise UserError(
                Message("The pack names a rule this program does not know: {rule}.", rule=id),
                code="PACK_UNKNOWN_RULE",
            )
        if unknown := set(rule) - _KEYS:
            raise ValueError(f"{id}: {min(unknown)}")
        _checked(id, rule)
    titles = {"zh": str(source["title_zh"]), "en": str(source["title_en"])}
    return Pack(
        str(source["pack"]),
        str(source["version"]),
        layer,
        date.fromisoformat(source["in_force"]),
        date.fromisoformat(until) if until else None,
        tuple(map(str, source.get("regions", ()))),
        titles,
        raw,
        calendar.years(source) if layer is Layer.CALENDAR else {},
        text,
    )


def _checked(id: str, rule: Mapping[str, Any]) -> None:
    """Raise ValueError, KeyError or TypeError for what a rule of a pack cannot say."""
    if rule.get("severity", "W") not in ("F", "W", "M", "E"):
        raise ValueError(f"{id}: severity")
    for number in rule.get("numbers", {}).values():
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            raise ValueError(f"{id}: numbers")
    for basis in rule.get("basis", ()):
        if set(basis) != {"zh", "en", "verified"} or not isinstance(basis["verified"], bool):
            raise ValueError(f"{id}: basis")
    for kind in rule.get("filings", ()):
        FilingKind[kind]


def _refuse_contradictions(pack: Pack, rules: Mapping[str, Entry]) -> None:
    """Raise where dates, numbers or texts of a pack do not go together."""
    if pack.until and pack.until < pack.in_force:
        raise _contradicts(pack.name)
    for id in pack.raw:
        entry, known = rules[id], BY_ID[id]
        numbers = entry.terms.numbers
        for low, high in _ENDS.items():
            least, most = numbers.get(low), numbers.get(high)
            if least is not None and most is not None and least > most:
                raise _contradicts(id)
        lacks = [n for n in known.numbers if numbers.get(n) is None]
        lacks += [n for n in known.lists if n not in entry.terms.lists]
        lacks += [] if entry.severity and entry.said("text", "en") else ["text"]
        if lacks and pack.layer is Layer.NATIONAL:
            raise _malformed(ValueError(f"{id}: {lacks[0]}"))


def _malformed(wrong: Exception) -> UserError:
    where = str(wrong).strip("'\"") or type(wrong).__name__
    return UserError(
        Message("This is no rule pack that can be used ({where}).", where=where[:80]),
        code="PACK_MALFORMED",
    )


def _contradicts(where: str) -> UserError:
    return UserError(
        Message("The rule pack contradicts itself at {where}.", where=where),
        code="PACK_CONTRADICTS",
    )

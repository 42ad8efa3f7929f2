"""What a finding says: the text of the pack with its values, and the names of facts."""

from __future__ import annotations

from typing import Any

from xqhz_desktop.compliance.judging import Finding, State
from xqhz_desktop.compliance.pack import Entry
from xqhz_desktop.domain import BY_KIND, codes
from xqhz_desktop.i18n import N_, Language, Message, language

_NAMES = {
    "calendar.year": N_("Public holidays of the year"),
    "pack.minimum_wage": N_("Local minimum wage (in the school's rule pack)"),
    "pack.days": N_("Number of days (in the school's rule pack)"),
    "unit.most": N_("Interns on the fullest day, all batches and schools"),
    "post.most": N_("Interns in the post on the fullest day"),
    "standing.new": N_("New enterprise"),
    "worked.longest": N_("Longest day in the attendance"),
    "worked.night_on": N_("First night in the attendance"),
    "worked.seventh_on": N_("Seventh day of work in a row"),
    "paid.last_on": N_("Last paid on"),
    "paid.in_kind": N_("Paid in goods or vouchers"),
    "paid.indirect": N_("Paid to somebody else"),
    "reported.fees": N_("Fees named on visits and in surveys"),
    "reported.papers": N_("Papers kept back, as seen on visits"),
    "reported.agencies": N_("Agencies, as seen on visits"),
    "guided.checked_on": N_("Last check"),
    "staff.interns": N_("Interns of the tutor"),
}
"""What facts are called that are no field of a record."""


def text(finding: Finding, entry: Entry, lang: Language) -> str:
    """Return the sentence of a finding."""
    match finding.state:
        case State.UNJUDGED:
            facts = [fact(one) for one in finding.missing]
            return lang.say(Message("Cannot be judged: {facts} is missing", facts=facts))
        case State.ASKED:
            words = [word(one, lang) for one in finding.words]
            return lang.say(Message("Is this restricted work? {words}", words=words))
    values = {name: _value(one, lang) for name, one in finding.values.items()}
    said = entry.said("text", lang.code).format_map(values)
    name = entry.said("name", lang.code)
    return said or name


def fitting(finding: Finding, entry: Entry) -> bool:
    """Tell whether the texts of a pack can be filled in, in both languages."""
    return all(text(finding, entry, language(code)) for code in ("zh_CN", "en"))


def fact(name: str) -> Message:
    """Return what people call a fact, given as ``kind.field``."""
    kind, _, field = name.partition(".")
    known = BY_KIND.get(kind)
    if known and field in known.FIELDS:
        record, label = Message(known.LABEL), Message(known.FIELDS[field].label)
        return Message("{record}: {field}", record=record, field=label)
    return Message(_NAMES.get(name, name))


def word(one: str, lang: Language) -> str:
    """Return a word of the dictionary as it is, and a code of a hazard by its name."""
    return codes.name("hazard", one, lang.code)


def _value(value: Any, lang: Language) -> str:
    match value:
        case {"hazard": code}:
            return codes.name("hazard", code, lang.code)
        case {"fact": name}:
            return lang.say(fact(name))
        case {"region": code}:
            return codes.name("region", code, lang.code)
        case list() | tuple():
            return lang.value([_value(one, lang) for one in value])
    return lang.value(value)

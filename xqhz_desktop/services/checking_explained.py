"""One finding explained: the facts it rests on, the days of a cap, the reasons ever given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xqhz_desktop.compliance.registry import BY_ID
from xqhz_desktop.compliance.wording import fact
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.ruling import FindingAnswer
from xqhz_desktop.i18n import Language
from xqhz_desktop.services import quotas, rule_packs
from xqhz_desktop.services.checking_facts import Source
from xqhz_desktop.services.checking_views import Row, Rule
from xqhz_desktop.services.quotas import Radar
from xqhz_desktop.services.workspace import Work


@dataclass(frozen=True)
class Used:
    """One fact a rule looked at: what it is called, its value as text, and its record."""

    name: str
    value: str
    kind: str = ""
    id: str = ""


def used(work: Work, row: Row, rule: Rule, lang: Language) -> list[Used]:
    """Return the facts a rule looked at for a placement, in the order it names them."""
    on = date.today()
    with work.store.read() as reader:
        packs = rule_packs.of(reader)
        source = Source(reader, [row.person.id], on, packs.calendar, starting=False)
        facts = source.facts(row.person.id)
    found = []
    for name in BY_ID[rule.entry.id].uses:
        kind, _, field = name.partition(".")
        part = getattr(facts, _PARTS.get(kind, kind), None)
        if part is None:
            continue
        label = lang.say(fact(name))
        if isinstance(part, Record):
            value = part.FIELDS[field].show(getattr(part, field), lang) if part.id else ""
            found.append(Used(label, value, kind, part.id))
        else:
            found.append(Used(label, lang.value(getattr(part, field))))
    return found


_PARTS = {"placement_batch": "batch", "site_assessment": "assessment"}
"""Kinds whose fact is called otherwise."""


def radar(work: Work, row: Row) -> Radar | None:
    """Return the weeks around a placement that a cap is about; None where there is none."""
    if "allowed" not in row.finding.values:
        return None
    start = date.fromisoformat(row.person.start)
    end = date.fromisoformat(row.person.end or row.person.start)
    unit = row.finding.rule == quotas.OF_UNIT
    id, field = (row.person.host, "enterprise") if unit else (row.person.post, "position")
    with work.store.read() as reader:
        rows = reader.cursor.execute(
            f"SELECT start_date, coalesce(end_date, start_date) FROM placement WHERE {field} = ?"
            " AND batch IS ? AND status <> 'CANCELLED' AND start_date IS NOT NULL",
            (id, row.person.batch or None),
        ).fetchall()
        ours = [(date.fromisoformat(one), date.fromisoformat(last)) for one, last in rows]
        counted = quotas.Counted(reader, {row.person.host})
        most = int(row.finding.values["count"]) - counted.line(id).fullest(start, end)[0]
        return counted.radar(id, ours, start - _AROUND, end + _AROUND, most)


_AROUND = timedelta(days=14)


def history(work: Work, placement: str, rule: str) -> list[FindingAnswer]:
    """Return the reasons ever given for a finding, the newest first."""
    with work.store.read() as reader:
        found = [
            one
            for one in reader.all("finding_answer", placement=placement, rule=rule)
            if isinstance(one, FindingAnswer)
        ]
    return sorted(found, key=lambda one: (one.answered_on or date.min, one.id), reverse=True)

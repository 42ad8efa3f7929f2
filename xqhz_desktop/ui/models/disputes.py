"""Conflicts as the window shows them: what sides are called, what was decided so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import conflicts, enrolling, reopening, syncing
from xqhz_desktop.services.conflicts import RECORD, Clash, Conflict, Side, Whose
from xqhz_desktop.services.reopening import Settled
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.models.columns import field_text
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.editors import Tools

_SLACK = timedelta(minutes=10)
"""By so much another clock may be ahead before its times are doubted."""

LONG = (Kind.NOTE,)
"""Kinds of fields whose two versions can be put together."""


@dataclass(frozen=True)
class Dispute:
    """A record two copies disagree about. `names`: what references before it point to, by id."""

    conflict: Conflict
    fields: Mapping[str, Field]
    names: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """Return its kind and id."""
        return self.conflict.kind, self.conflict.id

    def clash(self, field: str) -> Clash:
        """Return the clash about a field."""
        return next(one for one in self.conflict.clashes if one.field == field)

    def before(self, clash: Clash, tools: Tools) -> str:
        """Return what a field was before, as people read it."""
        if clash.field == RECORD:
            return ""
        if self.fields[clash.field].kind is Kind.REF:
            return self.names.get(clash.base, "")
        return self._shown(clash.field, clash.base, tools)

    def said(self, clash: Clash, side: Side, tools: Tools) -> str:
        """Return the value of a side, as people read it."""
        if clash.field == RECORD:
            word = N_("kept and changed") if side.value else N_("removed")
            return tools.languages.say(word)
        if self.fields[clash.field].kind is Kind.REF:
            return side.called
        return self._shown(clash.field, side.value, tools)

    def covered(self, tools: Tools) -> list[str]:
        """Return the fields in dispute whose values are covered, as `Tools` names them."""
        names = [one.field for one in self.conflict.clashes if one.field != RECORD]
        private = [f"{self.conflict.kind}.{one}" for one in names if self.fields[one].private]
        return [one for one in private if one not in tools.uncovered]

    def _shown(self, name: str, value: Any, tools: Tools) -> str:
        field, lang = self.fields[name], tools.languages.language
        if f"{self.conflict.kind}.{name}" in tools.uncovered:
            return field.show(value, lang)
        return field_text(field, value, lang)

    def label(self, clash: Clash) -> str | Message:
        """Return what a clash is about."""
        return N_("The whole record") if clash.field == RECORD else self.fields[clash.field].said


@dataclass(frozen=True)
class Decision:
    """What a field is to be; `side` is None where it was typed."""

    value: Any
    side: Side | None = None
    called: str = ""
    """The name of what a typed reference points to."""


@dataclass(frozen=True)
class Disputes:
    """Everything in dispute, and what devices are called by the ids of their keys."""

    open: Sequence[Dispute]
    devices: Mapping[str, str]
    me: str
    last: datetime | None
    """When a package was last made or taken in."""
    settled: Sequence[Settled] = ()
    """The newest decisions."""

    def device(self, side: Side) -> str:
        """Return where a side was written."""
        return self.me if side.mine else self.devices.get(side.device, "")

    def alike(self, dispute: Dispute, field: str, whose: Whose) -> list[Dispute]:
        """Return the other records in dispute about the same field that have such a side."""
        return [
            one
            for one in self.open
            if one.conflict.kind == dispute.conflict.kind and one.conflict.id != dispute.conflict.id
            for clash in one.conflict.clashes
            if clash.field == field and conflicts.taken(clash, whose)
        ]


def look(work: Work, _progress: Progress) -> Disputes:
    """Read everything in dispute."""
    found = [one for one in conflicts.open_ones(work, limit=-1) if one.kind in BY_KIND]
    members = {one.id: one.name for one in enrolling.members(work)}
    past = syncing.packages(work, 1)
    with work.store.read() as reader:
        fields = {kind: reader.fields(kind, retired=True) for kind in {one.kind for one in found}}
        wanted: dict[str, set[str]] = defaultdict(set)
        for one in found:
            for clash in one.clashes:
                field = fields[one.kind].get(clash.field)
                if field is not None and field.kind is Kind.REF and clash.base:
                    wanted[field.target].add(clash.base)
        names = {id: n for kind, ids in wanted.items() for id, n in reader.names(kind, ids).items()}
    shown = [Dispute(one, fields[one.kind], names) for one in found]
    me = syncing.status(work).name
    last = past[0].at if past else None
    return Disputes(shown, members, me, last, reopening.past(work))


def columns(clash: Clash) -> tuple[Side, Sequence[Side]]:
    """Return the side of this computer, else the one shown now, and the others."""
    first = next((side for side in clash.sides if side.mine), clash.sides[0])
    return first, [side for side in clash.sides if side is not first]


def moment(side: Side) -> Message:
    """Return when a side was written; a time that is yet to come is doubted."""
    said = when(side.at)
    if side.at > datetime.now() + _SLACK:
        return Message("{when}, clock in doubt", when=said)
    return said


def whose(side: Side) -> Whose:
    """Return which side of other conflicts is like this one."""
    return Whose.MINE if side.mine else Whose.THEIRS


def settle(work: Work, dispute: Dispute, values: Mapping[str, Any], _progress: Progress) -> int:
    """Settle fields of a record in one step."""
    return conflicts.settle(work, *dispute.key, values)


def settle_alike(work: Work, kind: str, field: str, whose: Whose, _progress: Progress) -> int:
    """Settle a field of all records of a kind in the same way; return how many were."""
    return conflicts.settle_alike(work, kind, field, whose)


def reopen(work: Work, number: int, _progress: Progress) -> int:
    """Open again what a step has settled; return how many records."""
    return reopening.reopen(work, number)


def keep_both(work: Work, dispute: Dispute, _progress: Progress) -> str:
    """Keep both sides as two records; return the id of the second one."""
    return conflicts.keep_both(work, *dispute.key)

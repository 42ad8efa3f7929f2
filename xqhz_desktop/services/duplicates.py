"""Twins found among enterprises and students, and pairs told apart for good."""

from __future__ import annotations

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.alias import Apart
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import twins
from xqhz_desktop.services.merging import record_of
from xqhz_desktop.services.twins import Pair, Progress
from xqhz_desktop.services.workspace import Work

KINDS = ("enterprise", "student")
"""Kinds whose twins are looked for."""


def candidates(work: Work, kind: str, progress: Progress | None = None) -> list[Pair]:
    """Return pairs that may be one record, the surest first; those told apart are left out."""
    if kind not in KINDS:
        raise NotFound(
            Message(
                "Twins are looked for among: {known}.",
                known=[Message(BY_KIND[one].PLURAL) for one in KINDS],
            ),
            code="NO_KIND",
        )
    with work.store.read() as reader:
        records = sorted(reader.all(kind), key=lambda one: one.id)
        told = [one for one in reader.all("apart", of_kind=kind) if isinstance(one, Apart)]
    if kind == "enterprise":
        found = twins.enterprises([one for one in records if isinstance(one, Enterprise)], progress)
    else:
        found = twins.students([one for one in records if isinstance(one, Student)], progress)
    apart = {(one.one, one.other) for one in told}
    return [pair for pair in found if (pair.one.id, pair.other.id) not in apart]


def dismiss(work: Work, kind: str, one: str, other: str) -> int:
    """Remember that two records are not the same; return the step's number."""
    with work.store.read() as reader:
        first, second = (record_of(reader, kind, id) for id in sorted((one, other)))
    title = Message("Not the same: {one} and {other}", one=first.called, other=second.called)
    name = f"{first.called} / {second.called}"
    with work.store.change(title, work.actor) as change:
        change.put(Apart(of_kind=kind, one=first.id, other=second.id, name=name))
    return change.number

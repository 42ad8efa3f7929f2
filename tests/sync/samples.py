"""Keys, changes and packages for the tests of the format. The keys are made for the tests."""

from __future__ import annotations

from xqhz_desktop.sync import segment
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.trust import Device, Keyring

OFFICE = Device(
    bytes(range(32)), "AGE-SECRET-KEY-1PT5XGNH5KVD7DZWNQ9C2P0PKPVKHJSNFMTYFKL93YSZ2JE4D0T4SNN4LCJ"
)
TUTOR = Device(
    bytes(range(32, 64)),
    "AGE-SECRET-KEY-173XP4096FKJZ5L3Z0AT7HKT6FEGRYEMPAQ7URS3QUM9AYDUSWPTQFLRQAP",
)
GROUP, STREAM, OTHER = "0f" * 16, "a1" * 16, "c3" * 16
ORIGIN = Origin(OFFICE, GROUP, schema=1)
KNOWN = {one.id: one.public.key for one in (OFFICE, TUTOR)}
AT_OFFICE = Keyring(GROUP, (OFFICE,), KNOWN)
AT_TUTOR = Keyring(GROUP, (TUTOR,), KNOWN)
READERS = (OFFICE.public.recipient, TUTOR.public.recipient)


def changes(many: int = 3) -> list[Changeset]:
    """Return the first changes of a replica: a record written and another removed in each."""
    return [
        Changeset(
            STREAM,
            q,
            1_780_000_000_000 + q,
            "b2" * 16,
            {OTHER: q} if q % 2 else {},
            (
                Op("student", f"{q:032x}", {"name": f"学生{q}", "grade": 2026, "phone": None}),
                Op("student", f"{q + 1000:032x}", None),
            ),
            {"title": "Edit student"},
        )
        for q in range(1, many + 1)
    ]


def segments() -> tuple[Segment, ...]:
    """Return two segments in a chain: changes 1–2, and 3."""
    first = segment.make(changes()[:2], "", ORIGIN)
    return first, segment.make(changes()[2:], first.id, ORIGIN)


def contents() -> Contents:
    """Return what the office sends."""
    return Contents(
        GROUP, segments=segments(), knowledge={STREAM: 3}, app=("1.0", 1), created=1_780_000_000_000
    )

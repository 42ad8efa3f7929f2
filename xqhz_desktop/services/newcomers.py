"""A new device: everything the school has, in one package that is smaller than its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xqhz_desktop.services import enrolment, sending
from xqhz_desktop.services.sending import Made
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.sync import beginning, package, snapshot
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.laptop import Registers


def make(work: Work, target: Path, *, to: Sequence[str] = ()) -> Made:
    """Write a snapshot of the workspace for new devices, by name or id, or for all others.

    It goes into a workspace without data of others. Raises UserError as `sending.make` does.
    """
    circle = enrolment.enrolled(work)
    receivers = sending.chosen(circle, to)
    # Everything done here is in segments then, so that the snapshot stands at the end of one.
    contents = replace(sending.gathered(work, circle, ()), kind=Kind.SNAPSHOT, segments=())
    with work.store.read() as reader:
        blocks = tuple(beginning.blocks(Registers(reader), Shelved(reader.cursor)))
    written = []
    for number, part in enumerate(package.volumes(replace(contents, blocks=blocks)), 1):
        data = package.write(part, circle.readers(receivers), circle.device)
        file = sending.place(target, number)
        sending.put(file, data)
        written.append((file, len(data)))
    return Made(
        tuple(file for file, _ in written),
        sum(size for _, size in written),
        sum(contents.knowledge.values()),
        dict(Counter(kind for (kind, _id), _row in snapshot.rows(blocks))),
        tuple(one.name for one in receivers),
    )

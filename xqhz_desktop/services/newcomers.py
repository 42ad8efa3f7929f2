"""A new device: everything the school has, in one package that is smaller than its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xqhz_desktop.services import enclosing, enrolment, sending
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.sending import Made
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.sync import beginning, snapshot
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.laptop import Registers


def make(work: Work, target: Path, *, to: Sequence[str] = ()) -> Made:
    """Write a snapshot of the workspace for new devices, by name or id, or for all others.

    It goes into a workspace without data of others. Raises UserError as `sending.make` does.
    """
    circle = enrolment.whole(work)
    receivers = sending.chosen(circle, to)
    return _made(work, target, (circle, receivers))


def for_the_safe(work: Work, target: Path) -> Made:
    """Write a snapshot that this computer and the school's own key open, and nobody else."""
    return _made(work, target, (enrolment.whole(work), []))


def _made(work: Work, target: Path, for_whom: tuple[Enrolment, list[Member]]) -> Made:
    circle, receivers = for_whom
    # Everything done here is in segments then, so that the snapshot stands at the end of one.
    contents = sending.gathered(work, circle, ())
    all_of_it, contents = contents.segments, replace(contents, kind=Kind.SNAPSHOT, segments=())
    with work.store.read() as reader:
        blocks = tuple(beginning.blocks(Registers(reader), Shelved(reader.cursor)))
        files = enclosing.along(work, reader, all_of_it, ())
    contents = replace(contents, blocks=blocks, blobs=files)
    made = sending.written(contents, target, for_whom)
    kinds = Counter(kind for (kind, _id), _row in snapshot.rows(blocks))
    changes = sum(contents.knowledge.values())
    return sending.noted(work, replace(made, changes=changes, kinds=dict(kinds)), receivers)

"""Packages of every kind through one door: made, looked at, taken in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from xqhz_desktop.services import copies, enrolment, excerpts, parcels, returns, sending, taking_in
from xqhz_desktop.services.sending import Made, Way
from xqhz_desktop.services.taking_in import Preview, Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.writing import Progress
from xqhz_desktop.sync.envelope import Kind


def make(
    work: Work,
    target: Path,
    *,
    to: Sequence[str] = (),
    since: int | None = None,
    way: Way | None = None,
) -> Made:
    """Write a package (see `sending.make`); a partial copy gets its part, or gives back."""
    circle = enrolment.known(work)
    if circle and circle.me.partial:
        return copies.give_back(work, target)
    if circle and [one for one in circle.members if one.partial and {one.id, one.name} & {*to}]:
        return excerpts.make(work, target, to=to[0])
    return sending.make(work, target, to=to, since=since, way=way)


def look(work: Work, file: Path, *, leave_out: Collection[str] = ()) -> Preview:
    """Return what taking in a package would do, without doing it; raise BadPackage."""
    match _kind(work, file):
        case Kind.EXCERPT:
            return copies.look(work, file)
        case Kind.RETURN:
            return returns.look(work, file, leave_out=leave_out)
    return taking_in.look(work, file, leave_out=leave_out)


def take_in(
    work: Work, file: Path, *, leave_out: Collection[str] = (), progress: Progress | None = None
) -> Taken:
    """Take in a package, after a backup; all of it or, on any error, nothing."""
    match _kind(work, file):
        case Kind.EXCERPT:
            return copies.take_in(work, file)
        case Kind.RETURN:
            return returns.take_in(work, file, leave_out=leave_out)
    return taking_in.take_in(work, file, leave_out=leave_out, progress=progress)


def _kind(work: Work, file: Path) -> Kind:
    """Return what a package is for; whoever takes no part yet is told so by any of them."""
    return parcels.kind(file) if enrolment.known(work) else Kind.DELTA

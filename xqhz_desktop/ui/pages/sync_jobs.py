"""The jobs of the sync page, each with its progress last."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from xqhz_desktop.services import enrolling, exchanging, newcomers, syncing
from xqhz_desktop.services.enrolling import Member, Request
from xqhz_desktop.services.exchanging import Exchange, Server
from xqhz_desktop.services.syncing import Made, Preview, Taken, Way
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.packing import Packing
from xqhz_desktop.ui.tasks import Progress


def exchange(work: Work, place: str, progress: Progress) -> Exchange:
    """Exchange with a folder or a server."""
    if exchanging.is_address(place):
        return exchanging.with_server(work, place, progress)
    return exchanging.with_folder(work, Path(place), progress)


def make(work: Work, packing: Packing, _progress: Progress) -> Made:
    """Write a package."""
    if packing.fresh:
        return newcomers.make(work, packing.file, to=packing.to)
    since = 0 if packing.whole else None
    way = Way(packing.mail, not packing.names_only)
    return syncing.make(work, packing.file, to=packing.to, since=since, way=way)


def preview(work: Work, file: Path, left_out: Collection[str], _progress: Progress) -> Preview:
    """Look into a package."""
    return syncing.look(work, file, leave_out=left_out)


def take_in(work: Work, file: Path, left_out: Collection[str], progress: Progress) -> Taken:
    """Take in a package."""
    return syncing.take_in(work, file, leave_out=left_out, progress=progress)


def let_in(work: Work, _progress: Progress) -> Taken:
    """Take in what was left out before."""
    return syncing.let_in(work)


def roll_back(work: Work, package: str, lose: bool, _progress: Progress) -> int:
    """Set everything back to before a package."""
    return syncing.roll_back(work, package, lose=lose)


def server(work: Work, address: str, _progress: Progress) -> tuple[Server, bool]:
    """Return what a server says of itself, and whether the school knows it."""
    found = exchanging.server(work, address)
    return found, any(one.id == found.public.id for one in enrolling.members(work))


def introduce(work: Work, server: Server, name: str, file: Path, _progress: Progress) -> Path:
    """Write the file that asks a server to let the school in."""
    enrolling.introduce(work, server.public, name, file)
    return file


def begin(work: Work, name: str, _progress: Progress) -> Member:
    """Make this the school's first device."""
    return enrolling.begin(work, name)


def request(work: Work, file: Path, name: str, _progress: Progress) -> Request:
    """Write the file that asks to be admitted."""
    return enrolling.request(work, file, name)


def admit(work: Work, file: Path, answer: Path, _progress: Progress) -> Request:
    """Admit the device that asks, and write the answer."""
    return enrolling.admit(work, file, answer)


def accept(work: Work, answer: Path, _progress: Progress) -> Member:
    """Become a member by the answer."""
    return enrolling.accept(work, answer)


def revoke(work: Work, device: str, reason: str, _progress: Progress) -> Member:
    """Block a device."""
    return enrolling.revoke(work, device, reason)

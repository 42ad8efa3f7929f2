"""The jobs of the sync page, each with its progress last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from xqhz_desktop.services import (
    dossiers,
    enrolling,
    escrow,
    exchanging,
    handovers,
    newcomers,
    syncing,
)
from xqhz_desktop.services.dossiers import Arrived, Dossier
from xqhz_desktop.services.enrolling import Member, Request
from xqhz_desktop.services.escrow import Deposit, Recovered
from xqhz_desktop.services.exchanging import Exchange, Server
from xqhz_desktop.services.handovers import Matters
from xqhz_desktop.services.syncing import Made, Preview, Taken, Way
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.packing import Packing
from xqhz_desktop.ui.tasks import Progress


def exchange(work: Work, place: str, progress: Progress) -> Exchange:
    """Exchange with a folder, a server or a WebDAV folder."""
    return exchanging.exchange(work, place, progress)


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


def settle(work: Work, streams: Collection[str], _progress: Progress) -> Taken:
    """Decide that what is known here of copied computers counts; return what went in for it."""
    taken = [syncing.trust(work, stream) for stream in streams]
    return replace(taken[-1], changes=sum(one.changes for one in taken))


def renew(work: Work, device: str, _progress: Progress) -> Member:
    """Let a device take part for another year."""
    return enrolling.renew(work, device)


def deposit(work: Work, file: Path, _progress: Progress) -> Deposit:
    """Write the school's key and data for the safe."""
    return escrow.deposit(work, file)


def recover(work: Work, file: Path, words: str, name: str, _progress: Progress) -> Recovered:
    """Take the place of the school's lost computer."""
    return escrow.recover(work, file, words, name)


def send_student(
    work: Work, student: str, leaves: bool, file: Path, _progress: Progress
) -> Dossier:
    """Write the file of a student who goes to another school."""
    return dossiers.make(work, [student], file, leaves=leaves)


def look_at_student(work: Work, file: Path, words: str, _progress: Progress) -> Arrived:
    """Look into the file of another school."""
    return dossiers.look(work, file, words)


def take_student(work: Work, file: Path, words: str, home: str, _progress: Progress) -> int:
    """Take over the student of another school's file into a class."""
    return dossiers.take_in(work, file, words, school_class=home)


def matters(work: Work, person: str, _progress: Progress) -> Matters:
    """Return what is open when somebody leaves."""
    return handovers.matters(work, person)


def hand_over(work: Work, leaver: str, heir: str, roles: bool, _progress: Progress) -> int:
    """Let a successor take over."""
    return handovers.hand_over(work, leaver, heir, roles=roles)


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


def admit(
    work: Work, file: Path, answer: Path, part: Collection[str], _progress: Progress
) -> Request:
    """Admit the device that asks, for a part or all of the school, and write the answer."""
    return enrolling.admit(work, file, answer, part=part)


def accept(work: Work, answer: Path, _progress: Progress) -> Member:
    """Become a member by the answer."""
    return enrolling.accept(work, answer)


def revoke(work: Work, device: str, reason: str, _progress: Progress) -> Member:
    """Block a device."""
    return enrolling.revoke(work, device, reason)

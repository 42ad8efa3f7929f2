"""Workers: each takes a waiting package, one of a school at a time, and merges it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.hub import keyring, uploads
from xqhz_desktop.hub.book import REVOKED, UNKNOWN, SchoolBook
from xqhz_desktop.hub.database import Connection
from xqhz_desktop.hub.files import SchoolFiles
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.shelf import SchoolShelf
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import LOG
from xqhz_desktop.sync import ledger, package, segment
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.segment import Segment
from xqhz_desktop.sync.trust import Keyring

_MOST_TRIES = 3
_PAUSE = 2.0  # seconds between looks for packages other processes were handed

_CLAIM = """
SELECT u.school_id::text, u.id, u.device FROM upload u
WHERE u.state = 'waiting' AND pg_try_advisory_xact_lock(hashtextextended(u.school_id::text, 0))
ORDER BY u.begun LIMIT 1 FOR UPDATE SKIP LOCKED
"""
"""The oldest package of a school nobody is writing to, which is ours until the transaction ends."""


@dataclass(frozen=True)
class Job:
    """One package in the hands of a worker."""

    school: str
    id: bytes
    device: bytes


class Workers:
    """Threads that merge what comes in until they are stopped."""

    def __init__(self, hub: Hub, bell: threading.Event, count: int = 1) -> None:
        """Prepare; `bell` rings when a package was handed in."""
        self._hub, self._bell = hub, bell
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]

    def start(self) -> None:
        """Begin to work."""
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """Finish the packages in hand and end."""
        self._ending.set()
        self._bell.set()
        for one in self._threads:
            one.join()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._bell.clear()
            try:
                while not self._ending.is_set() and one(self._hub):
                    pass
            except UserError as error:  # the database is away: what waits goes on waiting
                LOG.warning("the worker pauses: %s", error.message)
            except Exception:
                LOG.exception("a worker met what nobody foresaw")
            self._bell.wait(_PAUSE)


def one(hub: Hub) -> bool:
    """Take in one waiting package; tell whether there was one."""
    job: Job | None = None
    try:
        with hub.database.schools(None) as connection:
            claimed = connection.execute(_CLAIM).fetchone()
            if claimed is None:
                return False
            job = Job(claimed[0], bytes(claimed[1]), bytes(claimed[2]))
            connection.execute("SELECT set_config('xqhz.everything', '', true)")
            connection.execute("SELECT set_config('xqhz.schools', %s, true)", (job.school,))
            _handle(hub, connection, job)
    except UserError:
        raise
    except Exception:
        LOG.exception("package %s of school %s", job and job.id.hex(), job and job.school)
        if job is None:
            raise
        _put_off(hub, job)
    return True


def _handle(hub: Hub, connection: Connection, job: Job) -> None:
    """Merge a package, or write why it is refused; nothing of a refused one is applied."""
    try:
        with connection.transaction():
            _merge(hub, connection, job)
    except BadPackage as bad:
        connection.execute(
            "UPDATE upload SET state = 'refused', code = %s, message = %s, ended = now()"
            " WHERE school_id = %s AND id = %s",
            (bad.code, _msgid(bad.message), job.school, job.id),
        )
        LOG.info("refused %s of school %s: %s", job.id.hex(), job.school, bad.code)
    uploads.drop(connection, job.school, job.id)


def _merge(hub: Hub, connection: Connection, job: Job) -> None:
    known = keyring.of_school(connection, job.school).keyring(hub.keys)
    data = b"".join(uploads.pieces(connection, job.school, job.id))
    contents = package.read(data, known)
    book, shelf = SchoolBook(connection, job.school), SchoolShelf(connection, job.school)
    candidates = list(contents.segments)
    if keyring.admit(connection, job.school, contents.certificates):
        known = keyring.of_school(connection, job.school).keyring(hub.keys)
        candidates += book.unknown()
    good = []
    for one in candidates:
        if problem := _problem(one, known):
            book.put_aside(one, problem)
        else:
            good.append(one)
    taken = ledger.take(book, shelf, good)
    SchoolFiles(connection, job.school).take(contents)
    applied = [one for one in good if taken.states.get(one.id) is State.APPLIED]
    connection.execute(
        "UPDATE upload SET state = 'taken', ended = now(), segments = %s, changes = %s"
        " WHERE school_id = %s AND id = %s",
        (
            len(candidates),
            sum(one.header.q1 - one.header.q0 + 1 for one in applied),
            job.school,
            job.id,
        ),
    )
    connection.execute(
        "UPDATE device SET seen = now() WHERE school_id = %s AND device = %s",
        (job.school, job.device),
    )


def _problem(one: Segment, known: Keyring) -> str:
    """Return why a segment is set aside for people to look at, or ""; raise BadPackage.

    Set aside, not refused: who passes on what others wrote must not be shut out with them.
    """
    key = known.known.get(one.header.key)
    if key is None:
        return UNKNOWN
    segment.check(one, key)
    limits = known.revoked.get(one.header.key)
    if limits is not None and one.header.q1 > limits.get(one.header.stream, 0):
        return REVOKED
    return ""


def _put_off(hub: Hub, job: Job) -> None:
    """Count a failure nobody foresaw; the third one sets the package aside for people to look."""
    with hub.database.school(job.school) as connection:
        connection.execute(
            "UPDATE upload SET tries = tries + 1, begun = now(),"
            " state = CASE WHEN tries + 1 >= %s THEN 'refused' ELSE state END,"
            " ended = CASE WHEN tries + 1 >= %s THEN now() END,"
            " code = 'INTERNAL', message = %s WHERE school_id = %s AND id = %s",
            (_MOST_TRIES, _MOST_TRIES, _UNFORESEEN, job.school, job.id),
        )


def _msgid(message: Message) -> str:
    """Return what a message is translated by, or its English where it holds values."""
    return message.msgid if isinstance(message.msgid, str) and not message.values else str(message)


_UNFORESEEN = Message(
    "The server failed over this package. Its log says where; the package can be sent again."
).msgid

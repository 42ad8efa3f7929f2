"""The school in the safe: its key and its data, for the day the only computer is gone.

Two files and twelve words: the files on a stick, the words on paper. Neither opens anything
without the other.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xqhz_desktop.sync.certificates as papers
from xqhz_desktop.errors import BadFile, NotFound, UserError, WrongKey
from xqhz_desktop.i18n import Bilingual, Message
from xqhz_desktop.services import enrolling, enrolment, newcomers, packages
from xqhz_desktop.services.enrolment import Member
from xqhz_desktop.services.sending import SUFFIX
from xqhz_desktop.services.syncing import Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import keys, upgrade
from xqhz_desktop.sync import cbor, fingerprint, keystore, trust
from xqhz_desktop.sync.certificates import Role
from xqhz_desktop.sync.trust import Device

ENDING = ".xqkey"
"""How the file with the school's key ends; the data lies beside it as a package."""
WORDS = 12
"""Of 256 each: 96 bits, and each try costs 64 MB and a moment."""


@dataclass(frozen=True)
class Deposit:
    """What goes into the safe: two files, and the words to write on paper."""

    files: tuple[Path, ...]
    words: Bilingual


@dataclass(frozen=True)
class Recovered:
    """This computer as the school's first one, and what the data brought; None where it is gone."""

    me: Member
    taken: Taken | None


def deposit(work: Work, file: Path) -> Deposit:
    """Write the school's key and all its data; on the school's first computer only."""
    circle = enrolment.whole(work)
    school = enrolling.school_key(work)
    secret = os.urandom(WORDS)
    key = file.with_suffix(ENDING)
    content = [1, school.secret(), bytes.fromhex(circle.group), list(circle.certificates)]
    try:
        key.parent.mkdir(parents=True, exist_ok=True)
        keys.wrap(key, secret.hex(), cbor.dump(content))
    except OSError as error:
        raise UserError(
            Message("{file} cannot be written. Choose another place.", file=str(key))
        ) from error
    made = newcomers.for_the_safe(work, key.with_suffix(SUFFIX))
    return Deposit((key, *made.files), fingerprint.spoken(secret))


def recover(work: Work, file: Path, words: str, name: str) -> Recovered:
    """Make this the school's first computer again, with the data that lies beside the key.

    For a workspace without data, or one restored from a backup. Raises WrongKey where the words
    do not fit, UserError.
    """
    enrolling.refuse_enrolled(work)
    school, group, statements = _opened(file, words)
    _refuse_other(work, group)
    device = trust.make_device()
    made = enrolling.certificate(Role.DEVICE, device.public, group, name)
    for one in (school, device):
        keystore.keep(one, enrolment.lock(work))
    with work.store.merging() as change:
        enrolment.keep(change, [*statements, papers.certify(school, made)])
        enrolling.belong(change, group, school.id, device.id)
        enrolling.recovered(change)
    data = file.with_suffix(SUFFIX)
    bare = _is_bare(work)
    taken = packages.take_in(work, data) if bare and data.is_file() else None
    return Recovered(enrolment.enrolled(work).me, taken)


def _opened(file: Path, words: str) -> tuple[Device, str, Sequence[bytes]]:
    """Return what the file in the safe holds; raise WrongKey, BadFile, NotFound."""
    if not file.is_file():
        raise NotFound(Message("There is no file {file}.", file=str(file)))
    secret = fingerprint.heard(words)
    if len(secret) != WORDS:
        raise WrongKey(
            Message("These are not the {n} words of the safe. Read them once more.", n=WORDS)
        )
    try:
        content = cbor.load(keys.unwrap(file, secret.hex()))
    except WrongKey as error:
        raise WrongKey(
            Message("These are not the {n} words of the safe. Read them once more.", n=WORDS)
        ) from error
    match content:
        case [1, bytes(key), bytes(group), list(statements), *_] if len(group) == 16:
            return trust.device(key), group.hex(), [one for one in statements if one]
    raise BadFile(Message("The file {file} is damaged.", file=str(file)))


def _refuse_other(work: Work, group: str) -> None:
    with work.store.read() as reader:
        own = upgrade.facts(reader.cursor).get("group", "")
    if own and own != group:
        raise UserError(
            Message("This key is another school's. Begin in an empty folder."), code="OTHER_SCHOOL"
        )


def _is_bare(work: Work) -> bool:
    with work.store.read() as reader:
        return not reader.count("school")

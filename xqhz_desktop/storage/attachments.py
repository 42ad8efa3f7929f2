"""The contents of attached files beside the database: once each, found by their SHA-256.

A content is written once and never changed. Beside an encrypted database it is sealed with a key
made from the database's own, and its name says nothing of it: a keyed hash of the SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import BadFile, NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import keys

FOLDER = "blobs"
MOST = 20 << 20
"""Bytes of one file."""
_HASH = re.compile("[0-9a-f]{64}")
_NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_PURPOSE = b"xqhz-attachments"
_SEAL = 40  # bytes a sealed content is longer: nonce and tag


class Blobs:
    """The contents in the folder of one workspace."""

    def __init__(self, workspace: Path, key: bytes | None) -> None:
        """Look into a workspace; ``key`` is that of its database, None where it has none."""
        self.folder = workspace / FOLDER
        self._key = None if key is None else keys.derived(key, _PURPOSE)

    def put(self, data: bytes) -> str:
        """Keep a content unless it is here already; return its SHA-256 in hex."""
        hash = hashlib.sha256(data).hexdigest()
        place = self.place(hash)
        if not self._sound(place, hash):
            write(place, data if self._key is None else keys.seal(self._key, data))
        return hash

    def read(self, hash: str) -> bytes:
        """Return a content; raise NotFound where it is not here, BadFile where it is not it."""
        place = self.place(hash)
        try:
            data = place.read_bytes() if place.stat().st_size <= MOST + _SEAL else b""
        except FileNotFoundError:
            raise NotFound(
                Message("Only the name of this file is here; the file comes with the next package.")
            ) from None
        except OSError as error:
            raise UserError(Message("The file {file} cannot be read.", file=str(place))) from error
        plain = data if self._key is None else keys.opened(self._key, data)
        if plain is None or hashlib.sha256(plain).hexdigest() != hash:
            raise BadFile(
                Message(
                    "The file was changed on the disk behind the program's back and is not used. "
                    "It comes again with a package, or attach it again."
                ),
                code="CHANGED",
            )
        return plain

    def put_aside(self, hash: str) -> None:
        """Put a damaged content out of the way, so that it is asked for like one not here."""
        place = self.place(hash)
        with suppress(OSError):
            place.replace(place.with_name(f"{place.name}.changed"))

    def has(self, hash: str) -> bool:
        """Tell whether a content is here; whether it is sound `read` says."""
        return bool(_HASH.fullmatch(hash)) and self.place(hash).is_file()

    def place(self, hash: str) -> Path:
        """Return where a content lies; raise NotFound for what is no SHA-256."""
        if not _HASH.fullmatch(hash):
            raise NotFound(Message("This is not the SHA-256 of a file."))
        name = hash
        if self._key is not None:
            name = hashlib.blake2b(bytes.fromhex(hash), digest_size=32, key=self._key).hexdigest()
        return self.folder / name[:2] / name

    def _sound(self, place: Path, hash: str) -> bool:
        try:
            return place.is_file() and bool(self.read(hash))
        except UserError:  # damaged: it is written again
            return False


def content(file: Path) -> bytes:
    """Return what is in a file to be attached, reading no more than is allowed; raise UserError."""
    try:
        if not file.is_file():
            raise NotFound(Message("There is no file {file}.", file=str(file)))
        with file.open("rb") as stream:
            data = b"" if os.fstat(stream.fileno()).st_size > MOST else stream.read(MOST + 1)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise UserError(Message("The file {file} cannot be read.", file=str(file))) from error
    check(file.name, max(size, len(data)))
    return data


def check(name: str, size: int) -> None:
    """Raise UserError for a file that is too large or empty."""
    if size > MOST:
        text = Message(
            "{name} has {size} MB; a file may have {most} MB. Scan it with a lower resolution "
            "(200 dpi is enough), or split it.",
            name=name, size=-(-size // (1 << 20)), most=MOST >> 20,
        )  # fmt: skip
        raise UserError(text, code="TOO_LARGE")
    if size == 0:
        raise UserError(Message("{name} is empty. Choose another file.", name=name), code="EMPTY")


def write(place: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there; raise UserError."""
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        text = Message(
            "The file could not be kept in {folder}. Is the disk full?", folder=str(place.parent)
        )
        raise UserError(text) from error


def lying(folder: Path) -> Iterator[Path]:
    """Yield the contents that lie in a workspace's or backup's folder, sealed or not."""
    for place in sorted((folder / FOLDER).glob("??/*")):
        if is_content(place.relative_to(folder).as_posix()):
            yield place


def is_content(name: str) -> bool:
    """Tell whether a name below a workspace, or in a backup, is that of a content."""
    return bool(_NAME.fullmatch(name))


def copied(source: Path, target: Path) -> None:
    """Copy the contents that ``target`` lacks; both are folders with contents in them."""
    for place in lying(source):
        other = target / place.relative_to(source)
        with suppress(OSError):
            if other.stat().st_size == place.stat().st_size:
                continue
        other.parent.mkdir(parents=True, exist_ok=True)
        part = other.with_name(other.name + ".part")
        shutil.copyfile(place, part)
        part.replace(other)


def named(cursor: Any) -> set[str]:
    """Return the SHA-256 of every file that some record names."""
    return {str(hash) for (hash,) in cursor.execute("SELECT DISTINCT sha256 FROM attachment")}


def damaged(blobs: Blobs, hashes: Iterable[str]) -> int:
    """Return how many of these contents are here and not what they should be."""
    found = 0
    for hash in filter(blobs.has, hashes):
        try:
            blobs.read(hash)
        except UserError:
            found += 1
    return found

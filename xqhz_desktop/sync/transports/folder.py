"""A folder: a stick, a share of the school, a synced disk. Only whole files appear there."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.sync.transports.parcel import SUFFIX, Parcel, parsed

_PIECE = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NOT_READY = 21
"""What Windows says of a stick pulled out, under the number of a locked one."""


class Folder:
    """Packages of one school in a folder, each device under its own stream."""

    NAME: ClassVar[str] = "folder"
    LABEL: ClassVar[str] = N_("Folder or USB stick")

    def __init__(self, root: Path, group: str, stream: str) -> None:
        """Use a folder for a school (`group`); `stream` is this device's own, not listed."""
        self._root, self._group, self._stream = root, group, stream

    def list(self, knowledge: Mapping[str, int]) -> list[Parcel]:
        """Return the packages of the other devices, the oldest of each first."""
        del knowledge  # a name does not say all that is inside
        try:
            found = [one for one in self._packages() if one[0][0] != self._stream]
            parcels = [
                Parcel(file.relative_to(self._root).as_posix(), file.stat().st_size, named[3])
                for named, file in sorted(found)
            ]
            if not self._root.is_dir():
                raise FileNotFoundError(errno.ENOENT, "no folder")
        except OSError as error:
            raise _trouble(error, self._root) from error
        return parcels

    def covered(self) -> dict[str, int]:
        """Return how far the packages there reach, by stream; nothing where there is no folder."""
        found: dict[str, int] = {}
        with suppress(OSError):
            for (stream, _first, last, _short), _file in self._packages():
                found[stream] = max(found.get(stream, 0), last)
        return found

    def fetch(self, parcel: Parcel, offset: int = 0) -> Iterator[bytes]:
        """Yield the bytes of a package from `offset` on; raise UserError when the stick is gone."""
        try:
            with (self._root / parcel.name).open("rb") as file:
                file.seek(offset)
                while piece := file.read(_PIECE):
                    yield piece
        except OSError as error:
            raise _trouble(error, self._root) from error

    def put(self, name: str, data: bytes) -> None:
        """Leave a package; raise UserError FULL, LOCKED, GONE or NOT_KEPT."""
        if not self._root.is_dir():
            raise _gone(self._root)
        write(self._root / name, data)

    def _packages(self) -> Iterator[tuple[tuple[str, int, int, str], Path]]:
        for file in (self._root / "xq" / self._group).glob(f"*/*{SUFFIX}"):
            if named := parsed(f"{file.parent.name}/{file.name}"):
                yield named, file


def write(file: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there, and read it again from the disk."""
    if _holds(file, data):
        return
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(file.parent).free < len(data):
            raise OSError(errno.ENOSPC, "no room")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        with suppress(OSError):  # the stick may be gone with it
            part.unlink(missing_ok=True)
        raise _trouble(error, file.parent) from error
    if not _holds(file, data):
        message = Message("The disk did not keep the package as it was written. Use another one.")
        raise UserError(message, code="NOT_KEPT")


def _holds(file: Path, data: bytes) -> bool:
    """Tell whether a file has this content on the disk itself, as far as the system lets us ask."""
    try:
        with file.open("rb") as stream:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            found = hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return False
    return found == hashlib.sha256(data).digest()


def _trouble(error: OSError, folder: Path) -> UserError:
    if error.errno in _FULL:
        message = Message(
            "There is no room for the package in {folder}. Delete something there, or use "
            "another stick.",
            folder=str(folder),
        )
        return UserError(message, code="FULL")
    if error.errno in _LOCKED and getattr(error, "winerror", None) != _NOT_READY:
        message = Message(
            "Nothing can be written into {folder}. Unlock the stick, or choose another folder.",
            folder=str(folder),
        )
        return UserError(message, code="LOCKED")
    return _gone(folder)


def _gone(folder: Path) -> UserError:
    message = Message(
        "The folder {folder} is not there. Plug the stick in again and repeat; nothing was lost.",
        folder=str(folder),
    )
    return UserError(message, code="GONE")

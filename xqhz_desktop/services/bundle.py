"""A folder or a zip file with many files, which is whole or not there, and its list of hashes."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.attaching import safe_name

HASHES = "SHA256SUMS.txt"
"""The list of hashes, as ``sha256sum -c`` reads it."""
_LONGEST = 60


class Bundle:
    """Takes files by their path inside; two of one name are told apart by a number."""

    def __init__(self, place: Path) -> None:
        """Write into a folder, or into a zip file by its ending."""
        self._folder = None if place.suffix == ".zip" else place
        self._zip = None if self._folder else _zip(place)
        if self._folder:
            self._folder.mkdir(parents=True)
        self._hashes: dict[str, str] = {}
        self._known: set[str] = set()

    def put(self, parts: tuple[str, ...], data: bytes) -> str:
        """Write a file under folders of any names; return its path inside."""
        path = self._free("/".join(map(short, parts)))
        if self._folder:
            file = self._folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        elif self._zip:
            self._zip.writestr(path, data)
        self._hashes[path] = hashlib.sha256(data).hexdigest()
        return path

    @property
    def count(self) -> int:
        """Return how many files were written."""
        return len(self._hashes)

    def close(self) -> None:
        """Write the list of hashes and end."""
        lines = (f"{hash}  {path}\n" for path, hash in sorted(self._hashes.items()))
        self.put((HASHES,), "".join(lines).encode())
        self.stop()

    def stop(self) -> None:
        """Let go of the file."""
        if self._zip:
            self._zip.close()

    def _free(self, path: str) -> str:
        stem, dot, ending = path.rpartition(".")
        made, number = path, 1
        while made.lower() in self._known:  # Windows tells no capitals apart
            number += 1
            made = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
        self._known.add(made.lower())
        return made


@contextmanager
def bundle(target: Path) -> Iterator[Bundle]:
    """Give a bundle that stands at `target` in the end, or leaves nothing behind.

    `target` ends with ``.zip`` or is a folder; raise UserError (code ``EXISTS``) where there is
    something already, and where it cannot be written.
    """
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise UserError(
            Message("There is already something at {file}. Choose another name.", file=str(target)),
            code="EXISTS",
        )
    part = target.with_name(f".{target.stem}.{secrets.token_hex(4)}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Bundle(part)
        try:
            yield made
            made.close()
            if target.is_dir():
                target.rmdir()
            part.replace(target)
        finally:
            with suppress(OSError):  # what stopped it is told already
                made.stop()
            _remove(part)
    except OSError as error:
        text = Message(
            "{file} could not be written. Is the disk full, or a file in it open?",
            file=str(target),
        )
        raise UserError(text, code="CANNOT_WRITE") from error


def short(name: str) -> str:
    """Return a name every system takes, short enough for the deep folders of an archive."""
    safe = safe_name(name)
    stem, dot, ending = safe.rpartition(".")
    if not dot or len(ending) > 8:
        return safe[:_LONGEST].rstrip(" .")
    return f"{stem[:_LONGEST].rstrip(' .')}{dot}{ending}"


def _zip(place: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _remove(part: Path) -> None:
    with suppress(OSError):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)

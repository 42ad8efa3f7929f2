"""A folder on a WebDAV server, as school disks and cloud drives offer one. Laid out as a stick is.

Of WebDAV (RFC 4918) it takes five words: PROPFIND to list, GET with a range, MKCOL, PUT under
another name, and MOVE, so that only whole packages appear.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import unquote
from xml.etree import ElementTree

import httpx2

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.sync.transports import parcel
from xqhz_desktop.sync.transports.parcel import Parcel

SCHEME = "webdav://"
"""Begins the address of such a folder; what follows is reached by HTTPS."""
WAITS = (1, 2, 4)
"""Seconds before what failed is tried again."""
_LIMITS = httpx2.Timeout(60, connect=10)
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LATER = {429, 502, 503, 504}
_MOST = 8 << 20  # bytes of one listing
_ASKED = b"""<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop></propfind>"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a folder has: its last name there, and its bytes; a folder has none."""

    name: str
    size: int | None


class Dav:
    """Packages of one school in a folder of a WebDAV server; close it after use."""

    NAME: ClassVar[str] = "webdav"
    LABEL: ClassVar[str] = N_("WebDAV folder")

    def __init__(
        self,
        address: str,
        password: str,
        whose: tuple[str, str],
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Use ``webdav://user@host/path``; `whose`: the school, and this device's own stream."""
        url = httpx2.URL("https" + address.removeprefix("webdav").rstrip("/") + "/")
        if url.host in _LOOPBACK:
            url = url.copy_with(scheme="http")
        auth = (url.username, password) if url.username else None
        bare = url.copy_with(username=None, password=None)
        self._client = httpx2.Client(base_url=bare, auth=auth, timeout=_LIMITS)
        self._group, self._stream = whose
        self._wait = wait

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def list(self, knowledge: Mapping[str, int]) -> list[Parcel]:
        """Return the packages of the other devices, the oldest of each first."""
        del knowledge  # a name does not say all that is inside
        found = [(named, entry) for named, entry in self._packages() if named[0] != self._stream]
        return [
            Parcel(f"xq/{self._group}/{stream}/{entry.name}", entry.size or 0, short)
            for (stream, _first, _last, short), entry in sorted(found, key=lambda one: one[0])
        ]

    def covered(self) -> dict[str, int]:
        """Return how far the packages there reach, by stream."""
        found: dict[str, int] = {}
        for (stream, _first, last, _short), _entry in self._packages():
            found[stream] = max(found.get(stream, 0), last)
        return found

    def fetch(self, parcel: Parcel, offset: int = 0) -> Iterator[bytes]:
        """Yield the bytes of a package from `offset` on, beginning again where a line broke."""
        for seconds in (*WAITS, None):
            try:
                for piece in self._streamed(parcel.name, offset):
                    offset += len(piece)
                    yield piece
                return
            except httpx2.TransportError as error:
                if seconds is None:
                    raise _unreachable() from error
                self._wait(seconds)

    def put(self, name: str, data: bytes) -> None:
        """Leave a package, whole or not at all; raise UserError FULL, LOCKED or NOT_KEPT."""
        folder, _slash, _file = name.rpartition("/")
        if self._size(name) == len(data):
            return
        place = ""
        for part in folder.split("/"):
            place += f"{part}/"
            self._ask("MKCOL", place, also={405})  # it is there
        self._ask("PUT", f"{name}.part", content=data)
        target = str(self._client.base_url.join(name))
        headers = {"Destination": target, "Overwrite": "T"}
        self._ask("MOVE", f"{name}.part", headers=headers)
        if self._size(name) != len(data):
            message = Message("The server did not keep the package whole. Try again.")
            raise UserError(message, code="NOT_KEPT")

    def _packages(self) -> Iterator[tuple[tuple[str, int, int, str], _Entry]]:
        for stream in self._entries(f"xq/{self._group}/"):
            if stream.size is None:
                for entry in self._entries(f"xq/{self._group}/{stream.name}/"):
                    if named := parcel.parsed(f"{stream.name}/{entry.name}"):
                        yield named, entry

    def _entries(self, folder: str) -> Sequence[_Entry]:
        """Return what is in a folder; nothing where there is none."""
        found = self._found(folder, depth=1)
        return found[1:]  # the first is the folder itself

    def _size(self, name: str) -> int | None:
        found = self._found(name, depth=0)
        return found[0].size if found else None

    def _found(self, path: str, *, depth: int) -> Sequence[_Entry]:
        headers = {"Depth": str(depth), "Content-Type": "application/xml"}
        answer = self._ask("PROPFIND", path, also={404}, headers=headers, content=_ASKED)
        if answer.status_code == httpx2.codes.NOT_FOUND:
            return []
        if len(answer.content) > _MOST or b"<!DOCTYPE" in answer.content:
            raise _no_dav()
        try:
            tree = ElementTree.fromstring(answer.content)
        except ElementTree.ParseError as error:
            raise _no_dav() from error
        entries = [_entry(one) for one in tree.iter("{DAV:}response")]
        return [entry for _path, entry in sorted(entries, key=lambda one: len(one[0]))]

    def _streamed(self, name: str, offset: int) -> Iterator[bytes]:
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        with self._client.stream("GET", name, headers=headers) as answer:
            if not answer.is_success:
                answer.read()
                raise _refused(answer)
            skip = offset if answer.status_code == httpx2.codes.OK else 0  # it knows no ranges
            for piece in answer.iter_bytes():
                if len(piece) > skip:
                    yield piece[skip:]
                skip = max(0, skip - len(piece))

    def _ask(
        self, method: str, path: str, *, also: set[int] | None = None, **given: Any
    ) -> httpx2.Response:
        """Return the answer of the server, after trying again what can be tried again."""
        for seconds in (*WAITS, None):
            try:
                answer = self._client.request(method, path, **given)
            except httpx2.TransportError as error:
                if seconds is None:
                    raise _unreachable() from error
            else:
                if answer.is_success or answer.status_code in (also or ()):
                    return answer
                if answer.status_code not in _LATER or seconds is None:
                    raise _refused(answer)
            self._wait(seconds)
        raise AssertionError


def _entry(response: ElementTree.Element) -> tuple[str, _Entry]:
    path = unquote(response.findtext("{DAV:}href") or "")
    size = response.findtext(".//{DAV:}getcontentlength") or ""
    folder = response.find(".//{DAV:}collection") is not None
    name = path.rstrip("/").rpartition("/")[2]
    return path, _Entry(name, None if folder else int(size) if size.isdecimal() else 0)


def _refused(answer: httpx2.Response) -> UserError:
    match answer.status_code:
        case 401 | 403:
            message = Message(
                "The WebDAV server does not let you in. Check user name and password; some "
                "servers want a password made for programs."
            )
            return UserError(message, code="FORBIDDEN")
        case 404 | 409:
            message = Message("The folder is not on the WebDAV server. Check its address.")
            return UserError(message, code="GONE")
        case 413 | 507:
            message = Message("There is no room for the package on the WebDAV server.")
            return UserError(message, code="FULL")
    return _no_dav()


def _unreachable() -> UserError:
    message = Message(
        "The server cannot be reached. Check the network and try again; what was sent stays sent."
    )
    return UserError(message, code="UNREACHABLE")


def _no_dav() -> UserError:
    message = Message("There is no WebDAV folder at this address. Check it.")
    return UserError(message, code="NO_SERVER")

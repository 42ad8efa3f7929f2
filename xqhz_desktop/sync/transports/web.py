"""The central server over HTTPS: uploads and downloads that go on where a line broke.

The device signs a challenge and gets a token; a package is known by its SHA-256, announced, sent
in pieces at the offset the server names, and committed. All of it can be repeated at any point.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx2

from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.sync.refusals import SENTENCES, refusal
from xqhz_desktop.sync.transports.parcel import Parcel
from xqhz_desktop.sync.trust import Device, Public

PIECE = 1 << 20
"""Bytes sent at a time."""
WAITS = (1, 2, 4, 8)
"""Seconds before what failed is tried again."""
_LONGEST_WAIT = 60
_LIMITS = httpx2.Timeout(30, connect=10)
_LATER = {429, 502, 503, 504}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_TAG = b"XQHUB1"
_STUCK = 20  # answers that ask for the same place again


@dataclass(frozen=True, slots=True)
class Server:
    """What a server says of itself: its keys, and by how many milliseconds our clock is ahead."""

    public: Public
    ahead: int


class Web:
    """Packages on a server; close it after use."""

    NAME: ClassVar[str] = "web"
    LABEL: ClassVar[str] = N_("Central server")

    def __init__(
        self,
        address: str,
        device: Device,
        server: str = "",
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Use a server for a device; `server` is the id of its key, "" while it is not known."""
        url = httpx2.URL(address if address.endswith("/") else f"{address}/")
        if url.scheme != "https" and url.host not in _LOOPBACK:
            message = Message("The address of the server must begin with https://.")
            raise UserError(message, code="ADDRESS")
        self._client = httpx2.Client(base_url=url, timeout=_LIMITS)
        self._device, self._server, self._wait = device, server, wait
        self._token = ""

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def hello(self) -> Server:
        """Return what the server says of itself; raise UserError if it is not the known one."""
        said = _json(self._ask("GET", "v1/hello"))
        match said:
            case {"sign": str(key), "age": str(recipient), "time": int(now)}:
                public = Public(_unhexed(key), recipient)
            case _:
                raise _no_server()
        if self._server and public.id != self._server:
            message = Message(
                "This is not the server your school enrolled. Check the address with whoever "
                "runs it."
            )
            raise UserError(message, code="OTHER_SERVER")
        return Server(public, time.time_ns() // 1_000_000 - now)

    def list(self, knowledge: Mapping[str, int]) -> list[Parcel]:
        """Return what the server has for a device that has applied so much."""
        answer = self._ask("POST", "v1/packages", json={"knowledge": dict(knowledge)})
        if answer.status_code == httpx2.codes.NO_CONTENT:
            return []
        match _json(answer):
            case {"id": str(id), "length": int(length)}:
                return [Parcel(id, length, id)]
        raise _no_server()

    def covered(self) -> dict[str, int]:
        """Return nothing: what it has its receipts say."""
        return {}

    def fetch(self, parcel: Parcel, offset: int = 0) -> Iterator[bytes]:
        """Yield the bytes of a package from `offset` on, beginning again where a line broke."""
        for seconds in (*WAITS, None):
            try:
                for piece in self._stream(parcel, offset):
                    offset += len(piece)
                    yield piece
                return
            except httpx2.TransportError as error:
                if seconds is None:
                    raise _unreachable(error) from error
                self._wait(seconds)

    def put(self, name: str, data: bytes) -> None:
        """Send a package; raise BadPackage when the server refuses it, else UserError."""
        del name  # the server knows a package by its hash
        id = hashlib.sha256(data).hexdigest()
        begun = _json(self._ask("POST", "v1/uploads", json={"id": id, "length": len(data)}))
        match begun:
            case {"state": "receiving", "offset": int(offset)}:
                self._send(id, data, offset)
            case {"state": str()}:  # it came before: what became of it?
                self.state(data)
            case _:
                raise _no_server()

    def state(self, data: bytes) -> str:
        """Return what became of a package that was sent: waiting or taken; raise BadPackage."""
        id = hashlib.sha256(data).hexdigest()
        return _accepted(_json(self._ask("GET", f"v1/uploads/{id}")))

    def _send(self, id: str, data: bytes, offset: int) -> None:
        for _ in range(len(data) // PIECE + _STUCK):
            if offset < len(data):
                answer = self._ask(
                    "PATCH",
                    f"v1/uploads/{id}",
                    content=data[offset : offset + PIECE],
                    headers={"Upload-Offset": str(offset)},
                )
            else:
                answer = self._ask("POST", f"v1/uploads/{id}/commit")
                if answer.status_code == httpx2.codes.OK:
                    _accepted(_json(answer))
                    return
            offset = _offset(answer)
        raise _no_server()

    def _stream(self, parcel: Parcel, offset: int) -> Iterator[bytes]:
        headers = {**self._known(), "Range": f"bytes={offset}-"} if offset else self._known()
        with self._client.stream("GET", f"v1/packages/{parcel.name}", headers=headers) as answer:
            if answer.status_code not in {200, 206}:
                answer.read()
                raise _refused(answer)
            if offset and answer.status_code == httpx2.codes.OK:
                raise _no_server()  # it began from the start
            yield from answer.iter_bytes()

    def _ask(self, method: str, path: str, **given: Any) -> httpx2.Response:
        """Return the answer of the server, after trying again what can be tried again."""
        headers = given.pop("headers", {})
        again = True
        for seconds in (*WAITS, None):
            try:
                known = {} if path in _OPEN else self._known()
                answer = self._client.request(method, path, headers={**headers, **known}, **given)
            except httpx2.TransportError as error:
                if seconds is None or _unsafe(error):
                    raise _unreachable(error) from error
                self._wait(seconds)
                continue
            if answer.status_code == httpx2.codes.UNAUTHORIZED and known and again:
                self._token, again = "", False
                continue
            if answer.status_code not in _LATER or seconds is None:
                break
            self._wait(_seconds(answer, seconds))
        if answer.is_success or answer.status_code == httpx2.codes.CONFLICT:
            return answer
        raise _refused(answer)

    def _known(self) -> dict[str, str]:
        """Return the header that says who we are, after logging in if need be."""
        if not self._token:
            server, device = self.hello().public.id, self._device.id
            asked = _json(self._ask("POST", "v1/challenge", json={"device": device}))
            challenge = str(asked.get("challenge"))
            signature = self._device.sign(_TAG + _unhexed(server) + _unhexed(challenge)).hex()
            words = {"device": device, "challenge": challenge, "signature": signature}
            self._token = str(_json(self._ask("POST", "v1/token", json=words)).get("token"))
        return {"Authorization": f"Bearer {self._token}"}


_OPEN = {"v1/hello", "v1/challenge", "v1/token"}


def _json(answer: httpx2.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise _no_server() from error
    if not isinstance(found, dict):
        raise _no_server()
    return found


def _unhexed(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise _no_server() from error


def _offset(answer: httpx2.Response) -> int:
    found = answer.headers.get("Upload-Offset", "")
    if not found.isdecimal():
        raise _no_server()
    return int(found)


def _seconds(answer: httpx2.Response, otherwise: float) -> float:
    """Return how long the server asks to wait, within reason."""
    asked = answer.headers.get("Retry-After", "")
    return min(int(asked), _LONGEST_WAIT) if asked.isdecimal() else otherwise


def _accepted(said: Mapping[str, Any]) -> str:
    """Return the state of an upload; raise BadPackage when the server refused it."""
    if said.get("state") == "refused":
        raise _bad(str(said.get("code")))
    return str(said.get("state"))


def _bad(code: str) -> BadPackage:
    return refusal(code if code in SENTENCES else "DAMAGED")


def _refused(answer: httpx2.Response) -> UserError:
    """Return what an answer that is not a yes means to the user."""
    try:
        code = str(answer.json().get("code", ""))
    except (ValueError, AttributeError):
        code = ""
    match answer.status_code:
        case 401 | 403:
            return UserError(
                Message(
                    "The server does not let this device in. Have the school's administrator "
                    "enrol it there."
                ),
                code=code or "FORBIDDEN",
            )
        case 413:
            return refusal("TOO_LARGE")
        case 422:
            return _bad(code)
        case 507:
            message = Message(
                "The disk of the server is full. Tell whoever runs it; nothing was lost."
            )
            return UserError(message, code="SERVER_FULL")
        case status if status in _LATER:
            message = Message("The server is busy. Try again in a few minutes; nothing was lost.")
            return UserError(message, code="BUSY")
    return _no_server()


def _unreachable(error: Exception) -> UserError:
    if _unsafe(error):
        message = Message(
            "The connection to the server is not safe. Check the clock of this computer and the "
            "address."
        )
        return UserError(message, code="UNSAFE")
    message = Message(
        "The server cannot be reached. Check the network and try again; what was sent stays sent."
    )
    return UserError(message, code="UNREACHABLE")


def _unsafe(error: BaseException | None) -> bool:
    """Tell whether a connection failed because the server could not show who it is."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _no_server() -> UserError:
    message = Message("The server gave an answer that makes no sense. Check its address.")
    return UserError(message, code="NO_SERVER")

"""A server in memory that speaks as the central one does, and whose line can be cut."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from xqhz_desktop.sync import trust
from xqhz_desktop.sync.trust import Device


class SmallHub:
    """What the server holds, and what goes wrong with it next."""

    def __init__(self) -> None:
        self.keys = trust.make_device()
        self.known: dict[str, bytes] = {}
        self.uploads: dict[str, bytearray] = {}
        self.lengths: dict[str, int] = {}
        self.states: dict[str, tuple[str, str]] = {}
        self.outgoing = b""
        self.tokens = 0
        self.cut: list[str] = []
        """Methods whose next request breaks off half-way."""
        self.answers: list[tuple[int, dict[str, str]]] = []
        """What is answered next, whatever is asked, or `to` the next request of one method."""
        self.log: list[str] = []

    def address(self, server: ThreadingHTTPServer) -> str:
        return f"http://127.0.0.1:{server.server_address[1]}/hub"


@contextmanager
def running(hub: SmallHub) -> Iterator[str]:
    """Run the server on a free port of this computer and give its address."""

    class Answering(Desk):
        state = hub

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield hub.address(server)
        finally:
            server.shutdown()
            thread.join()


class Desk(BaseHTTPRequestHandler):
    """Answers one request after another."""

    state: SmallHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def do_PATCH(self) -> None:
        self.answer()

    def answer(self) -> None:
        hub, method = self.state, self.command
        path = self.path.removeprefix("/hub/")
        hub.log.append(f"{method} {path}")
        length = int(self.headers.get("Content-Length") or 0)
        if method in hub.cut:
            hub.cut.remove(method)
            body = self.rfile.read(length // 2)
            if method == "PATCH":  # a server may keep what came before the line broke
                self.add(path.split("/")[2], body)
            self.connection.close()
            self.close_connection = True
            return
        body = self.rfile.read(length)
        if hub.answers and hub.answers[0][1].get("to", method) == method:
            status, headers = hub.answers.pop(0)
            self.say(status, {"code": headers.pop("code", "")}, headers)
            return
        match [method, *path.split("/")[1:]]:
            case ["GET", "hello"]:
                public = hub.keys.public
                self.say(200, {"sign": public.key.hex(), "age": public.recipient, "time": 1})
            case ["POST", "challenge"]:
                self.say(200, {"challenge": "c0ffee"})
            case ["POST", "token"]:
                self.token(json.loads(body))
            case _ if self.headers.get("Authorization") != f"Bearer t{hub.tokens}":
                self.say(401, {"code": "EXPIRED"})
            case ["POST", "uploads"]:
                asked = json.loads(body)
                hub.lengths[asked["id"]] = asked["length"]
                have = len(hub.uploads.setdefault(asked["id"], bytearray()))
                state = hub.states.get(asked["id"], ("receiving", ""))[0]
                self.say(200, {"offset": have, "state": state})
            case ["PATCH", "uploads", id]:
                right = int(self.headers["Upload-Offset"]) == len(hub.uploads[id])
                if right:
                    self.add(id, body)
                self.say(204 if right else 409, {}, {"Upload-Offset": str(len(hub.uploads[id]))})
            case ["POST", "uploads", id, "commit"]:
                whole = hashlib.sha256(hub.uploads[id]).hexdigest() == id
                hub.states.setdefault(id, ("waiting", "") if whole else ("refused", "DAMAGED"))
                self.told(id)
            case ["GET", "uploads", id]:
                self.told(id)
            case ["POST", "packages"]:
                content = hub.outgoing
                id = hashlib.sha256(content).hexdigest()
                self.say(200 if content else 204, {"id": id, "length": len(content)})
            case ["GET", "packages", _]:
                self.content()
            case _:
                self.say(404, {"code": ""})

    def add(self, id: str, body: bytes) -> None:
        self.state.uploads[id] += body

    def token(self, asked: dict[str, str]) -> None:
        hub = self.state
        key = hub.known.get(asked["device"], b"")
        signed = b"XQHUB1" + bytes.fromhex(hub.keys.id + asked["challenge"])
        if not trust.verified(key, signed, bytes.fromhex(asked["signature"])):
            self.say(403, {"code": "UNKNOWN"})
            return
        hub.tokens += 1
        self.say(200, {"token": f"t{hub.tokens}"})

    def told(self, id: str) -> None:
        state, code = self.state.states[id]
        self.say(200, {"state": state, "code": code, "message": ""})

    def content(self) -> None:
        hub = self.state
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        data = hub.outgoing[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if "CONTENT" in hub.cut:
            hub.cut.remove("CONTENT")
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
            return
        self.wfile.write(data)

    def say(self, status: int, said: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        data = b"" if status == 204 else json.dumps(said).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def enrolled(*devices: Device) -> SmallHub:
    """Return a server that knows these devices."""
    hub = SmallHub()
    hub.known = {one.id: one.public.key for one in devices}
    return hub

"""A WebDAV server of one folder, whose line can break."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

wsgidav = pytest.importorskip("wsgidav.wsgidav_app", reason="no WebDAV server is installed")

PASSWORD = "一个口令"


class Quiet(WSGIRequestHandler):
    """Answers without a log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Line:
    """Passes requests on, and breaks some answers off."""

    def __init__(self, app: Any) -> None:
        """Break nothing yet."""
        self._app = app
        self.refused: list[int] = []
        """Answers to give instead: status codes, the first of them first."""
        self.cut = 0
        """So many downloads end in the middle."""
        self.log: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """Answer."""
        method = environ["REQUEST_METHOD"]
        self.log.append(method)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)  # one that ends
        if self.refused and method == "PUT":
            start(f"{self.refused.pop(0)} Trouble", [("Content-Length", "0")])
            return [b""]
        answer = self._app(environ, start)
        if self.cut and method == "GET":
            self.cut -= 1
            return iter([next(iter(answer))])
        return answer


@contextmanager
def running(disk: Path) -> Iterator[tuple[str, Line]]:
    """Serve a folder; give its address and its line."""
    disk.mkdir()
    settings = {
        "provider_mapping": {"/": str(disk)},
        "simple_dc": {"user_mapping": {"*": {"teacher@school": {"password": PASSWORD}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False},
        "logging": {"enable": False},
        "verbose": 0,
    }
    line = Line(wsgidav.WsgiDAVApp(settings))
    with make_server("127.0.0.1", 0, line, WSGIServer, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"webdav://teacher%40school@127.0.0.1:{server.server_port}/", line
        finally:
            server.shutdown()
            thread.join()

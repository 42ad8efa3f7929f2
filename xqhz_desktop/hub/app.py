"""The server as an ASGI application: the laptops' API, the bureau's page, and its own health."""

from __future__ import annotations

import hmac
import json
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import api, pages
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.worker import Workers

_REQUESTS = logging.getLogger("xqhz.hub.requests")
_HERE = ("127.0.0.1", "::1", "localhost")
_FIGURES = """
SELECT 'xqhz_schools', count(*) FROM school
UNION ALL SELECT 'xqhz_devices', count(*) FROM device WHERE revoked IS NULL
UNION ALL SELECT 'xqhz_packages_' || state, count(*) FROM upload GROUP BY state
UNION ALL SELECT 'xqhz_conflicts_open', coalesce(sum(conflicts), 0) FROM tally
UNION ALL SELECT 'xqhz_segments_set_aside', count(*) FROM segment WHERE state <> 'applied'
"""


def application(hub: Hub, *, workers: int = 1) -> Starlette:
    """Return the application of a server; its workers live as long as it does."""
    bell = threading.Event()

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        crew = Workers(hub, bell, workers)
        crew.start()
        try:
            yield
        finally:
            await run_in_threadpool(crew.stop)

    app = Starlette(
        routes=[
            *api.routes(),
            *pages.routes(),
            Route("/healthz", _health),
            Route("/readyz", _ready),
            Route("/metrics", _metrics),
        ],
        middleware=[Middleware(_Log)],
        lifespan=life,
    )
    app.state.hub, app.state.bell = hub, bell
    return app


async def _health(_request: Request) -> Response:
    """Answer that the process lives."""
    return JSONResponse({"alive": True})


async def _ready(request: Request) -> Response:
    """Answer whether the database can be worked with."""
    try:
        await run_in_threadpool(_figures, request.app.state.hub)
    except UserError as error:
        return JSONResponse({"ready": False, "code": error.code}, 503)
    return JSONResponse({"ready": True})


async def _metrics(request: Request) -> Response:
    """Answer figures for a monitoring program: from this machine, or with the server's token."""
    hub: Hub = request.app.state.hub
    near = request.client is not None and request.client.host in _HERE
    forwarded = "x-forwarded-for" in request.headers
    given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if (not near or forwarded) and not hmac.compare_digest(given, metrics_token(hub).encode()):
        return PlainTextResponse("not found", 404)
    try:
        figures = await run_in_threadpool(_figures, hub)
    except UserError:
        return PlainTextResponse("xqhz_up 0\n", 503)
    lines = ["xqhz_up 1", *(f"{name} {value}" for name, value in sorted(figures.items()))]
    return PlainTextResponse("\n".join(lines) + "\n")


def metrics_token(hub: Hub) -> str:
    """Return what a monitoring program elsewhere shows to be answered."""
    return hmac.new(hub.secret, b"metrics", "sha256").hexdigest()


def _figures(hub: Hub) -> dict[str, int]:
    with hub.database.schools(None) as connection:
        return {str(name): int(value) for name, value in connection.execute(_FIGURES).fetchall()}


class _Log:
    """Writes one line of JSON for each request: what was asked, what was answered, how long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            took = round((time.perf_counter() - begun) * 1000, 1)
            told = {"method": scope["method"], "path": scope["path"], "status": status, "ms": took}
            _REQUESTS.info(json.dumps(told))

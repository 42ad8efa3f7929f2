"""What laptops ask of the server: bring a package piece by piece, fetch what they lack."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from xqhz_desktop import i18n
from xqhz_desktop.errors import BadPackage, NotFound, UserError
from xqhz_desktop.hub import gate, outgoing, uploads
from xqhz_desktop.hub.gate import Caller, Refused
from xqhz_desktop.hub.uploads import Upload, WrongOffset
from xqhz_desktop.i18n import Message

VERSION = 1
_LONGEST_JSON = 1 << 20
_BUSY = {"Retry-After": "30"}

Endpoint = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request, Caller], Awaitable[Response]]


def routes() -> list[Route]:
    """Return the addresses laptops use."""
    return [
        Route("/v1/hello", _told(_hello)),
        Route("/v1/challenge", _told(_challenge), methods=["POST"]),
        Route("/v1/token", _told(_token), methods=["POST"]),
        Route("/v1/uploads", _known(_begin), methods=["POST"]),
        Route("/v1/uploads/{id}", _known(_state)),
        Route("/v1/uploads/{id}", _known(_add), methods=["PATCH"]),
        Route("/v1/uploads/{id}/commit", _known(_commit), methods=["POST"]),
        Route("/v1/packages", _known(_prepare), methods=["POST"]),
        Route("/v1/packages/{id}", _known(_fetch)),
    ]


def _told(endpoint: Endpoint) -> Endpoint:
    """Answer what goes wrong as a code and a sentence."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except WrongOffset as wrong:
            return _wrong(wrong, 409, {"Upload-Offset": str(wrong.offset)})
        except Refused as refused:
            return _wrong(refused, refused.status)
        except NotFound as missing:
            return _wrong(missing, 404)
        except BadPackage as bad:
            return _wrong(bad, 413 if bad.code == "TOO_LARGE" else 422)
        except UserError as error:
            if error.code in ("BUSY", "DATABASE"):
                return _wrong(error, 503, _BUSY)
            return _wrong(error, 400)

    return guarded


def _known(answer: Answer) -> Endpoint:
    """Let only devices with a token in."""

    async def admitted(request: Request) -> Response:
        hub = request.app.state.hub
        return await answer(request, gate.caller(hub, request.headers.get("authorization", "")))

    return _told(admitted)


async def _hello(request: Request) -> Response:
    public = request.app.state.hub.keys.public
    return JSONResponse(
        {
            "service": "xqhz-hub",
            "version": VERSION,
            "sign": public.key.hex(),
            "age": public.recipient,
            "time": time.time_ns() // 1_000_000,
        }
    )


async def _challenge(request: Request) -> Response:
    asked = await _json(request)
    return JSONResponse(
        {"challenge": gate.challenge(request.app.state.hub, _text(asked, "device"))}
    )


async def _token(request: Request) -> Response:
    asked = await _json(request)
    words = [_text(asked, name) for name in ("device", "challenge", "signature")]
    token, until = await run_in_threadpool(gate.token, request.app.state.hub, *words)
    return JSONResponse({"token": token, "until": until})


async def _begin(request: Request, caller: Caller) -> Response:
    asked = await _json(request)
    id, length = _hash(_text(asked, "id")), asked.get("length")
    if not isinstance(length, int):
        raise _malformed()
    database = request.app.state.hub.database
    found = await run_in_threadpool(
        uploads.begin, database, caller.school, caller.device, id, length
    )
    return JSONResponse({"offset": found.offset, "state": found.state})


async def _state(request: Request, caller: Caller) -> Response:
    database = request.app.state.hub.database
    id = _hash(request.path_params["id"])
    return _said(await run_in_threadpool(uploads.known, database, caller.school, id))


async def _add(request: Request, caller: Caller) -> Response:
    try:
        offset = int(request.headers.get("upload-offset", ""))
    except ValueError as error:
        raise _malformed() from error
    piece = await _body(request, uploads.MOST_PIECE)
    id = _hash(request.path_params["id"])
    database = request.app.state.hub.database
    end = await run_in_threadpool(uploads.add, database, caller.school, id, offset, piece)
    return Response(status_code=204, headers={"Upload-Offset": str(end)})


async def _commit(request: Request, caller: Caller) -> Response:
    hub, id = request.app.state.hub, _hash(request.path_params["id"])
    found = await run_in_threadpool(uploads.commit, hub.database, caller.school, id)
    request.app.state.bell.set()
    return _said(found)


async def _prepare(request: Request, caller: Caller) -> Response:
    asked = (await _json(request)).get("knowledge", {})
    if not isinstance(asked, dict) or not all(type(q) is int for q in asked.values()):
        raise _malformed()
    hub = request.app.state.hub
    made = await run_in_threadpool(outgoing.prepare, hub, caller, asked)
    if made is None:
        return Response(status_code=204)
    return JSONResponse({"id": made.id.hex(), "length": made.length})


async def _fetch(request: Request, caller: Caller) -> Response:
    """Answer the bytes of a package, from where the asker has them (Range: bytes=N-)."""
    id = _hash(request.path_params["id"])
    content = await run_in_threadpool(outgoing.content, request.app.state.hub, caller, id)
    asked = request.headers.get("range", "")
    start = asked.removeprefix("bytes=").removesuffix("-")
    kind = "application/x-xqhz"
    if not asked.startswith("bytes=") or not start.isdecimal() or int(start) >= len(content):
        return Response(content, media_type=kind, headers={"Accept-Ranges": "bytes"})
    where = f"bytes {start}-{len(content) - 1}/{len(content)}"
    return Response(content[int(start) :], 206, {"Content-Range": where}, kind)


def _said(upload: Upload) -> Response:
    return JSONResponse({"state": upload.state, "code": upload.code, "message": upload.message})


def _wrong(error: UserError, status: int, headers: dict[str, str] | None = None) -> Response:
    text = i18n.language("en").say(error.message)
    return JSONResponse({"code": error.code, "message": text}, status, headers)


async def _json(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await _body(request, _LONGEST_JSON))
    except ValueError as error:
        raise _malformed() from error
    if not isinstance(found, dict):
        raise _malformed()
    return found


async def _body(request: Request, most: int) -> bytes:
    """Return the body, never more than ``most`` bytes of it."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise BadPackage(Message("This is too much at once."), code="TOO_LARGE")
    return bytes(body)


def _text(asked: dict[str, Any], name: str) -> str:
    found = asked.get(name)
    if not isinstance(found, str):
        raise _malformed()
    return found


def _hash(text: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError as error:
        raise _malformed() from error
    if len(found) != 32:
        raise _malformed()
    return found


def _malformed() -> UserError:
    return UserError(Message("The server did not understand the request."), code="MALFORMED")

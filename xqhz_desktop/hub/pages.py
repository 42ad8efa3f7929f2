"""The bureau's page: made on the server, in Chinese or English, without scripts."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from xqhz_desktop import paths
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.hub import accounts, overview
from xqhz_desktop.hub.accounts import Account
from xqhz_desktop.hub.overview import SchoolLine
from xqhz_desktop.hub.words import WORDS
from xqhz_desktop.i18n import CODES, Language, Message, language
from xqhz_desktop.spreadsheets.write import OutColumn, write_table

_LOGIN, _LANGUAGE = "xqhz_login", "xqhz_language"
_LONGEST_FORM = 10_000
Endpoint = Callable[[Request], Awaitable[Response]]
Page = Callable[[Request, Account], Awaitable[Response]]


def routes() -> list[Route]:
    """Return the addresses of the page."""
    return [
        Route("/", _private(_schools)),
        Route("/schools/{id}", _private(_school)),
        Route("/schools.csv", _private(_csv)),
        Route("/schools.xlsx", _private(_xlsx)),
        Route("/login", _login, methods=["GET", "POST"]),
        Route("/logout", _logout, methods=["POST"]),
        Route("/language/{code}", _speak, methods=["POST"]),
        Route("/style.css", _style),
    ]


def _private(page: Page) -> Endpoint:
    """Let only people with a login in, and give the page their account."""

    @wraps(page)
    async def guarded(request: Request) -> Response:
        hub = request.app.state.hub
        name = accounts.named(hub.secret, request.cookies.get(_LOGIN, ""))
        account = await run_in_threadpool(accounts.known, hub.database, name) if name else None
        if account is None:
            return RedirectResponse(_inside(request, "/login"), status_code=303)
        try:
            return await page(request, account)
        except NotFound as missing:
            return _shown(request, "trouble.html", 404, message=missing.message, account=account)

    return guarded


async def _schools(request: Request, account: Account) -> Response:
    asked = request.query_params
    lines = await _lines(request, account)
    total = {kind: sum(one.count(kind) for one in lines) for kind in overview.KINDS}
    return _shown(
        request,
        "schools.html",
        account=account,
        schools=lines,
        total=total,
        words=asked.get("q", ""),
        sort=asked.get("sort", "name"),
        query=urlencode({"q": asked.get("q", ""), "sort": asked.get("sort", "name")}),
    )


async def _school(request: Request, account: Account) -> Response:
    database = request.app.state.hub.database
    id = request.path_params["id"]
    found = await run_in_threadpool(overview.school, database, account.schools, id)
    return _shown(request, "school.html", account=account, school=found)


async def _csv(request: Request, account: Account) -> Response:
    rows = _table(await _lines(request, account), _language(request))
    text = io.StringIO()
    csv.writer(text).writerows([[header for header, _field in rows[0]], *map(_safe, rows[1])])
    return _file(("\ufeff" + text.getvalue()).encode(), "schools.csv", "text/csv; charset=utf-8")


async def _xlsx(request: Request, account: Account) -> Response:
    headers, rows = _table(await _lines(request, account), _language(request))
    columns = [OutColumn(header, field) for header, field in headers]

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "schools.xlsx"
            write_table(path, columns, rows, _language(request))
            return path.read_bytes()

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(await run_in_threadpool(made), "schools.xlsx", kind)


async def _login(request: Request) -> Response:
    if request.method == "GET":
        return _shown(request, "login.html", message=None)
    hub = request.app.state.hub
    form = await _form(request)
    try:
        account = await run_in_threadpool(
            accounts.checked, hub.database, form.get("name", ""), form.get("password", "")
        )
    except UserError as error:
        return _shown(request, "login.html", 403, message=error.message)
    if account is None:
        wrong = Message("The name or the password is wrong.")
        return _shown(request, "login.html", 403, message=wrong)
    answer = RedirectResponse(_inside(request, "/"), status_code=303)
    _remember(request, answer, _LOGIN, accounts.cookie(hub.secret, account.name))
    return answer


async def _logout(request: Request) -> Response:
    answer = RedirectResponse(_inside(request, "/login"), status_code=303)
    answer.delete_cookie(_LOGIN)
    return answer


async def _speak(request: Request) -> Response:
    """Keep the language and go back to where it was asked for; only to a page of ours."""
    code = request.path_params["code"]
    back = (await _form(request)).get("back", "/")
    ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = RedirectResponse(_inside(request, back if ours else "/"), status_code=303)
    if code in CODES:
        _remember(request, answer, _LANGUAGE, code)
    return answer


async def _style(_request: Request) -> Response:
    text = paths.resource("hub", "style.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def _lines(request: Request, account: Account) -> list[SchoolLine]:
    asked = request.query_params
    return await run_in_threadpool(
        overview.schools,
        request.app.state.hub.database,
        account.schools,
        asked.get("q", ""),
        asked.get("sort", "name"),
    )


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a short form; a form from another site is refused by its cookie."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _table(
    lines: list[SchoolLine], lang: Language
) -> tuple[list[tuple[str, Field]], list[list[Any]]]:
    """Return headers with their fields, and rows, of the list as it is taken out."""
    texts, numbers = ("name", "code", "last"), ("devices", "failures", "waiting", "conflicts")
    headers = [(lang.say(WORDS[name]), Field(Kind.TEXT, WORDS[name])) for name in texts]
    headers += [(lang.say(WORDS[name]), Field(Kind.NUMBER, WORDS[name])) for name in numbers]
    for kind in overview.KINDS:
        label = BY_KIND[kind].PLURAL
        headers.append((lang.say(label), Field(Kind.NUMBER, label)))
    rows: list[list[Any]] = []
    for one in lines:
        last = lang.value(one.last and one.last.astimezone())
        figures = (one.devices, one.failures, one.waiting, one.conflicts)
        rows.append([one.name, one.code, last, *figures, *map(one.count, overview.KINDS)])
    return headers, rows


def _safe(row: list[Any]) -> list[Any]:
    """Keep a text of a school from being read as a formula."""
    return [f"'{cell}" if str(cell)[:1] in "=+-@\t\r" and cell else cell for cell in row]


def _shown(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    lang = _language(request)
    other = next(code for code in CODES if code != lang.code)
    query = f"?{request.url.query}" if request.url.query else ""
    shared: Mapping[str, Any] = {
        "say": lang.say,
        "value": lambda value: lang.value(
            value.astimezone() if isinstance(value, datetime) else value
        ),
        "t": {key: lang.say(text) for key, text in WORDS.items()},
        "kinds": {kind: lang.say(BY_KIND[kind].PLURAL) for kind in overview.KINDS},
        "plural": lambda kind: lang.say(BY_KIND[kind].PLURAL) if kind in BY_KIND else kind,
        "lang": lang.code.replace("_", "-"),
        "other": other,
        "other_name": {"zh_CN": "中文", "en": "English"}[other],
        "here": _path(request) + query,
        "inside": partial(_inside, request),
        "account": None,
    }
    text = _templates().get_template(name).render({**shared, **values})
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(text, status, headers=headers)


def _templates() -> Environment:
    folder = paths.resource("hub")
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _language(request: Request) -> Language:
    """Return the language chosen, or the one the browser asks for; Chinese first."""
    chosen = request.cookies.get(_LANGUAGE, "")
    if chosen in CODES:
        return language(chosen)
    asked = request.headers.get("accept-language", "zh")
    return language("en" if asked.lower().startswith("en") else "zh_CN")


def _path(request: Request) -> str:
    """Return the path inside the program, whatever prefix a proxy put before it."""
    root = str(request.scope.get("root_path", ""))
    return request.url.path.removeprefix(root) or "/"


def _inside(request: Request, path: str) -> str:
    return str(request.scope.get("root_path", "")) + path


def _remember(request: Request, answer: Response, name: str, value: str) -> None:
    """Set a cookie that no script reads and no other site sends."""
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")


def _file(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)

"""The verbs of the server: init, serve, enroll, revoke, account, status."""

from __future__ import annotations

import secrets
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import accounts, home, keyring, overview
from xqhz_desktop.hub.app import application, metrics_token
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.overview import SchoolLine
from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.sync import fingerprint

_ADMIN = "admin"

Document = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the command: its options, the language, and how a line is said."""

    options: Namespace
    language: Language
    say: Callable[[Message], None]

    @property
    def folder(self) -> Path:
        """Return the folder of the server."""
        return Path(self.options.folder)

    @contextmanager
    def hub(self) -> Iterator[Hub]:
        """Open the server for one command."""
        opened = home.opened(self.folder)
        try:
            yield opened
        finally:
            opened.database.close()


def run(options: Namespace, language: Language, say: Callable[[Message], None]) -> Document:
    """Do what the options say; return what a script wants to know of it."""
    return _VERBS[options.verb](Call(options, language, say))


def _init(call: Call) -> Document:
    home.make(call.folder, call.options.database or home.TRIAL)
    password = secrets.token_urlsafe(12)
    with call.hub() as hub:
        accounts.make(hub.database, _ADMIN, password, None)
    call.say(Message("The server is ready in {folder}.", folder=str(call.folder)))
    call.say(
        Message(
            "Log in as {name} with the password {password}. It is shown only now.",
            name=_ADMIN,
            password=password,
        )
    )
    return {"folder": str(call.folder), "account": _ADMIN, "password": password}


def _serve(call: Call) -> Document:
    options = call.options
    host, _colon, port = options.listen.rpartition(":")
    if not host or not port.isdecimal():
        raise UserError(Message("--listen takes an address and a port, such as 127.0.0.1:8440."))
    with call.hub() as hub:
        call.say(Message("The server listens on {address}.", address=f"http://{host}:{port}"))
        uvicorn.run(
            application(hub, workers=options.workers),
            host=host,
            port=int(port),
            root_path=options.prefix,
            access_log=False,  # each request is a line of our own log
            log_level="warning",
        )
    return {}


def _enroll(call: Call) -> Document:
    """Show who asks; let the school in once people have compared the words of its key."""
    with call.hub() as hub:
        school, contents = keyring.request(hub, _bytes(call.options.what))
        words = call.language.say(fingerprint.words(school.public.id))
        told: Document = {"school": school.name, "words": words, "joined": call.options.yes}
        call.say(
            Message(
                "{school} asks to join. Its key reads: {words}", school=school.name, words=words
            )
        )
        if not call.options.yes:
            call.say(
                Message("Compare these words with the school by telephone, then repeat with --yes.")
            )
            return told
        told["id"] = keyring.join(hub, school, contents)
    call.say(Message("{school} has joined.", school=school.name))
    return told


def _revoke(call: Call) -> Document:
    with call.hub() as hub:
        name = keyring.block(hub, call.options.what)
    call.say(Message("The device {name} is blocked at the server.", name=name))
    return {"device": name, "revoked": True}


def _account(call: Call) -> Document:
    """Make an account of the bureau's page, with a password from a file or a new one."""
    options = call.options
    given = _bytes(options.password_file).decode("utf-8-sig") if options.password_file else ""
    password = given.partition("\n")[0].strip() or secrets.token_urlsafe(12)
    schools = tuple(filter(None, options.schools.split(","))) or None
    with call.hub() as hub:
        accounts.make(hub.database, options.what, password, schools)
    call.say(Message("{name} can log in now.", name=options.what))
    if given:
        return {"account": options.what}
    call.say(Message("The password: {password}", password=password))
    return {"account": options.what, "password": password}


def _status(call: Call) -> Document:
    with call.hub() as hub:
        schools = overview.schools(hub.database, None)
    for one in schools:
        call.say(_line(one))
    if not schools:
        call.say(Message("No school has joined yet. Schools are admitted with: xqhz hub enroll"))
    public = hub.keys.public
    return {
        "sign": public.key.hex(),
        "age": public.recipient,
        "metrics_token": metrics_token(hub),
        "schools": [*map(_document, schools)],
    }


def _line(school: SchoolLine) -> Message:
    return Message(
        "{school}: {devices} devices, last package {last}, {waiting} waiting, {failures} refused, "
        "{conflicts} conflicts",
        school=school.name,
        devices=school.devices,
        last=school.last.astimezone() if school.last else Message("never"),
        waiting=school.waiting,
        failures=school.failures,
        conflicts=school.conflicts,
    )


def _document(school: SchoolLine) -> Document:
    return {
        "id": school.id,
        "name": school.name,
        "devices": school.devices,
        "last": school.last.isoformat() if school.last else None,
        "waiting": school.waiting,
        "refused": school.failures,
        "conflicts": school.conflicts,
        "records": dict(school.counts),
    }


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UserError(Message("The file {file} cannot be read.", file=file)) from error


_VERBS: dict[str, Callable[[Call], Document]] = {
    "init": _init,
    "serve": _serve,
    "enroll": _enroll,
    "revoke": _revoke,
    "account": _account,
    "status": _status,
}

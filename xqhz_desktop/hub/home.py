"""What a server is started with: its folder with the database's address and its own keys."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.hub import database
from xqhz_desktop.hub.database import Database
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import trust
from xqhz_desktop.sync.trust import Device

TRIAL = "trial"
"""Stands for the address of the database that comes along."""

_SETTINGS, _KEYS = "hub.json", "hub.keys"


@dataclass(frozen=True)
class Hub:
    """A running server: its database, its keys, and the secret behind its cookies and tokens."""

    folder: Path
    database: Database
    keys: Device
    secret: bytes


def make(folder: Path, url: str = TRIAL) -> None:
    """Make the folder of a new server and its tables; a folder that is one is refused."""
    if (folder / _SETTINGS).exists():
        raise UserError(
            Message("There is a server in {folder} already.", folder=str(folder)), code="EXISTS"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_secret(folder / _KEYS, trust.make_device().secret())
        settings = json.dumps({"database": url}, indent=1)
        _write_secret(folder / _SETTINGS, settings.encode())  # the address may hold a password
    except OSError as error:
        raise UserError(
            Message("The folder {folder} cannot be written. Choose another.", folder=str(folder))
        ) from error
    try:
        database.prepare(_address(folder))
    except BaseException:
        (folder / _SETTINGS).unlink()
        raise


def opened(folder: Path) -> Hub:
    """Return the server of a folder, with its tables brought up to date."""
    address = _address(folder)
    database.prepare(address)
    keys = trust.device((folder / _KEYS).read_bytes())
    secret = hashlib.sha256(b"XQHZ cookies and tokens" + keys.seed).digest()
    return Hub(folder, Database(address), keys, secret)


def _address(folder: Path) -> str:
    try:
        url = str(json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))["database"])
    except (OSError, ValueError, LookupError) as error:
        raise NotFound(
            Message("There is no server in {folder}. Make one: xqhz hub init", folder=str(folder)),
            code="NO_SERVER",
        ) from error
    return database.trial(folder / "postgresql") if url == TRIAL else url


def _write_secret(file: Path, content: bytes) -> None:
    """Write a file nobody else may read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)

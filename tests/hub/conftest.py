"""A real PostgreSQL for the tests, started once; every test has a database of its own."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import uvicorn

from xqhz_desktop.hub import database, home
from xqhz_desktop.hub.app import application
from xqhz_desktop.hub.home import Hub


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of a running PostgreSQL whose database ``model`` has the tables."""
    folder = Path(tempfile.mkdtemp(prefix="xqhz-pg-"))  # a short path: its socket has a limit
    url = database.trial(folder)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE model")
    database.prepare(_of(url, "model"))
    yield url
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def address(postgresql: str) -> str:
    """Return the address of an empty database with the tables."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE model")
    return _of(postgresql, name)


@pytest.fixture
def hub(address: str, tmp_path: Path) -> Iterator[Hub]:
    """Return a server nobody has joined yet."""
    home.make(tmp_path / "hub", address)
    opened = home.opened(tmp_path / "hub")
    yield opened
    opened.database.close()


def _of(url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return url.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def server(hub: Hub) -> Iterator[str]:
    """Return the address of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(application(hub), host="127.0.0.1", port=port, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started and thread.is_alive():
        thread.join(0.01)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()

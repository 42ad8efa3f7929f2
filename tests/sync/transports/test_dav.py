"""A folder on a real WebDAV server: what a stick does, over a line that breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.transports import small_dav
from tests.sync.transports.small_dav import PASSWORD, Line
from xqhz_desktop.errors import UserError
from xqhz_desktop.sync.transports import parcel
from xqhz_desktop.sync.transports.dav import Dav
from xqhz_desktop.sync.transports.folder import Folder

GROUP, OTHERS, OWN = "5c" * 16, "a1" * 16, "b2" * 16
DATA = bytes(range(256)) * 10_000


@pytest.fixture
def served(disk: Path) -> Iterator[tuple[str, Line]]:
    with small_dav.running(disk) as found:
        yield found


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "disk"


@pytest.fixture
def address(served: tuple[str, Line]) -> str:
    return served[0]


@pytest.fixture
def line(served: tuple[str, Line]) -> Line:
    return served[1]


def connected(address: str, stream: str = OWN, password: str = PASSWORD) -> Dav:
    return Dav(address, password, (GROUP, stream), lambda _seconds: None)


def left(line: Dav | Folder, stream: str, first: int, last: int, data: bytes = DATA) -> str:
    """Leave a package and return its name."""
    name = parcel.name(GROUP, stream, (first, last), data)
    line.put(name, data)
    return name


def test_packages_lie_there_as_on_a_stick(address: str, disk: Path) -> None:
    line = connected(address)
    name = left(line, OTHERS, 1, 9)
    left(Folder(disk, GROUP, OTHERS), OTHERS, 10, 12, b"more")
    left(line, OWN, 1, 3)
    assert (disk / name).read_bytes() == DATA
    assert [one.name for one in line.list({})] == [
        one.name for one in Folder(disk, GROUP, OWN).list({})
    ]
    assert [one.size for one in line.list({})] == [len(DATA), 4]
    assert line.covered() == Folder(disk, GROUP, OWN).covered() == {OTHERS: 12, OWN: 3}
    line.close()


def test_nothing_lies_where_nobody_was(address: str) -> None:
    line = connected(address)
    assert line.list({}) == []
    assert line.covered() == {}
    line.close()


def test_a_download_goes_on_where_the_line_broke(address: str, line: Line, tmp_path: Path) -> None:
    reader = connected(address)
    left(reader, OTHERS, 1, 9)
    line.cut = 2
    file = parcel.received(reader, reader.list({})[0], tmp_path / "spool")
    assert file.read_bytes() == DATA
    assert line.log.count("GET") == 3
    reader.close()


def test_a_package_that_lies_there_is_not_sent_again(address: str, line: Line) -> None:
    writer = connected(address)
    left(writer, OWN, 1, 3)
    line.log.clear()
    left(writer, OWN, 1, 3)
    assert "PUT" not in line.log
    writer.close()


def test_a_server_that_is_busy_is_asked_again(address: str, line: Line, disk: Path) -> None:
    line.refused = [503, 429]
    writer = connected(address)
    assert (disk / left(writer, OWN, 1, 3)).read_bytes() == DATA
    writer.close()


@pytest.mark.parametrize(("status", "code"), [(507, "FULL"), (403, "FORBIDDEN"), (409, "GONE")])
def test_what_the_server_refuses_is_said_and_nothing_half_lies_there(
    address: str, line: Line, disk: Path, status: int, code: str
) -> None:
    line.refused = [status]
    writer = connected(address)
    with pytest.raises(UserError) as refused:
        left(writer, OWN, 1, 3)
    assert refused.value.code == code
    assert not [file for file in disk.rglob("*") if file.is_file()]
    writer.close()


def test_a_wrong_password_is_said(address: str) -> None:
    line = connected(address, password="falsch")
    with pytest.raises(UserError) as refused:
        line.list({})
    assert refused.value.code == "FORBIDDEN"
    line.close()


def test_where_no_server_is_the_network_is_to_be_looked_at() -> None:
    line = connected("webdav://127.0.0.1:9/")
    with pytest.raises(UserError) as refused:
        line.list({})
    assert refused.value.code == "UNREACHABLE"
    line.close()

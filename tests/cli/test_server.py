"""The server's verbs on the command line, with the database that comes along."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.hub.laptops import School
from xqhz_desktop.hub import home
from xqhz_desktop.sync import package
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.package import Contents


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="xqhz-hub-"))  # PostgreSQL's socket wants a short path
    yield made / "s"
    shutil.rmtree(made, ignore_errors=True)


def test_a_server_is_made_joined_and_looked_at_by_commands(
    call: Call, folder: Path, tmp_path: Path
) -> None:
    place = ["--folder", str(folder)]
    made = call("hub", "init", *place, "--json")
    assert made.code == 0
    assert len(made.json["password"]) >= 12
    assert call("hub", "init", *place).code == 3
    assert "No school has joined yet" in call("hub", "status", *place).out

    school = School("霁川职校")
    hub = home.opened(folder)
    hub.database.close()
    asked = Contents(school.group, Kind.CERTIFICATES, certificates=tuple(school.statements))
    file = tmp_path / "join.xqhz"
    file.write_bytes(package.write(asked, [hub.keys.public.recipient], school.keys))
    shown = call("hub", "enroll", str(file), *place, "--json").json
    assert (shown["school"], shown["joined"]) == ("霁川职校", False)
    assert len(shown["words"].split()) == 8
    assert call("hub", "status", *place, "--json").json["schools"] == []
    assert call("hub", "enroll", str(file), *place, "--yes").code == 0
    (line,) = call("hub", "status", *place, "--json").json["schools"]
    assert line["name"] == "霁川职校"

    file.write_bytes(file.read_bytes()[:-1])
    refused = call("hub", "enroll", str(file), *place)
    assert refused.code == 3
    assert len(refused.err.splitlines()) == 1
    assert call("hub", "revoke", "ab12", *place).code == 3
    secret = tmp_path / "secret.txt"
    secret.write_text("short", encoding="utf-8")
    account = ["hub", "account", "wu", *place, "--password-file", str(secret)]
    assert call(*account).code == 3
    secret.write_text("long enough\n", encoding="utf-8")
    assert call(*account).code == 0


def test_a_folder_without_a_server_is_one_sentence(call: Call, tmp_path: Path) -> None:
    for verb in ("serve", "status", "enroll", "revoke", "account"):
        answer = call("hub", verb, "x", "--folder", str(tmp_path / "none"))
        assert answer.code == 3
        assert "xqhz hub init" in answer.err

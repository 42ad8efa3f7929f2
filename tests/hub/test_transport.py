"""The laptop's client and the server speak the same language, over a real connection."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hub.laptops import Laptop, School, student
from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import worker
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.sync import package, trust
from xqhz_desktop.sync.transports import parcel
from xqhz_desktop.sync.transports.web import Web
from xqhz_desktop.sync.trust import Keyring


def line(server: str, laptop: Laptop, hub: Hub) -> Web:
    return Web(server, laptop.keys, hub.keys.id)


def became(web: Web, hub: Hub, data: bytes) -> str:
    """Return what became of a package; the server's own worker may be at it already."""
    for _ in range(1_000):
        if (state := web.state(data)) != "waiting":
            return state
        worker.one(hub)
    return "waiting"


def test_what_one_laptop_brings_another_fetches(hub: Hub, server: str, tmp_path: Path) -> None:
    school = School("示范职业学校")
    office, tutor = Laptop(school), Laptop(school, "张老师")
    school.joined(hub)
    written = office.writes("student", "01" * 16, student("张三"))
    data = office.package(hub)
    there = line(server, office, hub)
    there.put("a name", data)
    assert became(there, hub, data) == "taken"
    there.put("a name", data)
    there.close()

    here = line(server, tutor, hub)
    (one,) = here.list({})
    file = parcel.received(here, one, tmp_path)
    here.close()
    known = {hub.keys.id: hub.keys.public.key}
    found = package.read(file, Keyring(school.group, (tutor.keys,), known))
    assert found.segments == (written,)


def test_the_server_refuses_what_is_no_package(hub: Hub, server: str) -> None:
    school = School("示范职业学校")
    office = Laptop(school)
    school.joined(hub)
    there = line(server, office, hub)
    there.put("a name", b"no package")
    with pytest.raises(UserError) as refused:
        became(there, hub, b"no package")
    assert refused.value.code == "NOT_A_PACKAGE"
    there.close()


def test_a_stranger_and_another_server_are_told_apart(hub: Hub, server: str) -> None:
    stranger = trust.make_device()
    for known, code in ((hub.keys.id, "UNKNOWN"), (stranger.id, "OTHER_SERVER")):
        web = Web(server, stranger, known)
        with pytest.raises(UserError) as refused:
            web.list({})
        assert refused.value.code.startswith(code)
        web.close()

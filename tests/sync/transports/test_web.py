from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.samples import OFFICE, TUTOR
from tests.sync.transports import small_hub
from tests.sync.transports.small_hub import SmallHub
from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.sync.transports import parcel, web
from xqhz_desktop.sync.transports.web import Web

DATA = bytes(range(256)) * 10_000  # three pieces
ID = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def hub() -> SmallHub:
    return small_hub.enrolled(OFFICE)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def line(hub: SmallHub, waits: list[float]) -> Iterator[Web]:
    with small_hub.running(hub) as address:
        line = Web(address, OFFICE, hub.keys.id, waits.append)
        yield line
        line.close()


def code(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        act()
    return refused.value.code


def test_a_package_arrives_at_the_server_in_pieces(line: Web, hub: SmallHub) -> None:
    line.put("a name", DATA)
    assert hub.uploads[ID] == DATA
    assert line.state(DATA) == "waiting"
    assert hub.log.count(f"PATCH v1/uploads/{ID}") == 3


@pytest.mark.parametrize(
    "cut", [["PATCH"], ["PATCH", "PATCH"], ["POST", "PATCH", "POST"], ["GET", "POST"]]
)
def test_an_upload_goes_on_where_the_line_broke(line: Web, hub: SmallHub, cut: list[str]) -> None:
    hub.cut = cut
    line.put("a name", DATA)
    assert hub.uploads[ID] == DATA
    assert not hub.cut


def test_a_package_sent_twice_travels_once(line: Web, hub: SmallHub) -> None:
    line.put("a name", DATA)
    hub.log.clear()
    line.put("a name", DATA)
    assert not [one for one in hub.log if one.startswith("PATCH")]


def test_an_upload_begun_yesterday_is_finished(line: Web, hub: SmallHub) -> None:
    hub.uploads[ID] = bytearray(DATA[:1_500_000])
    line.put("a name", DATA)
    assert hub.uploads[ID] == DATA
    assert hub.log.count(f"PATCH v1/uploads/{ID}") == 2


def test_a_download_goes_on_where_the_line_broke(line: Web, hub: SmallHub, tmp_path: Path) -> None:
    hub.outgoing, hub.cut = DATA, ["CONTENT", "CONTENT"]
    (one,) = line.list({})
    assert parcel.received(line, one, tmp_path).read_bytes() == DATA


def test_nothing_new_is_nothing_to_fetch(line: Web) -> None:
    assert line.list({"a1" * 16: 7}) == []


def test_an_old_token_is_replaced(line: Web, hub: SmallHub) -> None:
    line.list({})
    hub.tokens = 99
    assert line.list({}) == []


def test_a_device_the_server_does_not_know_is_told_so(hub: SmallHub) -> None:
    with small_hub.running(hub) as address:
        line = Web(address, TUTOR, hub.keys.id)
        assert code(lambda: line.list({})) == "UNKNOWN"
        line.close()


def test_another_server_at_the_address_gets_no_login(hub: SmallHub) -> None:
    with small_hub.running(hub) as address:
        line = Web(address, OFFICE, TUTOR.id)
        assert code(lambda: line.list({})) == "OTHER_SERVER"
        assert hub.log == ["GET v1/hello"]
        line.close()


def test_the_clock_of_the_computer_is_compared(line: Web) -> None:
    assert line.hello().ahead > 1_000_000_000_000  # the small server lives in 1970


def test_a_busy_server_is_asked_again_after_the_time_it_names(
    line: Web, hub: SmallHub, waits: list[float]
) -> None:
    line.list({})
    hub.answers = [(503, {"Retry-After": "7"}), (429, {"Retry-After": "900"}), (502, {})]
    line.list({})
    assert waits == [7, 60, web.WAITS[2]]


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (507, "FULL", "SERVER_FULL"),
        (413, "TOO_LARGE", "TOO_LARGE"),
        (422, "OTHER_SCHOOL", "OTHER_SCHOOL"),
        (422, "whatever", "DAMAGED"),
        (403, "REVOKED", "REVOKED"),
        (404, "", "NO_SERVER"),
        (500, "", "NO_SERVER"),
    ],
)
def test_what_the_server_refuses_is_one_sentence(
    line: Web, hub: SmallHub, status: int, said: str, reason: str
) -> None:
    line.list({})
    hub.answers = [(status, {"code": said})]
    assert code(lambda: line.put("a name", DATA)) == reason


def test_a_server_busy_for_long_is_said_so(line: Web, hub: SmallHub) -> None:
    line.list({})
    hub.answers = [(503, {})] * 10
    assert code(lambda: line.list({})) == "BUSY"


def test_a_package_the_server_found_bad_is_said_so(line: Web, hub: SmallHub) -> None:
    hub.states[ID] = ("refused", "REVOKED")
    with pytest.raises(BadPackage) as refused:
        line.put("a name", DATA)
    assert refused.value.code == "REVOKED"


def test_a_server_that_is_down_is_said_so(hub: SmallHub, waits: list[float]) -> None:
    with small_hub.running(hub) as address:
        pass
    line = Web(address, OFFICE, hub.keys.id, waits.append)
    assert code(lambda: line.list({})) == "UNREACHABLE"
    assert waits == list(web.WAITS)
    line.close()


def test_a_server_that_never_gets_further_does_not_hold_us_for_ever(
    line: Web, hub: SmallHub
) -> None:
    hub.answers = [(409, {"to": "PATCH", "Upload-Offset": "0"}) for _ in range(99)]
    assert code(lambda: line.put("a name", DATA)) == "NO_SERVER"


def test_a_page_that_is_no_server_is_said_so(line: Web, hub: SmallHub) -> None:
    hub.answers = [(200, {})]
    assert code(lambda: line.list({})) == "NO_SERVER"


@pytest.mark.parametrize("host", ["http://hub.example.edu.cn", "ftp://hub.example.edu.cn", "hub"])
def test_only_safe_addresses_are_used(host: str) -> None:
    assert code(lambda: Web(host, OFFICE)) == "ADDRESS"

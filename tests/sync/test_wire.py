from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync import samples
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import wire
from xqhz_desktop.sync.changes import Changeset, Op

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex) | st.sampled_from(["school", "330102"])
STREAMS = st.binary(min_size=16, max_size=16).map(bytes.hex)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
    | st.binary(max_size=20)
)
NAMES = TEXTS.filter(bool)
LATER = st.lists(st.integers(0, 9) | TEXTS | st.dictionaries(TEXTS, TEXTS), max_size=2).map(tuple)
OPS = st.builds(Op, NAMES, IDS, st.none() | st.dictionaries(NAMES, VALUES, max_size=6), LATER)
CHANGES = st.builds(
    Changeset,
    stream=STREAMS,
    q=st.integers(1, 2**40),
    at=st.integers(0, 2**45),
    user=IDS | st.just(""),
    deps=st.dictionaries(STREAMS, st.integers(1, 2**40), max_size=3),
    ops=st.lists(OPS, max_size=4, unique_by=lambda op: op.key).map(tuple),
    about=st.dictionaries(TEXTS, TEXTS, max_size=3),
    extra=LATER,
)


@given(CHANGES)
def test_a_change_reads_back_whole_with_what_newer_versions_added(change: Changeset) -> None:
    data = wire.dump(change)
    again = wire.load(data, change.stream, change.q)
    assert again == change
    assert wire.dump(again) == data


@given(st.dictionaries(NAMES, VALUES, min_size=2, max_size=6))
def test_the_bytes_do_not_depend_on_the_order_of_the_columns(values: dict[str, object]) -> None:
    turned = dict(reversed(values.items()))
    dumps = {
        wire.dump(Changeset("a1" * 16, 1, 5, "", {}, (Op("student", "b2" * 16, one),)))
        for one in (values, turned)
    }
    assert len(dumps) == 1


def code(data: bytes) -> str:
    """Return why a change is refused, "" if it is read."""
    try:
        wire.load(data, "a1" * 16, 1)
    except BadPackage as error:
        return error.code
    return ""


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert code(data) in {"", "DAMAGED", "TOO_LARGE"}


@given(st.data())
def test_a_flipped_bit_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(wire.dump(samples.changes()[0]))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert code(bytes(whole)) in {"", "DAMAGED", "TOO_LARGE"}


ID = bytes(16)


@pytest.mark.parametrize(
    "parts",
    [
        [1, b"", {}],
        [1.5, b"", {}, []],
        [True, b"", {}, []],
        [1, b"x", {}, []],
        [1, b"", {b"short": 1}, []],
        [1, b"", {ID: 0}, []],
        [1, b"", {}, [["student", ID]]],
        [1, b"", {}, [["", ID, None]]],
        [1, b"", {}, [["student", "00" * 16, None]]],
        [1, b"", {}, [["student", ID, {"name": float("nan")}]]],
        [1, b"", {}, [["student", ID, {"name": ["list"]}]]],
        [1, b"", {}, [["student", ID, {"name": 2**63}]]],
        [1, b"", {}, [["student", ID, {"name": cbor2.CBORTag(37, ID)}]]],
        [1, b"", {}, [["student", ID, None], ["student", ID, {}]]],
        [1, b"", {}, [], "about"],
        [1, b"", {}, [], [[[[[[[["deep"]]]]]]]]],
    ],
)
def test_what_is_not_a_change_is_refused(parts: object) -> None:
    assert code(cbor2.dumps(parts)) == "DAMAGED"


@pytest.mark.parametrize(
    "data",
    [
        b"\x9f\xff",  # without an end
        b"\xa2\x61a\x01\x61a\x02",  # one key twice
        b"\x61\xff",  # not UTF-8
        b"\x00\x00",  # something behind
        b"\x9b" + b"\xff" * 8,  # an array longer than the world
        b"\xf7",  # undefined
    ],
)
def test_cbor_with_two_meanings_is_refused(data: bytes) -> None:
    assert code(data) == "DAMAGED"


@pytest.mark.parametrize("data", [b"\x7a\x00\x10\x00\x01" + b"x" * ((1 << 20) + 1)])
def test_a_text_of_more_than_a_megabyte_is_refused(data: bytes) -> None:
    assert code(data) == "TOO_LARGE"


def test_millions_of_empty_lists_are_refused_before_they_take_memory() -> None:
    many = 5_000_000
    assert code(b"\x9a" + many.to_bytes(4) + b"\x80" * many) == "TOO_LARGE"

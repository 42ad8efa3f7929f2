from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.samples import OFFICE, OTHER, STREAM
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import cbor, compression, snapshot, states
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.merge import Row, Write
from xqhz_desktop.sync.snapshot import Stream
from xqhz_desktop.sync.states import Interner, Shape

STREAMS = {
    STREAM: Stream(9, "ab" * 32, OFFICE.id, {OTHER: 4}),
    OTHER: Stream(4, "cd" * 32, OFFICE.id),
}


def row(n: int) -> Row:
    """Return a record: written at once, every third with two values, every fifth removed."""
    name = Write(STREAM, 9, 1_780_000_000_000, f"学生{n}")
    names = (name, Write(OTHER, 4, 5, "另一个")) if n % 3 == 0 else (name,)
    alive = Write(STREAM, 9, 1_780_000_000_000, n % 5 > 0)
    return Row.of((alive,), {"name": names, "phone": (Write(OTHER, 2, 3, None),)})


ROWS: list[tuple[Key, Row]] = [
    *((("class", f"{n:032x}"), row(n)) for n in range(3)),
    *((("student", f"{n:032x}"), row(n)) for n in range(2_500)),
]


def code(blocks: list[bytes]) -> str:
    """Return why blocks are refused, "" if they are good."""
    try:
        snapshot.streams(blocks)
        list(snapshot.rows(blocks))
    except BadPackage as error:
        return error.code
    return ""


def block(*parts: object) -> bytes:
    data = cbor2.dumps(parts, canonical=True)
    return cbor.dump([len(data), compression.pressed(data)])


def test_a_new_device_gets_every_record_with_its_history_of_values() -> None:
    blocks = list(snapshot.blocks(STREAMS, ROWS, len(ROWS)))
    assert len(blocks) == 1 + 1 + 3
    assert snapshot.streams(blocks) == (STREAMS, len(ROWS))
    assert list(snapshot.rows(blocks)) == ROWS


def test_a_snapshot_is_small() -> None:
    blocks = list(snapshot.blocks(STREAMS, ROWS, len(ROWS)))
    assert sum(map(len, blocks)) < 20 * len(ROWS)


FIRST = next(iter(snapshot.blocks(STREAMS, [], 0)))
NAMES, SHAPES = [bytes(16)], [["name"]]


def state(value: object) -> bytes:
    return states.encode(
        Row.of((), {"name": (Write("00" * 16, 1, 2, value),)}),  # type: ignore[arg-type]
        Interner(["00" * 16]),
        Interner[Shape]([("name",)]),
    )


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [b"no block"],
        [block(2, "student", [], [], [], [])],
        [block(1, {b"short": [1, bytes(32), bytes(32), {}]}, 0)],
        [block(1, {bytes(16): [0, bytes(32), bytes(32), {}]}, 0)],
        [block(1, {bytes(16): [1, bytes(32), bytes(32), {bytes(16): "x"}]}, 0)],
        [FIRST, FIRST],
        [FIRST, block(2, "student", [bytes(16)], [], NAMES, SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [b""], NAMES, SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [state("x")], [], SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [state("x")], NAMES, [])],
        [FIRST, block(2, "student", [bytes(16)], [state("x")], NAMES, [["name", "phone"]])],
        [FIRST, block(2, "student", [bytes(15)], [state("x")], NAMES, SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [state(float("nan"))], NAMES, SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [state(1 << 63)], NAMES, SHAPES)],
        [FIRST, block(2, "student", [bytes(16)], [state(["list"])], NAMES, SHAPES)],
        [FIRST, cbor.dump([-2, compression.pressed(b"x")])],
    ],
)
def test_a_snapshot_that_is_not_right_is_refused(blocks: list[bytes]) -> None:
    assert code(blocks) == "DAMAGED"


def test_a_bomb_in_a_snapshot_is_refused() -> None:
    bomb = cbor.dump([60 << 20, compression.pressed(bytes(60 << 20))])
    assert code([FIRST, bomb]) == "TOO_LARGE"


@given(st.binary(max_size=200))
def test_any_states_are_read_or_refused(data: bytes) -> None:
    code([FIRST, block(2, "student", [bytes(16)], [data], NAMES, SHAPES)])

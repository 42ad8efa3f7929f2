from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.sync import states
from xqhz_desktop.sync.merge import Row, Write
from xqhz_desktop.sync.states import Interner, Shape

STREAMS = ("a" * 32, "b" * 32, "c" * 32)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.binary(max_size=8)
)


def registers(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[Write, ...]]:
    writes = st.builds(
        Write, st.sampled_from(STREAMS), st.integers(1, 9), st.integers(0, 2**45), values
    )
    return st.lists(writes, min_size=1, max_size=3).map(tuple)


ROWS = st.builds(
    Row.of,
    registers(st.booleans()),
    st.dictionaries(st.text(min_size=1, max_size=5), registers(VALUES), max_size=5),
)


@given(st.lists(ROWS, max_size=4))
def test_rows_read_back_with_every_concurrent_value(rows: list[Row]) -> None:
    streams, shapes = Interner[str](), Interner[Shape]()
    kept = [states.encode(row, streams, shapes) for row in rows]
    again = Interner(streams.names), Interner(shapes.names)
    assert [states.decode(state, *again) for state in kept] == rows


def test_a_record_written_at_once_needs_few_bytes_besides_its_values() -> None:
    streams, shapes = Interner[str](), Interner[Shape]()
    cells = {f"column_{n}": (Write(STREAMS[0], 7, 1_780_000_000_000, "x"),) for n in range(29)}
    row = Row.of((Write(STREAMS[0], 7, 1_780_000_000_000, True),), cells)
    assert len(states.encode(row, streams, shapes)) <= 2 * 29 + 24


def test_rows_of_one_kind_share_a_shape_whatever_the_order_of_their_columns() -> None:
    streams, shapes = Interner[str](), Interner[Shape]()
    write = (Write(STREAMS[0], 1, 1, None),)
    for cells in ({"name": write, "phone": write}, {"phone": write, "name": write}):
        states.encode(Row.of(write, cells), streams, shapes)
    assert shapes.names == [("name", "phone")]


@given(st.binary(max_size=40))
def test_bytes_that_are_no_state_are_refused(data: bytes) -> None:
    streams, shapes = Interner(STREAMS), Interner[Shape]([("name",)])
    try:
        states.decode(data, streams, shapes)
    except ValueError:
        return


def test_a_column_list_nobody_interned_is_refused() -> None:
    streams, shapes = Interner[str](), Interner[Shape]()
    state = states.encode(Row.of((Write(STREAMS[0], 1, 1, True),), {}), streams, shapes)
    with pytest.raises(ValueError, match="without a name"):
        states.decode(state, streams, Interner[Shape]())

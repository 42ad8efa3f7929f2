"""The CBOR of packages: deterministic when written, a small safe part of it when read.

Read are null, booleans, integers of 64 bits, floats, bytes, texts, arrays and maps, of definite
length. Tags, other simple values and indefinite lengths are refused, and so is what would take
more memory than its bytes deserve: a scan comes before the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cbor2

from xqhz_desktop.sync.refusals import refusal

MOST_TEXT = 1 << 20
"""Bytes of one text."""
MOST_ITEMS = 4_000_000
"""Values and containers in one piece: a year's roster of a large school has under a million."""
DEPTH = 8
"""Arrays and maps inside each other."""

_TEXT, _TAG = 3, 6  # major types
_INTEGERS, _STRINGS = (0, 1), (2, 3)
_CONTAINERS = {4: 1, 5: 2}  # arrays and maps: values of each element
_SIMPLE = (0xF4, 0xF5, 0xF6, 0xF9, 0xFA, 0xFB)  # false, true, null, floats of 2, 4 and 8 bytes
_STEPS = bytes(
    1 + (head & 31 if head >> 5 in _STRINGS else 0)
    if head in _SIMPLE[:3] or (head >> 5 in (*_INTEGERS, *_STRINGS) and head & 31 < 24)
    else 0
    for head in range(256)
)
"""Bytes of a value that is short, by its first one; 0 where there is more to look at."""


def dump(value: Any) -> bytes:
    """Return a value in its one deterministic form (RFC 8949, keys by length first)."""
    return cbor2.dumps(value, canonical=True)


def load(data: bytes) -> Any:
    """Return the one value these bytes hold; raise BadPackage."""
    if _end(data, 0, MOST_ITEMS)[0] != len(data):
        raise refusal("DAMAGED")
    return _loaded(data)


def sequence(data: bytes) -> Iterator[Any]:
    """Yield the values that stand one after another in these bytes; raise BadPackage."""
    at, left = 0, MOST_ITEMS
    while at < len(data):
        end, left = _end(data, at, left)
        yield _loaded(data[at:end])
        at = end


def _loaded(data: bytes) -> Any:
    try:
        return cbor2.loads(data, max_depth=DEPTH + 1, allow_duplicate_keys=False)
    except (cbor2.CBORError, ValueError, TypeError) as error:  # not UTF-8, a key twice
        raise refusal("DAMAGED") from error


def _end(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return where the value that begins at `at` ends, and how many more there may be."""
    outer: list[int] = []  # how many values are still to come in the containers around
    to_come, size = 1, len(data)
    while True:
        while not to_come:
            if not outer:
                if at > size:
                    raise refusal("DAMAGED")
                return at, most
            to_come = outer.pop()
        to_come -= 1
        most -= 1
        if at >= size or most < 0:
            raise refusal("TOO_LARGE" if most < 0 else "DAMAGED")
        head = data[at]
        if step := _STEPS[head]:  # by far the most
            at += step
            continue
        at += 1
        major, number = head >> 5, head & 31
        if number > 23:
            at, number = _long(data, at, number)
        if major in _CONTAINERS:
            outer.append(to_come)
            to_come = number * _CONTAINERS[major]
        elif major in _STRINGS:
            at += number
        _check(head, number, len(outer))


def _check(head: int, number: int, depth: int) -> None:
    """Refuse what is not in our part of CBOR."""
    major = head >> 5
    if major == _TEXT and number > MOST_TEXT:
        raise refusal("TOO_LARGE")
    if (
        depth > DEPTH
        or (major in _INTEGERS and number >> 63)
        or (major >= _TAG and head not in _SIMPLE)
    ):
        raise refusal("DAMAGED")


def _long(data: bytes, at: int, code: int) -> tuple[int, int]:
    """Return where a number of 1, 2, 4 or 8 bytes ends, and the number."""
    if code > 27:  # indefinite, or reserved
        raise refusal("DAMAGED")
    end = at + (1 << code - 24)
    return end, int.from_bytes(data[at:end])


def number(parts: Any, key: int) -> int:
    """Return the whole number, zero or more, under a key of a map; raise BadPackage."""
    found = parts.get(key) if isinstance(parts, dict) else None
    if type(found) is not int or found < 0:
        raise refusal("DAMAGED")
    return found


def octets(parts: Any, key: int, size: int) -> bytes:
    """Return the bytes of a known length under a key of a map; raise BadPackage."""
    found = parts.get(key) if isinstance(parts, dict) else None
    if not isinstance(found, bytes) or len(found) != size:
        raise refusal("DAMAGED")
    return found


def require(right: bool) -> None:
    """Refuse what is not as it must be."""
    if not right:
        raise refusal("DAMAGED")

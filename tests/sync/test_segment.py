from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.sync import samples
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import cbor, segment
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.segment import Segment

OFFICE = samples.OFFICE.public.key


def code(one: Segment, key: bytes = OFFICE) -> str:
    """Return why a segment is refused, "" if it is good."""
    try:
        segment.check(one, key)
        segment.changesets(one)
    except BadPackage as error:
        return error.code
    return ""


def packed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


def test_a_segment_reads_back_and_names_the_one_before() -> None:
    first, second = samples.segments()
    assert [*segment.changesets(first), *segment.changesets(second)] == samples.changes()
    assert (first.header.prev, second.header.prev) == ("", first.id)
    assert code(first) == code(second) == ""


def test_the_same_changes_always_give_the_same_segment() -> None:
    assert samples.segments() == samples.segments()


def test_only_the_first_segment_of_a_stream_carries_the_key() -> None:
    first, second = samples.segments()
    assert (first.header.signer, second.header.signer) == (OFFICE, b"")


def test_a_segment_passed_on_is_the_same() -> None:
    first, _ = samples.segments()
    assert segment.parse(first.head, first.sig, first.body) == first


def test_keys_of_a_newer_version_in_the_head_are_kept() -> None:
    first, _ = samples.segments()
    head = cbor.dump({**cbor.load(first.head), 99: "later"})
    sig = samples.OFFICE.sign(b"XQSEG1" + hashlib.sha256(head).digest())
    passed_on = segment.parse(head, sig, first.body)
    assert code(passed_on) == ""
    assert passed_on.header == first.header


def test_a_segment_signed_by_another_device_is_refused() -> None:
    first, _ = samples.segments()
    assert code(first, samples.TUTOR.public.key) == "SIGNATURE"


def test_a_relay_that_changes_a_segment_is_found_out() -> None:
    first, second = samples.segments()
    assert code(replace(first, body=second.body)) in {"SIGNATURE", "DAMAGED"}
    assert code(replace(first, sig=second.sig)) == "SIGNATURE"
    forged = segment.make(samples.changes()[:2], "", replace(samples.ORIGIN, signer=samples.TUTOR))
    assert code(forged) == "SIGNATURE"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    first, _ = samples.segments()
    huge = packed(bytes(60 << 20))
    for length in (first.header.length, 60 << 20):
        bomb = replace(first, body=huge, header=replace(first.header, length=length))
        with pytest.raises(BadPackage) as refused:
            segment.unpacked(bomb)
        assert refused.value.code in {"DAMAGED", "TOO_LARGE"}


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        (1, 2, "NEWER"),
        (1, None, "DAMAGED"),
        (2, b"short", "DAMAGED"),
        (4, 0, "DAMAGED"),
        (4, 5, "DAMAGED"),
        (5, True, "DAMAGED"),
        (6, bytes([1]) * 32, "DAMAGED"),
        (8, 65 << 20, "TOO_LARGE"),
        (12, b"", "DAMAGED"),
    ],
)
def test_a_head_that_is_not_right_is_refused(key: int, value: object, reason: str) -> None:
    first, _ = samples.segments()
    with pytest.raises(BadPackage) as refused:
        segment.parse(cbor.dump({**cbor.load(first.head), key: value}), first.sig, first.body)
    assert refused.value.code == reason


@given(st.sampled_from(["head", "sig", "body"]), st.data())
def test_no_flipped_bit_gets_through(part: str, data: st.DataObject) -> None:
    first, _ = samples.segments()
    flipped = bytearray(getattr(first, part))
    flipped[data.draw(st.integers(0, len(flipped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        one = segment.parse(
            **{"head": first.head, "sig": first.sig, "body": first.body, part: bytes(flipped)}
        )
        segment.check(one, OFFICE)
    except BadPackage:
        return
    assert part == "body"  # zstd has bits that mean nothing; what comes out is the same
    assert segment.changesets(one) == samples.changes()[:2]


def test_a_long_history_is_cut_into_segments_of_bearable_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment, "CUT", 400)
    whole = samples.changes(10)
    made = list(segment.cut(whole, "", samples.ORIGIN))
    assert len(made) > 2
    assert [one for piece in made for one in segment.changesets(piece)] == whole
    assert [one.header.prev for one in made] == ["", *(one.id for one in made[:-1])]


def test_a_body_with_fewer_changes_than_announced_is_refused() -> None:
    one = Changeset(samples.STREAM, 1, 5, "", {}, (Op("student", "00" * 16, None),))
    short = segment.make([one], "", samples.ORIGIN)
    longer = replace(short, header=replace(short.header, q1=2))
    with pytest.raises(BadPackage):
        segment.changesets(longer)

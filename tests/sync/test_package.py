from __future__ import annotations

import hashlib
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync import samples
from tests.sync.samples import AT_OFFICE, AT_TUTOR, OFFICE, READERS, TUTOR
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import cbor, envelope, package, receipts, segment, trust
from xqhz_desktop.sync.envelope import Kind, Label
from xqhz_desktop.sync.package import Blob, Contents
from xqhz_desktop.sync.segment import Origin
from xqhz_desktop.sync.trust import Keyring

PACKAGE = package.write(samples.contents(), READERS, OFFICE)


def code(data: bytes, keyring: Keyring = AT_TUTOR) -> str:
    """Return why a package is refused, "" if it is good."""
    try:
        package.read(data, keyring)
    except BadPackage as error:
        return error.code
    return ""


def outside(changed: dict[int, object], inner: bytes = b"") -> bytes:
    """Return a package with other things written on its outside, signed all the same."""
    start = 8 + struct.unpack(">H", PACKAGE[6:8])[0]
    head = cbor.dump({**cbor.load(PACKAGE[8:start]), **changed})
    payload = trust.sealed(inner, READERS) if inner else PACKAGE[start:-64]
    if inner:
        head = cbor.dump({**cbor.load(head), 5: len(payload)})
    signed = struct.pack(">4sBBH", b"XQHZ", 1, 0, len(head)) + head + payload
    return signed + OFFICE.sign(b"XQPKG1" + hashlib.sha256(signed).digest())


def inside(manifest: dict[int, object], *items: object) -> bytes:
    """Return a package with this content."""
    full = {1: [], 2: {}, 3: [], 4: [], 5: ["1.0", 1], 6: 0, **manifest}
    head = cbor.dump(full)
    inner = struct.pack(">I", len(head)) + head + b"".join(map(cbor.dump, items))
    return outside({}, inner)


def test_a_package_reads_back_on_every_device_it_was_made_for() -> None:
    for keyring in (AT_OFFICE, AT_TUTOR):
        assert package.read(PACKAGE, keyring) == replace(samples.contents(), sender=OFFICE.id)


def test_a_package_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "week.xqhz"
    file.write_bytes(PACKAGE)
    assert package.read(file, AT_TUTOR).segments == samples.segments()


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadPackage) as refused:
        package.read(tmp_path / "gone.xqhz", AT_TUTOR)
    assert refused.value.code == "UNREADABLE"


def test_attachments_travel_in_pieces_or_as_their_names_only() -> None:
    data = bytes(range(256)) * 10_000
    photo = Blob(hashlib.sha256(data).hexdigest(), len(data), "image/webp", data)
    later = Blob("ab" * 32, 9, "image/webp")
    sent = replace(samples.contents(), blobs=(photo, later))
    assert package.read(package.write(sent, READERS, OFFICE), AT_TUTOR).blobs == (photo, later)


def test_receipts_certificates_and_snapshots_travel() -> None:
    receipt = receipts.make(TUTOR, {samples.STREAM: (3, "ab" * 32)}, bytes(32))
    sent = replace(
        samples.contents(), receipts=(receipt,), certificates=(b"one",), blocks=(b"a", b"b")
    )
    found = package.read(package.write(sent, READERS, OFFICE), AT_TUTOR)
    assert (found.receipts, found.certificates, found.blocks) == (
        (receipt,), (b"one",), (b"a", b"b"),
    )  # fmt: skip
    receipts.check(found.receipts[0], TUTOR.public.key)


def test_a_receipt_somebody_else_wrote_is_refused() -> None:
    receipt = receipts.make(TUTOR, {samples.STREAM: (3, "ab" * 32)})
    for forged in (replace(receipt, issuer=OFFICE.id), replace(receipt, chains={})):
        with pytest.raises(BadPackage) as refused:
            receipts.check(forged, TUTOR.public.key)
        assert refused.value.code == "SIGNATURE"


@pytest.mark.parametrize("share", [0, 0.005, 0.01, 0.03, 0.5, 0.999])
def test_a_package_cut_short_is_refused(share: float) -> None:
    assert code(PACKAGE[: int(len(PACKAGE) * share)]) in {"TRUNCATED", "NOT_A_PACKAGE"}


@pytest.mark.parametrize("data", [b"PK\x03\x04 a zip file", b"<html>", b"\x00" * 100])
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    assert code(data) == "NOT_A_PACKAGE"


def test_a_package_with_something_behind_is_refused() -> None:
    assert code(PACKAGE + b"x") == "DAMAGED"


def test_a_newer_format_is_refused() -> None:
    assert code(PACKAGE[:4] + b"\x02" + PACKAGE[5:]) == "NEWER"
    assert code(outside({2: 2})) == "NEWER"
    assert code(outside({1: 9})) == "NEWER"
    assert code(outside({7: [4, 20], 20: "must be understood"})) == "NEWER"


def test_additions_of_a_newer_version_are_read_over() -> None:
    signed = PACKAGE[:5] + b"\x63" + PACKAGE[6:-64]
    minor = signed + OFFICE.sign(b"XQPKG1" + hashlib.sha256(signed).digest())
    assert code(minor) == code(outside({7: [4], 20: "may be ignored"})) == ""
    assert package.read(inside({9: "x"}, [16, "new"], [127]), AT_TUTOR).skipped == (16, 127)


@pytest.mark.parametrize("number", [5, 15, 128, 1000])
def test_items_that_must_be_known_are_refused(number: int) -> None:
    assert code(inside({}, [number, "new"])) == "NEWER"


def test_a_device_the_school_does_not_know_is_refused() -> None:
    assert code(package.write(samples.contents(), READERS, trust.make_device())) == "UNKNOWN_SENDER"


def test_a_package_for_other_devices_is_refused() -> None:
    assert code(package.write(samples.contents(), READERS[:1], OFFICE)) == "WRONG_KEY"


def test_a_package_of_another_school_is_refused() -> None:
    foreign = replace(samples.contents(), group="ee" * 16)
    assert code(package.write(foreign, READERS, OFFICE)) == "OTHER_SCHOOL"
    assert code(package.write(foreign, READERS, trust.make_device())) == "OTHER_SCHOOL"


def test_a_blocked_device_is_refused_but_an_administrator_can_look() -> None:
    keyring = replace(AT_TUTOR, revoked={OFFICE.id: {}})
    assert code(PACKAGE, keyring) == "REVOKED"
    assert package.read(PACKAGE, keyring, review=True).segments == samples.segments()


def test_a_package_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "MOST", len(PACKAGE) // 2)  # its length varies
    file = tmp_path / "large.xqhz"
    file.write_bytes(PACKAGE)
    with pytest.raises(BadPackage) as refused:
        package.read(file, AT_TUTOR)
    assert refused.value.code == code(PACKAGE) == "TOO_LARGE"


def test_a_package_larger_than_readers_take_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "MOST", len(PACKAGE) // 2)  # its length varies
    with pytest.raises(BadPackage) as refused:
        package.write(samples.contents(), READERS, OFFICE)
    assert refused.value.code == "TOO_LARGE"


@given(st.integers(0, len(PACKAGE) * 8 - 1))
def test_no_flipped_bit_gets_through(bit: int) -> None:
    flipped = bytearray(PACKAGE)
    flipped[bit // 8] ^= 1 << bit % 8
    assert code(bytes(flipped)) not in {"", "WRONG_KEY"}


MANIFESTS: list[tuple[dict[int, object], list[object]]] = [
    ({1: "x"}, []),
    ({1: [[bytes(16), 1, 1, bytes(32), 0]]}, []),  # announced, not there
    ({2: [1]}, []),
    ({2: {b"x": 1}}, []),
    ({3: [[1, 2, 3, 4]]}, []),
    ({3: None}, []),
    ({4: [[bytes(32), 30 << 20, "x"]]}, []),  # larger than an attachment may be
    ({4: [[bytes(32), 3, "x"]]}, [[2, bytes(32), 0, b"abc"]]),  # another content
    ({4: [[bytes(32), 3, "x"]]}, [[2, bytes(32), 1, b"abc"]]),
    ({5: []}, []),
    ({6: -1}, []),
    ({}, [[1, b"", b"", b""]]),
    ({}, [[3, "text"]]),
    ({}, ["no item"]),
    ({}, [[]]),
    ({}, [[-1]]),
]


@pytest.mark.parametrize(("manifest", "items"), MANIFESTS)
def test_a_content_that_is_not_right_is_refused(
    manifest: dict[int, object], items: list[object]
) -> None:
    assert code(inside(manifest, *items)) == "DAMAGED"


@given(st.binary(max_size=300))
def test_any_content_of_a_known_device_is_read_or_refused(inner: bytes) -> None:
    label = Label(Kind.DELTA, samples.GROUP)
    code(envelope.wrap(inner, label, READERS, OFFICE))


@given(st.binary(max_size=300))
def test_any_file_is_refused(data: bytes) -> None:
    assert code(data)
    assert code(b"XQHZ\x01\x00" + data)


def test_volumes_fit_the_mail_and_come_back_one_by_one() -> None:
    data = [bytes([n]) * 300_000 for n in range(5)]
    blobs = tuple(
        Blob(hashlib.sha256(one).hexdigest(), len(one), "image/webp", one) for one in data
    )
    whole = replace(samples.contents(), blobs=blobs)
    parts = package.volumes(whole, 700_000)
    files = [package.write(part, READERS, OFFICE) for part in parts]
    assert len(files) == 3
    assert max(map(len, files)) <= 700_000
    found = [package.read(file, AT_TUTOR) for file in files]
    assert tuple(one for part in found for one in part.segments) == whole.segments
    assert tuple(one for part in found for one in part.blobs) == whole.blobs
    labels = [envelope.peek(file).volume for file in files]
    assert [(one.number, one.total) for one in labels if one] == [(1, 3), (2, 3), (3, 3)]
    assert len({one.id for one in labels if one}) == 1


def test_what_fits_one_file_is_one_file() -> None:
    assert package.volumes(samples.contents()) == [samples.contents()]


def test_a_long_history_fits_volumes_too() -> None:
    origin = Origin(OFFICE, samples.GROUP, 1)
    one = samples.segments()[0]
    many: list[segment.Segment] = [one]
    for change in samples.changes(200)[2:]:
        many.append(segment.make([change], many[-1].id, origin))
    parts = package.volumes(Contents(samples.GROUP, segments=tuple(many)), 100_000)
    assert len(parts) > 1
    assert [piece for part in parts for piece in part.segments] == many

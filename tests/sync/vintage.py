"""The files of format 1.0 in ``golden/1.0`` and what they say. They are made once and stay.

``python -m tests.sync.vintage`` made them; a new version of the format gets a folder of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from tests.sync import samples
from tests.sync.samples import GROUP, OFFICE, OTHER, READERS, STREAM, TUTOR
from xqhz_desktop.sync import cbor, certificates, envelope, package, receipts, snapshot
from xqhz_desktop.sync.certificates import YEAR, Certificate, Revocation, Role
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.envelope import Kind, Label
from xqhz_desktop.sync.merge import Row, Write
from xqhz_desktop.sync.package import Blob, Contents
from xqhz_desktop.sync.snapshot import Stream
from xqhz_desktop.sync.trust import Device

FOLDER = Path(__file__).with_name("golden") / "1.0"
NOW = 1_780_000_000_000
SCHOOL = Device(
    bytes(range(64, 96)),
    "AGE-SECRET-KEY-1P7PNUA0H4RJFU3JV6XT0Q2LS0KV0L5GQSXCXYYU4ZRDX2KY28LHSLWCVCD",
)
PHOTO = bytes(range(256)) * 4


def statements() -> tuple[bytes, ...]:
    """Return certificates of the school and the office, and a revocation of the tutor's laptop."""
    names = ((Role.SCHOOL, SCHOOL, "示范职业学校"), (Role.DEVICE, OFFICE, "教务处"))
    made = [
        Certificate(
            role=role, public=owner.public, group=GROUP, name=name,
            since=NOW, until=NOW + YEAR, scopes=(GROUP,),
        )
        for role, owner, name in names
    ]  # fmt: skip
    lost = Revocation(device=TUTOR.id, group=GROUP, accepted={STREAM: 7}, reason="电脑丢失", at=NOW)
    return (
        *(certificates.certify(SCHOOL, one) for one in made),
        certificates.revoke(SCHOOL, lost),
    )


def week() -> Contents:
    """Return a package with everything a package can hold."""
    photo = Blob(hashlib.sha256(PHOTO).hexdigest(), len(PHOTO), "image/webp", PHOTO)
    receipt = receipts.make(OFFICE, {OTHER: (3, "ab" * 32)}, bytes(range(32)))
    return replace(
        samples.contents(),
        receipts=(receipt,),
        certificates=statements(),
        blobs=(photo, Blob("cd" * 32, 9, "image/webp")),
    )


def rows() -> list[tuple[Key, Row]]:
    """Return the records of a snapshot: one with two values, one removed."""
    alive, dead = (Write(STREAM, 3, NOW, one) for one in (True, False))
    name, other = Write(STREAM, 1, NOW, "张三"), Write(OTHER, 3, NOW - 1, "张山")
    return [
        (("student", "01" * 16), Row.of((alive,), {"name": (name, other), "grade": (name,)})),
        (("student", "02" * 16), Row.of((dead,), {"name": (other,)})),
    ]


def copy() -> Contents:
    """Return a snapshot for a new device."""
    streams = {
        STREAM: Stream(3, "ab" * 32, OFFICE.id, {OTHER: 3}),
        OTHER: Stream(3, "cd" * 32, TUTOR.id),
    }
    blocks = tuple(snapshot.blocks(streams, rows(), 2))
    return Contents(GROUP, Kind.SNAPSHOT, blocks=blocks, app=("1.0", 1), created=NOW)


def request() -> bytes:
    """Return the file of a device that asks to be enrolled."""
    inner = cbor.dump({1: 1, 3: TUTOR.public.key, 4: TUTOR.public.recipient, 7: "张老师的电脑"})
    return envelope.wrap(inner, Label(Kind.REQUEST, ""), (), TUTOR)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(samples.segments(), 1):
        (FOLDER / f"segment-{number}.cbor").write_bytes(cbor.dump([one.head, one.sig, one.body]))
    for number, one in enumerate(statements(), 1):
        (FOLDER / f"statement-{number}.cbor").write_bytes(one)
    for name, contents in (("week", week()), ("copy", copy())):
        data = package.write(contents, READERS, OFFICE)
        (FOLDER / f"{name}.xqhz").write_bytes(data)
        inner = envelope.unwrap(data, samples.AT_TUTOR)[1]
        (FOLDER / f"{name}.inner").write_bytes(inner)
    (FOLDER / "request.xqer").write_bytes(request())


if __name__ == "__main__":
    main()

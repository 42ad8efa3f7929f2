"""Files of every released version of the format still open, and today's are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sync import samples, vintage
from tests.sync.samples import AT_TUTOR, GROUP, OFFICE, TUTOR
from tests.sync.vintage import FOLDER, SCHOOL
from xqhz_desktop.sync import cbor, certificates, envelope, package, segment, snapshot
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.trust import Keyring

SEGMENTS = sorted(FOLDER.glob("segment-*.cbor"))
STATEMENTS = sorted(FOLDER.glob("statement-*.cbor"))


def test_segments_open_and_are_made_the_same_today() -> None:
    kept = [segment.parse(*cbor.load(file.read_bytes())) for file in SEGMENTS]
    for one in kept:
        segment.check(one, OFFICE.public.key)
    assert [change for one in kept for change in segment.changesets(one)] == samples.changes()
    # The compressed form may change with the library; what is signed may not.
    made = [(one.head, one.sig, segment.unpacked(one)) for one in samples.segments()]
    assert [(one.head, one.sig, segment.unpacked(one)) for one in kept] == made


def test_certificates_open_and_are_made_the_same_today() -> None:
    kept = [file.read_bytes() for file in STATEMENTS]
    assert tuple(kept) == vintage.statements()
    circle = certificates.circle(kept, GROUP, [SCHOOL.id])
    assert (set(circle.members), set(circle.revoked)) == ({SCHOOL.id, OFFICE.id}, {TUTOR.id})


@pytest.mark.parametrize("name", ["week", "copy"])
def test_a_package_opens_and_says_what_it_said(name: str) -> None:
    found = package.read(FOLDER / f"{name}.xqhz", AT_TUTOR)
    said = {"week": vintage.week, "copy": vintage.copy}[name]()
    for one in found.segments:
        segment.check(one, OFFICE.public.key)
    bodies = [[segment.unpacked(one) for one in side.segments] for side in (found, said)]
    assert bodies[0] == bodies[1]
    bare = {"segments": (), "blocks": ()}
    assert replace(found, **bare) == replace(said, **bare, sender=OFFICE.id)


@pytest.mark.parametrize("name", ["week", "copy"])
def test_the_content_of_a_package_is_the_same_byte_for_byte(name: str) -> None:
    sealed = (FOLDER / f"{name}.xqhz").read_bytes()
    assert envelope.unwrap(sealed, AT_TUTOR)[1] == (FOLDER / f"{name}.inner").read_bytes()


def test_a_snapshot_still_says_who_had_what() -> None:
    blocks = package.read(FOLDER / "copy.xqhz", AT_TUTOR).blocks
    assert list(snapshot.rows(blocks)) == vintage.rows()
    assert snapshot.streams(blocks) == snapshot.streams(vintage.copy().blocks)


def test_a_request_opens_and_is_made_the_same_today() -> None:
    kept = (FOLDER / "request.xqer").read_bytes()
    assert kept == vintage.request()
    label, inner = envelope.unwrap(kept, Keyring(""))
    assert (label.kind, label.sender) == (Kind.REQUEST, TUTOR.id)
    assert cbor.load(inner)[7] == "张老师的电脑"

"""Attached files on the server: kept for a school, passed on, asked for, nobody else's."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.hub.laptops import Laptop, School
from xqhz_desktop.hub import outgoing
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.sync import package
from xqhz_desktop.sync.package import Blob, Contents
from xqhz_desktop.sync.trust import Keyring

SCAN = b"%PDF-1.4 signed"
HASH = hashlib.sha256(SCAN).hexdigest()
FILE = Blob(HASH, len(SCAN), "application/pdf", SCAN)


def attached(laptop: Laptop) -> None:
    values = {"of_kind": "student", "owner": "01" * 16, "name": "协议.pdf", "sha256": HASH}
    laptop.writes("attachment", "02" * 16, {**values, "size": len(SCAN)})


def bring(laptop: Laptop, hub: Hub, **more: object) -> None:
    known = Keyring(laptop.school.group, (hub.keys,), {laptop.keys.id: laptop.keys.public.key})
    bare = package.read(laptop.package(hub), known)
    contents = replace(bare, **more)  # type: ignore[arg-type]
    laptop.brings(hub, package.write(contents, [hub.keys.public.recipient], laptop.keys))


def fetch(laptop: Laptop, hub: Hub, knowledge: dict[str, int]) -> Contents:
    made = outgoing.prepare(hub, laptop.caller, knowledge)
    assert made is not None
    data = outgoing.content(hub, laptop.caller, made.id)
    known = {hub.keys.id: hub.keys.public.key}
    return package.read(data, Keyring(laptop.school.group, (laptop.keys,), known))


def test_a_file_goes_through_the_server_to_who_lacks_its_record(hub: Hub) -> None:
    school = School("示范职业学校")
    office, tutor = Laptop(school), Laptop(school, "张老师")
    school.joined(hub)
    attached(office)
    bring(office, hub, blobs=(FILE,))
    assert fetch(tutor, hub, {}).blobs == (FILE,)
    assert fetch(tutor, hub, {office.stream: 1}).blobs == ()


def test_the_server_asks_for_what_it_lacks_and_gives_what_it_is_asked_for(hub: Hub) -> None:
    school = School("示范职业学校")
    office, tutor = Laptop(school), Laptop(school, "张老师")
    school.joined(hub)
    attached(office)
    bring(office, hub)
    assert fetch(office, hub, {office.stream: 1}).wanted == (HASH,)
    bring(tutor, hub, wanted=(HASH,))
    bring(office, hub, blobs=(FILE,))
    assert fetch(office, hub, {office.stream: 1}).wanted == ()
    assert fetch(tutor, hub, {office.stream: 1}).blobs == (FILE,)
    assert fetch(tutor, hub, {office.stream: 1}).blobs == ()


def test_a_school_does_not_get_the_files_of_another(hub: Hub) -> None:
    school, other = School("示范职业学校"), School("另一所学校")
    office, stranger = Laptop(school), Laptop(other)
    school.joined(hub)
    other.joined(hub)
    attached(office)
    bring(office, hub, blobs=(FILE,))
    attached(stranger)
    bring(stranger, hub, wanted=(HASH,))
    found = fetch(stranger, hub, {})
    assert found.blobs == ()
    assert found.wanted == (HASH,)

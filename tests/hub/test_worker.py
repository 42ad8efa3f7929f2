"""What schools bring: taken once, refused in words, never lost, never mixed up."""

from __future__ import annotations

import hashlib

import pytest

from tests.hub.laptops import NOW, Laptop, School, student
from xqhz_desktop.errors import BadPackage, NotFound
from xqhz_desktop.hub import gate, keyring, outgoing, overview, uploads
from xqhz_desktop.hub.gate import Refused
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.uploads import WrongOffset
from xqhz_desktop.sync import certificates, package
from xqhz_desktop.sync.certificates import Revocation


@pytest.fixture
def school(hub: Hub) -> School:
    return School("霁川职校").joined(hub)


@pytest.fixture
def office(hub: Hub, school: School) -> Laptop:
    made = Laptop(school)
    return _known(hub, made)


def test_what_a_laptop_brings_is_counted(hub: Hub, office: Laptop) -> None:
    office.writes("student", "a", student("张三"))
    office.writes("student", "b", student("李四"))
    office.writes("student", "b", None)
    assert office.brings(hub, office.package(hub)).state == "taken"
    (line,) = overview.schools(hub.database, None)
    assert (line.name, line.count("student"), line.devices) == ("霁川职校", 1, 1)
    assert line.last is not None


def test_the_same_package_twice_changes_nothing(hub: Hub, office: Laptop) -> None:
    office.writes("student", "a", student("张三"))
    data = office.package(hub)
    for _time in range(2):
        assert office.brings(hub, data).state == "taken"
    again = office.package(hub)  # sealed anew: another file, the same segments
    assert again != data
    assert office.brings(hub, again).state == "taken"
    page = overview.school(hub.database, None, office.school.id)
    assert sorted(one.changes for one in page.packages) == [0, 1]


def test_two_laptops_that_disagree_are_a_conflict_until_one_decides(
    hub: Hub, office: Laptop
) -> None:
    other = _known(hub, Laptop(office.school, "分院"))
    office.writes("student", "a", student("张三"))
    office.brings(hub, office.package(hub))
    other.deps = {office.stream: 1}
    other.writes("student", "a", {"name": "张珊"})
    office.writes("student", "a", {"name": "张山"})
    office.brings(hub, office.package(hub))
    other.brings(hub, other.package(hub))
    assert overview.schools(hub.database, None)[0].conflicts == 1
    office.deps = {other.stream: 1}
    office.writes("student", "a", {"name": "张珊"})
    office.brings(hub, office.package(hub))
    assert overview.schools(hub.database, None)[0].conflicts == 0


def test_a_change_waits_for_what_its_writer_had_seen(hub: Hub, office: Laptop) -> None:
    other = _known(hub, Laptop(office.school, "分院"))
    first = office.writes("student", "a", student("张三"))
    other.deps = {office.stream: 1}
    other.writes("student", "a", {"name": "张珊"})
    other.brings(hub, other.package(hub))
    assert overview.schools(hub.database, None)[0].count("student") == 0
    office.brings(hub, office.package(hub, first))
    page = outgoing.prepare(hub, office.caller, {})
    assert page is not None
    assert overview.schools(hub.database, None)[0].count("student") == 1


def test_a_package_of_another_school_is_refused(hub: Hub, office: Laptop) -> None:
    stranger = _known(hub, Laptop(School("别的学校").joined(hub)))
    stranger.writes("student", "a", student("张三"))
    answer = office.brings(hub, stranger.package(hub))
    assert (answer.state, answer.code) == ("refused", "OTHER_SCHOOL")
    assert overview.schools(hub.database, None)[0].count("student") == 0


def test_a_package_changed_on_its_way_is_refused_and_leaves_nothing(
    hub: Hub, office: Laptop
) -> None:
    office.writes("student", "a", student("张三"))
    data = bytearray(office.package(hub))
    data[len(data) // 2] ^= 1
    answer = office.brings(hub, bytes(data))
    assert (answer.state, answer.code) == ("refused", "SIGNATURE")
    (line,) = overview.schools(hub.database, None)
    assert (line.failures, line.count("student")) == (1, 0)
    assert office.brings(hub, office.package(hub)).state == "taken"


def test_bytes_that_do_not_match_their_hash_are_sent_again(hub: Hub, office: Laptop) -> None:
    office.writes("student", "a", student("张三"))
    data = office.package(hub)
    id = hashlib.sha256(data).digest()
    where = hub.database, office.school.id
    uploads.begin(*where, office.caller.device, id, len(data))
    uploads.add(*where, id, 0, bytes(len(data)))
    with pytest.raises(BadPackage) as caught:
        uploads.commit(*where, id)
    assert caught.value.code == "HASH"
    with pytest.raises(NotFound):
        uploads.known(*where, id)
    assert office.brings(hub, data).state == "taken"


def test_a_broken_line_goes_on_where_the_server_stopped(hub: Hub, office: Laptop) -> None:
    office.writes("student", "a", student("张三"))
    data = office.package(hub)
    id = hashlib.sha256(data).digest()
    where = hub.database, office.school.id
    uploads.begin(*where, office.caller.device, id, len(data))
    uploads.add(*where, id, 0, data[:100])
    with pytest.raises(WrongOffset) as caught:
        uploads.add(*where, id, 50, data[50:])
    assert caught.value.offset == 100
    assert uploads.begin(*where, office.caller.device, id, len(data)).offset == 100
    with pytest.raises(WrongOffset):
        uploads.commit(*where, id)
    uploads.add(*where, id, 100, data[100:])
    assert uploads.commit(*where, id).state == "waiting"


def test_what_an_unknown_device_wrote_is_kept_until_the_school_signs_for_it(
    hub: Hub, office: Laptop
) -> None:
    known = list(office.school.statements)
    late = Laptop(office.school, "新电脑")
    segment = late.writes("student", "a", student("张三"))
    signed = office.school.statements
    office.school.statements = known
    assert office.brings(hub, office.package(hub, segment)).state == "taken"
    assert overview.schools(hub.database, None)[0].count("student") == 0
    office.school.statements = signed
    office.writes("student", "b", student("李四"))
    office.brings(hub, office.package(hub))
    assert overview.schools(hub.database, None)[0].count("student") == 2


def test_what_a_blocked_device_wrote_later_is_set_aside_and_the_rest_goes_on(
    hub: Hub, office: Laptop
) -> None:
    stolen = _known(hub, Laptop(office.school, "丢失的电脑"))
    before, after = (stolen.writes("student", id, student(id)) for id in "ab")
    blocked = Revocation(
        device=stolen.keys.id,
        group=office.school.group,
        accepted={stolen.stream: 1},
        reason="丢失",
        at=NOW,
    )
    office.school.statements.append(certificates.revoke(office.school.keys, blocked))
    office.writes("student", "c", student("王五"))
    office.brings(hub, office.package(hub, before, after, *office.segments))
    assert overview.schools(hub.database, None)[0].count("student") == 2
    with pytest.raises(Refused) as caught:
        stolen.token(hub)
    assert (caught.value.code, caught.value.status) == ("REVOKED", 403)


def test_a_device_blocked_at_the_server_cannot_log_in(hub: Hub, office: Laptop) -> None:
    assert gate.caller(hub, f"Bearer {office.token(hub)}") == office.caller
    assert keyring.block(hub, office.keys.id[:12]) == "办公室"
    with pytest.raises(Refused):
        office.token(hub)
    office.brings(hub, office.package(hub, office.writes("student", "a", student("张三"))))
    with pytest.raises(Refused):  # the school's certificate does not open it again
        office.token(hub)


def test_a_token_or_challenge_nobody_gave_is_refused(hub: Hub, office: Laptop) -> None:
    asked = gate.challenge(hub, office.keys.id)
    with pytest.raises(Refused):
        gate.token(hub, office.keys.id, asked, bytes(64).hex())
    proof = office.keys.sign(b"XQHUB1" + bytes.fromhex(hub.keys.id + asked)).hex()
    with pytest.raises(Refused):
        gate.token(hub, Laptop(office.school).keys.id, asked, proof)
    with pytest.raises(Refused):
        gate.caller(hub, "Bearer e30=.00")
    with pytest.raises(Refused):
        gate.caller(hub, "Bearer " + bytes.fromhex(asked).decode())


def test_a_laptop_fetches_what_it_lacks_with_a_receipt(hub: Hub, office: Laptop) -> None:
    other = _known(hub, Laptop(office.school, "分院"))
    office.writes("student", "a", student("张三"))
    office.brings(hub, office.package(hub))
    other.writes("student", "b", student("李四"))
    other.brings(hub, other.package(hub))
    made = outgoing.prepare(hub, office.caller, {office.stream: 1})
    assert made is not None
    data = outgoing.content(hub, office.caller, made.id)
    with pytest.raises(NotFound):
        outgoing.content(hub, other.caller, made.id)
    statements = [*office.school.statements]
    circle = certificates.circle(statements, office.school.group, {office.school.keys.id})
    ring = circle.keyring(office.keys)
    trusting = type(ring)(
        ring.group, ring.devices, {**ring.known, hub.keys.id: hub.keys.public.key}
    )
    contents = package.read(data, trusting)
    assert [one.id for one in contents.segments] == [one.id for one in other.segments]
    (receipt,) = contents.receipts
    assert receipt.chains[office.stream] == (1, office.segments[-1].id)


def _known(hub: Hub, laptop: Laptop) -> Laptop:
    """Let the server learn of a laptop's certificate, as an earlier package would."""
    with hub.database.school(laptop.school.id) as connection:
        keyring.admit(connection, laptop.school.id, laptop.school.statements)
    return laptop

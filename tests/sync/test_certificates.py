from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync import samples
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import cbor, certificates, trust
from xqhz_desktop.sync.certificates import YEAR, Certificate, Circle, Revocation, Role
from xqhz_desktop.sync.trust import Device

NOW = 1_780_000_000_000
BUREAU, SCHOOL, HUB, LAPTOP, STRANGER = (trust.make_device() for _ in range(5))


def certificate(
    issuer: Device, owner: Device, role: Role, group: str = samples.GROUP, until: int = NOW + YEAR
) -> bytes:
    one = Certificate(
        role=role, public=owner.public, group=group, name="教务处", since=NOW, until=until
    )
    return certificates.certify(issuer, one)


def revocation(issuer: Device, owner: Device) -> bytes:
    accepted = {samples.STREAM: 7}
    one = Revocation(device=owner.id, group=samples.GROUP, accepted=accepted, reason="丢失", at=NOW)
    return certificates.revoke(issuer, one)


def circle(*statements: bytes, anchor: Device = SCHOOL) -> Circle:
    return certificates.circle(statements, samples.GROUP, [anchor.id])


OWN = certificate(SCHOOL, SCHOOL, Role.SCHOOL)
OF_LAPTOP = certificate(SCHOOL, LAPTOP, Role.DEVICE)


def test_a_school_without_a_bureau_signs_for_itself_and_its_laptops() -> None:
    found = circle(OF_LAPTOP, OWN)
    assert set(found.members) == {SCHOOL.id, LAPTOP.id}
    assert found.keyring(LAPTOP).known[LAPTOP.id] == LAPTOP.public.key


def test_a_bureau_signs_for_schools_and_for_one_server_of_all() -> None:
    found = circle(
        certificate(BUREAU, BUREAU, Role.BUREAU, ""),
        certificate(BUREAU, SCHOOL, Role.SCHOOL),
        certificate(BUREAU, HUB, Role.HUB, ""),
        OF_LAPTOP,
        anchor=BUREAU,
    )
    assert set(found.members) == {SCHOOL.id, HUB.id, LAPTOP.id}


@pytest.mark.parametrize(
    "statements",
    [
        [OF_LAPTOP],  # the school's key is not there
        [OWN, certificate(STRANGER, LAPTOP, Role.DEVICE)],
        [OWN, certificate(SCHOOL, LAPTOP, Role.DEVICE, "ee" * 16)],
        [OWN, certificate(LAPTOP, LAPTOP, Role.SCHOOL)],
        [OWN, OF_LAPTOP[:-1] + bytes([OF_LAPTOP[-1] ^ 1])],
        [OWN, b"no certificate"],
    ],
)
def test_a_laptop_nobody_believed_has_signed_for_is_no_member(statements: list[bytes]) -> None:
    assert LAPTOP.id not in circle(*statements).members


def test_a_laptop_cannot_sign_for_another() -> None:
    found = circle(OWN, OF_LAPTOP, certificate(LAPTOP, STRANGER, Role.DEVICE))
    assert STRANGER.id not in found.members


def test_a_school_signs_no_server_of_all_schools() -> None:
    found = circle(
        certificate(BUREAU, BUREAU, Role.BUREAU, ""),
        certificate(BUREAU, SCHOOL, Role.SCHOOL),
        certificate(SCHOOL, HUB, Role.HUB, ""),
        anchor=BUREAU,
    )
    assert HUB.id not in found.members


def test_a_lost_laptop_gets_no_more_packages_but_what_it_sent_before_counts() -> None:
    found = circle(OWN, OF_LAPTOP, revocation(SCHOOL, LAPTOP))
    assert found.recipients(NOW) == [SCHOOL.public.recipient]
    assert found.keyring().revoked == {LAPTOP.id: {samples.STREAM: 7}}
    assert LAPTOP.id in found.keyring().known


def test_only_the_school_or_its_bureau_can_block_a_laptop() -> None:
    assert not circle(OWN, OF_LAPTOP, revocation(LAPTOP, LAPTOP)).revoked
    assert not circle(OWN, OF_LAPTOP, revocation(STRANGER, LAPTOP)).revoked


def test_a_school_blocked_by_its_bureau_signs_for_nobody() -> None:
    found = circle(
        certificate(BUREAU, BUREAU, Role.BUREAU, ""),
        certificate(BUREAU, SCHOOL, Role.SCHOOL),
        revocation(BUREAU, SCHOOL),
        OF_LAPTOP,
        anchor=BUREAU,
    )
    assert LAPTOP.id not in found.members


def test_a_renewed_certificate_counts_and_one_that_ran_out_gets_no_packages() -> None:
    old = certificate(SCHOOL, LAPTOP, Role.DEVICE, until=NOW - 1)
    assert LAPTOP.public.recipient not in circle(OWN, old).recipients(NOW)
    assert LAPTOP.public.recipient in circle(OWN, OF_LAPTOP, old).recipients(NOW)
    assert LAPTOP.id in circle(OWN, old).keyring().known


def test_a_certificate_of_a_newer_kind_is_passed_over() -> None:
    content = cbor.dump({1: 1, 2: "minister"})
    later = cbor.dump([content, SCHOOL.sign(b"XQCRT1" + content)])
    assert set(circle(OWN, later).members) == {SCHOOL.id}


@given(st.sampled_from([OF_LAPTOP, revocation(SCHOOL, LAPTOP)]), st.data())
def test_a_flipped_bit_makes_no_member_and_blocks_nobody(good: bytes, data: st.DataObject) -> None:
    flipped = bytearray(good)
    flipped[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    found = circle(OWN, bytes(flipped))
    assert (set(found.members), found.revoked) == ({SCHOOL.id}, {})


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        certificates.parse(data)
    except BadPackage:
        return

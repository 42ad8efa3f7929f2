"""Receipts: what a replica has taken in, signed, so that the sender need not send it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.sync import cbor, trust
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Device

_TAG = b"XQRCP1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who (id of the key) has how much of each stream: its last number and segment id there.

    `digest` is the issuer's sum over the state reached (32 bytes, or none).
    """

    issuer: str
    chains: Mapping[str, tuple[int, str]]
    digest: bytes = b""
    sig: bytes = b""


def make(device: Device, chains: Mapping[str, tuple[int, str]], digest: bytes = b"") -> Receipt:
    """Return a signed receipt."""
    unsigned = Receipt(device.id, chains, digest)
    return Receipt(device.id, chains, digest, device.sign(_signed(unsigned)))


def check(receipt: Receipt, public_key: bytes) -> None:
    """Check the signature; raise BadPackage SIGNATURE."""
    own = receipt.issuer == trust.key_id(public_key)
    if not own or not trust.verified(public_key, _signed(receipt), receipt.sig):
        raise refusal("SIGNATURE")


def packed(receipt: Receipt) -> list[Any]:
    """Return a receipt as it stands in a manifest."""
    return [*_content(receipt), receipt.sig]


def unpacked(parts: Any) -> Receipt:
    """Return the receipt of a manifest, its signature not yet checked; raise BadPackage."""
    cbor.require(isinstance(parts, list) and len(parts) >= 4)
    issuer, chains, digest, sig = parts[:4]
    cbor.require(_is(issuer, 32) and (_is(digest, 32) or digest == b"") and _is(sig, 64))
    cbor.require(isinstance(chains, dict))
    for stream, chain in chains.items():
        cbor.require(_is(stream, 16) and isinstance(chain, list) and len(chain) == 2)
        cbor.require(type(chain[0]) is int and chain[0] > 0 and _is(chain[1], 32))
    known = {stream.hex(): (q, id.hex()) for stream, (q, id) in chains.items()}
    return Receipt(issuer.hex(), known, digest, sig)


def _is(value: Any, size: int) -> bool:
    return isinstance(value, bytes) and len(value) == size


def _content(receipt: Receipt) -> list[Any]:
    chains = {
        bytes.fromhex(stream): [q, bytes.fromhex(id)] for stream, (q, id) in receipt.chains.items()
    }
    return [bytes.fromhex(receipt.issuer), chains, receipt.digest]


def _signed(receipt: Receipt) -> bytes:
    return _TAG + cbor.dump(_content(receipt))

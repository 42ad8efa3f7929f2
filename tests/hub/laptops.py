"""A school and its laptops as the server sees them: keys, segments and packages."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from xqhz_desktop.hub import gate, keyring, uploads, worker
from xqhz_desktop.hub.gate import Caller
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.uploads import Upload
from xqhz_desktop.sync import certificates, package, segment, trust
from xqhz_desktop.sync.certificates import YEAR, Certificate, Role
from xqhz_desktop.sync.changes import Changeset, Op, Value
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.trust import Device

NOW = time.time_ns() // 1_000_000


@dataclass
class School:
    """A school with a key of its own, which signs for its laptops."""

    name: str
    group: str = field(default_factory=lambda: uuid4().hex)
    keys: Device = field(default_factory=trust.make_device)
    statements: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Sign for itself first."""
        self.sign(Role.SCHOOL, self.keys, self.name)

    @property
    def id(self) -> str:
        """Return the id the server knows it by."""
        return str(UUID(self.group))

    def sign(self, role: Role, keys: Device, name: str) -> None:
        """Sign a certificate."""
        made = Certificate(
            role=role, public=keys.public, group=self.group, name=name, since=NOW, until=NOW + YEAR
        )
        self.statements.append(certificates.certify(self.keys, made))

    def joined(self, hub: Hub) -> School:
        """Ask to join a server, and be let in."""
        contents = Contents(
            self.group, Kind.CERTIFICATES, certificates=tuple(self.statements), app=("1.0", 1)
        )
        data = package.write(contents, [hub.keys.public.recipient], self.keys)
        keyring.join(hub, *keyring.request(hub, data))
        return self


@dataclass
class Laptop:
    """One laptop of a school: what it writes goes into one stream."""

    school: School
    name: str = "办公室"
    keys: Device = field(default_factory=trust.make_device)
    stream: str = field(default_factory=lambda: uuid4().hex)
    segments: list[Segment] = field(default_factory=list)
    q: int = 0
    deps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Be enrolled."""
        self.school.sign(Role.DEVICE, self.keys, self.name)

    @property
    def caller(self) -> Caller:
        """Return how the server knows it once it has a token."""
        return Caller(self.school.id, bytes.fromhex(self.keys.id))

    def writes(self, kind: str, id: str, values: Mapping[str, Value] | None) -> Segment:
        """Write one change, and seal it."""
        self.q += 1
        deps, self.deps = self.deps, {}
        op = Op(kind, id, values)
        made = Changeset(self.stream, self.q, NOW + self.q, "0" * 32, deps, (op,))
        prev = self.segments[-1].id if self.segments else ""
        self.segments.append(segment.make([made], prev, Origin(self.keys, self.school.group, 1)))
        return self.segments[-1]

    def package(self, hub: Hub, *segments: Segment) -> bytes:
        """Return a package for the server: these segments, or all of one's own."""
        contents = Contents(
            self.school.group,
            segments=segments or tuple(self.segments),
            certificates=tuple(self.school.statements),
            app=("1.0", 1),
            created=NOW,
        )
        return package.write(contents, [hub.keys.public.recipient], self.keys)

    def token(self, hub: Hub) -> str:
        """Log in as the program does."""
        asked = gate.challenge(hub, self.keys.id)
        proof = self.keys.sign(b"XQHUB1" + bytes.fromhex(hub.keys.id + asked))
        return gate.token(hub, self.keys.id, asked, proof.hex())[0]

    def brings(self, hub: Hub, data: bytes) -> Upload:
        """Upload a package and let a worker take it in; return what became of it."""
        id = hashlib.sha256(data).digest()
        where = hub.database, self.school.id
        begun = uploads.begin(*where, self.caller.device, id, len(data))
        if begun.state == "receiving":
            half = len(data) // 2
            uploads.add(*where, id, 0, data[:half])
            uploads.add(*where, id, half, data[half:])
            uploads.commit(*where, id)
        while worker.one(hub):
            pass
        return uploads.known(*where, id)


def student(name: str, **values: Value) -> dict[str, Value]:
    """Return a student as a changeset has it."""
    return {"name": name, "student_no": "", **values}

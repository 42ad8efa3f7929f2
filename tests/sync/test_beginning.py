"""A snapshot and what came after it make the same workspace as the whole history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.on_disk import OnDisk, created
from tests.sync.schedules import DEVICES, run
from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.storage.backups import DATABASE
from xqhz_desktop.sync import beginning
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Op
from xqhz_desktop.sync.laptop import Laptop, Registers

LATER = 4_000_000_000_000


def blocks(replica: OnDisk) -> list[bytes]:
    replica.pack()
    with replica.store.read() as reader:
        return list(beginning.blocks(Registers(reader), Shelved(reader.cursor)))


def begun(folder: Path, stream: str, snapshot: list[bytes]) -> OnDisk:
    made = created(folder / stream, stream, DEVICES[-1])
    begin(made, snapshot)
    return made


def begin(replica: OnDisk, snapshot: list[bytes]) -> int:
    with replica.store.merging() as change:
        return beginning.begin(Laptop(change), Shelved(change.cursor), snapshot).changes


def writes(replica: OnDisk, name: str, *, new: str = "") -> None:
    """Change every student shown, and make a new one."""
    ids = [id for kind, id in replica.shown() if kind == "student"]
    ops = [Op("student", id, {"name": name}) for id in [*ids, *filter(None, [new])]]
    replica.write(ops, LATER)


@pytest.mark.parametrize("seed", range(6))
def test_a_device_that_begins_with_a_snapshot_is_like_the_others(seed: int, tmp_path: Path) -> None:
    opened: list[OnDisk] = []

    def made(stream: str, number: int, _old: bool) -> OnDisk:
        opened.append(created(tmp_path / stream, stream, DEVICES[number % len(DEVICES)]))
        return opened[-1]

    run(seed, made, without=("clone", "upgrade"))
    for one in opened:
        one.close()
    folder = next(path for path in sorted(tmp_path.iterdir()) if (path / DATABASE).is_file())
    old = OnDisk(folder, opened[0].device)
    snapshot = blocks(old)
    new = begun(tmp_path, "ee" * 16, snapshot)
    assert new.registers() == old.registers()
    assert new.shown() == old.shown()

    writes(old, "旧电脑", new="0d" * 16)
    writes(new, "新电脑", new="0e" * 16)
    old.take(new.pack())
    new.take(old.pack())
    assert new.registers() == old.registers()
    assert new.shown() == old.shown()
    assert begin(new, snapshot) == 0
    new.close()
    old.close()


def test_a_snapshot_does_not_go_over_the_data_of_others(tmp_path: Path) -> None:
    one = created(tmp_path / "one", "aa" * 16, DEVICES[0])
    writes(one, "张三", new="0a" * 16)
    early = blocks(one)
    writes(one, "李四")
    late = blocks(one)
    other = begun(tmp_path, "bb" * 16, early)
    before = other.shown()
    with pytest.raises(UserError) as refused:
        begin(other, late)
    assert refused.value.code == "NOT_NEW"
    assert other.shown() == before
    assert begin(one, early) == 0
    for replica in (one, other):
        replica.close()


def test_a_damaged_snapshot_leaves_the_workspace_as_it_was(tmp_path: Path) -> None:
    one = created(tmp_path / "one", "aa" * 16, DEVICES[0])
    writes(one, "张三", new="0a" * 16)
    first, *rest = blocks(one)
    other = created(tmp_path / "other", "bb" * 16, DEVICES[1])
    with pytest.raises(BadPackage):
        begin(other, [first, *rest, rest[-1][:-9]])
    assert other.shown() == {}
    assert begin(other, [first, *rest]) == 1
    assert other.shown() == one.shown()
    for replica in (one, other):
        replica.close()

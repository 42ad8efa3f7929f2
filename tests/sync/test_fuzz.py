from __future__ import annotations

import subprocess
import sys

from tests.sync import fuzz


def test_bent_packages_are_read_or_refused_at_every_layer() -> None:
    fates = fuzz.run(4_000, seed=1)
    for layer in fuzz.LAYERS:
        assert sum(many for (where, code), many in fates.items() if where == layer and code) > 100
    # The bending is not so wild that nothing is ever read.
    assert sum(many for (_, code), many in fates.items() if not code) > 20


def test_bombs_take_little_memory() -> None:
    # In a process of its own: what this one has had before does not count.
    code = (
        "from tests import memory\n"
        "from tests.sync import fuzz, samples\n"
        "from xqhz_desktop.sync import cbor, compression, segment, wire\n"
        "from xqhz_desktop.errors import BadPackage\n"
        "before = memory.most()\n"
        "many = 60_000_000\n"
        "flat = b'\\x9a' + many.to_bytes(4) + b'\\x80' * many\n"
        "huge = compression.pressed(bytes(64 << 20))\n"
        "for bomb in (lambda: wire.load(flat, samples.STREAM, 1),\n"
        "             lambda: compression.taken_out(huge, 64 << 20),\n"
        "             lambda: compression.taken_out(huge, 1 << 20)):\n"
        "    try: bomb()\n"
        "    except BadPackage: pass\n"
        "    else: raise SystemExit('taken in')\n"
        "raise SystemExit(memory.most() > fuzz.MOST_MEMORY)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr

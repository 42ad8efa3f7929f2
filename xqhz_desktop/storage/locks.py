"""One writer a workspace: a lock the system frees when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_NETWORKS = frozenset(["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs"])


class WriterLock:
    """The right to write into a folder; `held` is False when another process has it."""

    def __init__(self, folder: Path) -> None:
        """Try to take the lock; never wait."""
        self._stream: IO[bytes] | None = None
        try:
            stream = (folder / "writer.lock").open("a+b")
        except OSError:
            return
        if _taken(stream):
            self._stream = stream
        else:
            stream.close()

    @property
    def held(self) -> bool:
        """Tell whether this process may write."""
        return self._stream is not None

    def release(self) -> None:
        """Give the lock back."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _taken(stream: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def on_network_drive(folder: Path) -> bool:
    """Tell whether a folder lies on a network drive, where two computers can damage a database."""
    path = str(folder.resolve())
    if sys.platform == "win32":
        if path.startswith("\\\\"):
            return True
        import ctypes  # Windows alone needs it, to ask for the kind of a drive

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path[:3]) == 4)
    return _filesystem(path) in _NETWORKS


def _filesystem(path: str) -> str:
    """Return the kind of file system of the longest mount point above ``path`` (Linux)."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = ""
    longest = -1
    for line in mounts:
        _device, point, kind, *_rest = line.split()
        point = point.replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip(os.sep) + os.sep)
        if inside and len(point) > longest:
            found, longest = kind, len(point)
    return found

"""Template files of a school for tests: what matters is said, the rest is a small valid form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COLUMNS: list[dict[str, Any]] = [
    {"header": "学号", "path": "student.student_no", "required": True},
    {"header": "单位", "path": "enterprise.name"},
]


def adapter_file(folder: Path, file_name: str = "own.json", /, **parts: Any) -> Path:
    """Write the file of a form; a part that is None is left out."""
    told = {"id": "own-form", "name": "本校上报表", "kind": "placement", "columns": COLUMNS} | parts
    kept = {part: value for part, value in told.items() if value is not None}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / file_name
    file.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    return file

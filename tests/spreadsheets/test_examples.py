"""The example files give exactly what is expected of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xqhz_desktop.i18n import language
from xqhz_desktop.spreadsheets.understand import understand

FOLDER = Path(__file__).parent / "examples"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def found_in(record: dict[str, Any], what: str) -> set[tuple[str, str]]:
    return {(one["field"], one["code"]) for one in record[what]}


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_a_messy_file_is_understood_exactly(name: str) -> None:
    wanted = EXPECTED["files"][name]
    got = understand(FOLDER / name, wanted["kind"]).as_json(language("zh_CN"))
    assert json.loads(json.dumps(got)) == got
    assert got["file_error"] is None
    for sheet, expected in zip(got["sheets"], wanted["sheets"], strict=True):
        assert sheet["name"] == expected["name"].replace("(csv)", "(text)")
        assert (sheet["action"], sheet["header_rows"]) == (
            expected["action"],
            expected["header_rows"],
        )
        for record, row in zip(sheet["records"], expected["records"], strict=True):
            values = {field: record["values"].get(field) for field in row["values"]}
            assert (record["row"], values) == (row["row"], row["values"])
            assert found_in(record, "errors") == found_in(row, "errors")
            assert found_in(record, "warnings") == found_in(row, "warnings")
            if class_name := expected.get("class_name_from_sheet_name"):
                assert record["values"]["class_name"] == class_name
    assert got["counts"]["new"] == wanted["totals"]["ok_rows"]
    assert got["counts"]["errors"] == wanted["totals"]["error_rows"]
    assert got["counts"]["warnings"] == wanted["totals"]["warning_rows"]

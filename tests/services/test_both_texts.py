"""Two versions of a text put together: nothing either side added is lost."""

from __future__ import annotations

import pytest

from xqhz_desktop.services.both_texts import added, joined


@pytest.mark.parametrize(
    ("before", "one", "other", "both"),
    [
        (
            "住企业宿舍。",
            "住企业宿舍。3月起周末回家，家长已知情。",
            "住企业宿舍 3 号楼 512。",
            "住企业宿舍 3 号楼 512。3月起周末回家，家长已知情。",
        ),
        ("", "住校", "走读", "住校；走读"),
        ("夜班", "夜班，已换", "夜班，已换", "夜班，已换"),
        ("早班 夜班", "早班", "早班 夜班 周末", "早班 周末"),
        ("call Monday", "call Tuesday", "call Friday", "call Tuesday; Friday"),
        ("一样", "一样", "不一样", "不一样"),
    ],
)
def test_what_both_wrote_stands_in_the_proposal(
    before: str, one: str, other: str, both: str
) -> None:
    assert joined(before, one, other) == both


def test_what_is_new_is_told_from_what_was_there() -> None:
    assert list(added("住企业宿舍。", "住企业宿舍 3 号楼。")) == [
        ("住企业宿舍", False),
        (" 3 号楼", True),
        ("。", False),
    ]

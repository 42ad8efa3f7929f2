"""The lists of papers: whole, in the official order, and each file under one item."""

from __future__ import annotations

import pytest

from tests.make import make
from xqhz_desktop.domain import BY_KIND, papers
from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.domain.papers import Case
from xqhz_desktop.domain.placement import Arrangement, Lodging, PlacementType


def case(**changes: object) -> Case:
    usual = {
        "type": PlacementType.POST,
        "arrangement": Arrangement.SCHOOL,
        "lodging": Lodging.HOME,
        "age": 18,
        "elsewhere": False,
        "over": False,
    }
    return Case(**{**usual, **changes})  # type: ignore[arg-type]


def names(**changes: object) -> set[str]:
    return {one.name for one in papers.needed(case(**changes))}


def test_the_official_eight_items_come_first() -> None:
    assert [str(one.label) for one in papers.archive()][:8] == [
        "实习三方协议",
        "实习方案",
        "学生实习报告",
        "学生实习考核结果",
        "学生实习日志",
        "学生实习检查记录",
        "学生实习总结",
        "有关佐证材料（照片、音视频等）",
    ]


def test_an_orientation_internship_needs_no_agreement() -> None:
    assert names(type=PlacementType.ORIENTATION) == set()


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"age": 17}, {"guardian"}),
        ({"age": None}, {"guardian"}),  # who may be under age signs with the guardian
        ({"arrangement": Arrangement.SELF}, {"application"}),
        ({"lodging": Lodging.OUTSIDE}, {"lodging"}),
        ({"elsewhere": True}, {"filing"}),
        ({"over": True}, {"report", "score"}),
    ],
)
def test_more_papers_are_needed(changes: dict[str, object], more: set[str]) -> None:
    assert names(**changes) - names() == more


def test_names_in_the_lists_are_names_there_are() -> None:
    documents = [one.name for one in papers.documents()]
    assert len(set(documents)) == len(documents)
    assert {one.proof for one in papers.archive()} - {""} <= set(documents)
    assert {kind for one in papers.archive() for kind in one.owners} <= BY_KIND.keys()
    assert {one.kind for one in papers.binder()} <= BY_KIND.keys()


@pytest.mark.parametrize("type", DocumentType)
def test_every_type_of_file_has_an_item(type: DocumentType) -> None:
    one = make(Attachment, of_kind="placement", name="scan.pdf", type=type)
    assert papers.item_of(one) in papers.archive()

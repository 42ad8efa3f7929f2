"""A small made-up school for the tests of papers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from tests.make import make
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus, Term
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.reports.kit import Edition, Output, printed
from xqhz_desktop.reports.register import PlacementRow, RegisterOrder, RegisterQuestions, tell

RARE_NAMES = ("赵𬱖", "李㛃", "欧阳䶮", "王𬭛𫖮", "陈𠅤", "周𪚥", "吴𫝈", "郑𬺈")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


def row(**only_what_matters: object) -> PlacementRow:
    """Return one placement, filled in."""
    values: dict[str, object] = {
        "student_no": "2024010001",
        "name": "张晓明",
        "sex": Sex.MALE,
        "major": "机电技术应用",
        "major_en": "Mechatronics Technology Application",
        "class_name": "24机电1班",
        "enterprise": "苏州某某精密制造有限公司",
        "enterprise_en": "Suzhou Moumou Precision Mfg. Co., Ltd.",
        "position": "设备操作员",
        "start_date": date(2025, 9, 1),
        "end_date": date(2026, 6, 20),
        "tutor": "王芳",
        "phone": "13800001234",
        "status": PlacementStatus.RUNNING,
    }
    return PlacementRow(**{**values, **only_what_matters})  # type: ignore[arg-type]


def rows(count: int) -> list[PlacementRow]:
    """Return placements of classes of 40, every ninth with a rare or a long name."""
    dice = random.Random(1)
    odd = (*RARE_NAMES, "阿卜杜拉·买买提", "古丽巴哈尔·阿布都热依木")
    return [
        row(
            student_no=f"2024{number:06}",
            name=odd[number // 9 % len(odd)]
            if number % 9 == 0
            else dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=2)),
            class_name=f"24机电{number // 40 + 1}班",
            phone=f"138{dice.randrange(10**8):08}",
            tutor=dice.choice(SURNAMES) + dice.choice(GIVEN),
        )
        for number in range(count)
    ]


class Office:
    """A reader of a school without a database."""

    def __init__(self, placements: Sequence[PlacementRow]) -> None:
        self.placements = placements

    def school(self) -> School:
        return make(School, name="江苏某某中等专业学校", name_en="Moumou Vocational School")

    def batch(self, key: str) -> PlacementBatch:
        return make(PlacementBatch, id=key, school_year="2025-2026", term=Term.FIRST)

    def placement_rows(
        self, batch: str, school_class: str, on: date | None, order: RegisterOrder
    ) -> Iterable[PlacementRow]:
        return self.placements


BILINGUAL = Edition(Output.BILINGUAL, printed_by="李老师", printed_on=date(2025, 11, 22))


def register(
    placements: Sequence[PlacementRow],
    edition: Edition = BILINGUAL,
    asked: RegisterQuestions | None = None,
) -> PdfReader:
    """Return a printed register, read back."""
    document = tell(Office(placements), asked or RegisterQuestions(batch="b"), edition)
    return opened(printed(document, edition).data)


def opened(data: bytes) -> PdfReader:
    """Return a PDF for reading."""
    return PdfReader(BytesIO(data), strict=True)


def said(paper: PdfReader) -> list[str]:
    """Return the text of each page without any white space."""
    return ["".join(page.extract_text().split()) for page in paper.pages]

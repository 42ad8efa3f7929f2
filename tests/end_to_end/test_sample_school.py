"""The sample school, made by the command and visited in the window: every page, word and shade."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window, unnamed
from xqhz_desktop.i18n import CODES
from xqhz_desktop.ui.pages import PAGES
from xqhz_desktop.ui.pages.records import RecordsPage

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_of_the_sample_school_opens_in_both_languages_and_themes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "示例 学校"
    made = subprocess.run(
        [sys.executable, "-m", "xqhz_desktop", "demo", "--no-window", str(folder)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    window = Window(qtbot, qapp, "zh_CN")
    window.open(folder)
    assert any(text.startswith("示例学校") for text in window.texts())
    for language in CODES:
        window.shell.languages.switch(language)
        for theme in ("light", "dark"):
            window.shell.theme.switch(theme)
            for page in PAGES:
                front = window.go(page.name)
                if isinstance(front, RecordsPage) and front.listing.importable:
                    qtbot.waitUntil(lambda one=front: one.model.rowCount() > 0, timeout=10_000)
                assert unnamed(front) == []
    window.close()
    logs = "".join(file.read_text(encoding="utf-8") for file in (folder / "logs").glob("*"))
    assert "WARNING" not in logs
    assert "ERROR" not in logs

"""Languages switch in place, in our words and in Qt's."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.language import Languages


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    made = Languages("en", qapp)
    yield made
    made.switch("en")
    made.deleteLater()


def test_a_bound_text_follows_every_switch(languages: Languages, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    languages.bind(label, label.setText, "Student")
    assert label.text() == "Student"
    languages.switch("zh_CN")
    assert label.text() == "学生"
    languages.switch("en")
    assert label.text() == "Student"


def test_a_second_text_takes_the_place_of_the_first(languages: Languages, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    languages.bind(label, label.setText, "Student")
    languages.bind(label, label.setText, Message("Enterprise"))
    languages.switch("zh_CN")
    assert label.text() == "企业"


def test_a_released_label_keeps_its_data(languages: Languages, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    languages.bind(label, label.setText, "Student")
    languages.release(label, label.setText)
    label.setText("周敏")
    languages.switch("zh_CN")
    assert label.text() == "周敏"


def test_binding_keeps_nothing_alive(languages: Languages, qtbot: QtBot) -> None:
    gone: list[str] = []
    label = QLabel()
    label.destroyed.connect(lambda: gone.append("label"))
    languages.bind(label, label.setText, "Student")
    del label
    gc.collect()
    assert gone == ["label"]
    languages.switch("zh_CN")


def test_buttons_of_qt_are_chinese_too(languages: Languages, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    languages.switch("zh_CN")
    fresh = QMessageBox()
    qtbot.addWidget(fresh)
    fresh.setStandardButtons(QMessageBox.StandardButton.Cancel)
    assert "取消" in fresh.button(QMessageBox.StandardButton.Cancel).text()
    QApplication.processEvents()
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_the_file_dialog_has_no_english_left(languages: Languages, qtbot: QtBot) -> None:
    languages.switch("zh_CN")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = [one.text() for one in dialog.findChildren(QLabel) if one.text()]
    assert labels
    assert [text for text in labels if any("a" <= c <= "z" for c in text)] == []


def test_editors_follow_the_language_of_the_window(languages: Languages, qtbot: QtBot) -> None:
    languages.switch("zh_CN")
    assert QLocale().language() is QLocale.Language.Chinese
    languages.switch("en")
    assert QLocale().language() is QLocale.Language.English

"""Languages in the window: texts are bound once and shown again after every switch."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import PySide6
import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from xqhz_desktop import i18n
from xqhz_desktop.i18n import N_, Language, Message

Text = str | Message | tuple[str, str]
Show = Callable[[str], object]

_HOLES = {
    "Look in:": N_("Look in:"),
    "&Look in:": N_("&Look in:"),
    "Files of type:": N_("Files of type:"),
    "Files of &type:": N_("Files of &type:"),
    "&File name:": N_("&File name:"),
    "File &name:": N_("File &name:"),
    "Directory:": N_("Folder:"),
    "&Choose": N_("&Choose"),
}
"""Texts of Qt's own file dialog that its Chinese catalogue leaves in English."""


class Languages(QObject):
    """The language of the window; `changed` is emitted after every bound text is shown anew."""

    changed = Signal()

    def __init__(self, code: str = "", parent: QObject | None = None) -> None:
        """Start in the language ``code``, or in that of the computer."""
        super().__init__(parent)
        self._bound: dict[tuple[int, str], _Bound] = {}
        self._qt: list[QTranslator] = []
        self.language: Language = i18n.language(code or i18n.system_language())
        self._teach_qt()

    def say(self, text: Text | Any, /, **values: Any) -> str:
        """Return a text in the language now shown."""
        return self.language.say(text, **values)

    def bind(self, owner: QObject, show: Show, text: Text, /, **values: Any) -> None:
        """Show ``text`` on ``owner`` now and after every switch; a second bind replaces it.

        ``show`` is a method such as ``label.setText``. Nothing here keeps the owner alive.
        """
        bound = _Bound(owner, show, text, values)
        key = (id(owner), bound.name)
        if key not in self._bound:
            owner.destroyed.connect(_Forget(self._bound, key))
        self._bound[key] = bound
        bound.tell(self.language)

    def release(self, owner: QObject, show: Show) -> None:
        """Leave a text alone from now on: it shows data, not words of ours."""
        self._bound.pop((id(owner), _name(show)), None)

    def switch(self, code: str) -> None:
        """Show everything in the language of a code."""
        self.speak(i18n.language(code))

    def speak(self, language: Language) -> None:
        """Show everything in a language."""
        self.language = language
        self._teach_qt()
        for key, bound in list(self._bound.items()):
            if not bound.tell(self.language):
                self._bound.pop(key, None)
        self.changed.emit()

    def other(self) -> str:
        """Return the code of the language a toggle leads to."""
        return next(code for code in i18n.CODES if code != self.language.code)

    def _teach_qt(self) -> None:
        """Give Qt's own dialogs and editors the language, and windows its locale."""
        app = QCoreApplication.instance()
        for old in self._qt:
            QCoreApplication.removeTranslator(old)
        self._qt = []
        locale = QLocale(self.language.code)
        QLocale.setDefault(locale)
        if app is None:
            return
        if self.language.code != "en":
            self._qt = [_qt_catalogue(self.language.code, self), _Holes(self.language, self)]
        for one in self._qt:
            QCoreApplication.installTranslator(one)
        for window in getattr(app, "topLevelWidgets", list)():
            window.setLocale(locale)


class _Bound:
    """One text on one owner, held weakly."""

    def __init__(self, owner: QObject, show: Show, text: Text, values: dict[str, Any]) -> None:
        self.name = _name(show)
        self._owner = weakref.ref(owner)
        mine = getattr(show, "__self__", None) is owner
        self._show: Show | None = None if mine else show
        self._text, self._values = text, values

    def tell(self, language: Language) -> bool:
        """Show the text; False when the owner is gone."""
        owner = self._owner()
        if owner is None or not shiboken6.isValid(owner):
            return False
        show = self._show or getattr(owner, self.name)
        show(language.say(self._text, **self._values))
        return True


class _Forget:
    """Drops a bound text when its owner is destroyed."""

    def __init__(self, bound: dict[tuple[int, str], _Bound], key: tuple[int, str]) -> None:
        self._bound, self._key = bound, key

    def __call__(self, _gone: object = None) -> None:
        self._bound.pop(self._key, None)


class _Holes(QTranslator):
    """Fills the holes of Qt's own catalogue from ours."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._language = language

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the words for the few texts Qt has none for, else nothing."""
        if context in ("QFileDialog", "QPlatformTheme") and source in _HOLES:
            return self._language.say(_HOLES[source])
        return None  # an empty text would count as a translation

    def isEmpty(self) -> bool:
        """Say that there is something to look up."""
        return False


def _name(show: Show) -> str:
    return getattr(show, "__name__", str(id(show)))


def _qt_catalogue(code: str, parent: QObject) -> QTranslator:
    translator = QTranslator(parent)
    folder = Path(PySide6.__file__).parent
    for part in (("Qt", "translations"), ("translations",)):
        if translator.load(f"qtbase_{code}", str(folder.joinpath(*part))):
            break
    return translator

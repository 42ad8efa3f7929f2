"""The handbook of the user: its pages in one language, as HTML in the colours of the theme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QTextDocument

from xqhz_desktop import paths
from xqhz_desktop.ui.tokens import BODY, HEADING, TITLE, Tokens

INDEX = "index"

_LINK = re.compile(r"\[([^\]]+)\]\((\w[\w-]*)\.md\)")
_BOLD = re.compile(r'<span style="[^"]*font-weight:[67]00[^"]*">(.*?)</span>', re.DOTALL)
_CODE = re.compile(r'<span style="[^"]*font-family:[^"]*">(.*?)</span>', re.DOTALL)
_STYLE = re.compile(r' (?:style|border|cellpadding|cellspacing|width)="[^"]*"')


@dataclass(frozen=True)
class Topic:
    """One page of the handbook: its name, its title in the contents, and its text."""

    name: str
    title: str
    text: str

    def tells_of(self, words: str) -> bool:
        """Tell whether every word stands somewhere in the page."""
        whole = f"{self.title}\n{self.text}".casefold()
        return all(word in whole for word in words.casefold().split())


def topics(code: str) -> tuple[Topic, ...]:
    """Return the pages in a language, in the order of the contents."""
    listed = _LINK.findall(_read(code, INDEX))
    return tuple(Topic(name, title, _read(code, name)) for title, name in listed)


def html(text: str, now: Tokens) -> str:
    """Return a Markdown page as HTML that wears `style`."""
    document = QTextDocument()
    document.setMarkdown(text)
    body = document.toHtml()
    body = body[body.index("<body") : body.index("</body>")]
    body = _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<b>\1</b>", body))
    table = f'<table border="1" cellpadding="7" cellspacing="0" bordercolor="{now.border}">'
    body = re.sub(r"<table[^>]*>", table, _STYLE.sub("", body))
    return f"<html>{body}</body></html>"


def style(now: Tokens) -> str:
    """Return the style sheet of a page."""
    return f"""
        body {{ color: {now.ink}; font-size: {BODY + 1}px; }}
        p, li {{ line-height: 140%; margin-bottom: 6px; }}
        h1 {{ font-size: {TITLE}px; margin-bottom: 14px; }}
        h2 {{ font-size: {HEADING + 1}px; margin-top: 22px; margin-bottom: 8px; }}
        a {{ color: {now.accent_ink}; text-decoration: none; }}
        code, pre {{ background: {now.sunken}; }}
        table {{ border-collapse: collapse; margin-bottom: 12px; }}
    """


def _read(code: str, name: str) -> str:
    return paths.resource("help", code, f"{name}.md").read_text(encoding="utf-8")

"""The handbook: the same pages in both languages, whole, and naming every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xqhz_desktop import __version__, paths
from xqhz_desktop.cli.parser import COMMANDS
from xqhz_desktop.i18n import CODES

CONTRACT = (
    "demo new kinds list show set remove template import export reports report history undo "
    "backup restore verify"
)
PAGES = [path for code in CODES for path in sorted(paths.resource("help", code).glob("*.md"))]


def pages(code: str) -> dict[str, str]:
    found = paths.resource("help", code).glob("*.md")
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.name}"


def test_both_languages_have_the_same_pages() -> None:
    assert set(pages("zh_CN")) == set(pages("en")) >= {"index.md", "start.md", "changes.md"}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_begins_with_its_title(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# \S.*", lines[0])
    assert not [line for line in lines[1:] if line.startswith("# ")]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_to_a_page(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]*)[^)]*\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).is_file()]


@pytest.mark.parametrize("code", CODES)
def test_the_contents_lead_to_every_page_in_one_order(code: str) -> None:
    links = re.findall(r"\]\(([^)]*)\)", pages(code)["index.md"])
    assert sorted([*links, "index.md"]) == sorted(pages(code))
    assert links == re.findall(r"\]\(([^)]*)\)", pages("en")["index.md"])


@pytest.mark.parametrize("code", CODES)
def test_every_command_is_explained(code: str) -> None:
    text = pages(code)["command-line.md"]
    known = {*CONTRACT.split(), *(command.name for command in COMMANDS)}
    assert not [name for name in known if not re.search(rf"^\| `xqhz {name}\b", text, re.MULTILINE)]


@pytest.mark.parametrize("code", CODES)
def test_both_languages_explain_the_same_options(code: str) -> None:
    def options(text: str) -> list[str]:
        return re.findall(r"--[a-z][a-z-]+", text)

    assert options(pages(code)["command-line.md"]) == options(pages("en")["command-line.md"])


@pytest.mark.parametrize("code", CODES)
def test_the_newest_changes_are_those_of_this_version(code: str) -> None:
    versions = re.findall(r"^## (\S+)", pages(code)["changes.md"], re.MULTILINE)
    assert versions[0] == __version__


def test_the_chinese_handbook_is_written_in_chinese() -> None:
    for text in pages("zh_CN").values():
        prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\.md\)", "", text, flags=re.DOTALL)
        han = len(re.findall(r"[一-鿿]", prose))
        assert han > len(re.findall(r"[A-Za-z]", prose))

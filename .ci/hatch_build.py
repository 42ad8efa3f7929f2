"""The build hook: compiles the catalogues, and puts them and `resources` into a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Runs before every wheel; a checkout (`pip install -e`) keeps its data where they lie."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `i18n`; `version` is "editable" or "standard"."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        included = {str(root / "resources"): "xqhz_desktop/_data/resources"}
        for source in (root / "i18n").rglob("*.po"):
            compiled = source.with_suffix(".mo")
            with source.open("rb") as words, compiled.open("wb") as target:
                write_mo(target, read_po(words))
            place = compiled.relative_to(root).as_posix()
            included[str(compiled)] = f"xqhz_desktop/_data/{place}"
        if version == "standard":
            build_data["force_include"].update(included)

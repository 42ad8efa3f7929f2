"""The window of the whole story stands on the same ground as the tests of its parts."""

from tests.ui.conftest import keep_widgets, nothing_blocks

__all__ = ["keep_widgets", "nothing_blocks"]

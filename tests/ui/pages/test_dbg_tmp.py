from tests.ui.pages.test_list_clipboard import *
import tests.ui.pages.test_list_clipboard as m
import pytest, faulthandler
orig=ListPage.settle
def settle(self):
    try: orig(self)
    except Exception:
        print("NEWEST", self.page._search._newest, "TASKS", [(h.title, w._job, w.started, h.cancelled) for h,w in self.tasks._works.items()], flush=True)
        faulthandler.dump_traceback(all_threads=True)
        raise
ListPage.settle=settle
@pytest.mark.parametrize("n", range(25))
def test_x(page, n):
    m.test_a_block_is_looked_at_then_pasted_then_undone(page)

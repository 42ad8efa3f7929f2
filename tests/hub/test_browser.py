"""The bureau's page in a real browser: logging in, what an account may see, the language."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.hub.laptops import School
from xqhz_desktop.hub import accounts
from xqhz_desktop.hub.home import Hub

DRIVER = shutil.which("chromedriver")
PASSWORD = "a long password"

pytestmark = pytest.mark.skipif(DRIVER is None, reason="chromium-driver is not installed")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1366,768", "--lang=zh-CN"):
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path / 'browser'}")
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN,zh"})
    made = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield made
    made.quit()


def test_somebody_of_the_bureau_logs_in_sees_their_schools_and_switches_the_language(
    browser: webdriver.Chrome, server: str, hub: Hub
) -> None:
    ours, _other = (School(name).joined(hub) for name in ("霁川职校", "临峤技师学院"))
    accounts.make(hub.database, "wu", PASSWORD, (ours.id,))
    browser.get(server)
    assert browser.current_url.endswith("/login")

    _log_in(browser, "wrong password")
    _until(browser, "[role=alert]", ("账号或密码不对。", "The name or the password is wrong."))
    _log_in(browser, PASSWORD)
    _until(browser, "tbody tr td:first-child", ("霁川职校",))
    assert "临峤" not in browser.page_source

    logout = {"退出登录": "Log out", "Log out": "退出登录"}[_one(browser, "#logout").text]
    _one(browser, "#language").click()
    _until(browser, "#logout", (logout,))
    _one(browser, "tbody a").click()
    _until(browser, "h1", ("霁川职校",))
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 1366
    _one(browser, "#logout").click()
    _until(browser, "h1", ("登录", "Log in"))
    browser.get(f"{server}/schools/{ours.id}")
    assert browser.current_url.endswith("/login")


def _log_in(browser: webdriver.Chrome, password: str) -> None:
    name = _one(browser, "[name=name]")
    name.clear()
    name.send_keys("wu")
    _one(browser, "[name=password]").send_keys(password)
    _one(browser, "form.card button").click()


def _one(browser: webdriver.Chrome, selector: str) -> webdriver.remote.webelement.WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def _until(browser: webdriver.Chrome, selector: str, texts: tuple[str, ...]) -> None:
    """Wait until a page shows one of these texts there."""

    def shown(_browser: webdriver.Chrome) -> bool:
        return _one(browser, selector).text in texts

    gone = (NoSuchElementException, StaleElementReferenceException)
    WebDriverWait(browser, 20, ignored_exceptions=gone).until(shown)

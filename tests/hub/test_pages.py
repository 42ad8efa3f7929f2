"""The bureau's page and the laptops' API over a real connection."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import openpyxl
import pytest

from tests.hub.laptops import Laptop, School, student
from xqhz_desktop.hub import accounts
from xqhz_desktop.hub.app import metrics_token
from xqhz_desktop.hub.home import Hub

PASSWORD = "a long password"


@pytest.fixture
def browser(hub: Hub, server: str) -> Iterator[httpx.Client]:
    """Return a browser that follows links; the account ``zhou`` may see everything."""
    accounts.make(hub.database, "zhou", PASSWORD, None)
    with httpx.Client(base_url=server, follow_redirects=True) as client:
        yield client


def test_nobody_sees_anything_without_logging_in(browser: httpx.Client, hub: Hub) -> None:
    school = School("霁川职校").joined(hub)
    for path in ("/", f"/schools/{school.id}", "/schools.csv", "/schools.xlsx"):
        answer = browser.get(path)
        assert answer.url.path == "/login", path
        assert "霁川" not in answer.text
    forged = {"xqhz_login": "eyJuYW1lIjogInpob3UiLCAidW50aWwiOiA5OTk5OTk5OTk5fQ==.00"}
    assert browser.get("/", cookies=forged).url.path == "/login"


def test_after_logging_in_the_schools_are_listed_and_searched(
    browser: httpx.Client, hub: Hub
) -> None:
    for name in ("霁川职校", "临峤技师学院"):
        School(name).joined(hub)
    page = _login(browser)
    assert "霁川职校" in page.text
    assert "临峤技师学院" in page.text
    found = browser.get("/", params={"q": "临峤"})
    assert "霁川职校" not in found.text
    assert browser.get("/", params={"q": "100%_"}).text.count("<td>") == 0
    browser.post("/logout")
    assert browser.get("/").url.path == "/login"


def test_an_account_of_one_school_sees_only_that_one(browser: httpx.Client, hub: Hub) -> None:
    ours, other = (School(name).joined(hub) for name in ("霁川职校", "临峤技师学院"))
    accounts.make(hub.database, "wu", PASSWORD, (ours.id,))
    page = _login(browser, "wu")
    assert "霁川职校" in page.text
    assert "临峤" not in page.text
    assert browser.get(f"/schools/{other.id}").status_code == 404
    assert browser.get("/schools/not-a-school").status_code == 404
    assert "临峤" not in browser.get("/schools.csv").text


def test_five_wrong_passwords_lock_an_account_for_a_while(
    browser: httpx.Client,
) -> None:
    for _time in range(5):
        assert _login(browser, password="wrong").status_code == 403
    page = _login(browser)
    assert page.status_code == 403
    assert "一刻钟" in page.text or "quarter" in page.text
    assert _login(browser, "nobody").status_code == 403


def test_the_language_is_switched_and_stays(browser: httpx.Client, hub: Hub) -> None:
    School("霁川职校").joined(hub)
    page = _login(browser)
    assert '<html lang="zh-CN">' in page.text
    page = browser.post("/language/en", data={"back": "/?q=x"})
    assert page.url.query == b"q=x"
    assert '<html lang="en">' in page.text
    assert "Log out" in browser.get("/").text
    elsewhere = browser.post("/language/zh_CN", data={"back": "//evil.example/"})
    assert elsewhere.url.host == "127.0.0.1"


def test_the_list_is_taken_out_as_csv_and_excel(
    browser: httpx.Client, hub: Hub, tmp_path: Path
) -> None:
    School("=1+1 职校").joined(hub)
    _login(browser)
    rows = [*csv.reader(io.StringIO(browser.get("/schools.csv").text.lstrip("\ufeff")))]
    assert rows[1][0] == "'=1+1 职校"
    file = tmp_path / "schools.xlsx"
    file.write_bytes(browser.get("/schools.xlsx").content)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet.cell(2, 1).value == "=1+1 职校"
    assert sheet.cell(2, 1).data_type == "s"


def test_a_name_cannot_bring_markup_into_the_page(browser: httpx.Client, hub: Hub) -> None:
    School("<script>alert(1)</script>").joined(hub)
    page = _login(browser)
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_laptop_brings_a_package_over_the_line(browser: httpx.Client, hub: Hub) -> None:
    office = Laptop(School("霁川职校"))
    office.school.joined(hub)
    office.writes("student", "a", student("张三"))
    data = office.package(hub)
    id = hashlib.sha256(data).hexdigest()
    hello = browser.get("/v1/hello").json()
    assert bytes.fromhex(hello["sign"]) == hub.keys.public.key
    challenge = browser.post("/v1/challenge", json={"device": office.keys.id}).json()["challenge"]
    proof = office.keys.sign(b"XQHUB1" + bytes.fromhex(hub.keys.id + challenge)).hex()
    asked = {"device": office.keys.id, "challenge": challenge, "signature": proof}
    token = browser.post("/v1/token", json=asked).json()["token"]
    browser.headers["authorization"] = f"Bearer {token}"
    begun = browser.post("/v1/uploads", json={"id": id, "length": len(data)})
    assert begun.json() == {"offset": 0, "state": "receiving"}
    first = browser.patch(f"/v1/uploads/{id}", content=data[:10], headers={"Upload-Offset": "0"})
    assert (first.status_code, first.headers["upload-offset"]) == (204, "10")
    wrong = browser.patch(f"/v1/uploads/{id}", content=data[5:], headers={"Upload-Offset": "5"})
    assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, "10")
    browser.patch(f"/v1/uploads/{id}", content=data[10:], headers={"Upload-Offset": "10"})
    state = browser.post(f"/v1/uploads/{id}/commit").json()["state"]
    while state in ("receiving", "waiting"):  # the worker was rung; the test's time limit ends it
        state = browser.get(f"/v1/uploads/{id}").json()["state"]
    assert state == "taken"
    made = browser.post("/v1/packages", json={"knowledge": {}}).json()
    whole = browser.get(f"/v1/packages/{made['id']}").content
    assert hashlib.sha256(whole).hexdigest() == made["id"]
    rest = browser.get(f"/v1/packages/{made['id']}", headers={"Range": "bytes=100-"})
    assert (rest.status_code, rest.content) == (206, whole[100:])


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/token", b"not json", 400),
        ("POST", "/v1/token", b"[]", 400),
        ("POST", "/v1/token", b'{"device": 1}', 400),
        ("POST", "/v1/challenge", b"{" + b" " * (2 << 20) + b"}", 413),
        ("POST", "/v1/uploads", b"{}", 401),
        ("GET", "/v1/uploads/zz", b"", 401),
        ("GET", "/nothing", b"", 404),
    ],
)
def test_a_bad_request_is_answered_not_crashed_over(
    browser: httpx.Client, method: str, path: str, body: bytes, status: int
) -> None:
    assert browser.request(method, path, content=body).status_code == status


def test_health_and_figures_are_for_monitoring_only(browser: httpx.Client, hub: Hub) -> None:
    School("霁川职校").joined(hub)
    assert browser.get("/healthz").json() == {"alive": True}
    assert browser.get("/readyz").json() == {"ready": True}
    assert "xqhz_schools 1" in browser.get("/metrics").text
    proxied = {"X-Forwarded-For": "203.0.113.5"}
    assert browser.get("/metrics", headers=proxied).status_code == 404
    shown = {**proxied, "Authorization": f"Bearer {metrics_token(hub)}"}
    assert "xqhz_up 1" in browser.get("/metrics", headers=shown).text


def _login(browser: httpx.Client, name: str = "zhou", password: str = PASSWORD) -> httpx.Response:
    return browser.post("/login", data={"name": name, "password": password})

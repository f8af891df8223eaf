"""What a person sees who double-clicks HSS: under Xvfb, as an ordinary user, with stand-ins for the browser and for
the window of a message. Each end must be something that is seen."""

import http.server
import json
import os
import re
import signal
import sqlite3
import threading

import pytest

from hss import wait_until


def set_up(page):
    """Makes the first administrator, as the page behind the link does."""
    link = page.ask("POST", "/business", {})["url"]
    url, secret = link.split("welcome#")
    request = {"link_token": secret, "name": "Lerato Dlamini", "email": "lerato@hss.co.za", "password": "correct horse battery"}
    import urllib.request
    done = urllib.request.Request(f"{url}api/v1/auth/link", method="POST", data=json.dumps(request).encode(),
                                  headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(done, timeout=30) as answer:
        assert answer.status in (200, 201)
    return url


def test_a_double_click_opens_the_start_page(desktop):
    process = desktop.double_click()
    page = desktop.open_page()
    assert "<!doctype html>" in page.get(f"{page.url}/start")
    business = page.business()
    assert business["state"] == "absent"
    assert business["place"] == str(desktop.db)
    assert not desktop.db.exists()
    # The demo is behind the same address.
    assert '"mode":"demo"' in page.get(f"{page.url}/api/v1/auth/session")
    assert process.poll() is None
    assert desktop.shown.read_text() == ""


def test_only_this_user_may_read_what_lies_beside_the_data(desktop):
    desktop.double_click()
    page = desktop.open_page()
    page.ask("POST", "/business", {})
    for name in ("hss.db", "hss.db.running", "hss.db.log"):
        assert (desktop.db.parent / name).stat().st_mode & 0o077 == 0, name
    running = json.loads((desktop.db.parent / "hss.db.running").read_text())
    assert running["port"] == page.port
    assert running["pid"] == desktop.started[0].pid


def test_a_second_double_click_opens_the_page_of_the_first(desktop):
    first = desktop.double_click()
    page = desktop.open_page()
    second = desktop.double_click()
    again = desktop.open_page(2)
    assert second.wait(timeout=60) == 0
    assert again.port == page.port
    assert again.business()["state"] == "absent"
    # The first tab works on.
    assert page.business()["state"] == "absent"
    assert first.poll() is None


def test_of_several_double_clicks_at_once_one_serves(desktop):
    processes = [desktop.double_click() for _ in range(4)]
    desktop.wait_for_link(4)
    assert len({link.split("#")[0] for link in desktop.links()}) == 1
    wait_until(lambda: sum(process.poll() is None for process in processes) == 1)
    assert sorted(process.poll() for process in processes if process.poll() is not None) == [0, 0, 0]


def test_my_business_begins_with_its_first_administrator(desktop):
    process = desktop.double_click()
    page = desktop.open_page()
    url = set_up(page)
    assert page.business()["is_set_up"]
    assert page.ask("POST", "/business", {})["url"] == url
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert not (desktop.db.parent / "hss.db.running").exists()

    # The next day it runs at once, and where it was.
    desktop.double_click()
    later = desktop.open_page(2)
    wait_until(lambda: later.business()["state"] == "running")
    assert later.business()["url"] == url


def test_data_without_an_administrator_wait_until_somebody_opens_them(desktop):
    desktop.double_click()
    page = desktop.open_page()
    page.ask("POST", "/business", {})
    desktop.started[0].send_signal(signal.SIGTERM)
    desktop.started[0].wait(timeout=60)
    desktop.double_click()
    later = desktop.open_page(2)
    wait_until(lambda: later.business()["state"] == "absent")


def test_a_taken_port_costs_nothing_but_the_address(desktop, taken_port):
    desktop.double_click(HSS_PORT=str(taken_port))
    page = desktop.open_page()
    url = page.ask("POST", "/business", {})["url"]
    business = page.business()
    assert business["state"] == "running"
    assert business["taken_port"] == taken_port
    assert url.startswith(business["url"]) and f":{taken_port}/" not in url
    assert "<!doctype html>" in page.get(business["url"])


def test_the_start_page_needs_no_port_of_its_own(desktop, taken_port):
    desktop.double_click(HSS_PORT=str(taken_port - 1))
    page = desktop.open_page()
    assert page.port != taken_port
    assert page.business()["state"] == "absent"


def test_stop_hss_ends_it(desktop):
    process = desktop.double_click()
    page = desktop.open_page()
    page.ask("POST", "/business", {})
    page.ask("POST", "/stop", {})
    assert process.wait(timeout=60) == 0
    assert not (desktop.db.parent / "hss.db.running").exists()


def test_no_other_page_or_machine_stops_it(desktop):
    process = desktop.double_click()
    page = desktop.open_page()
    assert page.status_of("POST", "/stop", {"Origin": "https://evil.example"}) == 403
    assert page.status_of("POST", "/stop", {"Origin": "http://127.0.0.1:3000"}) == 403
    assert page.status_of("POST", "/stop", {"Host": f"evil.example:{page.port}"}) == 421
    assert page.status_of("POST", "/stop", {"X-HSS-Desktop": page.code}) == 401
    # The business, which other machines may reach, has no such route.
    url = set_up(page)
    business = page.url
    page.url = url.removesuffix("/")
    assert page.status_of("POST", "/stop") == 404
    assert page.status_of("GET", "") == 404
    page.url = business
    assert page.business()["state"] == "running"
    assert process.poll() is None


def test_a_link_opens_one_tab(desktop):
    desktop.double_click()
    page = desktop.open_page()
    with pytest.raises(OSError, match="401"):
        page.ask("POST", "/token", {"code": page.code})


def test_a_home_that_cannot_be_written_is_said_on_the_page(desktop):
    desktop.home.chmod(0o555)
    process = desktop.double_click()
    page = desktop.open_page()
    # Root's own files are root's to write; whoever runs the tests as root has the program run as nobody.
    with pytest.raises(OSError, match="503"):
        page.ask("POST", "/business", {})
    business = page.business()
    assert business["state"] == "failed"
    assert str(desktop.home) in business["problem"]
    assert page.ask("GET", "")["log_file"] == ""
    # The demo is there all the same.
    assert '"mode":"demo"' in page.get(f"{page.url}/api/v1/auth/session")
    assert process.poll() is None
    desktop.home.chmod(0o755)


def make_db(desktop, content):
    desktop.db.parent.mkdir(parents=True)
    if isinstance(content, bytes):
        desktop.db.write_bytes(content)
    else:
        with sqlite3.connect(desktop.db) as db:
            content(db)
        db.close()
    desktop.give_away()


def test_a_file_that_is_no_database_is_said_on_the_page_and_left_alone(desktop):
    make_db(desktop, b"This was a database once.\n" * 400)
    before = desktop.db.read_bytes()
    desktop.double_click()
    page = desktop.open_page()
    wait_until(lambda: page.business()["state"] == "failed")
    assert "is not a database" in page.business()["problem"]
    assert desktop.db.read_bytes() == before
    assert "is not a database" in (desktop.db.parent / "hss.db.log").read_text()


def test_data_of_a_newer_hss_are_said_on_the_page_and_left_alone(desktop):
    first = desktop.double_click()
    page = desktop.open_page()
    set_up(page)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=60) == 0
    with sqlite3.connect(desktop.db) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()
    desktop.give_away()
    before = desktop.db.read_bytes()
    desktop.double_click()
    later = desktop.open_page(2)
    wait_until(lambda: later.business()["state"] == "failed")
    assert re.search(r"newer|version", later.business()["problem"])
    assert desktop.db.read_bytes() == before


def test_a_failure_that_is_mended_is_gone_with_the_next_try(desktop):
    make_db(desktop, b"This was a database once.\n" * 400)
    desktop.double_click()
    page = desktop.open_page()
    wait_until(lambda: page.business()["state"] == "failed")
    desktop.db.unlink()
    assert "welcome#" in page.ask("POST", "/business", {})["url"]
    assert page.business()["state"] == "running"


def test_a_setting_that_is_wrong_is_said_on_the_page(desktop):
    desktop.double_click(HSS_PORT="eighty")
    page = desktop.open_page()
    answer = page.ask("GET", "")
    assert "eighty" in answer["settings_problem"]
    assert answer["business"]["state"] == "failed"
    with pytest.raises(OSError, match="503"):
        page.ask("POST", "/business", {})
    assert not desktop.db.exists()


def test_without_a_browser_a_window_says_what_to_open(desktop):
    desktop.remove_program("xdg-open")
    process = desktop.double_click()
    shown = desktop.wait_for_window("no browser has opened its page")
    link = re.search(r"http://127\.0\.0\.1:\d+/start#\S+", shown)[0]
    desktop.opened.write_text(link + "\n")
    assert desktop.open_page().business()["state"] == "absent"
    # So does the second double-click.
    second = desktop.double_click()
    wait_until(lambda: desktop.shown.read_text().count("no browser has opened") == 2)
    assert second.wait(timeout=60) == 0
    assert process.poll() is None


def test_a_browser_that_opens_nothing_is_noticed(desktop):
    desktop.set_program("xdg-open", "exit 3")
    desktop.double_click()
    assert "/start#" in desktop.wait_for_window("no browser has opened its page")


def test_where_no_program_shows_a_window_hss_runs_on(desktop):
    desktop.remove_program("xdg-open")
    desktop.remove_program("zenity")
    process = desktop.double_click()
    running = desktop.db.parent / "hss.db.running"
    wait_until(running.exists)
    assert process.poll() is None


def test_an_instance_that_was_killed_does_no_harm(desktop):
    first = desktop.double_click()
    desktop.open_page()
    first.kill()
    first.wait()
    running = desktop.db.parent / "hss.db.running"
    assert running.exists()
    second = desktop.double_click()
    page = desktop.open_page(2)
    assert page.business()["state"] == "absent"
    assert json.loads(running.read_text())["pid"] == second.pid


class AnyAnswer(http.server.BaseHTTPRequestHandler):
    """Another program that has the port of an HSS that was killed, and says yes to everything."""

    heard = []

    def do_GET(self):
        self.heard.append((self.path, dict(self.headers)))
        body = b'{"proof":"yes","code":"come-in"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


def test_another_program_on_the_port_of_a_killed_one_is_not_taken_for_it(desktop):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), AnyAnswer) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        desktop.db.parent.mkdir(parents=True)
        secret = "the-secret-of-the-one-that-was-killed"
        running = desktop.db.parent / "hss.db.running"
        running.write_text(json.dumps({"port": other.server_port, "pid": 1, "secret": secret}))
        desktop.give_away()
        desktop.double_click()
        page = desktop.open_page()
        other.shutdown()
    assert page.port != other.server_port
    assert [path.partition("?")[0] for path, _ in AnyAnswer.heard] == ["/api/v1/desktop/proof"] * len(AnyAnswer.heard)
    assert AnyAnswer.heard and secret not in repr(AnyAnswer.heard)
    assert json.loads(running.read_text())["port"] == page.port


def test_hss_ends_by_itself_once_nobody_uses_it(desktop):
    process = desktop.double_click("desktop", "--end-after", "2s")
    desktop.open_page()
    assert process.wait(timeout=60) == 0
    assert "as nobody has used it" in (desktop.db.parent / "hss.db.log").read_text()
    assert not (desktop.db.parent / "hss.db.running").exists()


def test_hss_does_not_end_while_a_page_listens(desktop):
    process = desktop.double_click("desktop", "--end-after", "2s")
    page = desktop.open_page()
    import urllib.request
    request = urllib.request.Request(f"{page.url}/api/v1/events", headers={"X-HSS-Role": "staff"})
    with urllib.request.urlopen(request, timeout=60) as stream:
        # A comment comes every 15 seconds or so.
        while not stream.readline().startswith(b":"):
            pass
        while not stream.readline().startswith(b":"):
            pass
        assert process.poll() is None
    assert process.wait(timeout=60) == 0


def test_the_log_does_not_grow_without_end(desktop):
    desktop.db.parent.mkdir(parents=True)
    log = desktop.db.parent / "hss.db.log"
    log.write_text("an old line\n" * 200_000)
    desktop.give_away()
    desktop.double_click()
    desktop.open_page()
    assert log.stat().st_size < 1024 * 1024
    assert (desktop.db.parent / "hss.db.log.1").stat().st_size > 1024 * 1024


def test_the_command_does_the_same_as_a_double_click(desktop):
    desktop.double_click("desktop")
    page = desktop.open_page()
    assert page.business()["state"] == "absent"


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts it as another user")
def test_it_runs_as_an_ordinary_user(desktop):
    process = desktop.double_click()
    desktop.open_page()
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        assert "Uid:\t65534\t65534" in status.read()

"""packaging/kiosk: what opens the staff board full screen, with a browser that only writes down how it was called."""

import configparser
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import xml.dom.minidom

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from hss import HSS, wait_until  # noqa: E402

KIOSK = ROOT / "packaging/kiosk"
BROWSER = r"""#!/bin/sh
printf '%s\n' "$@" >>"$HOME/calls"
echo end >>"$HOME/calls"
"""


class Home:
    """A user's home with a browser, and the calls of it that were seen."""

    def __init__(self, folder):
        self.folder = folder
        browser = folder / "bin/chromium"
        browser.parent.mkdir()
        browser.write_text(BROWSER)
        browser.chmod(0o755)
        self.environment = {"HOME": str(folder), "PATH": f"{browser.parent}:{os.environ['PATH']}"}

    def start(self, *words):
        # In a group of its own, so that what it waits for ends with it.
        return subprocess.Popen([KIOSK / "hss-kiosk", *words], env=self.environment, start_new_session=True)

    def calls(self):
        file = self.folder / "calls"
        words = file.read_text().splitlines() if file.exists() else []
        text = "\n".join(words)
        return [call.split("\n") for call in text.split("\nend") if call.strip()]


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def end(process):
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


class Server:
    """`hss serve` on a port, in demo mode."""

    def __init__(self, port=0):
        self.process = subprocess.Popen([HSS, "serve", "--db", ":memory:", "--uploads", "off", "--port", str(port), "--no-open"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().split("http://127.0.0.1:")[1].split("/")[0])

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def test_it_waits_until_hss_answers_and_then_shows_the_board(home):
    first = Server()
    address = f"http://127.0.0.1:{first.port}/staff"
    first.stop()
    kiosk = home.start(address)
    with pytest.raises(subprocess.TimeoutExpired):
        kiosk.wait(timeout=2)
    assert home.calls() == []
    server = Server(first.port)
    try:
        assert kiosk.wait(timeout=30) == 0
    finally:
        server.stop()
    (call,) = home.calls()
    assert f"--app={address}" in call
    assert "--kiosk" in call
    assert f"--user-data-dir={home.folder}/.config/hss-kiosk/profile" in call
    assert "--hide-crash-restore-bubble" in call


def test_the_address_comes_from_a_file_and_the_browser_again_whenever_it_ended(home):
    server = Server()
    config = home.folder / ".config/hss-kiosk"
    config.mkdir(parents=True)
    (config / "address").write_text(f"http://127.0.0.1:{server.port}/staff\n")
    kiosk = home.start("--again")
    try:
        wait_until(lambda: len(home.calls()) >= 2)
    finally:
        end(kiosk)
        server.stop()
    assert all(f"--app=http://127.0.0.1:{server.port}/staff" in call for call in home.calls()[:2])


def test_after_a_crash_the_browser_does_not_offer_to_restore_pages(home):
    server = Server()
    preferences = home.folder / ".config/hss-kiosk/profile/Default/Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"profile":{"exit_type":"Crashed","exited_cleanly":false,"name":"Crashed"}}')
    try:
        assert home.start(f"http://127.0.0.1:{server.port}/staff").wait(timeout=30) == 0
    finally:
        server.stop()
    assert preferences.read_text() == '{"profile":{"exit_type":"Normal","exited_cleanly":true,"name":"Crashed"}}'


def test_without_a_browser_it_says_what_to_install(home):
    tools = home.folder / "tools"
    tools.mkdir()
    for tool in ("sh", "sed", "curl", "readlink", "mkdir", "sleep"):
        (tools / tool).symlink_to(shutil.which(tool))
    ended = subprocess.run([KIOSK / "hss-kiosk", "http://127.0.0.1:1/staff"], env={**home.environment, "PATH": str(tools)},
                           capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1
    assert "apt install chromium" in ended.stderr


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="there is no shellcheck here")
def test_the_script_is_clean():
    subprocess.run(["shellcheck", KIOSK / "hss-kiosk"], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_takes_the_unit(tmp_path):
    # What it starts need not be installed here.
    unit = tmp_path / "hss-kiosk.service"
    unit.write_text((KIOSK / unit.name).read_text().replace("/usr/bin/hss-kiosk", str(KIOSK / "hss-kiosk")))
    verified = subprocess.run(["systemd-analyze", "--user", "verify", unit], capture_output=True, text=True,
                              env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)})
    assert (verified.returncode, [line for line in verified.stderr.splitlines() if unit.name in line]) == (0, [])


def test_the_desktop_starts_the_same_script():
    entry = configparser.ConfigParser(delimiters="=", comment_prefixes="#", interpolation=None)
    entry.optionxform = str
    entry.read(KIOSK / "hss-kiosk.desktop")
    fields = entry["Desktop Entry"]
    assert fields["Type"] == "Application"
    assert fields["Exec"].split() == ["hss-kiosk", "--again"]


def test_avahi_gets_the_port_that_hss_has_by_itself():
    service = xml.dom.minidom.parse(str(KIOSK / "avahi/hss.service"))
    (port,) = service.getElementsByTagName("port")
    help_text = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    assert f"={port.firstChild.data}" in help_text.split("--port", 1)[1].splitlines()[0]

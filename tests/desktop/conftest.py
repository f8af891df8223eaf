"""A display, an ordinary user, and a stand-in browser: what a double-click needs."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import HSS, wait_until  # noqa: E402

NOBODY = 65534


@pytest.fixture(scope="session")
def display():
    """The DISPLAY of an X server without a screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    ours, theirs = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                              pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Desktop:
    """An ordinary user's home, and programs that stand in for those of a desktop: what `xdg-open` is given goes to a
    file, and so does what a window would show."""

    def __init__(self, folder, display):
        self.folder, self.display = Path(folder), display
        self.home, self.programs = self.folder / "home", self.folder / "programs"
        for place in (self.home, self.programs):
            place.mkdir()
        # Another user may not look into the folder that the build lies in.
        self.hss = self.programs / "hss"
        shutil.copy(HSS, self.hss)
        for name in ("env", "sh"):
            (self.programs / name).symlink_to(shutil.which(name))
        self.opened, self.shown = self.folder / "opened", self.folder / "shown"
        self.opened.touch()
        self.shown.touch()
        self.set_program("xdg-open", f'echo "$*" >>"{self.opened}"')
        self.set_program("zenity", f'echo "$*" >>"{self.shown}"')
        self.folder.chmod(0o755)
        self.started = []
        self.give_away()

    def set_program(self, name, script):
        program = self.programs / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def remove_program(self, name):
        (self.programs / name).unlink()

    def give_away(self):
        """What is in the home belongs to the user who double-clicks."""
        if os.getuid() != 0:
            return
        for path in [self.opened, self.shown, self.home, *self.home.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)

    @property
    def db(self):
        return self.home / ".local/share/hss/hss.db"

    def environment(self, **variables):
        return {"HOME": str(self.home), "PATH": str(self.programs), "DISPLAY": self.display, "LANG": "C.UTF-8",
                **variables}

    def double_click(self, *words, **variables):
        """Starts it as a file manager does: without a terminal, in the user's home."""
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        process = subprocess.Popen([self.hss, *words], env=self.environment(**variables), cwd="/",
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True, **user)
        self.started.append(process)
        return process

    def links(self):
        return self.opened.read_text().split()

    def wait_for_link(self, count=1):
        """The address that the browser was given last, once it was given so many."""
        return wait_until(lambda: len(self.links()) >= count and self.links()[count - 1])

    def wait_for_window(self, words):
        """What the window shows, once it shows these words."""
        return wait_until(lambda: words in self.shown.read_text() and self.shown.read_text())

    def open_page(self, count=1):
        return StartPage(self.wait_for_link(count))

    def end(self):
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


class StartPage:
    """A tab of the browser that was opened."""

    def __init__(self, link):
        page, self.code = link.split("#")
        assert page.endswith("/start")
        self.url = page.removesuffix("/start")
        self.port = int(self.url.rpartition(":")[2])
        self.token = self.ask("POST", "/token", {"code": self.code})["token"]

    def ask(self, method, path, body=None, headers=None):
        key = {"X-HSS-Desktop": self.token} if hasattr(self, "token") else {}
        request = urllib.request.Request(
            f"{self.url}/api/v1/desktop{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={**key, **({"Content-Type": "application/json"} if body is not None else {}), **(headers or {})})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def status_of(self, method, path, headers=None):
        try:
            self.ask(method, path, headers=headers)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def business(self):
        return self.ask("GET", "")["business"]

    def get(self, url):
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read().decode()


@pytest.fixture
def desktop(tmp_path_factory, display):
    folder = tmp_path_factory.mktemp("desktop")
    # Others may pass through pytest's own folders.
    for parent in [folder, *folder.parents]:
        if parent == Path("/tmp") or parent == parent.parent:
            break
        parent.chmod(parent.stat().st_mode | 0o011)
    made = Desktop(folder, display)
    yield made
    made.end()


@pytest.fixture
def taken_port():
    """A port of another program."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]

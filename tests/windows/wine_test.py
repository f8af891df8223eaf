"""hss.exe under Wine: what it says and does on Windows, as far as Wine is like it.

The executable is build/windows/hss.exe, or that of HSS_EXE. Wine's own files are in build/wine.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, ROOT, Hss, temporary_folder, wait_until  # noqa: E402

EXECUTABLE = os.environ.get("HSS_EXE", str(ROOT / "build" / "windows" / "hss.exe"))
PROGRAMS = "/usr/lib/wine:" + os.environ["PATH"]
WINE = shutil.which("wine64", path=PROGRAMS) or shutil.which("wine")
WINE_SERVER = shutil.which("wineserver64", path=PROGRAMS) or shutil.which("wineserver")

if WINE is None:
    pytest.skip("Wine is not there (Debian 12: packaging/setup --tests)", allow_module_level=True)
if not Path(EXECUTABLE).exists():
    pytest.skip(f"{EXECUTABLE} is not built", allow_module_level=True)

PREFIX = ROOT / "build" / "wine"
# Wine takes names in arguments and folders as the locale says.
ENVIRONMENT = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "LC_ALL": "C.UTF-8",
               "DISPLAY": ""}
WINDOWS = {"kernel32", "advapi32", "crypt32", "iphlpapi", "msvcrt", "psapi", "shell32", "user32", "ws2_32", "bcrypt"}


def end_session():
    """Returns once nothing of Wine's runs that another program would join."""
    for option in ("-k", "-w"):
        subprocess.run([WINE_SERVER, option], env={**os.environ, **ENVIRONMENT}, check=False, timeout=60)


@pytest.fixture(scope="session", autouse=True)
def wine():
    """Makes Wine's files, and ends what is left of it."""
    environment = {**os.environ, **ENVIRONMENT}
    subprocess.run([WINE, "wineboot", "--init"], env=environment, check=True, timeout=300,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    end_session()


class WindowsHss(Hss):
    """Stops as by Ctrl+C, which Wine makes of the signal that a terminal sends."""

    program = [WINE, EXECUTABLE]
    stop_signal = signal.SIGINT

    def __init__(self, folder, screen="", **options):
        super().__init__(folder, extra={**ENVIRONMENT, "DISPLAY": screen}, **options)


def run(*words, **environment):
    return subprocess.run([WINE, EXECUTABLE, *words], env={**os.environ, **ENVIRONMENT, **environment},
                          capture_output=True, text=True, check=False, timeout=120)


def test_it_needs_windows_own_libraries_alone():
    names = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", EXECUTABLE], capture_output=True, text=True, check=True).stdout
    libraries = {name.lower() for name in re.findall(r"DLL Name: (.*)\.dll", names, re.IGNORECASE)}
    assert libraries and libraries <= WINDOWS, libraries - WINDOWS


def test_a_demo_passes_its_check_and_ends_by_control_c():
    with temporary_folder() as folder, WindowsHss(folder, command="demo") as hss:
        done = hss.run("check", "http://{}:{}".format(*hss.address))
        assert done.returncode == 0, done.stdout + done.stderr
        assert "FAILED" not in done.stdout and re.search(r"^[2-9]\d passed, 0 failed", done.stdout, re.MULTILINE), done.stdout
        assert hss.run("health", "http://{}:{}".format(*hss.address)).returncode == 0


@pytest.fixture(name="screen")
def fixture_screen():
    """The DISPLAY of an X server: without one, Wine gives no program a window."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    # Wine's session began without.
    end_session()
    ours, theirs = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(theirs), "-nolisten", "tcp"], pass_fds=[theirs],
                              stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    end_session()
    server.terminate()
    server.wait()


@pytest.mark.parametrize("request_of", [
    ["wineboot", "--end-session"],
    ["taskkill", "/im", Path(EXECUTABLE).name],
    [str(ROOT / "build/wine/console_event.exe"), Path(EXECUTABLE).name, "2"],
], ids=["sign-out", "taskkill", "closed console"])
def test_a_request_of_windows_ends_it_in_order(request_of, screen):
    if "console_event" in request_of[0]:
        subprocess.run(["x86_64-w64-mingw32-g++-posix", "-static", Path(__file__).with_name("console_event.cpp"), "-o",
                        request_of[0]], check=True)
    with temporary_folder() as folder, WindowsHss(folder, screen=screen) as hss:
        hss.client().book()
        subprocess.run([WINE, *request_of], env={**os.environ, **ENVIRONMENT, "DISPLAY": screen}, check=True, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # By itself: Windows kills what has not ended after some seconds.
        assert hss.process.wait(timeout=30) == 0
        assert not Path(f"{hss.db}-wal").exists()


def test_a_kill_amid_bookings_loses_none_that_was_acknowledged():
    with temporary_folder() as folder, WindowsHss(folder) as hss:
        booked, enough = [], threading.Event()

        def book():
            client = hss.client()
            try:
                while True:
                    booked.append(client.book())
                    if len(booked) >= 60:
                        enough.set()
            except (OSError, http.client.HTTPException, ValueError):
                pass

        threads = [threading.Thread(target=book) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        hss.kill()
        for thread in threads:
            thread.join()
        hss.start()
        kept = set(hss.client().all_bookings())
        assert set(booked) <= kept
        # One more for each thread may have been committed, and not answered.
        assert len(kept) <= len(booked) + len(threads)
        hss.stop()
        hss.check_data()


def test_a_second_server_on_the_port_says_so_in_one_sentence():
    with temporary_folder() as folder, WindowsHss(folder) as hss:
        other = str(Path(folder, "other.db"))
        done = hss.run("serve", "--port", str(hss.address[1]), "--db", other, "--no-open")
        assert done.returncode != 0
        said = done.stderr.strip()
        assert str(hss.address[1]) in said and "is taken" in said and "\n" not in said, said
        assert hss.client().health() == (200, "ok")


def test_names_of_files_may_have_any_letters():
    with temporary_folder() as folder:
        place = Path(folder, "Übersicht Žluťoučký 漢字.db")
        with WindowsHss(folder, db=place) as hss:
            booked = hss.client().book({**BOOKING, "customer_name": "Jürgen 漢"})
            assert place.exists()
            copy = Path(folder, "Kopie ü 漢.db")
            done = hss.run("backup", str(copy), *hss.place)
            assert done.returncode == 0, done.stderr
        hss.db = str(copy)
        assert hss.query("SELECT id, customer_name FROM bookings") == [(booked, "Jürgen 漢")]


def test_a_new_key_is_said_to_come_after_a_restart():
    with temporary_folder() as folder, WindowsHss(folder) as hss:
        done = hss.run("key", "rotate", *hss.place)
        assert done.returncode == 0, done.stderr
        assert "at the latest after a restart;" in done.stdout and "SIGHUP" not in done.stdout


def test_data_lie_in_the_users_folder_of_local_data():
    with temporary_folder() as folder:
        names = [path for path in PREFIX.glob("drive_c/users/*/AppData/Local/HSS") if path.exists()]
        for path in names:
            shutil.rmtree(path)
        with WindowsHss(folder, command="demo") as hss:
            hss.command = "serve"
            hss.stop()
            hss.start()
            hss.client().book()
        assert len(list(PREFIX.glob("drive_c/users/*/AppData/Local/HSS/hss.db"))) == 1


def fingerprint_of(port, authority):
    context = ssl.create_default_context(cafile=str(authority))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
            return connection.getpeercert(binary_form=True)


def test_https_takes_a_renewed_certificate_by_itself():
    with temporary_folder() as folder:
        for name in ("first", "second"):
            done = run("certificate", "--out", str(Path(folder, "tls")), "--name", "localhost")
            assert done.returncode == 0, done.stderr
            if name == "second":
                break
            authority = Path(folder, "tls", "authority.pem")
            process = subprocess.Popen(
                [WINE, EXECUTABLE, "serve", "--db", ":memory:", "--uploads", "off", "--port", "0", "--no-open", "--auth", "demo",
                 "--tls-cert", str(Path(folder, "tls", "cert.pem")), "--tls-key", str(Path(folder, "tls", "key.pem"))],
                env={**os.environ, **ENVIRONMENT}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True)
            port = int(re.search(r"https://127\.0\.0\.1:(\d+)/", process.stdout.readline())[1])
            before = fingerprint_of(port, authority)
        try:
            wait_until(lambda: fingerprint_of(port, authority) != before, 30)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
            process.stdout.close()

"""The real `hss serve`, started as its user starts it, and a client of it.

Whoever uses it from a folder of tests puts this one on the path first:
sys.path.append(str(Path(__file__).resolve().parents[1])).
"""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
HSS = os.environ.get("HSS_BIN", str(ROOT / "build" / "release" / "hss"))

BOOKING = {
    "customer_name": "Thandi Mokoena",
    "email": "thandi@tuks.co.za",
    "pickup_date": "2030-12-01",
    "pickup_window": "08:00 – 11:00",
    "address": "12 Burnett Street, Hatfield",
    "items": [{"type": "bed"}, {"type": "box"}],
    "pricing": {"duration": 3},
}


def zero_part_of_bookings(path, at=1000, count=2000):
    """As a disk does that loses blocks: zeroes in a page of the table of bookings."""
    page_size, table_leaf = 4096, 0x0d
    data = bytearray(Path(path).read_bytes())
    pages = [page for page in range(0, len(data), page_size)
             if data[page] == table_leaf and b"Burnett Street" in data[page:page + page_size]]
    page = pages[len(pages) // 2]
    data[page + at:page + at + count] = bytes(count)
    Path(path).write_bytes(data)


def wait_until(fact, seconds=60.0):
    """What `fact()` gives, once it is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = fact()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:.0f} s")


class Hss:
    """A server on a port of its own, or on that `port`, in demo mode, on `db` or a file of the folder. With a
    `server`, its data are there instead: what tests/servers starts, or a database on that. With an
    `endpoint` it tells that stand-in for SNS. Nothing of this machine's configuration of AWS or of
    database servers reaches it. `launcher` is what comes before the program's name, as of `nice`."""

    program = [HSS]
    stop_signal = signal.SIGTERM

    def __init__(self, folder, endpoint=None, topic=None, credentials=None, extra=None, *, db=None,
                 server=None, launcher=(), port=0, command="serve"):
        self.folder, self.port = Path(folder), port
        self.server, self.command = server, command
        self.db = None if server else str(db or self.folder / "hss.db")
        self.place = [] if server or command == "demo" else ["--db", self.db]
        self.launcher = list(launcher)
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "DB_", "HSS_", "PG", "SNS_", "MESSAGE_"))
        }
        self.environment = {
            **inherited,
            "HOME": str(self.folder),
            "AWS_EC2_METADATA_DISABLED": "true",
            **({} if endpoint is None else {
                "MESSAGE_BUS_MODE": "sns",
                "SNS_TOPIC_ARN": topic,
                "AWS_REGION": "us-east-1",
                "AWS_ENDPOINT_URL": endpoint,
            }),
            **({} if credentials is None else {
                "AWS_ACCESS_KEY_ID": credentials[0],
                "AWS_SECRET_ACCESS_KEY": credentials[1],
            }),
            **(server.env if server else {}),
            **(extra or {}),
        }
        self.start()

    def start(self):
        self.launch()
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://([0-9.]+):([0-9]+)/", line)
        if not found:
            self._ended()
            raise AssertionError((self.folder / "hss.log").read_text())
        self.address = (found[1], int(found[2]))

    def launch(self):
        """Starts it, and does not wait until it serves."""
        self.log = open(self.folder / "hss.log", "ab")
        self.process = subprocess.Popen(
            [*self.launcher, *self.program, self.command, "--port", str(self.port), *self.place, "--no-open"],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=self.log)

    def kill(self):
        self.process.kill()
        self._ended()

    def stop(self):
        """Stops as a service manager would, which must not take long whatever the broker does."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            assert self.process.wait(timeout=20) == 0
        finally:
            self.process.kill()
            self._ended()

    def _ended(self):
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def client(self):
        return Client(self.address)

    def run(self, *words):
        """Another `hss` beside it; what it said is in the result."""
        return subprocess.run([*self.program, *words], env=self.environment, capture_output=True, text=True,
                              check=False)

    def events(self, *words):
        """What `hss events …` says, beside the running server."""
        done = self.run("events", *words, *self.place)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def check_data(self):
        """The audit trail is whole, and the file is."""
        done = self.run("audit", "verify", *self.place)
        assert done.returncode == 0, done.stdout + done.stderr
        if not self.server:
            assert self.query("PRAGMA integrity_check") == [("ok",)]

    def query(self, sql):
        """Rows of the file, past the server. (A database server's own client gives its rows.)"""
        database = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def threads(self):
        return int(self._status("Threads"))

    def rss(self):
        """In KiB."""
        return int(self._status("VmRSS").split()[0])

    def _status(self, name):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return re.search(rf"^{name}:\s*(.*)$", status, re.MULTILINE)[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: dict


class Client:
    """One connection, kept."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(*address, timeout=60)

    def request(self, method, path, body=None, role="customer", key=None, headers=None):
        """Whatever the answer is; its body is JSON, or empty."""
        text = None if body is None else json.dumps(body)
        self.connection.request(method, path, text, {
            "Content-Type": "application/json", "X-HSS-Role": role,
            **({} if key is None else {"Idempotency-Key": key}), **(headers or {})})
        response = self.connection.getresponse()
        text = response.read()
        return Answer(response.status, response.headers, json.loads(text) if text else {})

    def ask(self, method, path, body=None, role="customer", key=None):
        answer = self.request(method, path, body, role, key)
        assert answer.status < 300, answer.body
        return answer.body

    def health(self):
        """Its status, and what it says."""
        answer = self.request("GET", "/health")
        return answer.status, answer.body["status"]

    def book(self, draft=None, key=None):
        return self.ask("POST", "/api/v1/bookings", draft or BOOKING, key=key)["booking_id"]

    def approve(self, booking):
        self.ask("POST", f"/api/v1/staff/bookings/{booking}/approve", {}, "staff")

    def pay(self, booking):
        path = f"/api/v1/bookings/{booking}/payment"
        return self.ask("POST", path, {"method": "eft"})["payment_reference"]

    def audit_of(self, booking):
        path = f"/api/v1/audit?booking_id={booking}"
        return self.ask("GET", path, role="staff")["events"][::-1]

    def all_bookings(self):
        found, cursor = [], ""
        while True:
            page = self.ask("GET", f"/api/v1/bookings?limit=200{cursor}", role="staff")
            found += [booking["id"] for booking in page["bookings"]]
            if page["next_cursor"] is None:
                return found
            cursor = "&cursor=" + page["next_cursor"]

    def close(self):
        self.connection.close()


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="hss-test-")

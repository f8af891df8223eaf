"""The real `hss serve`, started as its user starts it, and a client of it."""

import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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
    """A server on a port of its own. Nothing of this machine's AWS configuration reaches it."""

    def __init__(self, folder, endpoint, topic, credentials=None, extra=None):
        self.folder = Path(folder)
        self.db = str(self.folder / "hss.db")
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "HSS_", "SNS_", "MESSAGE_"))
        }
        self.environment = {
            **inherited,
            "HOME": str(self.folder),
            "MESSAGE_BUS_MODE": "sns",
            "SNS_TOPIC_ARN": topic,
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            **({} if credentials is None else {
                "AWS_ACCESS_KEY_ID": credentials[0],
                "AWS_SECRET_ACCESS_KEY": credentials[1],
            }),
            **(extra or {}),
        }
        self.start()

    def start(self):
        self.log = open(self.folder / "hss.log", "ab")
        self.process = subprocess.Popen(
            [HSS, "serve", "--port", "0", "--db", self.db, "--no-open"],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=self.log)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://([0-9.]+):([0-9]+)/", line)
        assert found, (self.folder / "hss.log").read_text()
        self.address = (found[1], int(found[2]))

    def kill(self):
        self.process.kill()
        self._ended()

    def stop(self):
        """Stops as a service manager would, which must not take long whatever the broker does."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
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

    def events(self, *words):
        """What `hss events …` says, beside the running server."""
        done = subprocess.run([HSS, "events", *words, "--db", self.db], env=self.environment,
                              capture_output=True, text=True, check=True)
        return done.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Client:
    """One connection, kept."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(*address, timeout=30)

    def ask(self, method, path, body=None, role="customer"):
        text = None if body is None else json.dumps(body)
        self.connection.request(method, path, text, {
            "Content-Type": "application/json", "X-HSS-Role": role})
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        assert response.status < 300, answer
        return answer

    def book(self):
        return self.ask("POST", "/api/v1/bookings", BOOKING)["booking_id"]

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


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="hss-test-")

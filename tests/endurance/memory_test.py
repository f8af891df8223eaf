"""Memory stays where it is under a mixed load: bookings, approvals, payments, reads, lists, the
queue's poll with and without news, streams that come and go, connections that are kept and fresh ones.

In CI it runs for 15 seconds and says what it saw. `python tests/endurance/memory_test.py 600` is the
full form: ten minutes, of which the second half has to be flat. The third word, a file, gets every
measurement.
"""

import concurrent.futures
import random
import socket
import sys
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, Hss, temporary_folder  # noqa: E402

CONNECTIONS = 6
# 200 items: some 150 KiB on disk.
LARGE = {**BOOKING, "items": [{"type": "other", "name": "n" * 80, "s3Key": "k" * 512}] * 200}
# What the database may cache (src/storage/sqlite/connection.cpp), and as much again for everything else.
MOST_RSS = 256 * 1024  # KiB
# A leak of 16 bytes a request, the least that is allocated, is 900 KiB a minute at 1,000 requests a
# second. What is cached goes up and down by some MiB meanwhile.
MOST_SLOPE = 512  # KiB a minute


def say(text):
    print(f"  {text}", flush=True)


class Visitor:
    """Does one thing after the other until told to end."""

    def __init__(self, hss, number, end):
        self.hss, self.end = hss, end
        self.random = random.Random(number)
        self.client = hss.client()
        self.bookings, self.etag = [], None
        self.requests = 0
        self.acts = [(self.book, 20), (self.approve, 10), (self.pay, 8), (self.read, 30),
                     (self.list, 10), (self.search, 3), (self.poll, 30), (self.audit, 3),
                     (self.overview, 3), (self.refused, 5), (self.come_afresh, 8), (self.listen, 2)]

    def live(self):
        acts, weights = zip(*self.acts)
        while not self.end.is_set():
            self.random.choices(acts, weights)[0]()
            self.requests += 1
        self.client.close()
        return self.requests

    def any_booking(self):
        return self.random.choice(self.bookings) if self.bookings else self.client.book()

    def book(self):
        self.bookings.append(self.client.book(key=f"key-{self.random.random()}"))
        del self.bookings[:-100]

    def approve(self):
        self.client.request("POST", f"/api/v1/staff/bookings/{self.any_booking()}/approve", {}, "staff")

    def pay(self):
        path = f"/api/v1/bookings/{self.any_booking()}/payment"
        self.client.request("POST", path, {"method": "eft"})

    def read(self):
        self.client.ask("GET", f"/api/v1/bookings/{self.any_booking()}")

    def list(self):
        self.client.ask("GET", "/api/v1/bookings?limit=50&status=approved", role="staff")

    def search(self):
        self.client.ask("GET", "/api/v1/bookings?limit=10&q=thandi", role="staff")

    def poll(self):
        answer = self.client.request("GET", "/api/v1/staff/queue?limit=50", role="staff",
                                     headers={} if self.etag is None else {"If-None-Match": self.etag})
        assert answer.status in (200, 304)
        self.etag = answer.headers["ETag"]

    def audit(self):
        self.client.ask("GET", "/api/v1/audit?limit=50", role="staff")

    def overview(self):
        self.client.ask("GET", "/api/v1/admin/overview", role="admin")

    def refused(self):
        assert self.client.request("POST", "/api/v1/bookings", {"items": [7]}).status == 400

    def come_afresh(self):
        self.client.close()
        self.client = self.hss.client()
        assert self.client.health() == (200, "ok")

    def listen(self):
        with socket.create_connection(self.hss.address, timeout=30) as stream:
            stream.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n")
            assert stream.recv(4096).startswith(b"HTTP/1.1 200")
            self.client.book()
            stream.recv(4096)


def fill_caches(hss):
    """What the database caches fills up slowly by itself, which would look like a leak."""
    def book_some(_):
        client = hss.client()
        return [client.book(LARGE) for _ in range(50)]

    def read_all(_):
        client = hss.client()
        for booking in bookings:
            client.ask("GET", f"/api/v1/bookings/{booking}")
            assert client.health() == (200, "ok")

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        bookings = [booking for some in pool.map(book_some, range(8)) for booking in some]
        list(pool.map(read_all, range(16)))


def slope(points):
    """Of the line through (x, y) by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return (sum((x - mean_x) * (y - mean_y) for x, y in points) /
            sum((x - mean_x) ** 2 for x, _ in points))


def mixed_load(seconds, fills_caches, record=None):
    """Gives the greatest RSS in KiB, and the slope of the second half in KiB a minute."""
    with temporary_folder() as folder, Hss(folder) as hss:
        end, points, first = threading.Event(), [], hss.rss()
        if fills_caches:
            fill_caches(hss)
        visitors = [Visitor(hss, number, end) for number in range(CONNECTIONS)]
        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
            lives = [pool.submit(visitor.live) for visitor in visitors]
            began = time.monotonic()
            try:
                while (now := time.monotonic() - began) < seconds:
                    points.append((now / 60, hss.rss()))
                    if record:
                        print(f"{now:.1f} {points[-1][1]} {sum(v.requests for v in visitors)}",
                              file=record, flush=True)
                    assert not any(life.done() for life in lives), [life.result() for life in lives
                                                                     if life.done()]
                    time.sleep(min(1.0, seconds / 60))
            finally:
                end.set()
            requests = sum(life.result() for life in lives)
        most = max(rss for _, rss in points)
        rise = slope(points[len(points) // 2:])
        mib = [rss / 1024 for _, rss in points]
        say(f"{requests} requests in {seconds:.0f} s ({requests / seconds:.0f} a second), "
            f"{hss.threads()} threads, {Path(hss.db).stat().st_size / 1024 / 1024:.0f} MiB of database")
        say(f"RSS {first / 1024:.1f} MiB at the start, {mib[0]:.1f} when the load began, "
            f"{mib[len(mib) // 2]:.1f} in the middle, {mib[-1]:.1f} at the end; "
            f"slope of the second half {rise:+.0f} KiB a minute")
        hss.check_data()
        return most, rise


def test_memory_is_bounded_under_a_mixed_load():
    most, _ = mixed_load(15, False)
    assert most <= MOST_RSS


if __name__ == "__main__":
    file = open(sys.argv[2], "w", encoding="utf-8") if len(sys.argv) > 2 else None
    greatest, rising = mixed_load(float(sys.argv[1]), True, file)
    assert greatest <= MOST_RSS
    assert rising <= MOST_SLOPE, f"RSS still rises by {rising:.0f} KiB a minute"

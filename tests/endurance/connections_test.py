"""Thousands of connections: slow ones, idle ones, half-closed ones and garbage cost the others nothing,
and the server a bounded amount of threads and memory.

`python tests/endurance/connections_test.py` is the full form, which also waits until the slow ones are
closed at their deadline.
"""

import contextlib
import json
import random
import resource
import selectors
import socket
import statistics
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, Hss, temporary_folder, wait_until  # noqa: E402

MOST_THREADS = 64
MOST_RSS = 60 * 1024  # KiB
BODY = json.dumps(BOOKING).encode()
HEAD = (b"POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(BODY))
GET_HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


def say(text):
    print(f"  {text}", flush=True)


def need_files(count):
    """Raises this process's limit. Skips where the system does not let us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        pytest.skip(f"{count} open files are needed, and {hard} are allowed")
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


def connect(hss):
    return socket.create_connection(hss.address, timeout=60)


@contextlib.contextmanager
def connected(hss, count):
    sockets = []
    try:
        for _ in range(count):
            sockets.append(connect(hss))
        yield sockets
    finally:
        for one in sockets:
            one.close()


def read_answer(connection):
    """One with a length, to its end; what came until then where the server closes."""
    text = b""
    while True:
        head, end, body = text.partition(b"\r\n\r\n")
        if end:
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            if len(body) >= length:
                return text
        part = connection.recv(65536)
        if not part:
            return text
        text += part


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None


class Promptness:
    """How long /health takes on a kept connection and on fresh ones, in milliseconds."""

    def __init__(self, hss, count):
        kept = hss.client()
        self.kept = sorted(self._time(kept.health) for _ in range(count))

        def ask_afresh():
            client = hss.client()
            assert client.health() == (200, "ok")
            client.close()
        self.fresh = sorted(self._time(ask_afresh) for _ in range(count))

    @staticmethod
    def _time(act):
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000

    def __str__(self):
        def said(times):
            return f"p50 {statistics.median(times):.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms"
        return f"kept {said(self.kept)}; fresh {said(self.fresh)}"


def check_bounds(hss, what):
    threads, rss = hss.threads(), hss.rss()
    say(f"{what}: {threads} threads, {rss / 1024:.1f} MiB")
    assert threads <= MOST_THREADS and rss <= MOST_RSS


def drip(sockets, ended, done):
    """A byte on each of them, over and over. Who is closed by the server goes to `ended`."""
    selector = selectors.DefaultSelector()
    for one in sockets:
        one.setblocking(False)
        selector.register(one, selectors.EVENT_READ)
    began = time.monotonic()
    while not done.is_set() and selector.get_map():
        for key in list(selector.get_map().values()):
            with contextlib.suppress(OSError):
                key.fileobj.send(b" ")
        for key, _ in selector.select(0.5):
            try:
                text = key.fileobj.recv(4096)
            except ConnectionError:
                text = b""
            ended.append((time.monotonic() - began, text))
            selector.unregister(key.fileobj)
        done.wait(0.5)


def slow_senders(count, requests, until_closed):
    need_files(count + 200)
    with temporary_folder() as folder, Hss(folder) as hss:
        say(f"idle server: {Promptness(hss, requests)}")
        with connected(hss, count) as sockets:
            for one in sockets:
                one.sendall(HEAD)
            ended, done = [], threading.Event()
            dripping = threading.Thread(target=drip, args=(sockets, ended, done))
            dripping.start()
            try:
                say(f"beside {count} slow senders: {Promptness(hss, requests)}")
                bookings = [hss.client().book() for _ in range(20)]
                check_bounds(hss, f"with {count} slow senders")
                assert not ended, "a slow sender was refused before its time"
                if until_closed:
                    wait_until(lambda: len(ended) == count, 120)
            finally:
                done.set()
                dripping.join()
            if until_closed:
                times = sorted(when for when, _ in ended)
                say(f"closed after {times[0]:.1f} to {times[-1]:.1f} s, with "
                    f"{sum(1 for _, text in ended if text)} answers")
        assert sorted(hss.client().all_bookings()) == sorted(bookings)


def idle_connections_and_streams(idle, streams, requests):
    need_files(idle + streams + 200)
    with temporary_folder() as folder, Hss(folder) as hss:
        check_bounds(hss, "idle server")
        say(f"idle server: {Promptness(hss, requests)}")
        with connected(hss, idle) as waiting, connected(hss, streams) as listening:
            # Every second one has asked for something before.
            for one in waiting[::2]:
                one.sendall(GET_HEALTH)
            for one in waiting[::2]:
                assert status_of(read_answer(one)) == 200
            for one in listening:
                one.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            files = [one.makefile("rb") for one in listening]
            for file in files:
                assert b"200" in file.readline()
                while file.readline() != b"id: 0\n":
                    pass
            check_bounds(hss, f"with {idle} idle connections and {streams} event streams")
            say(f"beside them: {Promptness(hss, requests)}")
            booking = hss.client().book()
            for file in files:
                while booking.encode() not in file.readline():
                    pass
            # Those who waited are still served.
            for one in (waiting[0], waiting[1], waiting[-1]):
                one.sendall(GET_HEALTH)
                assert status_of(read_answer(one)) == 200
            check_bounds(hss, "after an event for all of them")
            for file in files:
                file.close()
        wait_until(lambda: len(list(Path(f"/proc/{hss.process.pid}/fd").iterdir())) < 200)
        check_bounds(hss, "when they have gone")


def half_closed():
    with temporary_folder() as folder, Hss(folder) as hss:
        for pieces in ([HEAD + BODY], [HEAD, BODY], [HEAD[:20], HEAD[20:] + BODY[:9], BODY[9:]]):
            with connect(hss) as one:
                for piece in pieces:
                    one.sendall(piece)
                one.shutdown(socket.SHUT_WR)
                assert status_of(read_answer(one)) == 201, pieces
        # Half a request has no answer; what is whole before it has.
        with connect(hss) as one:
            one.sendall(GET_HEALTH + HEAD)
            one.shutdown(socket.SHUT_WR)
            assert status_of(read_answer(one)) == 200
            assert status_of(read_answer(one)) in (None, 400)
        assert len(hss.client().all_bookings()) == 3


def chunked(text):
    return (b"POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + text)


def garbage():
    """What is sent, and whether more could still make a request of it."""
    some = random.Random(7)
    hello = bytes.fromhex(
        "16030100c4010000c00303") + some.randbytes(32) + b"\x20" + some.randbytes(160)
    return {
        "a MiB of random bytes": some.randbytes(1024 * 1024),
        "random bytes in lines": some.randbytes(64 * 1024).replace(b"\0", b"\r\n\r\n"),
        "TLS's hello": hello,
        "HTTP/2's preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\x12\x04\0\0\0\0\0" + b"\0" * 18,
        "NULs": b"\0" * 100_000,
        "a few NULs": b"\0\0\0\0",
        "a NUL in the path": b"GET /he\0alth HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a NUL in a header": b"GET /health HTTP/1.1\r\nHost: local\0host\r\n\r\n",
        "a head without end": b"GET /health HTTP/1.1\r\nX: " + b"x" * 100_000,
        "endless headers": b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 100_000,
        "a chunk of 2^64 - 1": chunked(b"ffffffffffffffff\r\nx"),
        "a chunk of 2^64": chunked(b"10000000000000000\r\nx"),
        "a chunk of -1": chunked(b"-1\r\nx"),
        "a chunk of 7 EiB": chunked(b"7000000000000000\r\nx"),
        "a chunk of no number": chunked(b"zz\r\nx"),
        "a chunk's size without end": chunked(b"0" * 100_000),
        "a length of 2^64": HEAD.replace(b"%d" % len(BODY), b"18446744073709551616") + BODY,
        "a negative length": HEAD.replace(b"%d" % len(BODY), b"-1") + BODY,
        "a body of 9 EiB": HEAD.replace(b"%d" % len(BODY), b"9223372036854775807") + BODY,
        "two lengths": HEAD.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n") + BODY,
    }


def answer_to(hss, text):
    """What comes back until the server closes, to somebody who sends no more and waits."""
    with connect(hss) as one:
        with contextlib.suppress(OSError):
            one.sendall(text)
        answer = b""
        with contextlib.suppress(OSError):
            while part := one.recv(65536):
                answer += part
                # The server waits a moment for who may still be sending.
                if b"\r\n\r\n" in answer:
                    one.shutdown(socket.SHUT_WR)
        return answer


def garbage_in_all_forms(rounds):
    with temporary_folder() as folder, Hss(folder) as hss:
        before = hss.rss()
        for number in range(rounds):
            for name, text in garbage().items():
                began = time.monotonic()
                answer = answer_to(hss, text)
                status = status_of(answer)
                if number == 0:
                    say(f"{name}: {status or 'closed'} ({time.monotonic() - began:.2f} s)")
                assert status in (None, 400, 413), (name, answer[:200])
                if status is not None:
                    error = json.loads(answer.partition(b"\r\n\r\n")[2])["error"]
                    assert error["message"], name
                assert hss.client().health() == (200, "ok"), name
        say(f"{before / 1024:.1f} MiB before, {hss.rss() / 1024:.1f} MiB after {rounds} rounds")
        check_bounds(hss, "after garbage")
        # Many at once.
        with connected(hss, 200) as sockets:
            threads = [threading.Thread(target=send_quietly, args=(one,)) for one in sockets]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            say(f"beside 200 that sent garbage and stay: {Promptness(hss, 50)}")
            check_bounds(hss, "with them")
        assert hss.client().all_bookings() == []


def send_quietly(connection):
    with contextlib.suppress(OSError):
        connection.sendall(random.randbytes(1024 * 1024))


def deaf_and_silent_clients(count, requests):
    """Of each kind: some ask for much and read nothing, some ask whether to go on and send nothing."""
    need_files(2 * count + 200)
    much = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 400
    expecting = HEAD.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    with temporary_folder() as folder, Hss(folder) as hss, connected(hss, 2 * count) as sockets:
        for number, one in enumerate(sockets):
            one.setblocking(False)
            with contextlib.suppress(OSError):
                one.send(expecting if number % 2 else much)
        say(f"beside {count} deaf and {count} silent clients: {Promptness(hss, requests)}")
        check_bounds(hss, "with them")
        assert hss.client().all_bookings() == []


def low_soft_limit():
    need_files(1_000)
    with temporary_folder() as folder:
        launcher = ["sh", "-c", 'ulimit -Sn 128; exec "$@"', "sh"]
        with Hss(folder, launcher=launcher) as hss, connected(hss, 500) as sockets:
            for one in sockets:
                one.sendall(GET_HEALTH)
            assert {status_of(read_answer(one)) for one in sockets} == {200}
            soft, hard = resource.prlimit(hss.process.pid, resource.RLIMIT_NOFILE)
            say(f"500 connections with a soft limit of 128 files, raised to {soft} of {hard}")
            assert soft == hard


def test_slow_senders_hold_up_nobody():
    slow_senders(1_000, 100, until_closed=False)


def test_idle_connections_and_streams_cost_little_memory_and_no_thread():
    idle_connections_and_streams(5_000, 500, 200)


def test_who_ends_their_sending_side_still_gets_their_answer():
    half_closed()


def test_garbage_is_refused_and_costs_nothing():
    garbage_in_all_forms(1)


def test_clients_that_neither_read_nor_send_hold_up_nobody():
    deaf_and_silent_clients(200, 50)


def test_a_low_soft_limit_of_files_is_raised():
    low_soft_limit()


if __name__ == "__main__":
    for case, numbers in ((slow_senders, (1_000, 1_000, True)),
                          (idle_connections_and_streams, (5_000, 500, 2_000)),
                          (half_closed, ()), (garbage_in_all_forms, (20,)),
                          (deaf_and_silent_clients, (1_000, 500)), (low_soft_limit, ())):
        print(case.__name__, flush=True)
        try:
            case(*numbers)
        except pytest.skip.Exception as reason:
            print(f"  not possible here: {reason}")

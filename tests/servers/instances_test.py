"""Three instances of hss on one database, behind a balancer, are one business: nothing is done twice, everybody hears of
everything once and in order, and any of them may be killed.

In CI three instances are killed; HSS_TEST_KILLS=30 is the full form."""

import collections
import concurrent.futures
import contextlib
import http.client
import itertools
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from balancer import Instances, find_haproxy
from databases import run_hss
from hss import BOOKING, wait_until
from receiver import Receiver

sys.path.append(str(Path(__file__).resolve().parents[1] / "events"))
from moto_test import Broker  # noqa: E402

SERVERS = ["postgres", "mariadb"]
KILLS = int(os.environ.get("HSS_TEST_KILLS", "3"))
CLIENTS, BOOKINGS = 64, 200
LIFE = ["booking_submitted", "status_updated", "payment_captured"]


@pytest.fixture(name="balanced", scope="module")
def fixture_balanced():
    if not find_haproxy():
        pytest.skip("HAProxy is not there (Debian and Ubuntu: packaging/setup --tests)")


@pytest.fixture(name="instances")
def fixture_instances(balanced, database, tmp_path):
    assert balanced is None
    with Instances(database, tmp_path) as instances:
        yield instances


def side_by_side(work, given, threads=CLIENTS):
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, given))


def a_customer(number):
    return {**BOOKING, "email": f"customer-{number}@tuks.co.za"}


def count(database, table, where="1 = 1"):
    return int(database.sql(f"SELECT count(*) FROM {table} WHERE {where}"))


def payments(database):
    rows = database.sql("SELECT b.id, p.reference FROM payments p JOIN bookings b ON b.seq = p.booking_seq")
    return dict(line.split("\t") for line in rows.splitlines())


def check_trail(database, hss, bookings):
    """Each booking's life is in it once, and it has no gap."""
    events = [line.split("\t") for line in database.sql(
        "SELECT id, event_type, booking_id FROM audit_events WHERE booking_id IS NOT NULL ORDER BY id").splitlines()]
    lives = collections.defaultdict(list)
    for _, event_type, booking in events:
        lives[booking].append(event_type)
    assert lives == {booking: LIFE for booking in bookings}
    assert count(database, "audit_events") == int(database.sql("SELECT max(id) FROM audit_events"))
    hss.check_data()


def test_what_sixty_four_clients_do_at_once_is_done_once(instances, database):
    clients = threading.local()

    def ask(method, path, body, role="staff"):
        if not hasattr(clients, "own"):
            clients.own = instances.client()
        return clients.own.request(method, path, body, role)

    made = side_by_side(lambda number: ask("POST", "/api/v1/bookings", a_customer(number)), range(BOOKINGS))
    assert {answer.status for answer in made} == {201}
    bookings = [answer.body["booking_id"] for answer in made]
    assert len(set(bookings)) == BOOKINGS
    # Two approve each, and three take the money, all at once.
    approved = side_by_side(lambda booking: ask("POST", f"/api/v1/staff/bookings/{booking}/approve", {}), bookings * 2)
    assert {answer.status for answer in approved} == {200}
    asked_to_pay = random.Random(3).sample(bookings * 3, 3 * BOOKINGS)
    paid = side_by_side(lambda booking: (booking, ask("POST", f"/api/v1/bookings/{booking}/payment", {"method": "eft"})),
                        asked_to_pay)
    assert collections.Counter(answer.status for _, answer in paid) == {200: BOOKINGS, 409: 2 * BOOKINGS}
    references = {booking: answer.body["payment_reference"] for booking, answer in paid if answer.status == 200}
    assert references == payments(database) and len(set(references.values())) == BOOKINGS
    check_trail(database, instances.all[0], bookings)
    overview = [hss.client().ask("GET", "/api/v1/admin/overview", role="admin") for hss in instances.all]
    assert {one["paid_revenue"] for one in overview} == {sum(answer.body["total"] for answer in made)}
    for hss in instances.all:
        # Each has done its part.
        assert (hss.folder / "hss.log").read_text().count("/payment") > BOOKINGS / 3


def test_one_key_at_all_of_them_at_once_makes_one_booking(instances, database):
    clients = [hss.client() for hss in instances.all for _ in range(2)]
    for number in range(20):
        start = threading.Barrier(len(clients))

        def ask(client, number=number, start=start):
            start.wait()
            return client.request("POST", "/api/v1/bookings", a_customer(number), key=f"key-{number}")

        answers = side_by_side(ask, clients)
        assert {(answer.status, answer.body["booking_id"]) for answer in answers} == {
            (201, answers[0].body["booking_id"])}
        assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert count(database, "bookings") == count(database, "audit_events", "event_type = 'booking_submitted'") == 20
    instances.all[0].check_data()


class Stream(threading.Thread):
    """Hears events until `close`, and asks again where it was cut off, as a browser does."""

    def __init__(self, address, path="/api/v1/events"):
        super().__init__(daemon=True)
        self.address, self.path = address, path
        self.heard, self.moments, self.last, self.is_open, self.closing = [], {}, None, threading.Event(), False
        self.start()

    def run(self):
        while not self.closing:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._listen()
            time.sleep(0.05)

    def _listen(self):
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        connection.connect()
        self.socket = connection.sock
        headers = {"X-HSS-Role": "staff", **({"Last-Event-ID": self.last} if self.last else {})}
        connection.request("GET", self.path, headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            return
        fields = {}
        for line in answer:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
                continue
            if "data" in fields:
                self.heard.append((int(fields["id"]), fields["event"], json.loads(fields["data"])["booking_id"]))
                self.moments[int(fields["id"])] = time.monotonic()
            self.last = fields.get("id", self.last)
            if "id" in fields:
                self.is_open.set()
            fields = {}

    def close(self):
        self.closing = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.join()


@pytest.fixture(name="streams")
def fixture_streams(instances):
    streams = [Stream(instances.address) for _ in range(6)]
    for stream in streams:
        assert stream.is_open.wait(30)
    yield streams
    for stream in streams:
        stream.close()


def trail(database):
    rows = database.sql("SELECT id, event_type, booking_id FROM audit_events WHERE event_type IN"
                        " ('booking_submitted', 'status_updated', 'payment_captured') ORDER BY id")
    return [(int(number), event_type, booking) for number, event_type, booking in map(str.split, rows.splitlines())]


def live(asked, number):
    """The whole life of a booking at the balancer, or at one instance."""
    client = asked.client()
    booking = client.book(a_customer(number))
    client.approve(booking)
    client.pay(booking)
    client.close()
    return booking


def test_streams_hear_every_event_once_and_in_order_whoever_caused_it(instances, database, streams):
    side_by_side(lambda number: live(instances, number), range(30), threads=8)
    expected = trail(database)
    assert len(expected) == 90
    for stream in streams:
        wait_until(lambda stream=stream: len(stream.heard) >= 90)
        assert stream.heard == expected


def test_a_stream_goes_on_elsewhere_where_its_instance_is_killed(instances, database, streams):
    for number, hss in enumerate(instances.all):
        live(instances, f"before-{number}")
        hss.kill()
        wait_until(lambda: instances.client().request("GET", "/health").status == 200)
        side_by_side(lambda each: patiently(instances, each), [f"{number}-{one}" for one in range(4)], threads=4)
        hss.start()
    expected = trail(database)
    assert len(expected) == 45
    for stream in streams:
        wait_until(lambda stream=stream: len(stream.heard) >= 45)
        assert stream.heard == expected


def test_a_ticket_of_one_instance_opens_one_stream_at_another(instances):
    for here, there in itertools.permutations(instances.all, 2):
        ticket = here.client().ask("POST", "/api/v1/events/ticket")["ticket"]
        path = f"/api/v1/events?ticket={ticket}"
        assert there.client().request("HEAD", path).status == 200
        assert {hss.client().request("HEAD", path).status for hss in instances.all} == {401}


def test_who_signed_in_at_one_is_signed_in_at_all_of_them_and_signed_out_everywhere_at_once(balanced, database, tmp_path):
    assert balanced is None
    password = "a heron over still water"

    def sign_in(hss):
        answer = hss.client().request("POST", "/api/v1/auth/login", {"email": "lerato@hss.co.za", "password": password})
        assert answer.status == 200, answer
        return {"Authorization": "Bearer " + answer.body["token"]}

    def statuses(headers):
        return [hss.client().request("GET", "/api/v1/admin/overview", headers=headers).status for hss in instances.all]

    with Instances(database, tmp_path, extra={"HSS_AUTH": "accounts"}) as instances:
        added = run_hss("user", "add", "lerato@hss.co.za", "--name", "Lerato Dlamini", "--role", "admin",
                        "--password-stdin", env=database.env, home=tmp_path, standard_input=password + "\n")
        assert added.returncode == 0, added.stderr
        first = sign_in(instances.all[0])
        assert statuses(first) == [200, 200, 200]
        # A key that none of them has seen yet.
        assert instances.all[0].run("key", "rotate").returncode == 0
        second = sign_in(instances.all[1])
        assert statuses(second) == statuses(first) == [200, 200, 200]
        assert instances.all[2].client().request("POST", "/api/v1/auth/logout", headers=first).status < 300
        assert statuses(first) == [401, 401, 401] and statuses(second) == [200, 200, 200]


def told_to(receiver):
    return [(each.event_type, each.booking_id) for each in receiver.received if each.booking_id]


def patiently(instances, number):
    """A life through a balancer that may lose an instance at any time: whoever knows nothing asks again, with the same
    key. Gives what was answered."""
    def ask(path, body, role="customer"):
        while True:
            # Where the balancer answers, it does not in JSON.
            with contextlib.suppress(OSError, http.client.HTTPException, json.JSONDecodeError), contextlib.closing(
                    instances.client()) as client:
                answer = client.request("POST", path, body, role, key=f"{path}-{number}")
                if answer.status < 500:
                    assert answer.status < 300, (path, answer)
                    return answer.body
            time.sleep(0.02)

    booking = ask("/api/v1/bookings", a_customer(number))["booking_id"]
    ask(f"/api/v1/staff/bookings/{booking}/approve", {}, "staff")
    return booking, ask(f"/api/v1/bookings/{booking}/payment", {"method": "eft"})["payment_reference"]


def check_delivered(received, bookings, at_most):
    """The life of each booking in its order; `at_most` so many times."""
    lives = collections.defaultdict(list)
    for event_type, booking in received:
        lives[booking].append(event_type)
    assert set(lives) == set(bookings)
    for booking, told in lives.items():
        assert list(dict.fromkeys(told)) == LIFE, (booking, told)
        assert max(collections.Counter(told).values()) <= at_most, (booking, told)


@pytest.fixture(name="cloud")
def fixture_cloud():
    with Broker() as cloud:
        yield cloud


def test_each_target_hears_every_event_once_and_in_order(balanced, database, cloud, tmp_path):
    assert balanced is None
    with Receiver() as one, Receiver() as other, Instances(
            database, tmp_path, endpoint=cloud.url, topic=cloud.topic, credentials=cloud.hss) as instances:
        for receiver in (one, other):
            instances.client().ask("POST", "/api/v1/admin/webhooks", {"url": receiver.url}, "admin")
        bookings = side_by_side(lambda number: live(instances, number), range(40), threads=16)
        # Before another instance would tell this one, it would have told those again.
        bookings.append(live(instances, "last"))
        for receiver in (one, other):
            wait_until(lambda receiver=receiver: bookings[-1] in {
                each.booking_id for each in receiver.received if each.event_type == LIFE[-1]})
            check_delivered(told_to(receiver), bookings, at_most=1)
        heard = [json.loads(message["Message"]) for message in cloud.heard(3 * len(bookings))]
        # A queue of SQS keeps no order.
        assert collections.Counter((each["event_type"], each["booking_id"]) for each in heard) == {
            (event_type, booking): 1 for event_type in LIFE for booking in bookings}
        check_trail(database, instances.all[0], bookings)


def test_one_that_is_stopped_while_it_delivers_is_followed_by_another_and_delivers_no_more(instances):
    with Receiver() as receiver:
        instances.client().ask("POST", "/api/v1/admin/webhooks", {"url": receiver.url}, "admin")
        bookings = [live(instances, number) for number in range(3)]
        leader = wait_until(lambda: receiver.leader(instances.all))
        os.kill(leader.process.pid, signal.SIGSTOP)
        try:
            other = next(hss for hss in instances.all if hss is not leader)
            bookings += side_by_side(lambda number: live(other, f"meanwhile-{number}"), range(10), threads=4)
            # Once the lease of the one that is stopped has ended.
            wait_until_told(receiver, 3 * len(bookings))
            follower = receiver.leader(instances.all)
            assert follower not in (None, leader)
        finally:
            os.kill(leader.process.pid, signal.SIGCONT)
        bookings += side_by_side(lambda number: live(leader, f"afterwards-{number}"), range(10), threads=4)
        wait_until_told(receiver, 3 * len(bookings))
        assert receiver.leader(instances.all) is follower
    # Of these, the first has told what it had begun, and no more.
    check_delivered(told_to(receiver), bookings, at_most=2)
    leader.check_data()


def wait_until_told(receiver, events):
    """As long as it takes, while it goes on."""
    def heard():
        return len({each.webhook_id for each in receiver.received if each.booking_id})

    while (before := heard()) < events:
        with contextlib.suppress(AssertionError):
            wait_until(lambda before=before: heard() > before, 40)
        assert heard() > before, f"after {before} of {events} events no more came"


def test_any_instance_may_be_killed_again_and_again(instances, database):
    moments, acknowledged, stopping = random.Random(4), {}, threading.Event()
    numbers = itertools.count(1)

    def customer(_):
        while not stopping.is_set():
            booking, reference = patiently(instances, next(numbers))
            acknowledged[booking] = reference
            # The targets hear of each, one after the other.
            stopping.wait(0.25)

    def wait_for_more(bookings):
        wanted = len(acknowledged) + bookings
        wait_until(lambda: len(acknowledged) >= wanted)

    with Receiver() as receiver, concurrent.futures.ThreadPoolExecutor(8) as pool:
        instances.client().ask("POST", "/api/v1/admin/webhooks", {"url": receiver.url}, "admin")
        customers = [pool.submit(customer, number) for number in range(8)]
        try:
            for number in range(KILLS):
                wait_for_more(moments.randrange(5, 20))
                # Every other one is the one that delivers.
                victim = wait_until(lambda: receiver.leader(instances.all)) if number % 2 == 0 else moments.choice(
                    instances.all)
                victim.kill()
                wait_for_more(moments.randrange(5, 20))
                victim.start()
        finally:
            stopping.set()
        for one in customers:
            one.result()
        wait_until_told(receiver, 3 * len(acknowledged))
    assert payments(database) == acknowledged
    assert count(database, "bookings") == len(acknowledged)
    check_trail(database, instances.all[0], acknowledged)
    again = len(receiver.received) - len({each.webhook_id for each in receiver.received})
    print(f"{KILLS} killed, {len(acknowledged)} bookings paid, {again} events told again")
    # What was on its way when its instance was killed comes again from the next one.
    check_delivered(told_to(receiver), acknowledged, at_most=1 + KILLS)

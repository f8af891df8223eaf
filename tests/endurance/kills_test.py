"""What was answered stays and nothing is done twice, whenever hss is killed.

Customers on eight connections book, have it approved and pay, each step with an Idempotency-Key,
until `kill -9`. After each start all that they were told is there, and those who heard nothing ask
again with the same key, from two connections at once.

In CI there are 6 kills; `python tests/endurance/kills_test.py 100` is the full form. A second number
is the seed of another run's moments.
"""

import collections
import concurrent.futures
import http.client
import random
import sys
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, Hss, temporary_folder, wait_until  # noqa: E402

CONNECTIONS = 8
STEPS = ["submitted", "approved", "paid"]  # as the booking stands after each


class Wish:
    """A booking as its customer knows it."""

    def __init__(self, number):
        self.number = number
        self.email = f"customer-{number}@tuks.co.za"
        self.id = self.reference = None
        self.steps = 0     # that were acknowledged
        self.asked = None  # the step that nobody answered yet

    def status(self):
        return STEPS[self.steps - 1] if self.steps else None

    def may_be(self):
        """Where it may stand: as was said, or one step further where the answer was lost."""
        return {self.status()} | ({STEPS[self.asked]} if self.asked is not None else set())

    def ask(self, client, step):
        """The answer to this step, which is the same however often it is asked."""
        if step == 0:
            path, body, role = "/api/v1/bookings", {**BOOKING, "email": self.email}, "customer"
        elif step == 1:
            path, body, role = f"/api/v1/staff/bookings/{self.id}/approve", {}, "staff"
        else:
            path, body, role = f"/api/v1/bookings/{self.id}/payment", {"method": "eft"}, "customer"
        answer = client.request("POST", path, body, role, f"key-{self.number}-{step}")
        assert answer.status in (200, 201), answer
        return answer

    def note(self, step, answer):
        if step == 0:
            self.id = answer.body["booking_id"]
        elif step == 2:
            self.reference = answer.body["payment_reference"]
        self.steps, self.asked = max(self.steps, step + 1), None

    def take(self, client):
        step = self.asked = self.steps
        self.note(step, self.ask(client, step))


class Season:
    """All wishes there ever were, whatever became of hss."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.wishes = []
        self.acknowledged = self.retried = self.lost_answers = 0
        self.lock = threading.Lock()

    def add(self):
        with self.lock:
            self.wishes.append(Wish(len(self.wishes)))
            return self.wishes[-1]

    def live(self, client, steps):
        """Until hss is gone."""
        try:
            for wanted in steps:
                wish = self.add()
                for _ in range(wanted):
                    wish.take(client)
                    with self.lock:
                        self.acknowledged += 1
        except (OSError, http.client.HTTPException):
            pass

    def live_until_killed(self, hss):
        """Gives the wishes of this time."""
        first, before = len(self.wishes), self.acknowledged
        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
            lives = [pool.submit(self.live, hss.client(), self.random.choices([1, 2, 3], k=10_000))
                     for _ in range(CONNECTIONS)]
            answers = self.random.randrange(120)
            wait_until(lambda: self.acknowledged >= before + answers)
            time.sleep(self.random.uniform(0, 0.01))
            hss.kill()
        for life in lives:
            life.result()
        return self.wishes[first:]

    def check(self, hss):
        """Everything that was acknowledged is there as it was, and nothing that nobody asked for."""
        hss.check_data()
        rows = hss.query("SELECT b.email, b.id, b.status, p.reference FROM bookings b"
                         " LEFT JOIN payments p ON p.booking_seq = b.seq")
        kept = {}
        for email, *row in rows:
            assert email not in kept, f"{email} has two bookings"
            kept[email] = row
        for wish in self.wishes:
            booking, status, reference = kept.pop(wish.email, (None, None, None))
            assert status in wish.may_be(), (vars(wish), status)
            assert wish.id in (None, booking), (vars(wish), booking)
            assert wish.reference in (None, reference), (vars(wish), reference)
        assert not kept, "bookings that nobody made"
        taken_in = hss.query("SELECT count(*) FROM bookings"
                             " WHERE seq <= (SELECT seq FROM bookings_taken_in)")
        for table, sum_of in (("status_totals", "count"), ("week_totals", "bookings")):
            assert hss.query(f"SELECT coalesce(sum({sum_of}), 0) FROM {table}") == taken_in

    def check_answers(self, hss, wishes):
        """The server says the same of these, and counts all of them."""
        client = hss.client()
        overview = client.ask("GET", "/api/v1/admin/overview", role="admin")
        assert overview["total_bookings"] == hss.query("SELECT count(*) FROM bookings")[0][0]
        for wish in wishes:
            if wish.id is not None:
                booking = client.ask("GET", f"/api/v1/bookings/{wish.id}")
                assert booking["status"] in wish.may_be(), (vars(wish), booking)
                assert wish.reference in (None, booking["payment_reference"]), (vars(wish), booking)

    def ask_again(self, hss, wishes):
        """Two of three of those who heard nothing, and some who did."""
        doubtful = [wish for wish in wishes if wish.asked is not None]
        self.lost_answers += len(doubtful)
        again = [(wish, wish.asked) for wish in doubtful if self.random.random() < 2 / 3]
        sure = [wish for wish in wishes if wish.asked is None and wish.steps]
        again += [(wish, self.random.randrange(wish.steps))
                  for wish in self.random.sample(sure, min(10, len(sure)))]
        local = threading.local()

        def ask(wish, step):
            if not hasattr(local, "client"):
                local.client = hss.client()
            return wish.ask(local.client, step)

        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
            asked = [(wish, step, [pool.submit(ask, wish, step) for _ in range(2)])
                     for wish, step in again]
            for wish, step, both in asked:
                first, second = (one.result() for one in both)
                assert (first.status, first.body) == (second.status, second.body), vars(wish)
                was_done = (wish.asked is None)
                replays = [one.headers["Idempotent-Replayed"] for one in (first, second)]
                assert replays.count("true") >= (2 if was_done else 1), (vars(wish), replays)
                known = (wish.id, wish.reference)
                wish.note(step, first)
                assert known[0] in (None, wish.id) and known[1] in (None, wish.reference), vars(wish)
        self.retried += len(again)


def season_of_kills(kills, seed):
    season = Season(seed)
    with temporary_folder() as folder:
        hss = Hss(folder)
        try:
            for kill in range(kills):
                wishes = season.live_until_killed(hss)
                if kill % 4 == 3:
                    # Killed again, while it opens what the first one left.
                    hss.launch()
                    time.sleep(season.random.uniform(0, 0.03))
                    hss.kill()
                hss.start()
                season.check(hss)
                season.check_answers(hss, wishes)
                season.ask_again(hss, wishes)
            season.check(hss)
            hss.stop()
        finally:
            if hss.process.poll() is None:
                hss.kill()
    states = collections.Counter(wish.status() for wish in season.wishes)
    print(f"{kills} kills (seed {seed}): {season.acknowledged} answers acknowledged and all kept; "
          f"{season.lost_answers} answers lost; {season.retried} requests sent again, none done twice; "
          f"{states['submitted']} bookings submitted, {states['approved']} approved, "
          f"{states['paid']} paid")
    return season


def test_what_was_answered_stays_and_nothing_is_done_twice_where_hss_is_killed():
    season = season_of_kills(6, 1)
    assert season.acknowledged > 0 and season.retried > 0


if __name__ == "__main__":
    season_of_kills(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else
                    random.SystemRandom().randrange(10**6))

"""Customers who book side by side while something fails, and what they were told."""

import concurrent.futures
import http.client
import itertools
from typing import NamedTuple

from databases import LIBRARY_TEXT, NOTHING_CHANGED
from hss import BOOKING, wait_until

THREADS = 8


class Attempt(NamedTuple):
    """What became of a booking that was asked for; no status where nobody answered."""

    email: str
    status: int
    said: str


class Load:
    """Eight customers who book until `stop`, or until hss is gone; those without keys do not ask again."""

    emails = itertools.count(1)

    def __init__(self, hss, has_keys=True):
        self.hss, self.attempts, self.stopping, self.has_keys = hss, [], False, has_keys
        self.pool = concurrent.futures.ThreadPoolExecutor(THREADS)
        self.customers = [self.pool.submit(self._live, hss.client()) for _ in range(THREADS)]

    def _live(self, client):
        while not self.stopping:
            email = f"customer-{next(self.emails)}@tuks.co.za"
            try:
                answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": email},
                                        key=email if self.has_keys else None)
            except (OSError, http.client.HTTPException):
                self.attempts.append(Attempt(email, None, ""))
                return
            said = answer.body["booking_id"] if answer.status == 201 else answer.body["error"]["message"]
            self.attempts.append(Attempt(email, answer.status, said))

    def booked(self):
        return {each.email: each.said for each in list(self.attempts) if each.status == 201}

    def refused(self):
        """The sentences of those who were told no."""
        return [each.said for each in list(self.attempts) if each.status not in (None, 201)]

    def wait_for(self, more):
        """Until so many more bookings are answered."""
        wanted = len(self.booked()) + more
        wait_until(lambda: len(self.booked()) >= wanted)

    def stop(self):
        self.stopping = True
        self.join()

    def join(self):
        for customer in self.customers:
            customer.result()
        self.pool.shutdown()

    def check(self, stored):
        """What was answered is stored, and what was refused is not."""
        for email, status, said in self.attempts:
            if status == 201:
                assert stored.get(email) == said, email
            elif status is not None:
                assert status == 503, (email, status, said)
                assert not LIBRARY_TEXT.search(said), said
                assert NOTHING_CHANGED not in said or email not in stored, (email, said)

    def ask_again(self):
        """Those who know nothing ask with their key again."""
        client = self.hss.client()
        for email, status, said in list(self.attempts):
            if status is None or (status == 503 and NOTHING_CHANGED not in said):
                answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": email}, key=email)
                assert answer.status == 201, answer
                self.attempts.append(Attempt(email, 201, answer.body["booking_id"]))

"""No event is lost, whatever happens to the broker or to hss.

In CI it makes 200 bookings, and says how long one took. `python tests/events/outage_test.py 2000` is
the full form, which also holds the time of a booking, in each kind of trouble at the broker, to within
10 % of what it is without.
"""

import collections
import http.client
import json
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import Hss, temporary_folder, wait_until  # noqa: E402

TOPIC = "arn:aws:sns:us-east-1:123456789012:bookings"
CREDENTIALS = ("AKIAEXAMPLE", "hidden")
ORDER = ["booking_submitted", "status_updated", "payment_captured"]


class Broker:
    """broker.py in a process of its own, which can be killed and comes back on the same port."""

    def __init__(self, folder):
        self.records = Path(folder) / "records"
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("broker.py")), str(self.port),
             str(self.records)], stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def set_mode(self, mode):
        urllib.request.urlopen(self.url + "/mode", mode.encode()).read()

    def wait_for_request(self):
        """Until hss has met it in this mode."""
        def seen():
            with urllib.request.urlopen(self.url) as answer:
                return json.load(answer)["seen"] > 0
        wait_until(seen, 120)

    def requests(self):
        if not self.records.exists():
            return []
        # The last line may be half written.
        whole = self.records.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


class Season:
    """Bookings made one after the other, and how long each took, by what the broker did meanwhile;
    every tenth is approved and paid."""

    def __init__(self):
        self.bookings, self.seconds = [], collections.defaultdict(list)

    def book(self, client, count, mode="up"):
        for _ in range(count):
            began = time.perf_counter()
            booking = client.book()
            self.seconds[mode].append(time.perf_counter() - began)
            self.bookings.append(booking)
            if len(self.bookings) % 10 == 0:
                client.approve(booking)
                client.pay(booking)

    def add(self, other):
        """Its times."""
        for mode, seconds in other.seconds.items():
            self.seconds[mode] += seconds

    def medians(self):
        """In milliseconds."""
        return {mode: statistics.median(seconds) * 1000 for mode, seconds in self.seconds.items()}


def events_of(request):
    for text in request["messages"]:
        message = json.loads(text)
        yield message["booking_id"], message["event_type"]


def heard_by(broker):
    return {event for request in broker.requests() for event in events_of(request)}


def check_order(broker):
    """Of each booking, the first time that each event was heard."""
    first = collections.defaultdict(list)
    for request in broker.requests():
        for booking, event in events_of(request):
            if event not in first[booking]:
                first[booking].append(event)
    for booking, events in first.items():
        assert events == ORDER[:len(events)], (booking, events)


def check_duplicates(broker, answers_lost):
    """An event is heard again only where the answer about it was lost: the broker gave none, or it
    was among the `answers_lost`, numbers of requests."""
    heard = collections.Counter()
    for number, request in enumerate(broker.requests()):
        for event in events_of(request):
            assert heard[event] == 0, f"{event} was heard again in request {number}"
        if request["answered"] and number not in answers_lost:
            heard.update(events_of(request))


def expected_events(bookings):
    return {(booking, event) for number, booking in enumerate(bookings, 1)
            for event in (ORDER if number % 10 == 0 else ORDER[:1])}


def wait_for_all(hss, broker, expected):
    wait_until(lambda: heard_by(broker) >= expected, 180)
    wait_until(lambda: "sns: 0 waiting; 0 set aside" in hss.events("list"), 120)


def season_without_trouble(count):
    with temporary_folder() as folder, Broker(folder) as broker, \
            Hss(folder, broker.url, TOPIC, CREDENTIALS) as hss:
        season = Season()
        season.book(hss.client(), count)
        wait_for_all(hss, broker, expected_events(season.bookings))
        assert heard_by(broker) == expected_events(season.bookings)
        check_order(broker)
        check_duplicates(broker, set())
        return season


def season_of_outages(count):
    with temporary_folder() as folder, Broker(folder) as broker, \
            Hss(folder, broker.url, TOPIC, CREDENTIALS) as hss:
        season = Season()
        client = hss.client()
        part = count // 9
        season.book(client, part)
        broker.kill()
        season.book(client, part, "gone")
        wait_until(lambda: "takes no connection" in hss.events("list"))
        broker.start()
        for mode in ("hang", "up", "error", "throttle", "lost"):
            broker.set_mode(mode)
            season.book(client, part, mode)
            broker.wait_for_request()
        broker.set_mode("up")
        season.book(client, count - len(season.bookings))
        wait_for_all(hss, broker, expected_events(season.bookings))
        assert heard_by(broker) == expected_events(season.bookings)
        assert len(season.bookings) == count
        check_order(broker)
        check_duplicates(broker, set())
        return season


def season_of_crashes(count, crashes=3):
    with temporary_folder() as folder, Broker(folder) as broker:
        answered, lost = [], set()
        hss = Hss(folder, broker.url, TOPIC, CREDENTIALS)
        try:
            for crash in range(crashes):
                booking = Season()
                wanted = count // crashes

                def go_on(season=booking, address=hss.client(), number=wanted * 2):
                    try:
                        season.book(address, number)
                    except (OSError, http.client.HTTPException):
                        pass

                thread = threading.Thread(target=go_on)
                thread.start()
                wait_until(lambda season=booking, number=wanted: len(season.bookings) >= number)
                if crash == 1:
                    broker.set_mode("lost")
                    broker.wait_for_request()
                hss.kill()
                thread.join()
                broker.set_mode("up")
                # What it had just been told of, nobody wrote down.
                if broker.requests():
                    lost.add(len(broker.requests()) - 1)
                answered += booking.bookings
                hss.start()
            with hss:
                kept = hss.client().all_bookings()
                assert set(answered) <= set(kept)
                wait_for_all(hss, broker, {(booking, ORDER[0]) for booking in kept})
                trail = {(booking, event["event_type"]) for booking in kept
                         for event in hss.client().audit_of(booking)}
                assert heard_by(broker) == trail
            check_order(broker)
            check_duplicates(broker, lost)
        finally:
            if hss.process.poll() is None:
                hss.kill()
        return len(kept)


def compare(calm, troubled):
    """Says how long a booking took, and gives the kinds of trouble with which it took longer."""
    usual = calm.medians()["up"]
    print(f"a booking, median: {usual:.3f} ms without trouble at the broker")
    for mode, median in troubled.medians().items():
        print(f"  {mode:<9}{median:.3f} ms ({median / usual - 1:+.1%})")
    return [mode for mode, median in troubled.medians().items()
            if mode != "up" and median > 1.1 * usual]


def test_no_event_is_lost_or_told_out_of_order_while_the_broker_is_in_trouble():
    compare(season_without_trouble(200), season_of_outages(200))


def test_no_event_is_lost_while_the_configuration_is_faulty():
    with temporary_folder() as folder, Broker(folder) as broker:
        elsewhere = TOPIC.replace("us-east-1", "af-south-1")
        hss = Hss(folder, broker.url, elsewhere, CREDENTIALS)
        bookings = [hss.client().book() for _ in range(5)]
        hss.stop()
        hss.environment["SNS_TOPIC_ARN"] = TOPIC
        hss.start()
        with hss:
            expected = {(booking, ORDER[0]) for booking in bookings}
            wait_for_all(hss, broker, expected)
            assert heard_by(broker) == expected


def test_no_event_is_lost_or_invented_where_hss_is_killed():
    season_of_crashes(200)


if __name__ == "__main__":
    full = int(sys.argv[1])
    calm_seasons, troubled_seasons = Season(), Season()
    for _ in range(3):  # in turn, so that the machine's own ups and downs meet both
        calm_seasons.add(season_without_trouble(full))
        troubled_seasons.add(season_of_outages(full))
    slower = compare(calm_seasons, troubled_seasons)
    print(f"{season_of_crashes(full)} bookings through three kills of hss, none lost or invented")
    assert not slower, f"bookings took more than 10 % longer while the broker did this: {slower}"

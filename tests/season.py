"""What many clients do at once to the places of a calendar: they want a window's last one, and they book, move, ask
back and call off at random. After that, what is free is what a recount of the bookings leaves.

`instances` are the servers on one business's data, each an Hss."""

import collections
import concurrent.futures
import datetime
import itertools
import random
import threading
import time

from hss import BOOKING

CLIENTS = 64
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
KINDS = ["pickup", "return"]
# Each way to limit a window. Together they are full soon, so that clients meet.
WINDOWS = {
    "08:00 – 11:00": {"capacity": 5},
    "11:00 – 14:00": {"pickup_capacity": 4, "return_capacity": 3},
    "14:00 – 17:00": {"capacity": 9, "return_capacity": 2},
}
# Names no hours, so that in demo mode it is taken as it is and takes no place.
NO_WINDOW = "in the evening"
DAYS = [str(datetime.date(2030, 12, 1) + datetime.timedelta(days=day)) for day in range(6)]
# A window for one, each.
LAST_PICKUP, LAST_MOVE, LAST_RETURN = "2031-01-06", "2031-01-07", "2031-01-08"
MORNING = "08:00 – 11:00"


def hours(window):
    starts, ends = window.split(" – ")
    return {"starts": starts, "ends": ends}


def save_calendar(client):
    client.ask("PUT", "/api/v1/admin/calendar", {
        "windows": [{"weekday": weekday, **hours(window), **limits}
                    for weekday in WEEKDAYS for window, limits in WINDOWS.items()],
        "exceptions": [{"date": date, "windows": [{**hours(MORNING), "capacity": 1}]}
                       for date in (LAST_PICKUP, LAST_MOVE, LAST_RETURN)],
        "closed_on_holidays": False,
    }, "admin")


def booking_on(date, window):
    return {**BOOKING, "items": [{"type": "box"}], "pickup_date": date, "pickup_window": window}


def is_full(answer):
    """Whether it says that the window is full, and what is free next."""
    details = answer.body.get("error", {}).get("details", [])
    return (answer.status == 409 and answer.body["error"]["code"] == "slot_full" and details[0] == "reason=full"
            and len(details) == 4 and all(detail.startswith("free=") for detail in details[1:]))


# The last place.


def at_once(instances, act):
    """What `act(client, number)` gives to each of the clients, who begin together."""
    begin = threading.Barrier(CLIENTS)

    def come(number):
        client = instances[number % len(instances)].client()
        try:
            client.health()
            begin.wait(60)
            return act(client, number)
        finally:
            client.close()

    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(come, range(CLIENTS)))


def require_one(answers, status):
    statuses = collections.Counter(answer.status for answer in answers)
    assert statuses == {status: 1, 409: CLIENTS - 1}, statuses
    wrong = [answer.body for answer in answers if answer.status == 409 and not is_full(answer)]
    assert not wrong, wrong[0]


def want_last_places(instances):
    """Of three windows for one: all book it, all move a booking to it, all ask for their return in it."""
    require_one(at_once(instances, lambda client, _: client.request(
        "POST", "/api/v1/bookings", booking_on(LAST_PICKUP, MORNING))), 201)
    bookings = at_once(instances, lambda client, _: client.book(booking_on(DAYS[0], NO_WINDOW)))

    def change(body):
        return lambda client, number: client.request("PATCH", f"/api/v1/bookings/{bookings[number]}", body, "staff")

    require_one(at_once(instances, change({"pickup_date": LAST_MOVE, "pickup_window": MORNING})), 200)
    require_one(at_once(instances, change(
        {"return_date": LAST_RETURN, "return_window": MORNING, "return_method": "deliver"})), 200)


# At random.


class Visitor:
    """Does one thing after the other to bookings that everybody does something to."""

    def __init__(self, instance, number, bookings):
        self.client, self.random = instance.client(), random.Random(number)
        self.bookings, self.done = bookings, collections.Counter()
        self.acts = [(self.book, 34), (self.move, 16), (self.ask_back, 14), (self.keep, 5), (self.cancel, 11),
                     (self.decline, 7), (self.approve, 7), (self.withdraw, 2), (self.pay, 1), (self.leave, 3)]

    def live(self, count):
        """Gives how often each thing was done."""
        acts, weights = zip(*self.acts)
        for _ in range(count):
            act = self.random.choices(acts, weights)[0] if self.bookings else self.book
            answer = act()
            if answer.status < 300:
                self.done[act.__name__] += 1
            else:
                self.require_reason(answer)
        self.client.close()
        return self.done

    def require_reason(self, answer):
        """Full, over, or a return before its pickup; never more than that."""
        error = answer.body["error"]
        is_early = answer.status == 400 and "must not be before the pickup" in error["details"][0]
        assert is_full(answer) or is_early or (answer.status, error["code"]) == (409, "conflict"), (answer.status, error)

    def place(self):
        return self.random.choice(DAYS), self.random.choice(list(WINDOWS))

    def path(self):
        # Those of late, so that several clients have the same.
        return f"/api/v1/bookings/{self.random.choice(self.bookings[-100:])}"

    def patch(self, body, path=""):
        return self.client.request("PATCH", self.path() + path, body, self.random.choice(["customer", "staff", "staff"]))

    def book(self):
        answer = self.client.request("POST", "/api/v1/bookings", booking_on(*self.place()))
        if answer.status == 201:
            self.bookings.append(answer.body["booking_id"])
        return answer

    def move(self):
        date, window = self.place()
        return self.patch({"pickup_date": date, "pickup_window": window})

    def leave(self):
        return self.patch({"pickup_window": NO_WINDOW})

    def ask_back(self):
        date, window = self.place()
        method = self.random.choice(["deliver", "deliver", "deliver", "collect_at_store"])
        return self.patch({"return_date": date, "return_window": window, "return_method": method})

    def keep(self):
        return self.patch({"return_date": ""})

    def cancel(self):
        return self.patch({"status": "cancelled"}, "/status")

    def decline(self):
        return self.patch({"status": "declined", "reason": "No van"}, "/status")

    def approve(self):
        return self.patch({"status": "approved"}, "/status")

    def withdraw(self):
        return self.patch({"status": "submitted"}, "/status")

    def pay(self):
        return self.client.request("POST", self.path() + "/payment", {"method": "eft"})


def fetch_slots(client):
    """The windows of the days by date, window and kind of stop."""
    slots = {}
    for kind in KINDS:
        days = client.ask("GET", f"/api/v1/slots?from={DAYS[0]}&to={DAYS[-1]}&kind={kind}")["days"]
        slots |= {(day["date"], window["window"], kind): window for day in days for window in day["windows"]}
    assert len(slots) == len(DAYS) * len(WINDOWS) * len(KINDS)
    return slots


def watch(client, end):
    """That no window is over-full at any time."""
    while not end.wait(0.01):
        over = {place: slot for place, slot in fetch_slots(client).items() if "over" in slot}
        assert not over, over
    client.close()


def fetch_bookings(client):
    cursor = ""
    while cursor is not None:
        page = client.ask("GET", f"/api/v1/bookings?limit=200{cursor}", role="staff")
        yield from page["bookings"]
        cursor = page["next_cursor"] and "&cursor=" + page["next_cursor"]


def recount(client):
    """How many bookings take each place."""
    taken = collections.Counter()
    for booking in fetch_bookings(client):
        if booking["status"] in ("declined", "cancelled"):
            continue
        taken[booking["pickup_date"], booking["pickup_window"], "pickup"] += 1
        if booking["return_method"] == "deliver":
            taken[booking["return_date"], booking["return_window"], "return"] += 1
    return taken


def free_after(taken, date, window, kind):
    limits = WINDOWS[window]
    own = taken[date, window, kind]
    left = [limits[name] - used for name, used in [("capacity", sum(taken[date, window, each] for each in KINDS)),
                                                   (f"{kind}_capacity", own)] if name in limits]
    assert min(left, default=0) >= 0, f"{date} {window} {kind} is over-full: {taken}"
    return min(left, default=None)


def require_recount(client):
    taken = recount(client)
    slots = fetch_slots(client)
    wrong = {place: (slot["free"], free_after(taken, *place)) for place, slot in slots.items()
             if slot["free"] != free_after(taken, *place)}
    assert not wrong, f"free, and free by a recount: {wrong}"
    return sum(taken[place] for place in slots)


def call_all_off(client):
    """Nobody of the days takes a place any more: what is not paid is cancelled, the rest is kept without a window."""
    for booking in list(fetch_bookings(client)):
        path = f"/api/v1/bookings/{booking['id']}"
        if booking["status"] in ("submitted", "approved"):
            client.ask("PATCH", path + "/status", {"status": "cancelled"}, "staff")
        elif booking["status"] not in ("declined", "cancelled"):
            client.ask("PATCH", path, {"pickup_window": NO_WINDOW, "return_date": ""}, "staff")


def act_at_random(instances, count):
    """Gives how often each thing was done."""
    bookings, end = [], threading.Event()
    shares = [count // CLIENTS + (number < count % CLIENTS) for number in range(CLIENTS)]
    watcher_client = instances[0].client()
    with concurrent.futures.ThreadPoolExecutor(CLIENTS + 1) as pool:
        watcher = pool.submit(watch, watcher_client, end)
        visitors = [Visitor(instance, number, bookings)
                    for number, instance in zip(range(CLIENTS), itertools.cycle(instances))]
        lives = [pool.submit(visitor.live, share) for visitor, share in zip(visitors, shares)]
        concurrent.futures.wait(lives)
        end.set()
        watcher.result()
        return sum((life.result() for life in lives), collections.Counter())


def run(instances, count):
    """The last places, so many acts at random, the recounts; then everything is called off, and all is free."""
    client = instances[0].client()
    save_calendar(client)
    want_last_places(instances)
    began = time.monotonic()
    done = act_at_random(instances, count)
    seconds = time.monotonic() - began
    taken = require_recount(client)
    print(f"  {count} acts in {seconds:.1f} s, done: {dict(done.most_common())}; {taken} places are taken", flush=True)
    for act in ("book", "move", "ask_back", "cancel", "decline", "approve"):
        assert done[act] > 0, f"nobody could {act}"
    assert taken > 0
    call_all_off(client)
    assert require_recount(client) == 0
    for instance in instances:
        instance.check_data()
    client.close()

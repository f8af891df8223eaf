"""Who calls in each mode, and what the OpenAPI document says in words because no schema can."""

import json
import os
import re
import unicodedata
import urllib.request
from datetime import date, timedelta

import schemathesis

SERVER = os.environ["HSS_URL"]
MODE = os.environ["HSS_MODE"]
ADMINISTRATOR = json.loads(os.environ["HSS_ADMINISTRATOR"])
TOKEN = os.environ["HSS_TOKEN"]

# Logging in is limited. After these the last token, which has ended, must do.
MOST_TOKENS_TO_END = 40


def ask(path, body, token=""):
    request = urllib.request.Request(
        SERVER + path, json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def id_of(operation):
    return operation.definition.raw["operationId"]


class Tokens:
    """The administrator's, but for what ends the token, and what is for a shared screen's."""

    def __init__(self):
        self.to_end = []
        self.screen = None

    def of(self, operation):
        if operation == "log_out":
            if len(self.to_end) < MOST_TOKENS_TO_END:
                self.to_end.append(ask("/api/v1/auth/login", ADMINISTRATOR)["token"])
            return self.to_end[-1]
        if operation in ("list_device_people", "unlock_device"):
            if self.screen is None:
                self.screen = ask("/api/v1/kiosk/device", {"device": "Storage hall"}, TOKEN)["token"]
            return self.screen
        return TOKEN


if MODE == "accounts":
    tokens = Tokens()

    @schemathesis.auth(refresh_interval=None)
    class Bearer:
        def get(self, case, context):
            return tokens.of(id_of(context.operation))

        def set(self, case, token, context):
            case.headers["Authorization"] = "Bearer " + token


if MODE != "demo":
    @schemathesis.hook
    def before_load_schema(context, raw_schema):
        """The document is of both modes; here a token is needed, and a password to get one."""
        raw_schema["security"].remove({})
        login = raw_schema["components"]["schemas"]["LoginRequest"]
        login["required"].append("password")
        login["properties"]["password"].update(type="string", minLength=1)


@schemathesis.hook
def before_call(context, case, kwargs):
    if MODE == "demo" and case.headers.get("X-HSS-Role") not in ("customer", "staff"):
        case.headers["X-HSS-Role"] = "admin"
    if MODE == "customers":
        # Where one gets to see the other's booking is found by comparing answers, with all they say.
        case.headers["X-Request-Id"] = "the-same"
    if "If-Match" in case.headers:
        # Whatever else it names is no answer's, which is a 412.
        case.headers["If-Match"] = "*"
    if case.query:
        use_given_cursor(case)
        ask_for_few_days(case)
    if isinstance(case.body, dict):
        case.body = visible(case.body)
        if MODE == "accounts" and id_of(case.operation) in ("create_booking", "change_booking") and case.body.get("override") in (None, False):
            # The calendar that an earlier call has saved has other windows.
            case.body["override"] = True
        keep_hours_apart(case.body)
        if id_of(case.operation) == "put_catalog":
            keep_what_was_saved(case.body)
        elif "items" in case.body:
            choose_what_is_offered(case.body)
            if id_of(case.operation) == "change_booking":
                add_items_alone(case.body)
        tell_residences_apart(case.body)
        if id_of(case.operation) == "create_booking":
            leave_nothing_to_staff(case.body)
        agree_on_duration(case.body)
        write_addresses(case.body, id_of(case.operation) == "create_booking")
        ask_for_whole_return(case.body)
        stay_on_this_machine(case.body)


# Of each list, the last `next_cursor`.
cursors = {}


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code == 200 and "cursor" in (case.query or {}):
        cursor = response.json().get("next_cursor")
        if cursor:
            cursors[id_of(case.operation)] = cursor


def use_given_cursor(case):
    """Any booking's but one that the list gave is a 400."""
    cursor = case.query.get("cursor")
    if isinstance(cursor, str) and re.fullmatch("HSS-[0-9A-Z]+", cursor):
        case.query["cursor"] = cursors.get(id_of(case.operation), "")


def date_of(text):
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except (TypeError, ValueError):
        return None


def ask_for_few_days(case):
    """The last date is not before the first, nor far behind it."""
    last = date_of(case.query.get("to"))
    first = date_of(case.query["from"]) if "from" in case.query else date.today()
    if last and first and not first <= last <= first + timedelta(days=61):
        case.query["from"] = case.query["to"]


def visible(value):
    """A text has something in it that can be seen, which takes the tables of Unicode."""
    if isinstance(value, dict):
        return {name: visible(one) for name, one in value.items()}
    if isinstance(value, list):
        return [visible(one) for one in value]
    if not isinstance(value, str) or any(unicodedata.category(c)[0] in "LNPS" for c in value):
        return value
    return "".join("x" if unicodedata.category(c)[0] in "MC" and c not in "\ufeff\u200b" and
                   unicodedata.category(c) != "Cc" else c for c in value)


TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def set_hours_apart(windows):
    """Each window ends after it begins, and none is there twice."""
    for place, window in enumerate(windows if isinstance(windows, list) else []):
        if isinstance(window, dict) and all(
                isinstance(window.get(end), str) and TIME.fullmatch(window[end]) for end in ("starts", "ends")):
            window["starts"], window["ends"] = f"{place // 60:02}:{place % 60:02}", "23:59"


def keep_hours_apart(body):
    """What a calendar's windows and dates are to each other."""
    set_hours_apart(body.get("windows"))
    season = body.get("season")
    if isinstance(season, dict) and date_of(season.get("first")) and date_of(season.get("last")):
        season["last"] = max(season["first"], season["last"])
    exceptions = body.get("exceptions")
    for place, exception in enumerate(exceptions if isinstance(exceptions, list) else []):
        if not isinstance(exception, dict):
            continue
        set_hours_apart(exception.get("windows"))
        if date_of(exception.get("date")):
            exception["date"] = str(date(2026, 1, 1) + timedelta(days=place))


TYPE = re.compile("[a-z0-9_]{2,30}")
# Every type that is ever saved, so that a catalogue has room for all of them.
TYPES = ["bed", "box", "fridge", "other", "suitcase"] + [f"type_{number}" for number in range(95)]
saved_types = set(TYPES[:5])


def entries_of(body, name):
    """Those of the list that may be right."""
    entries = body.get(name)
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def set_texts_apart(entries, name, most):
    """Each name is there once."""
    for place, entry in enumerate(entries):
        if isinstance(entry.get(name), str) and 0 < len(entry[name].strip()) <= most:
            entry[name] = f"{place} " + entry[name].strip()[:most - 4].rstrip()


def in_cents(entries, name):
    for entry in entries:
        if isinstance(entry.get(name), float) and 0 <= entry[name] <= 100_000:
            entry[name] = round(entry[name], 2)


def keep_what_was_saved(body):
    """A catalogue has each type once, and all that were ever saved; parts of cents are rounded."""
    in_cents([body], "handling_fee")
    in_cents(entries_of(body, "extra_charges"), "amount")
    set_texts_apart(entries_of(body, "extra_charges"), "name", 60)
    items = entries_of(body, "items")
    in_cents(items, "monthly_price")
    set_texts_apart(items, "label", 40)
    free = iter(TYPES)
    for item in items:
        if isinstance(item.get("type"), str) and TYPE.fullmatch(item["type"]):
            item["type"] = next(free, item["type"])
            if item["type"] == "other" and item.get("offered") is False:
                item["offered"] = True
    if isinstance(body.get("items"), list) and len(body["items"]) == len(items):
        for place, name in enumerate(saved_types - {item.get("type") for item in items if isinstance(item.get("type"), str)}):
            body["items"].append({"type": name, "label": f"Saved {place}", "monthly_price": 1})
        # Perhaps they are saved now.
        saved_types.update(item["type"] for item in items if item.get("type") in TYPES)


def choose_what_is_offered(body):
    """Which types are, only the catalogue knows, and this one always is."""
    for item in entries_of(body, "items"):
        if isinstance(item.get("type"), str) and TYPE.fullmatch(item["type"]):
            item["type"] = "other"


RESIDENCE = re.compile("RES-[0-9A-HJKMNP-TV-Z]{10}")


def tell_residences_apart(body):
    """None has another's name, nor an id that no residence has, and each opens after it has closed."""
    residences = entries_of(body, "residences")
    set_texts_apart(residences, "name", 80)
    for residence in residences:
        if RESIDENCE.fullmatch(str(residence.get("id"))):
            del residence["id"]
        if date_of(residence.get("closes_on")) and date_of(residence.get("reopens_on")):
            residence["reopens_on"] = None


def add_items_alone(body):
    """Which items a booking still has, an earlier call has changed; a new one has a type."""
    for item in entries_of(body, "items"):
        if type(item.get("id")) in (int, float):
            del item["id"]
        if item.get("type") is None and not item.get("id"):
            item["type"] = "other"


def agree_on_duration(body):
    """Where both are given they must be the same."""
    pricing = body.get("pricing")
    if not isinstance(pricing, dict):
        return
    both = (body.get("duration_months"), pricing.get("duration"))
    if all(type(months) in (int, float) and months in range(1, 13) for months in both):
        body["duration_months"] = pricing["duration"]


# What may stand in a room's name, and what is trimmed off it.
ROOM = re.compile("[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]{0,40}")
AROUND = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(chr(c) for c in range(0x2000, 0x200c))


def write_addresses(body, is_new):
    """Whose id is a residence's, only its list knows, and a room goes with one."""
    for prefix in ("", "return_"):
        if RESIDENCE.fullmatch(str(body.get(prefix + "residence_id"))):
            del body[prefix + "residence_id"]
            if is_new and body.get("address") is None:
                body["address"] = "12 Burnett Street"
        room = body.get(prefix + "room")
        if isinstance(room, str) and ROOM.fullmatch(room.strip(AROUND)):
            del body[prefix + "room"]


def leave_nothing_to_staff(body):
    """What staff alone may leave out, and only then, is there; there are no terms to accept."""
    for name, text in (("email", "thandi@tuks.co.za"), ("address", "12 Burnett Street"), ("pickup_window", "08:00 – 11:00")):
        value = body.get(name)
        if value is None or (isinstance(value, str) and not value.strip(AROUND)):
            body[name] = text
    if type(body.get("terms_version")) in (int, float) and body["terms_version"] >= 1 and body["terms_version"] % 1 == 0:
        del body["terms_version"]


def ask_for_whole_return(body):
    """A return that is delivered has a day behind the pickup's, and a window."""
    if date_of(body.get("return_date")):
        body["return_date"] = "9999-12-31"
        if isinstance(body.get("return_window"), str) and not body["return_window"].strip():
            body["return_window"] = "08:00 – 11:00"
        body.setdefault("return_window", "08:00 – 11:00")
        if body["return_window"] is None:
            body["return_window"] = "08:00 – 11:00"
    elif body.get("return_date") in (None, ""):
        for name in ("return_window", "return_address", "return_residence_id", "return_room", "return_method"):
            body.pop(name, None)


def stay_on_this_machine(body):
    """A webhook's host must be known, and nobody else's machine is asked."""
    if isinstance(body.get("url"), str):
        body["url"] = re.sub(
            r"(?i)^([^!-~]*https?://)([0-9a-z._-]+|\[[0-9a-f:.]+\])(?=[:/?#]|[^!-~]|$)",
            r"\g<1>127.0.0.1", body["url"], count=1)

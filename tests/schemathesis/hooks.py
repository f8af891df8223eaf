"""Who calls in each mode, and what the OpenAPI document says in words because no schema can."""

import json
import os
import re
import urllib.request

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
    if isinstance(case.body, dict):
        agree_on_duration(case.body)
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


def agree_on_duration(body):
    """Where both are given they must be the same."""
    pricing = body.get("pricing")
    if not isinstance(pricing, dict):
        return
    both = (body.get("duration_months"), pricing.get("duration"))
    if all(type(months) in (int, float) and months in range(1, 13) for months in both):
        body["duration_months"] = pricing["duration"]


def stay_on_this_machine(body):
    """A webhook's host must be known, and nobody else's machine is asked."""
    if isinstance(body.get("url"), str):
        body["url"] = re.sub(
            r"(?i)^([^!-~]*https?://)([0-9a-z._-]+|\[[0-9a-f:.]+\])(?=[:/?#]|[^!-~]|$)",
            r"\g<1>127.0.0.1", body["url"], count=1)

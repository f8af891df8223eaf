"""The real executable, called bootstrap, under AWS's Runtime Interface Emulator.

The emulator is AWS_LAMBDA_RIE, or aws-lambda-rie in PATH. Where it is not there, a stand-in of ours
takes its place, and each test says so in its name.
"""

import http.client
import http.server
import json
import os
import pathlib
import queue
import shutil
import signal
import socket
import subprocess
import threading
import uuid

import pytest

ROOT = pathlib.Path(__file__).parents[3]
EVENTS = ROOT / "tests/transport/lambda/events"
HSS = pathlib.Path(os.environ.get("HSS_BIN", ROOT / "build/release/hss"))
RIE = os.environ.get("AWS_LAMBDA_RIE") or shutil.which("aws-lambda-rie")
NAME = "aws-lambda-rie" if RIE else "stand-in-as-aws-lambda-rie-is-not-in-PATH"
PATH = "/2015-03-31/functions/function/invocations"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class StandIn:
    """Starts the function and gives it events, as the emulator does."""

    def __init__(self, bootstrap, environment):
        self.events, self.answers = queue.Queue(), {}
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                assert self.path == "/2018-06-01/runtime/invocation/next"
                invocation = stand_in.events.get()
                if invocation is None:
                    self.close_connection = True
                    return
                id, event = invocation
                self.reply(200, event, {
                    "Lambda-Runtime-Aws-Request-Id": id,
                    "Lambda-Runtime-Deadline-Ms": "99999999999999",
                    "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
                    "Lambda-Runtime-Invoked-Function-Arn":
                        "arn:aws:lambda:us-east-1:012345678912:function:test_function",
                })

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                _, version, _, _, id, verb = self.path.split("/")
                assert version == "2018-06-01" and verb in ("response", "error")
                self.reply(202, b'{"status":"OK"}', {})
                stand_in.answers[id].put(body)

            def reply(self, status, body, headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        api = f"127.0.0.1:{self.server.server_address[1]}"
        self.function = subprocess.Popen(
            [bootstrap], env={**environment, "AWS_LAMBDA_RUNTIME_API": api}
        )

    def invoke(self, event):
        id = str(uuid.uuid4())
        self.answers[id] = queue.Queue()
        self.events.put((id, event))
        return self.answers[id].get(timeout=30)

    def end(self):
        self.function.send_signal(signal.SIGTERM)
        exit_code = self.function.wait(timeout=30)
        self.events.put(None)
        self.server.shutdown()
        assert exit_code == 0


class Emulator:
    """AWS's own."""

    def __init__(self, bootstrap, environment):
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                RIE,
                "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
                "--runtime-api-address", f"127.0.0.1:{free_port()}",
                bootstrap,
            ],
            env=environment,
        )

    def invoke(self, event):
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("POST", PATH, event)
            except ConnectionRefusedError:
                assert self.process.poll() is None
                continue
            return connection.getresponse().read()

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module", params=[Emulator if RIE else StandIn], ids=[NAME])
def function(request, tmp_path_factory):
    bootstrap = tmp_path_factory.mktemp("function") / "bootstrap"
    shutil.copy(HSS, bootstrap)
    environment = {"PATH": os.environ["PATH"], "HSS_AUTH": "demo"}
    started = request.param(bootstrap, environment)
    yield started
    started.end()


def invoke(function, name):
    answer = json.loads(function.invoke((EVENTS / f"{name}.json").read_bytes()))
    return answer, json.loads(answer["body"])


def test_a_function_url_is_answered(function):
    answer, body = invoke(function, "function_url_health")
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == "application/json"
    assert body["status"] == "ok"
    assert body["request_id"] == answer["headers"]["X-Request-Id"]


def test_a_rest_api_is_answered(function):
    answer, body = invoke(function, "rest_health_custom_domain")
    assert answer["statusCode"] == 200
    assert answer["multiValueHeaders"]["Content-Type"] == ["application/json"]
    assert body["service"] == "hss-backend"

    answer, body = invoke(function, "rest_notification_base64")
    assert answer["statusCode"] == 200
    assert body["path"] == "/api/v1/notifications", "no message bus, so not served"
    assert body["request_id"] == "from-the-client"


def test_an_http_api_is_answered(function):
    answer, body = invoke(function, "http_payment")
    assert answer["statusCode"] == 200
    assert body["method"] == "POST"
    assert body["path"] == "/api/v1/bookings/HSS-0123456789/payment"
    assert "not served here" in body["message"]


def test_a_load_balancer_is_refused(function):
    answer, body = invoke(function, "load_balancer")
    assert answer["statusCode"] == 400
    assert "Load Balancer" in body["error"]["message"]

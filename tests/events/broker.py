"""A stand-in for SNS with bad days. As a program: broker.py PORT RECORDS; says its port, and does
what POST /mode says:

up       takes messages and answers
hang     reads the request and says nothing
error    answers 500
throttle answers 400 Throttling
lost     takes messages, and breaks off before it answers

Each request whose messages it took is a line of RECORDS: {"answered", "messages": [text, …]}.
"""

import http.server
import json
import re
import socketserver
import sys
import threading
import urllib.parse

ANSWER = ('<{0}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><{0}Result>{1}'
          "</{0}Result></{0}Response>")
REFUSAL = "<ErrorResponse><Error><Code>{}</Code><Message>no</Message></Error></ErrorResponse>"


class Broker(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, port, records):
        super().__init__(("127.0.0.1", port), Handler)
        self.records = open(records, "a", encoding="utf-8", buffering=1)
        self.writing = threading.Lock()
        self.mode = "up"
        self.seen = 0  # requests in this mode

    def handle_error(self, request, client_address):
        pass  # whoever asked was killed

    def record(self, messages, answered):
        with self.writing:
            self.records.write(json.dumps({"answered": answered, "messages": messages}) + "\n")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One piece for each answer, as two would wait for each other.
    wbufsize = -1

    def log_message(self, *_):
        pass

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def do_GET(self):
        self.answer(200, json.dumps({"mode": self.server.mode, "seen": self.server.seen}))

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length).decode()
        if len(body) < length:  # whoever asked was killed meanwhile; what is sent is ASCII
            self.close_connection = True
            return
        if self.path == "/mode":
            self.server.mode, self.server.seen = body, 0
            self.answer(200, "")
            return
        self.server.seen += 1
        mode = self.server.mode
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        if mode == "hang":
            while self.server.mode == "hang":
                threading.Event().wait(0.05)
            self.close_connection = True
        elif mode == "error":
            self.answer(500, "")
        elif mode == "throttle":
            self.answer(400, REFUSAL.format("Throttling"))
        elif mode == "lost":
            self.server.record(messages_of(form), False)
            self.close_connection = True
        else:
            self.server.record(messages_of(form), True)
            self.answer(200, success(form))


def messages_of(form):
    if form["Action"] == "Publish":
        return [form["Message"]]
    names = [name for name in form if re.fullmatch(
        r"PublishBatchRequestEntries\.member\.[0-9]+\.Message", name)]
    return [form[name] for name in sorted(names, key=lambda name: int(name.split(".")[2]))]


def success(form):
    if form["Action"] == "Publish":
        return ANSWER.format("Publish", "<MessageId>1</MessageId>")
    members = "".join(f"<member><MessageId>1</MessageId><Id>{number}</Id></member>"
                      for number in range(len(messages_of(form))))
    return ANSWER.format("PublishBatch", f"<Failed/><Successful>{members}</Successful>")


if __name__ == "__main__":
    broker = Broker(int(sys.argv[1]), sys.argv[2])
    print(broker.server_address[1], flush=True)
    broker.serve_forever()

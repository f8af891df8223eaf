"""A stand-in for S3 where there is no real service (Go is too old for versitygw): one bucket in memory, which takes only
what botocore would have signed with the owner's keys. What it knows of S3 is what its author knew of it.

s3_stand_in.py PORT, with ROOT_ACCESS_KEY and ROOT_SECRET_KEY.
"""

import base64
import datetime
import hashlib
import hmac
import os
import re
import sys
import threading
import urllib.parse
import xml.etree.ElementTree as xml
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.auth
import botocore.awsrequest
import botocore.credentials

KEYS = os.environ.get("ROOT_ACCESS_KEY", ""), os.environ.get("ROOT_SECRET_KEY", "")
SIGNED_HEADER = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d+/([^/]+)/s3/aws4_request, ?"
                           r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$")
NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class Refused(Exception):
    def __init__(self, status, code):
        super().__init__(code)
        self.status, self.code = status, code


class Bucket:
    """Its objects by key (bytes and headers), and whose pages may use it."""

    def __init__(self):
        self.objects, self.rules, self.lock = {}, [], threading.Lock()


BUCKETS = {}


def is_equal(signer, request, signature):
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return hmac.compare_digest(signer.signature(text, request), signature)


def age_of(date):
    signed_at = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    return (datetime.datetime.now(datetime.timezone.utc) - signed_at).total_seconds()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def __getattr__(self, name):
        # Every method in the same way.
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self):
        self.parts = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(self.parts.query, keep_blank_values=True))
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        _, bucket, *key = urllib.parse.unquote(self.parts.path).split("/", 2)
        try:
            if self.command == "OPTIONS":
                return self.answer_preflight(BUCKETS.get(bucket))
            self.require_signature()
            self.serve(bucket, key[0] if key else "")
        except Refused as refusal:
            self.send(refusal.status, f"<Error><Code>{refusal.code}</Code></Error>".encode())

    def signed_request(self, names, query):
        headers = {name: self.headers[name] for name in names if self.headers[name] is not None}
        url = f"http://{self.headers['Host']}{self.parts.path}"
        request = botocore.awsrequest.AWSRequest(self.command, url, headers=headers, params=query, data=self.body)
        # As botocore finds it after it has prepared the request.
        request.url = url + ("?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote, safe="-_.~") if query else "")
        request.params = {}
        return request

    def require_signature(self):
        query = dict(self.query)
        if "X-Amz-Signature" in query:
            signature = query.pop("X-Amz-Signature")
            key, _, region, *_ = query["X-Amz-Credential"].split("/")
            names, date = query["X-Amz-SignedHeaders"].split(";"), query["X-Amz-Date"]
            if not 0 <= age_of(date) + 60 <= int(query["X-Amz-Expires"]) + 60:
                raise Refused(403, "AccessDenied")
            signer = botocore.auth.S3SigV4QueryAuth(botocore.credentials.Credentials(*KEYS), "s3", region)
        else:
            found = SIGNED_HEADER.match(self.headers.get("Authorization", ""))
            if not found:
                raise Refused(403, "AccessDenied")
            key, region, names, signature = found[1], found[2], found[3].split(";"), found[4]
            date = self.headers["X-Amz-Date"]
            if abs(age_of(date)) > 900:
                raise Refused(403, "RequestTimeTooSkewed")
            signer = botocore.auth.S3SigV4Auth(botocore.credentials.Credentials(*KEYS), "s3", region)
        request = self.signed_request(names, query)
        request.context["timestamp"] = date
        if key != KEYS[0] or not is_equal(signer, request, signature):
            raise Refused(403, "SignatureDoesNotMatch")

    def serve(self, name, key):
        bucket = BUCKETS.get(name)
        if self.command == "PUT" and not key and "cors" not in self.query:
            BUCKETS.setdefault(name, Bucket())
            return self.send(200)
        if bucket is None:
            raise Refused(404, "NoSuchBucket")
        if not key:
            return self.serve_bucket(bucket)
        return self.serve_object(bucket, key)

    def serve_bucket(self, bucket):
        if "cors" in self.query:
            rules = xml.fromstring(self.body).iter(f"{{{NAMESPACE}}}CORSRule")
            bucket.rules = [{part.tag.removeprefix(f"{{{NAMESPACE}}}"): [
                each.text.lower() for each in rule.iter(part.tag)] for part in rule} for rule in rules]
            return self.send(200)
        keys = "".join(f"<Contents><Key>{key}</Key><Size>0</Size></Contents>" for key in sorted(bucket.objects))
        return self.send(200, f'<ListBucketResult xmlns="{NAMESPACE}">{keys}</ListBucketResult>'.encode())

    def serve_object(self, bucket, key):
        if self.command == "PUT":
            return self.put(bucket, key)
        if self.command == "DELETE":
            bucket.objects.pop(key, None)
            return self.send(204)
        if key not in bucket.objects:
            raise Refused(404, "NoSuchKey")
        body, content_type = bucket.objects[key]
        said = {name.removeprefix("response-").title(): value for name, value in self.query.items()
                if name.startswith("response-")}
        return self.send(200, body, {"Content-Type": content_type, **said})

    def put(self, bucket, key):
        promised = self.headers.get("x-amz-checksum-sha256")
        if promised and base64.b64encode(hashlib.sha256(self.body).digest()).decode() != promised:
            raise Refused(400, "BadDigest")
        with bucket.lock:
            if self.headers.get("If-None-Match") == "*" and key in bucket.objects:
                raise Refused(412, "PreconditionFailed")
            bucket.objects[key] = self.body, self.headers.get("Content-Type", "")
        self.send(200)

    def allowed_origin(self, bucket, method, headers):
        origin = self.headers.get("Origin")
        for rule in bucket.rules if bucket and origin else []:
            if (origin.lower() in rule["AllowedOrigin"] and method.lower() in rule["AllowedMethod"]
                    and all(header in rule.get("AllowedHeader", []) for header in headers)):
                return origin
        return None

    def answer_preflight(self, bucket):
        method = self.headers.get("Access-Control-Request-Method", "")
        headers = [name.strip().lower() for name in self.headers.get("Access-Control-Request-Headers", "").split(",") if name]
        origin = self.allowed_origin(bucket, method, headers)
        if not origin:
            return self.send(403)
        return self.send(200, headers={"Access-Control-Allow-Methods": method,
                                       "Access-Control-Allow-Headers": ", ".join(headers)})

    def send(self, status, body=b"", headers=None):
        self.send_response_only(status)
        self.send_header("Date", formatdate(usegmt=True))
        bucket = BUCKETS.get(urllib.parse.unquote(self.parts.path).split("/")[1])
        method = self.headers.get("Access-Control-Request-Method", self.command)
        origin = self.allowed_origin(bucket, method, [])
        if origin:
            self.send_header("Access-Control-Allow-Origin", origin)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()

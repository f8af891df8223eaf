"""A database's password that lies elsewhere: it is looked up, and again once the database rejects it."""

import re
import socket
import ssl
import struct
import threading
import urllib.parse

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest

from cloud import Safe
from databases import last_line, run_hss
from hss import Hss, wait_until
from servers import USER, start
from unavailable_test import check_recovered

SERVERS = ["postgres", "mariadb"]


@pytest.fixture(name="safe", scope="module")
def fixture_safe(engine, tmp_path_factory):
    if "aws-sm:" not in run_hss("--help", env={}, home=tmp_path_factory.mktemp("home")).stdout:
        pytest.skip("this hss is built without HSS_WITH_SECRETS")
    with Safe() as safe:
        yield safe


def change_password(server, password):
    """For whoever signs in from now on, which hss has to."""
    if server.engine == "postgres":
        server.sql(f"ALTER ROLE {USER} PASSWORD '{password}'")
    else:
        server.sql(f"ALTER USER '{USER}'@'%' IDENTIFIED BY '{password}'")
    server.restart()


def test_a_rotated_password_is_picked_up_without_a_restart(safe, server, database, tmp_path):
    first = server.passwords[USER]
    safe.put_secret("hss/db", {"username": USER, "password": first})
    extra = {**safe.variables(safe.hss), "DB_USER": "aws-sm:hss/db#username", "DB_PASSWORD": "aws-sm:hss/db#password"}
    with Hss(tmp_path, server=database, extra=extra) as hss:
        booking = hss.client().book()
        try:
            change_password(server, "rotated-once")
            safe.put_secret("hss/db", {"username": USER, "password": "rotated-once"})
            wait_until(lambda: hss.client().health() == (200, "ok"))
        finally:
            change_password(server, first)
        # The database is a moment ahead of the secret, as it is where Secrets Manager rotates both.
        wait_until(lambda: "does not let HSS in" in str(hss.client().request("GET", "/health").body))
        safe.put_secret("hss/db", {"username": USER, "password": first})
        check_recovered(database, hss, booking)
    log = (tmp_path / "hss.log").read_text()
    assert first not in log and "rotated-once" not in log


@pytest.fixture(name="encrypted", scope="module")
def fixture_encrypted(engine):
    if engine.engine != "postgres":
        pytest.skip("RDS's tokens are for PostgreSQL alone")
    with start("postgres", tls=True) as server:
        yield server


class Recorder:
    """Speaks as a PostgreSQL that asks for a password, and takes none."""

    def __init__(self, server):
        self.passwords = []
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(server.certificate, server.key)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            plain, _ = self.socket.accept()
            plain.recv(8)
            plain.sendall(b"S")
            with self.tls.wrap_socket(plain, server_side=True) as connection:
                connection.recv(struct.unpack("!i", connection.recv(4))[0])
                connection.sendall(b"R" + struct.pack("!ii", 8, 3))
                kind, size = struct.unpack("!ci", connection.recv(5))
                assert kind == b"p"
                self.passwords.append(connection.recv(size).rstrip(b"\0").decode())
                error = b"SFATAL\0C28P01\0Mno\0\0"
                connection.sendall(b"E" + struct.pack("!i", len(error) + 4) + error)


def token_of(user, authority, keys, token):
    """What AWS's own library makes at that token's time."""
    request = botocore.awsrequest.AWSRequest("GET", f"https://{authority}/?Action=connect&DBUser={user}")
    time = urllib.parse.parse_qs(urllib.parse.urlsplit("https://" + token).query)["X-Amz-Date"][0]
    signer = botocore.auth.SigV4QueryAuth(botocore.credentials.Credentials(*keys), "rds-db", "us-east-1", 900)
    request.context["timestamp"] = time
    signer._modify_request_before_signing(request)  # pylint: disable=protected-access
    signer._inject_signature_to_request(  # pylint: disable=protected-access
        request, signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))
    return request.url.removeprefix("https://")


def test_each_connection_to_rds_has_a_token_for_a_password(safe, encrypted, tmp_path):
    recorder = Recorder(encrypted)
    env = {**safe.variables(safe.hss), **encrypted.env, "DB_PORT": str(recorder.port), "DB_PASSWORD": "aws-rds-iam:"}
    done = run_hss("db", "check", env=env, home=tmp_path)
    assert done.returncode == 1 and "does not let HSS in" in last_line(done)
    # libpq asks once more, for what the server said in its own words.
    for password in recorder.passwords:
        assert password == token_of(USER, f"127.0.0.1:{recorder.port}", safe.hss, password)
        assert password not in done.stderr
    assert recorder.passwords


def test_a_token_is_sent_to_nobody_who_did_not_prove_who_it_is(safe, server, run):
    env = {**server.env, **safe.variables(safe.hss), "DB_PASSWORD": "aws-rds-iam:"}
    done = run("db", "check", env=env)
    assert done.returncode == 2
    word = "is for PostgreSQL alone" if server.engine == "mariadb" else "needs TLS"
    assert re.search(f"DB_PASSWORD: aws-rds-iam: {word}", last_line(done))

"""A database server whose certificate does not prove who it is: hss does not talk to it, and goes on once it does."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

import pytest

from databases import run_hss
from hss import Hss, wait_until
from servers import USER, find_children, read_state, start
from unavailable_test import check_recovered, check_refused

SERVERS = ["postgres"]
NOT_PROVEN = ("The database server offers no TLS, or its certificate does not prove who it is; check DB_HOST and"
              " DB_CA_FILE")
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
HERE = "IP:127.0.0.1,DNS:localhost"


@pytest.fixture(scope="module", name="server")
def fixture_server(engine):
    with start(engine.engine, tls=True) as server:
        yield server


class Authority:
    """Signs certificates of servers, in a folder."""

    def __init__(self, folder, certificate, key):
        self.folder, self.certificate, self.key = folder, certificate, key

    @classmethod
    def make(cls, folder):
        authority = cls(folder, folder / "ca.crt", folder / "ca.key")
        openssl("req", "-x509", "-config", "/dev/null", "-days", "2", *KEY, "-keyout", authority.key, "-out",
                authority.certificate, "-subj", "/CN=Another", "-addext", "basicConstraints=critical,CA:TRUE")
        return authority

    def sign(self, names=HERE, days=2):
        """The certificate and its key, in PEM."""
        request, certificate, key = (self.folder / name for name in ("request", "server.crt", "server.key"))
        openssl("req", "-new", "-config", "/dev/null", *KEY, "-keyout", key, "-out", request, "-subj", "/CN=localhost",
                "-addext", f"subjectAltName={names}")
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-copy_extensions", "copy",
                "-days", str(days), "-out", certificate)
        return certificate.read_bytes(), key.read_bytes()


def openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def show(server, certificate, key):
    """The server shows it to whoever connects from now on, and hss has to."""
    server.certificate.write_bytes(certificate)
    server.key.write_bytes(key)
    server.process.send_signal(signal.SIGHUP)

    def is_shown():
        shown = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", "-starttls", "postgres"],
                               stdin=subprocess.DEVNULL, capture_output=True, check=False).stdout
        return certificate.strip() in shown

    wait_until(is_shown)
    for pid in find_children(server.pid):
        with contextlib.suppress(OSError):
            if f": {USER} ".encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGTERM)
                wait_until(lambda pid=pid: read_state(pid) is None)


WRONG = {
    "of another authority": lambda own, other: other.sign(),
    "of another host": lambda own, other: own.sign(names="DNS:db.example"),
    "expired": lambda own, other: own.sign(days=-1),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_a_server_that_does_not_prove_who_it_is(server, database, tmp_path, make):
    right = server.certificate.read_bytes(), server.key.read_bytes()
    own = Authority(tmp_path, server.ca_file, server.folder / "ca.key")
    with Hss(tmp_path, server=database) as hss:
        booking = hss.client().book()
        show(server, *make(own, Authority.make(tmp_path)))
        try:
            check_refused(hss, booking, NOT_PROVEN)
            done = run_hss("db", "check", env=database.env, home=tmp_path)
            assert done.returncode == 1 and done.stderr.rstrip("\n").endswith(": " + NOT_PROVEN), done.stderr
        finally:
            show(server, *right)
        check_recovered(database, hss, booking)


def test_a_server_whose_new_certificate_is_of_the_same_authority(server, database, tmp_path):
    own = Authority(tmp_path, server.ca_file, server.folder / "ca.key")
    with Hss(tmp_path, server=database) as hss:
        booking = hss.client().book()
        show(server, *own.sign())
        check_recovered(database, hss, booking)

"""`hss certificate` and the server that runs with it, as a client sees them that trusts the authority and nobody else."""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from hss import HSS, wait_until  # noqa: E402


def renew(folder, *names):
    words = [HSS, "certificate", "--out", folder, *(word for name in names for word in ("--name", name))]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


class Server:
    """`hss serve` with the certificate of the folder, on every address of this machine."""

    def __init__(self, folder, *words):
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [HSS, "serve", "--db", ":memory:", "--uploads", "off", "--host", "0.0.0.0", "--port", "0", "--no-open", "--auth", "demo",
             "--tls-cert", folder / "cert.pem", "--tls-key", folder / "key.pem", *words],
            stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        line = self.process.stdout.readline()
        self.port = int(line.split("https://127.0.0.1:")[1].split("/")[0])

    def reload(self):
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "reloaded the certificate" in self.log.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def trusting(authority):
    return ssl.create_default_context(cafile=str(authority))


def get(port, path, context, host="localhost", role="admin"):
    connection = http.client.HTTPSConnection(host, port, context=context, timeout=30)
    try:
        connection.request("GET", path, headers={"X-HSS-Role": role})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def peer(port, context, host="localhost"):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        with context.wrap_socket(plain, server_hostname=host) as encrypted:
            return encrypted.getpeercert()


def fingerprint_in(output):
    return ":".join(re.search(r"SHA-256: +((?:[0-9A-F]{2}:){15}[0-9A-F]{2})\s+((?:[0-9A-F]{2}:){15}[0-9A-F]{2})", output).groups())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "certificate"


def test_a_client_that_trusts_the_authority_reaches_the_server_by_each_name(folder):
    output = renew(folder, "kiosk.example", "192.0.2.55")
    server = Server(folder)
    try:
        context = trusting(folder / "authority.pem")
        for host in ("localhost", "127.0.0.1"):
            answer, body = get(server.port, "/health", context, host)
            assert (answer.status, json.loads(body)["status"]) == (200, "ok")
        names = peer(server.port, context)["subjectAltName"]
        assert {("DNS", "localhost"), ("DNS", "kiosk.example"), ("IP Address", "192.0.2.55")} <= set(names)
        assert peer(server.port, context, "kiosk.example")
        with pytest.raises(ssl.SSLCertVerificationError):
            peer(server.port, context, "other.example")
        with pytest.raises(ssl.SSLCertVerificationError):
            peer(server.port, ssl.create_default_context())
    finally:
        server.stop()
    assert f"--tls-cert {folder}/cert.pem --tls-key {folder}/key.pem" in output


def test_the_server_gives_the_authority_to_compare_and_to_install(folder):
    printed = fingerprint_in(renew(folder))
    server = Server(folder)
    try:
        context = trusting(folder / "authority.pem")
        _, body = get(server.port, "/api/v1/authority", context, role="customer")
        authority = json.loads(body)["authority"]
        assert authority["sha256_fingerprint"] == printed
        answer, file = get(server.port, "/api/v1/authority.crt", context, role="customer")
        assert answer.getheader("Content-Type") == "application/x-x509-ca-cert"
        assert file == (folder / "authority.pem").read_bytes()
        # What was downloaded is what has to be trusted, and nothing else.
        downloaded = folder / "downloaded.crt"
        downloaded.write_bytes(file)
        assert get(server.port, "/health", trusting(downloaded))[0].status == 200
        tool = subprocess.run(["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", downloaded],
                              capture_output=True, text=True, check=True).stdout
        assert printed in tool
        assert b"BEGIN CERTIFICATE" in file and b"PRIVATE" not in file
    finally:
        server.stop()


def test_a_running_server_takes_the_renewed_certificate_and_clients_trust_it_as_before(folder):
    renew(folder)
    server = Server(folder)
    try:
        context = trusting(folder / "authority.pem")
        before = peer(server.port, context)
        assert "Renewed" in renew(folder)
        assert peer(server.port, context)["serialNumber"] == before["serialNumber"]
        server.reload()
        assert peer(server.port, context)["serialNumber"] != before["serialNumber"]
    finally:
        server.stop()


def test_the_files_are_their_owner_s_alone(folder):
    old = os.umask(0)
    try:
        renew(folder)
    finally:
        os.umask(old)
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()} == dict.fromkeys(
        ["authority.pem", "authority-key.pem", "cert.pem", "key.pem"], "0o600")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_addresses_are_those_at_which_the_network_reaches_the_server(folder):
    renew(folder)
    server = Server(folder, "--allow-host", f"{socket.gethostname().split('.')[0].lower()}.local")
    try:
        context = trusting(folder / "authority.pem")
        _, body = get(server.port, "/api/v1/admin/addresses", context)
        addresses = json.loads(body)["addresses"]
        assert addresses[0] == f"https://{socket.gethostname().split('.')[0].lower()}.local:{server.port}/"
        assert not [address for address in addresses if "127.0.0.1" in address or "localhost" in address]
        assert get(server.port, "/api/v1/admin/addresses", context, role="staff")[0].status == 403
    finally:
        server.stop()


@pytest.mark.parametrize("words, said", [
    (["--name", "https://kiosk.example"], "neither a host name nor an IP address"),
    (["--name", "a b"], "neither a host name nor an IP address"),
])
def test_what_is_no_name_is_refused_in_one_sentence(folder, words, said):
    ended = subprocess.run([HSS, "certificate", "--out", folder, *words], capture_output=True, text=True)
    assert ended.returncode == 1
    assert said in ended.stderr and len(ended.stderr.splitlines()) == 1
    assert not folder.exists()


def test_without_a_folder_the_certificate_lies_beside_the_database(tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path)}
    environment.pop("XDG_DATA_HOME", None)
    output = subprocess.run([HSS, "certificate"], capture_output=True, text=True, check=True, env=environment).stdout
    assert (tmp_path / ".local/share/hss/certificate/cert.pem").exists()
    assert str(tmp_path / ".local/share/hss/certificate") in output

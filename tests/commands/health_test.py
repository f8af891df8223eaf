"""`hss health`, as containers and monitors call it."""

import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

from hss import HSS, Hss, wait_until  # noqa: E402


def health(*words, folder, **variables):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HSS_", "SSL_", "AWS_", "DB_"))}
    return subprocess.run([HSS, "health", *words], env={**inherited, "HOME": str(folder), **variables}, cwd=folder,
                          capture_output=True, text=True, check=False, timeout=30)


@pytest.fixture(name="server")
def fixture_server(tmp_path):
    (tmp_path / "server").mkdir()
    hss = Hss(tmp_path / "server")
    yield hss
    hss.stop()


@pytest.fixture(name="folder")
def fixture_folder(tmp_path):
    (tmp_path / "client").mkdir()
    return tmp_path / "client"


def address(server):
    return f"http://{server.address[0]}:{server.address[1]}"


def test_a_healthy_server_is_exit_code_0_and_a_sentence(server, folder):
    done = health(address(server), folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{address(server)} is healthy\n", "")


def test_without_an_address_the_configured_one_is_asked(server, folder):
    port = str(server.address[1])
    for variables in ({"HSS_PORT": port}, {"HSS_PORT": port, "HSS_HOST": "*"}):
        assert health(folder=folder, **variables).returncode == 0
    assert health("--port", port, folder=folder).returncode == 0
    (folder / "hss.conf").write_text(f"host = 0.0.0.0\nport = {port}\n")
    assert health("--config", "hss.conf", folder=folder).returncode == 0


def test_it_writes_nothing_and_looks_up_no_secret(server, folder):
    before = server.db, Path(server.db).stat().st_mtime_ns
    done = health(address(server), folder=folder, DB_ENGINE="postgres", DB_HOST="nowhere.invalid", DB_CA_FILE="none.pem",
                  HSS_JWT_SECRET="aws-sm:hss/jwt", AWS_REGION="us-east-1")
    assert done.returncode == 0, done.stderr
    assert not list(folder.iterdir())
    assert (server.db, Path(server.db).stat().st_mtime_ns) == before


def test_no_server_is_exit_code_1_and_a_sentence(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = health(f"http://127.0.0.1:{port}", folder=folder)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"hss: http://127.0.0.1:{port} is not healthy: ") and done.stderr.count("\n") == 1


def test_a_server_that_hangs_is_given_up_soon(folder):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        done = health(f"http://127.0.0.1:{silent.getsockname()[1]}", folder=folder)
        assert done.returncode == 1 and time.monotonic() - began < 9
        assert "is not healthy" in done.stderr


def test_a_server_that_cannot_use_its_data_is_not_healthy(server, folder):
    kept = Path(server.db + ".kept")
    Path(server.db).rename(kept)
    done = wait_until(lambda: (each := health(address(server), folder=folder)).returncode == 1 and each)
    # The reason is the server's own, and not only its number.
    assert "is not healthy: " in done.stderr and "503" not in done.stderr
    kept.rename(server.db)


def serve(folder, answer, tls=None):
    """A server that is no HSS, or one behind https."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_what_is_no_hss_is_not_healthy(folder):
    for answer in (b"<html>", b"[]", b'{"status": "ok"}', b'{"status": "bad", "service": "hss-backend"}'):
        server = serve(folder, answer)
        done = health(f"http://127.0.0.1:{server.server_port}", folder=folder)
        server.shutdown()
        assert done.returncode == 1 and "no HSS" in done.stderr


def test_https_is_checked_by_the_authorities_that_are_given(folder):
    pem = folder.parent / "both.pem"
    subprocess.run(["openssl", "req", "-x509", "-config", "/dev/null", "-days", "2", "-noenc", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-keyout", pem.with_suffix(".key"), "-out", pem.with_suffix(".crt"), "-subj",
                    "/CN=hss", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    pem.write_text(pem.with_suffix(".key").read_text() + pem.with_suffix(".crt").read_text())
    server = serve(folder, b'{"status": "ok", "service": "hss-backend"}', tls=pem)
    url = f"https://127.0.0.1:{server.server_port}"
    refused = health(url, folder=folder)
    assert refused.returncode == 1 and "certificate" in refused.stderr
    taken = health(url, "--ca", str(pem.with_suffix(".crt")), folder=folder)
    assert taken.returncode == 0, taken.stderr
    server.shutdown()


@pytest.mark.parametrize("words", [["nonsense"], ["--port", "0"], ["http://127.0.0.1:1/?a=b"]])
def test_what_is_no_address_is_exit_code_2(words, folder):
    done = health(*words, folder=folder)
    assert done.returncode == 2 and "URL" in done.stderr

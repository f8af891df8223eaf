"""The static hss alone in a folder, which is its whole world: no libraries, no modules of theirs, no /etc. There it signs in
to a database server over TLS, with a password that never travels, and knows the server by its certificate."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hss import HSS, Hss
from servers import USER, find_program, start

SERVERS = ["postgres", "mariadb", "mysql"]
CHROOT = find_program("chroot")


@pytest.fixture(scope="module", name="server")
def fixture_server(engine):
    with start(engine.engine, tls=True) as server:
        yield server


@pytest.fixture(scope="module", name="program")
def fixture_program():
    """Its absolute path, outside as inside."""
    program = Path(HSS).resolve()
    if os.geteuid() != 0:
        pytest.skip("only root may change the root")
    headers = subprocess.run(["readelf", "--program-headers", program], capture_output=True, text=True, check=True)
    if "INTERP" in headers.stdout:
        pytest.skip("this hss is not a static one, and needs its libraries")
    return program


@pytest.fixture(name="root")
def fixture_root(program, server, tmp_path):
    root = tmp_path / "root"
    for file in (program, server.ca_file):
        inside = root / file.relative_to("/")
        inside.parent.mkdir(parents=True)
        shutil.copy(file, inside)
    entered = subprocess.run([CHROOT, root, program, "--version"], capture_output=True, text=True, check=False)
    if entered.returncode != 0:
        pytest.skip(f"the root cannot be changed here: {entered.stderr.strip()}")
    return root


def test_from_an_empty_root_it_talks_tls_to_the_server(root, program, database, server, tmp_path):
    assert sorted(path for path in root.rglob("*") if path.is_file()) == sorted(
        root / file.relative_to("/") for file in (program, server.ca_file))
    done = subprocess.run([CHROOT, root, program, "db", "check"], env=database.env, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The connection is encrypted with TLSv1.3" in done.stdout
    with Hss(tmp_path, server=database, launcher=[CHROOT, root]) as hss:
        booking = hss.client().book()
        assert list(database.bookings().values()) == [booking]
        if server.engine == "mysql":
            assert server.sql(f"SELECT plugin FROM mysql.user WHERE user = '{USER}'") == "caching_sha2_password\n"
        if server.engine == "postgres":
            assert server.sql(f"SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = '{USER}'") == "t\n"
    # One that somebody else signed, or that is of another host, it does not believe there, either.
    (root / server.ca_file.relative_to("/")).write_bytes(server.certificate.read_bytes())
    done = subprocess.run([CHROOT, root, program, "db", "check"], env=database.env, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 1 and "does not prove who it is" in done.stderr, done.stderr

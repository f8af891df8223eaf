"""The database servers that other tests are run with: what they keep, whom they let in, and that they leave nothing."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import servers  # noqa: E402
from hss import wait_until  # noqa: E402
from servers import DATABASE, ENGINES, OWNER, USER, find_lacking, start  # noqa: E402

RUN = HERE / "run"


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    lacking = find_lacking(request.param, tls=True)
    if lacking:
        pytest.skip(lacking)
    return request.param


@pytest.fixture(scope="module")
def server(engine):
    with start(engine) as server:
        yield server


def is_gone(pid):
    return (servers.read_state(pid) or "Z")[0] == "Z"


def run(engine, script):
    """It ends at the end of its input."""
    return subprocess.Popen([RUN, engine, "--", "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            text=True)


def test_a_restart_keeps_what_there_is(server):
    server.sql("CREATE TABLE names (name varchar(20)); INSERT INTO names VALUES ('Zoë'), ('zoe');")
    pid, port = server.pid, server.port
    server.restart()
    assert server.pid != pid and server.port == port
    assert server.sql("SELECT name, 1 FROM names WHERE name = 'Zoë'") == "Zoë\t1\n"


def test_what_was_committed_outlives_kill_9(server):
    server.sql("CREATE TABLE numbers (number int)")
    processes = [server.pid, *servers.find_children(server.pid)]
    for number in range(3):
        server.sql(f"INSERT INTO numbers VALUES ({number})")
        server.kill()
        assert all(is_gone(pid) for pid in processes)
        server.start()
    assert server.sql("SELECT number FROM numbers ORDER BY number") == "0\n1\n2\n"


def test_only_the_owner_makes_tables_and_databases(server):
    assert server.sql("SELECT 1", user=USER) == "1\n"
    for statement in ("CREATE TABLE mine (number int)", f"CREATE DATABASE {DATABASE}_mine"):
        with pytest.raises(AssertionError, match="denied"):
            server.sql(statement, user=USER)
    server.sql(f"CREATE DATABASE {DATABASE}_other", user=OWNER)
    server.sql(f"CREATE TABLE other (number int); GRANT SELECT ON other TO {USER}", f"{DATABASE}_other", OWNER)
    assert server.sql("SELECT count(*) FROM other", f"{DATABASE}_other", USER) == "0\n"
    server.sql(f"DROP DATABASE {DATABASE}_other", user=OWNER)


def test_with_tls_it_takes_no_other_connection(engine):
    with start(engine, tls=True) as server:
        assert server.sql("SELECT 1", user=USER) == "1\n"
        assert Path(server.env["DB_CA_FILE"]).exists() and "DB_TLS" not in server.env
        server.tls = False
        with pytest.raises(AssertionError, match="insecure transport|no encryption|Access denied"):
            server.sql("SELECT 1", user=USER)


def test_another_that_takes_its_port_first_does_not_matter(engine, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ports = iter([taken, servers.find_free_port()])
        monkeypatch.setattr(servers, "find_free_port", lambda: next(ports))
        monkeypatch.setattr(servers, "ANSWER_LIMIT", 0.5)  # for the other never answers
        with start(engine) as server:
            assert server.port != taken and servers.IN_USE in server.log


def test_the_command_has_the_server_and_its_exit_code_is_kept(engine):
    process = run(engine, 'echo "$HSS_TEST_ENGINE $DB_TLS $HSS_TEST_SERVER_PID $HSS_TEST_SERVER_DATA"; exit 7')
    name, tls, pid, data = process.communicate()[0].split()
    assert (name, tls, process.returncode) == (engine, "off", 7)
    assert is_gone(int(pid)) and not Path(data).parent.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_leaves_nothing_when_it_is_ended(engine, number):
    process = run(engine, 'echo "$HSS_TEST_SERVER_PID $HSS_TEST_SERVER_DATA $$"; exec sleep 60')
    pid, data, command = process.stdout.readline().split()
    folder = Path(data).parent
    mode = folder.stat().st_mode & 0o777
    assert mode == 0o700 and not is_gone(int(pid))
    process.send_signal(number)
    if number == signal.SIGKILL:
        process.wait()
        os.kill(int(command), signal.SIGKILL)
        wait_until(lambda: not folder.exists() and is_gone(int(pid)))
    else:
        assert process.wait() == 128 + number
        assert is_gone(int(pid)) and is_gone(int(command)) and not folder.exists()

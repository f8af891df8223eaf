"""While the database server cannot be used, or not by hss, each answer says so in a sentence; then the same hss goes on."""

import concurrent.futures
import contextlib
import os
import signal
import socket
import struct
import threading

import pytest

from databases import LIBRARY_TEXT, run_hss
from hss import BOOKING, Hss, wait_until
from servers import USER, find_children, find_free_port
from wire import Wire

UNREACHABLE = "The database server cannot be reached; nothing was changed"
SILENT = "The database server did not answer in time; nothing was changed"
CROWDED = "The database server takes no more connections; nothing was changed"
NOT_LET_IN = "The database server does not let HSS in; check DB_USER, DB_PASSWORD and DB_NAME"
NO_RIGHTS = "The database server does not allow that to DB_USER; run `hss migrate`, which grants the rights"
OLDER = "The database is not of this version of HSS; run `hss migrate`"
NEWER = "The database was made by a newer HSS; run that one, or choose another database"
IN_DOUBT = ("The database server went away before it said whether the change is stored; look before you try again")
LATE = {**BOOKING, "email": "late@tuks.co.za"}


def ask_all(hss, booking):
    """Reads, changes and /health at once, each on a connection of its own, as some wait for seconds."""
    asked = [("GET", "/health", None), ("GET", f"/api/v1/bookings/{booking}", None), ("GET", "/api/v1/bookings", None),
             ("GET", "/api/v1/admin/overview", None), ("POST", "/api/v1/bookings", LATE),
             ("POST", f"/api/v1/staff/bookings/{booking}/approve", {})]
    with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
        answers = [pool.submit(lambda one: hss.client().request(*one, "admin"), each) for each in asked]
        return {path if method == "GET" else f"{method} {path}": answer.result()
                for (method, path, _), answer in zip(asked, answers)}


def check_refused(hss, booking, *sentences, reads=True):
    """Everything is refused with one of the sentences; without `reads`, changes and /health alone are."""
    for path, answer in ask_all(hss, booking).items():
        if not reads and "/health" not in path and "POST" not in path:
            assert answer.status == 200, (path, answer)
            continue
        assert answer.status == 503, (path, answer)
        said = answer.body["error"]["message"]
        assert said in sentences, (path, said)
        assert not LIBRARY_TEXT.search(said)


def check_recovered(database, hss, booking):
    """The same process does everything again, and what it refused was not done."""
    wait_until(lambda: hss.client().health() == (200, "ok"))
    assert hss.process.poll() is None
    stored = database.bookings()
    assert stored == {BOOKING["email"]: booking}
    assert hss.client().ask("GET", f"/api/v1/bookings/{booking}")["status"] == "submitted"
    late = hss.client().book(LATE)
    hss.client().approve(booking)
    assert database.bookings() == {BOOKING["email"]: booking, LATE["email"]: late}
    hss.check_data()


@pytest.fixture(name="wire")
def fixture_wire(database):
    with Wire(database) as wire:
        yield wire


@pytest.fixture(name="wired")
def fixture_wired(wire, tmp_path):
    """An hss whose database is behind the wire."""
    with Hss(tmp_path, server=wire) as hss:
        yield hss


def test_the_server_is_away(server, hss, database):
    booking = hss.client().book()
    server.stop()
    try:
        check_refused(hss, booking, UNREACHABLE)
        # A change waits for ten seconds, and then no other does.
        check_refused(hss, booking, UNREACHABLE)
    finally:
        server.start()
    check_recovered(database, hss, booking)


def test_its_address_refuses(wire, wired, database):
    booking = wired.client().book()
    wire.refuse()
    check_refused(wired, booking, UNREACHABLE)
    wire.accept()
    check_recovered(database, wired, booking)


def test_its_address_swallows_everything(wire, wired, database):
    booking = wired.client().book()
    wire.swallow()
    check_refused(wired, booking, UNREACHABLE, SILENT)
    wire.pass_on()
    check_recovered(database, wired, booking)


def test_a_start_whose_server_does_not_answer_ends_with_a_sentence(wire, tmp_path):
    wire.swallow()
    done = run_hss("serve", "--port", "0", env=wire.env, home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.rstrip("\n").endswith(": " + UNREACHABLE), done.stderr


@contextlib.contextmanager
def hung(server):
    """Its kernel goes on to answer."""
    pids = [server.pid, *find_children(server.pid)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def test_the_server_hangs(server, hss, database):
    booking = hss.client().book()
    with hung(server):
        check_refused(hss, booking, UNREACHABLE, SILENT)
    check_recovered(database, hss, booking)


def test_the_server_hangs_when_it_is_to_commit(server, database, wire, wired):
    """So nobody knows whether it will."""
    booking = wired.client().book()
    hangs = contextlib.ExitStack()

    def hang(piece):
        if piece.is_from_hss and piece.is_writer_s and piece.has_commit and LATE["email"].encode() in piece.data:
            hangs.enter_context(hung(server))
            wire.cuts.clear()
        return None

    wire.cuts.append(hang)
    with hangs:
        answer = wired.client().request("POST", "/api/v1/bookings", LATE, key="late")
        assert (answer.status, answer.body["error"]["message"]) == (503, IN_DOUBT)
    late = wired.client().book(LATE, key="late")
    assert database.bookings() == {BOOKING["email"]: booking, LATE["email"]: late}
    wired.check_data()


# It does not let hss in. (Who is connected stays so: they are thrown out first.)


@pytest.fixture(name="postgres")
def fixture_postgres(server):
    if server.engine != "postgres":
        pytest.skip("mysql_test.py has the same in another SQL")
    return server


def throw_out(database):
    database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                 f" WHERE datname = '{database.name}' AND usename = '{USER}'")


REJECTIONS = {
    "password": (f"ALTER ROLE {USER} PASSWORD 'another'", f"ALTER ROLE {USER} PASSWORD '{{password}}'", NOT_LET_IN),
    "no sign-in": (f"ALTER ROLE {USER} NOLOGIN", f"ALTER ROLE {USER} LOGIN", NOT_LET_IN),
    "no right to connect": (f"REVOKE CONNECT ON DATABASE {{name}} FROM PUBLIC, {USER}",
                            f"GRANT CONNECT ON DATABASE {{name}} TO {USER}", NOT_LET_IN),
    "no more connections": (f"ALTER ROLE {USER} CONNECTION LIMIT 0", f"ALTER ROLE {USER} CONNECTION LIMIT -1", CROWDED),
}


@pytest.mark.parametrize("rejection", REJECTIONS.values(), ids=REJECTIONS)
def test_it_does_not_let_hss_in(postgres, hss, database, tmp_path, rejection):
    to_reject, to_accept, sentence = rejection
    words = {"name": database.name, "password": postgres.passwords[USER]}
    booking = hss.client().book()
    database.sql(to_reject.format(**words))
    try:
        throw_out(database)
        check_refused(hss, booking, sentence)
        (tmp_path / "new").mkdir()
        done = run_hss("serve", "--port", "0", env=database.env, home=tmp_path / "new")
        assert done.returncode == 1 and done.stderr.rstrip("\n").endswith(": " + sentence), done.stderr
    finally:
        database.sql(to_accept.format(**words))
    check_recovered(database, hss, booking)


def error_response(severity, code, message):
    """In PostgreSQL's protocol."""
    fields = b"".join(kind + text.encode() + b"\0" for kind, text in
                      [(b"S", severity), (b"V", "FATAL"), (b"C", code), (b"M", message)]) + b"\0"
    return b"E" + struct.pack("!I", len(fields) + 4) + fields


IN_ANOTHER_LANGUAGE = {
    "28P01": ("пользователь \"hss\" не прошёл проверку подлинности", NOT_LET_IN),
    "3D000": ("base de données introuvable", NOT_LET_IN),
    "53300": ("слишком много подключений", CROWDED),
    "57P03": ("Das Datenbanksystem startet", UNREACHABLE),
}


@pytest.mark.parametrize("code", IN_ANOTHER_LANGUAGE)
def test_a_server_that_speaks_another_language_is_understood(engine, tmp_path, code):
    """A stand-in, as which languages a server has depends on the machine."""
    if engine.engine != "postgres":
        pytest.skip("it speaks PostgreSQL's protocol")
    message, sentence = IN_ANOTHER_LANGUAGE[code]

    def reject():
        with contextlib.suppress(OSError):
            while True:
                with listener.accept()[0] as connection:
                    connection.recv(1 << 12)
                    connection.sendall(error_response("ВАЖНО", code, message))

    with socket.create_server(("127.0.0.1", find_free_port())) as listener:
        threading.Thread(target=reject, daemon=True).start()
        done = run_hss("db", "check", home=tmp_path, env={
            "DB_ENGINE": "postgres", "DB_PORT": str(listener.getsockname()[1]), "DB_TLS": "off"})
        listener.shutdown(socket.SHUT_RDWR)
    assert done.returncode == 1
    assert done.stderr.rstrip("\n").endswith(": " + sentence), done.stderr
    # For whoever reads the log, as the server said it.
    assert message in done.stderr and code in done.stderr


# Its tables are not those of this hss.


@pytest.mark.parametrize("version, sentence", [(0, OLDER), (1000, NEWER)], ids=["older", "newer"])
def test_the_tables_become_another_version_s(hss, database, tmp_path, version, sentence):
    booking = hss.client().book()
    known = database.sql("SELECT schema_version FROM head").strip()
    database.sql(f"UPDATE head SET schema_version = {version}")
    # What is there can still be read.
    check_refused(hss, booking, sentence, reads=False)
    done = run_hss("serve", "--port", "0", env=database.env, home=tmp_path)
    assert done.returncode == 1 and done.stderr.rstrip("\n").endswith(": " + sentence), done.stderr
    database.sql(f"UPDATE head SET schema_version = {known}")
    check_recovered(database, hss, booking)


MISSING = {
    "INSERT on bookings": f"REVOKE INSERT ON bookings FROM {USER}",
    "UPDATE of updated_at on bookings": f"REVOKE UPDATE (updated_at) ON bookings FROM {USER}",
    "UPDATE on accounts": f"REVOKE UPDATE ON accounts FROM {USER}",
    "SELECT on booking_words": f"REVOKE SELECT ON booking_words FROM {USER}",
    "DELETE on sessions": f"REVOKE DELETE ON sessions FROM {USER}",
}


@pytest.mark.parametrize("right", MISSING)
def test_a_right_is_missing(database, tmp_path, right):
    database.sql(MISSING[right])
    done = run_hss("db", "check", env=database.env, home=tmp_path)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if not line.startswith("ok ")] == [
        f"FAILED  {USER} lacks rights ({right}); run hss migrate, which grants them"]
    done = run_hss("serve", "--port", "0", env=database.env, home=tmp_path)
    assert done.returncode == 1 and done.stderr.rstrip("\n").endswith(": " + NO_RIGHTS), done.stderr
    assert right in done.stderr
    database.migrate(tmp_path)
    done = run_hss("db", "check", env=database.env, home=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_right_is_taken_while_it_runs(hss, database, tmp_path):
    booking = hss.client().book()
    database.sql(f"REVOKE INSERT ON bookings FROM {USER}")
    answer = hss.client().request("POST", "/api/v1/bookings", LATE)
    assert (answer.status, answer.body["error"]["message"]) == (503, NO_RIGHTS)
    assert LATE["email"] not in database.bookings()
    database.migrate(tmp_path)
    check_recovered(database, hss, booking)

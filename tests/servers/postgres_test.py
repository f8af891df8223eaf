"""hss with its data on a PostgreSQL server: how it is set up, what it says where that is wrong, and that what it has
answered stays, whichever of the two is killed."""

import concurrent.futures
import contextlib
import http.client
import itertools
import os
import random
import re
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from hss import BOOKING, HSS, Hss, wait_until  # noqa: E402
from servers import OWNER, USER, find_free_port, find_lacking, start  # noqa: E402

THREADS = 8
NOTHING_CHANGED = "nothing was changed"
# As libpq and the server write.
LIBRARY_TEXT = re.compile(r"FATAL|ERROR:|SSL|connection to server|server closed|could not|\n.*\n", re.IGNORECASE)


class Database:
    """A new database on a server; Hss takes it as its server."""

    numbers = itertools.count(1)

    def __init__(self, server, *options):
        self.server, self.name = server, f"hss_{next(self.numbers)}"
        server.sql(" ".join([f"CREATE DATABASE {self.name} OWNER {OWNER}", *options]))
        self.env = {**server.env, "DB_NAME": self.name}

    def sql(self, text, user=None):
        return self.server.sql(text, self.name, user)

    def bookings(self):
        """The id of each by its e-mail, which no two have."""
        rows = [line.split("\t") for line in self.sql("SELECT email, id FROM bookings").splitlines()]
        found = dict(rows)
        assert len(found) == len(rows)
        return found


@pytest.fixture(scope="module", name="server")
def fixture_server():
    lacking = find_lacking("postgres", tls=True)
    if lacking:
        pytest.skip(lacking)
    help_text = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    if "migrate" not in help_text:
        pytest.skip("this hss is built without PostgreSQL")
    with start("postgres") as server:
        yield server


@pytest.fixture(scope="module", name="run")
def fixture_run(tmp_path_factory):
    """Runs hss with nothing in its environment but what is said."""
    home = str(tmp_path_factory.mktemp("home"))

    def run(*words, env, standard_input=""):
        return subprocess.run([HSS, *words], env={"HOME": home, "PATH": os.environ["PATH"], **env},
                              input=standard_input, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture(name="empty")
def fixture_empty(server):
    return Database(server)


@pytest.fixture(scope="module", name="migrated")
def fixture_migrated(server, run):
    database = Database(server)
    done = run("migrate", env=database.env)
    assert done.returncode == 0, done.stderr
    return database


@pytest.fixture(name="database")
def fixture_database(server, migrated):
    """With the tables of hss."""
    return Database(server, f"TEMPLATE {migrated.name}")


@pytest.fixture(name="hss")
def fixture_hss(database, tmp_path):
    with Hss(tmp_path, server=database) as hss:
        yield hss


@contextlib.contextmanager
def wire_to(database):
    """The database behind a wire that is cut once at each of its `cuts`, in this order: where such a function of the
    data that come by is true. It is also told whether hss sent them, and whether they are of its writer, which takes
    the lock."""
    cuts = []

    def carry(ends):
        is_writer = False
        with ends[0], ends[1], contextlib.suppress(OSError):
            while True:
                for end in select.select(ends, [], [])[0]:
                    data = end.recv(1 << 16)
                    is_writer = is_writer or b"FOR UPDATE" in data
                    if not data:
                        return
                    if cuts and cuts[0](data, end is ends[0], is_writer):
                        cuts.pop(0)
                        return
                    ends[end is ends[0]].sendall(data)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                from_hss = listener.accept()[0]
                ends = [from_hss, socket.create_connection(("127.0.0.1", database.server.port))]
                threading.Thread(target=carry, args=(ends,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield SimpleNamespace(cuts=cuts, env={**database.env, "DB_PORT": str(listener.getsockname()[1])})
        listener.shutdown(socket.SHUT_RDWR)


def last_line(done):
    """What it says last, which is for people. Nothing else is on standard output then."""
    assert done.stdout == ""
    return done.stderr.rstrip("\n").rpartition("\n")[2]


# Setting up.


def test_serve_before_migrate_says_so_and_ends(empty, run):
    done = run("serve", "--port", "0", env=empty.env)
    assert done.returncode == 1
    assert last_line(done).endswith("/" + empty.name + ": The database is not of this version of HSS; run `hss migrate`")
    assert empty.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0\n"


def test_migrate_twice_makes_the_tables_once(empty, run):
    done = run("migrate", env=empty.env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The tables are now of version 1\nThe user {USER} may use them\n"
    done = run("migrate", env=empty.env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The tables are of this version already\nThe user {USER} may use them\n"


def test_the_sql_that_migrate_prints_makes_a_database_to_serve(empty, run, tmp_path):
    # It needs no server for that.
    printed = run("migrate", "--print", env={"DB_ENGINE": "postgres", "DB_USER": USER, "DB_PORT": "1"})
    assert (printed.returncode, printed.stderr) == (0, "")
    empty.sql(printed.stdout, user=OWNER)
    with Hss(tmp_path, server=empty) as hss:
        booking = hss.client().book()
        assert empty.bookings() == {BOOKING["email"]: booking}
        hss.check_data()


def test_two_who_migrate_at_once_are_told_so_in_a_sentence(empty, server, tmp_path):
    # The other is psql, which waits in the middle.
    environment = {"PATH": os.environ["PATH"], **server.client_environment(server.passwords[OWNER])}
    with subprocess.Popen(server.client_command(empty.name, OWNER), stdin=subprocess.PIPE, text=True,
                          env=environment) as other:
        other.stdin.write("BEGIN; CREATE TABLE head (schema_version integer);\n")
        other.stdin.flush()
        of_hss = f"FROM pg_stat_activity WHERE datname = '{empty.name}' AND"
        wait_until(lambda: server.sql(f"SELECT 1 {of_hss} state = 'idle in transaction'"))
        with subprocess.Popen([HSS, "migrate"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={"HOME": str(tmp_path), **empty.env}) as hss:
            wait_until(lambda: server.sql(f"SELECT 1 {of_hss} wait_event_type = 'Lock'"))
            other.communicate("COMMIT;\n")
            said = hss.communicate()[1]
    assert hss.returncode == 1
    assert "hss: " in said and not LIBRARY_TEXT.search(said.partition("hss: ")[2]), said


def test_a_database_that_cannot_hold_every_name_is_refused(server, run):
    database = Database(server, "ENCODING 'LATIN1' TEMPLATE template0")
    run("migrate", env=database.env)
    done = run("db", "check", env=database.env)
    assert done.returncode == 1


def test_migrate_without_another_owner_says_that_the_second_wall_is_missing(server, run):
    database = Database(server)
    alone = {name: value for name, value in database.env.items() if not name.startswith("DB_ADMIN_")}
    done = run("migrate", env={**alone, "DB_USER": OWNER, "DB_PASSWORD": server.env["DB_ADMIN_PASSWORD"]})
    assert done.returncode == 0 and "set DB_ADMIN_USER to another user" in done.stdout


def test_a_database_of_a_newer_hss_is_left_alone(database, run):
    database.sql("UPDATE head SET schema_version = 1000")
    for command in (["serve", "--port", "0"], ["migrate"], ["user", "list"]):
        done = run(*command, env=database.env)
        assert done.returncode == 1
        assert last_line(done).endswith(
            ": The database was made by a newer HSS; run that one, or choose another database")
    assert database.sql("SELECT schema_version FROM head") == "1000\n"


def test_the_database_check_finds_all_well(database, run):
    done = run("db", "check", env=database.env)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 5 and all(line.startswith("ok ") for line in lines), done.stdout


def test_what_could_lose_an_answer_is_refused(database, run, server):
    try:
        for setting in ("fsync", "full_page_writes"):
            server.sql(f"ALTER SYSTEM SET {setting} = off")
            server.restart()
            done = run("db", "check", env=database.env)
            assert done.returncode == 1
            assert [line for line in done.stdout.splitlines() if not line.startswith("ok ")] == [
                f"FAILED  HSS cannot keep its data there: {setting} is off, so that it can lose what it has answered"]
            done = run("serve", "--port", "0", env=database.env)
            assert done.returncode == 1
            assert last_line(done).endswith(f": HSS cannot keep its data there: {setting} is off, so that it can lose what"
                                            " it has answered")
            server.sql(f"ALTER SYSTEM RESET {setting}")
    finally:
        server.sql("ALTER SYSTEM RESET ALL")
        server.restart()


def test_over_tls_the_certificate_proves_the_server(run, tmp_path):
    lacking = find_lacking("postgres", tls=True)
    if lacking:
        pytest.skip(lacking)
    with start("postgres", tls=True) as server:
        assert run("migrate", env=server.env).returncode == 0
        done = run("db", "check", env=server.env)
        assert done.returncode == 0 and "ok      The connection is encrypted with TLSv1.3\n" in done.stdout
        with Hss(tmp_path, server=server) as hss:
            hss.client().book()
        # Any certificate signs itself, and none of those is the authority's.
        done = run("db", "check", env={**server.env, "DB_CA_FILE": str(server.certificate)})
        assert done.returncode == 1 and "certificate does not prove who it is" in last_line(done)
        # The certificate is of localhost and 127.0.0.1.
        done = run("db", "check", env={**server.env, "DB_HOST": "127.0.0.2"})
        assert done.returncode == 1


# What is wrong with the settings.

REMOTE = {"DB_HOST": "db.example"}
WRONG = {
    "engine": ({"DB_ENGINE": "oracle"}, 2, "DB_ENGINE: oracle is not known; write sqlite or postgres"),
    "port": ({"DB_PORT": "70000"}, 2, "DB_PORT: 70000 is no port; write 5432"),
    "file, too": ({"HSS_DB": "/nowhere/hss.db"}, 2, "--db: DB_ENGINE says that the data are on a database server;"
                  " leave out --db and HSS_DB, or DB_ENGINE"),
    "password twice": ({"DB_PASSWORD_FILE": "/nowhere"}, 2,
                       "DB_PASSWORD_FILE: the password is in DB_PASSWORD already; say one"),
    "password's file": ({"DB_PASSWORD": "", "DB_PASSWORD_FILE": "/nowhere"}, 2,
                        "DB_PASSWORD_FILE: /nowhere cannot be read, or is empty"),
    "secret's name": ({"DB_PASSWORD": "aws-sm:hss"}, 2, "DB_PASSWORD: the value says where a secret lies (aws-sm:…),"
                      " which this version does not look up; give the secret itself"),
    "tls": ({"DB_TLS": "maybe"}, 2, "DB_TLS: maybe is neither on nor off"),
    "tls off with an authority": ({"DB_CA_FILE": "/nowhere"}, 2, "DB_TLS: off does not go together with DB_CA_FILE"),
    "tls without an authority": ({"DB_TLS": "on"}, 2, "DB_CA_FILE: name the file of the authority that signed the"
                                 " server's certificate (PEM)"),
    "network without tls": ({**REMOTE, "DB_TLS": ""}, 2, "DB_CA_FILE: name the file of the authority that signed the"
                            " certificate of db.example (PEM); DB_TLS=off sends passwords and data over the network as"
                            " they are"),
    "password": ({"DB_PASSWORD": "wrong"}, 1,
                 "The database server does not let HSS in; check DB_USER, DB_PASSWORD and DB_NAME"),
    "database": ({"DB_NAME": "nothing"}, 1,
                 "The database server does not let HSS in; check DB_USER, DB_PASSWORD and DB_NAME"),
    "name of the host": ({"DB_HOST": "nowhere.invalid"}, 1,
                         "The database server cannot be reached; nothing was changed"),
    "nobody there": ({"DB_PORT": "free"}, 1, "The database server cannot be reached; nothing was changed"),
    "no tls there": ({"DB_TLS": "", "DB_CA_FILE": "/nowhere"}, 1, "The database server offers no TLS, or its certificate"
                     " does not prove who it is; check DB_HOST and DB_CA_FILE"),
}


@pytest.mark.parametrize("change, code, sentence", WRONG.values(), ids=WRONG)
def test_a_wrong_setting_ends_the_start_with_a_sentence(server, run, change, code, sentence):
    change = {name: str(find_free_port()) if value == "free" else value for name, value in change.items()}
    done = run("serve", "--port", "0", env={**server.env, **change})
    assert done.returncode == code
    said = last_line(done)
    assert said.startswith("hss: ") and said.endswith(": " + sentence if code == 1 else sentence + " (see hss --help)")
    for secret in server.passwords.values():
        assert secret not in done.stderr


def test_a_file_on_the_command_line_is_none_of_a_server(server, run, tmp_path):
    done = run("serve", "--port", "0", "--db", str(tmp_path / "hss.db"), env=server.env)
    assert done.returncode == 2 and last_line(done).startswith("hss: --db: DB_ENGINE says")
    assert not (tmp_path / "hss.db").exists()


def test_settings_of_a_server_without_its_engine_warn(tmp_path):
    with Hss(tmp_path, extra={"DB_HOST": "db.example", "DB_PASSWORD": "secret"}) as hss:
        hss.client().book()
    log = (tmp_path / "hss.log").read_text()
    assert f"DB_HOST is set, but DB_ENGINE is not: the data are in {hss.db}" in log
    assert '"level":"warning"' in log and "secret" not in log


@pytest.mark.parametrize("change", [
    {"PGHOSTADDR": "127.0.0.2"}, {"PGSERVICE": "other"}, {"PGCHANNELBINDING": "require"}, {"PGTZ": "nowhere"},
    {"DB_PASSWORD": "", "PGPASSWORD": "of DB_USER"}], ids=lambda change: list(change)[-1])
def test_variables_of_postgresql_s_own_do_not_matter(database, run, change):
    password = database.env["DB_PASSWORD"]
    change = {name: password if value == "of DB_USER" else value for name, value in change.items()}
    done = run("db", "check", env={**database.env, **change})
    assert done.returncode == (1 if "PGPASSWORD" in change else 0), done.stderr


def test_only_migrate_needs_the_owner_s_password(database, run):
    settings = {**database.env, "DB_ADMIN_PASSWORD": "", "DB_ADMIN_PASSWORD_FILE": "/nowhere"}
    assert run("migrate", env=settings).returncode == 2
    done = run("db", "check", env=settings)
    assert done.returncode == 0, done.stderr


def test_it_needs_no_home(database):
    done = subprocess.run([HSS, "db", "check"], env=database.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# What is done on it.


def test_the_checklist_passes_on_it(hss, run):
    done = run("check", f"http://127.0.0.1:{hss.address[1]}", env={})
    assert done.returncode == 0, done.stdout
    hss.check_data()


def test_commands_work_beside_the_server(hss, database, run):
    added = run("user", "add", "lerato@hss.co.za", "--name", "Lerato Dlamini", "--role", "staff", "--password-stdin",
                env=database.env, standard_input="a heron over still water\n")
    assert (added.returncode, added.stdout) == (0, "lerato@hss.co.za can sign in as staff\n"), added.stderr
    listed = run("user", "list", env=database.env)
    assert (listed.returncode, listed.stdout.split()) == (
        0, ["staff", "enabled", "lerato@hss.co.za", "Lerato", "Dlamini"])
    assert run("key", "rotate", env=database.env).returncode == 0
    assert database.sql("SELECT count(*) FROM token_keys") == "1\n"
    assert "No webhook or SNS topic receives events" in hss.events("list")
    hss.check_data()


def test_copies_are_left_to_the_server(server, run, tmp_path):
    for words in (["backup", str(tmp_path / "copy.db")], ["restore", str(tmp_path / "copy.db")],
                  ["serve", "--port", "0", "--backup-to", str(tmp_path)]):
        done = run(*words, env=server.env)
        assert done.returncode == 2
        assert "on a database server, which has snapshots and dumps of its own (pg_dump)" in last_line(done)
    assert not list(tmp_path.iterdir())


def test_a_demo_touches_no_server(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "DB_ENGINE": "postgres",
                       "DB_HOST": "127.0.0.1", "DB_PORT": str(nobody.getsockname()[1])}
        with subprocess.Popen([HSS, "demo", "--port", "0", "--no-open"], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
            try:
                port = re.search(r"http://127.0.0.1:(\d+)/", demo.stdout.readline())[1]
                client = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
                client.request("GET", "/health")
                assert client.getresponse().status == 200
                client.close()
            finally:
                demo.terminate()
            assert demo.wait() == 0
        nobody.setblocking(False)
        with pytest.raises(BlockingIOError):
            nobody.accept()


def test_the_program_s_user_cannot_undo_what_must_stay(hss, database):
    client = hss.client()
    booking = client.book()
    client.approve(booking)
    client.pay(booking)
    for table, change in [("bookings", "total = 1"), ("bookings", "created_at = ''"), ("audit_events", "actor = 'me'"),
                          ("payments", "amount = 0"), ("notifications", "message = 'x'"),
                          ("catalog_items", "label = 'x'")]:
        with pytest.raises(AssertionError, match=f"permission denied for table {table}"):
            database.sql(f"UPDATE {table} SET {change}", user=USER)
    for table in ("bookings", "audit_events", "payments", "notifications", "accounts", "head"):
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(AssertionError, match=f"permission denied for table {table}"):
                database.sql(statement, user=USER)
        with pytest.raises(AssertionError, match=f"must be owner of table {table}"):
            database.sql(f"DROP TABLE {table}", user=USER)
    assert database.sql("SELECT count(*) FROM audit_events", user=USER) != "0\n"
    hss.check_data()


def test_an_audit_event_that_the_owner_changed_is_found(hss, database):
    client = hss.client()
    client.approve(client.book())
    database.sql("UPDATE audit_events SET actor = 'somebody else' WHERE id = 1", user=OWNER)
    done = hss.run("audit", "verify")
    assert done.returncode == 1 and "is not intact" in done.stdout


# What stays, whatever is killed.


class Attempt(NamedTuple):
    """What became of a booking that was asked for; no status where nobody answered."""

    email: str
    status: int
    said: str


class Load:
    """Eight customers who book until `stop`, or until hss is gone."""

    emails = itertools.count(1)

    def __init__(self, hss):
        self.hss, self.attempts, self.stopping = hss, [], False
        self.pool = concurrent.futures.ThreadPoolExecutor(THREADS)
        self.customers = [self.pool.submit(self._live, hss.client()) for _ in range(THREADS)]

    def _live(self, client):
        while not self.stopping:
            email = f"customer-{next(self.emails)}@tuks.co.za"
            try:
                answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": email}, key=email)
            except (OSError, http.client.HTTPException):
                self.attempts.append(Attempt(email, None, ""))
                return
            said = answer.body["booking_id"] if answer.status == 201 else answer.body["error"]["message"]
            self.attempts.append(Attempt(email, answer.status, said))

    def booked(self):
        return {each.email: each.said for each in list(self.attempts) if each.status == 201}

    def wait_for(self, more):
        """Until so many more bookings are answered."""
        wanted = len(self.booked()) + more
        wait_until(lambda: len(self.booked()) >= wanted)

    def stop(self):
        self.stopping = True
        self.join()

    def join(self):
        for customer in self.customers:
            customer.result()
        self.pool.shutdown()

    def check(self, stored):
        """What was answered is stored, and what was refused is not."""
        for email, status, said in self.attempts:
            if status == 201:
                assert stored.get(email) == said, email
            elif status is not None:
                assert status == 503, (email, status, said)
                assert not LIBRARY_TEXT.search(said), said
                assert NOTHING_CHANGED not in said or email not in stored, (email, said)

    def ask_again(self):
        """Those who know nothing ask with their key again."""
        client = self.hss.client()
        for email, status, said in self.attempts:
            if status is None or (status == 503 and NOTHING_CHANGED not in said):
                answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": email}, key=email)
                assert answer.status == 201, answer
                self.attempts.append(Attempt(email, 201, answer.body["booking_id"]))


def test_what_was_answered_stays_where_hss_is_killed(database, tmp_path):
    moments = random.Random(1)
    with Hss(tmp_path, server=database) as hss:
        loads = []
        for _ in range(5):
            loads.append(Load(hss))
            loads[-1].wait_for(moments.randrange(10, 60))
            hss.kill()
            loads[-1].join()
            hss.start()
            for load in loads:
                load.check(database.bookings())
            loads[-1].ask_again()
        stored = database.bookings()
        assert set(stored) == {email for load in loads for email in load.booked()}
        for load in loads:
            load.check(stored)
        assert sorted(hss.client().all_bookings()) == sorted(stored.values())
        hss.check_data()


@pytest.mark.parametrize("fail", ["restart", "kill"])
def test_what_was_answered_stays_where_the_database_server_fails(database, server, tmp_path, fail):
    with Hss(tmp_path, server=database) as hss:
        load = Load(hss)
        for _ in range(2):
            load.wait_for(30)
            if fail == "kill":
                server.kill()
                server.start()
            else:
                server.restart()
        # The same process goes on for all of them.
        load.wait_for(30)
        load.stop()
        load.check(database.bookings())
        load.ask_again()
        stored = database.bookings()
        load.check(stored)
        assert set(stored) == set(load.booked())
        assert hss.client().health() == (200, "ok")
        assert sorted(hss.client().all_bookings()) == sorted(stored.values())
        hss.check_data()


def test_while_the_database_server_is_away_answers_say_so(hss, database, server):
    client = hss.client()
    booking = client.book()
    late = {**BOOKING, "email": "late@tuks.co.za"}
    away = [("GET", "/health", None), ("GET", f"/api/v1/bookings/{booking}", None), ("GET", "/api/v1/bookings", None),
            # This one waits for ten seconds.
            ("POST", "/api/v1/bookings", late), ("POST", "/api/v1/bookings", late)]
    server.stop()
    try:
        for method, path, body in away:
            answer = client.request(method, path, body, "staff")
            assert answer.status == 503, (path, answer)
            assert answer.body["error"]["message"] == (
                "The database server cannot be reached; nothing was changed"), (path, answer)
    finally:
        server.start()
    assert client.ask("GET", f"/api/v1/bookings/{booking}")["id"] == booking
    assert database.bookings() == {BOOKING["email"]: booking}
    client.book(late)
    assert client.health() == (200, "ok")


def commit_s_answer_of(email):
    """Of the batch that has this booking."""
    has_been_sent = False

    def is_that(data, is_from_hss, is_writer):
        nonlocal has_been_sent
        has_been_sent = has_been_sent or (is_writer and is_from_hss and email.encode() in data)
        return has_been_sent and is_writer and not is_from_hss and b"COMMIT\0" in data

    return is_that


def asks_what_was_committed(data, is_from_hss, _):
    return is_from_hss and b"SELECT batch FROM writers" in data


@pytest.mark.parametrize("more_cuts", [[], [asks_what_was_committed]], ids=["once", "twice"])
def test_a_booking_whose_commit_lost_its_answer_is_made_once(database, tmp_path, more_cuts):
    with wire_to(database) as wire, Hss(tmp_path, server=wire) as hss:
        wire.cuts += [commit_s_answer_of(BOOKING["email"]), *more_cuts]
        booking = hss.client().book()
        assert not wire.cuts
        assert database.bookings() == {BOOKING["email"]: booking}
        hss.check_data()


def test_a_batch_that_never_arrived_is_not_answered_where_its_writer_is_forgotten(database, tmp_path):
    def is_last_of_batch(data, is_from_hss, is_writer):
        if not (is_from_hss and is_writer and b"late@tuks.co.za" in data):
            return False
        database.sql("DELETE FROM writers")
        return True

    with wire_to(database) as wire, Hss(tmp_path, server=wire) as hss:
        hss.client().book()
        wire.cuts.append(is_last_of_batch)
        answer = hss.client().request("POST", "/api/v1/bookings", {**BOOKING, "email": "late@tuks.co.za"})
        assert not wire.cuts
        assert ("late@tuks.co.za" in database.bookings()) == (answer.status == 201), answer

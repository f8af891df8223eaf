"""hss with its data on a database server, whichever it is: how it is set up, and what it says where that is wrong."""

import http.client
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import Database, last_line  # noqa: E402
from hss import BOOKING, HSS, Hss  # noqa: E402
from servers import OWNER, USER, find_free_port, start  # noqa: E402
from wire import Wire  # noqa: E402

SERVERS = ["postgres", "mariadb", "mysql"]
# A file each.
VERSIONS = {engine: len(list((HERE.parents[1] / "packaging" / "sql" / engine).glob("0*.sql")))
            for engine in ("postgres", "mysql")}
PORTS = {"postgres": 5432, "mysql": 3306}


@pytest.fixture(name="empty")
def fixture_empty(server):
    return Database(server)


# Setting up.


def test_serve_before_migrate_says_so_and_ends(empty, run):
    done = run("serve", "--port", "0", env=empty.env)
    assert done.returncode == 1
    assert last_line(done).endswith("/" + empty.name + ": The database is not of this version of HSS; run `hss migrate`")
    assert empty.tables() == []


def test_migrate_twice_makes_the_tables_once(empty, run):
    version = VERSIONS[empty.env["DB_ENGINE"]]
    done = run("migrate", env=empty.env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The tables are now of version {version}\nThe user {USER} may use them\n"
    done = run("migrate", env=empty.env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The tables are of this version already\nThe user {USER} may use them\n"


def test_the_sql_that_migrate_prints_makes_a_database_to_serve(empty, run, tmp_path):
    # It needs no server for that.
    printed = run("migrate", "--print", env={"DB_ENGINE": empty.env["DB_ENGINE"], "DB_USER": USER, "DB_PORT": "1"})
    assert (printed.returncode, printed.stderr) == (0, "")
    empty.sql(printed.stdout, user=OWNER)
    with Hss(tmp_path, server=empty) as hss:
        booking = hss.client().book()
        assert empty.bookings() == {BOOKING["email"]: booking}
        hss.check_data()


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


def test_data_that_were_moved_away_are_not_changed_any_more(hss, database, run):
    client = hss.client()
    booking = client.book()
    database.sql("UPDATE moved_to SET place = '/srv/hss.db'", user=USER)
    # Whoever runs already reads on, and says so to nobody but the log.
    answer = client.request("POST", "/api/v1/bookings", BOOKING)
    assert (answer.status, answer.body["error"]["message"]) == (
        503, "The data were moved to another database; nothing was changed")
    assert client.ask("GET", f"/api/v1/bookings/{booking}")["id"] == booking
    assert client.request("GET", "/health").status == 503
    assert "moved to /srv/hss.db" in (hss.folder / "hss.log").read_text()
    for command in (["serve", "--port", "0"], ["user", "list"], ["key", "rotate"]):
        done = run(*command, env=database.env)
        assert done.returncode == 1
        assert last_line(done).endswith(
            f"/{database.name}: The data were moved to /srv/hss.db; start HSS on those, or see `hss copy --help` for how"
            " to go back")
    assert database.bookings() == {BOOKING["email"]: booking}


def test_the_database_check_finds_all_well(database, run):
    done = run("db", "check", env=database.env)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 6 and all(line.startswith("ok ") for line in lines), done.stdout


def test_over_tls_the_certificate_proves_the_server(engine, run, tmp_path):
    with start(engine.engine, tls=True) as server:
        assert run("migrate", env=server.env).returncode == 0
        done = run("db", "check", env=server.env)
        assert done.returncode == 0 and "ok      The connection is encrypted with TLSv1.3\n" in done.stdout
        with Hss(tmp_path, server=server) as hss:
            hss.client().book()
        # Any certificate signs itself, and none of those is the authority's.
        done = run("db", "check", env={**server.env, "DB_CA_FILE": str(server.certificate)})
        assert done.returncode == 1 and "certificate does not prove who it is" in last_line(done)
        # The certificate is of localhost and 127.0.0.1.
        with Wire(SimpleNamespace(server=server, env=server.env), "127.0.0.2") as wire:
            done = run("db", "check", env=wire.env)
            assert done.returncode == 1 and "certificate does not prove who it is" in last_line(done)


# What is wrong with the settings.

REMOTE = {"DB_HOST": "db.example"}
WRONG = {
    "engine": ({"DB_ENGINE": "oracle"}, 2, "DB_ENGINE: oracle is not known; write sqlite, postgres, mysql or mariadb"),
    "port": ({"DB_PORT": "70000"}, 2, "DB_PORT: 70000 is no port; write {port}"),
    "file, too": ({"HSS_DB": "/nowhere/hss.db"}, 2, "--db: DB_ENGINE says that the data are on a database server;"
                  " leave out --db and HSS_DB, or DB_ENGINE"),
    "password twice": ({"DB_PASSWORD_FILE": "/nowhere"}, 2,
                       "DB_PASSWORD_FILE: the password is in DB_PASSWORD already; say one"),
    "password's file": ({"DB_PASSWORD": "", "DB_PASSWORD_FILE": "/nowhere"}, 2,
                        "DB_PASSWORD_FILE: /nowhere cannot be read, or is empty"),
    "secret's name": ({"DB_PASSWORD": "AWS-SM:hss"}, 2, "DB_PASSWORD: the value says where a secret lies (aws-sm:…),"
                      " which this hss does not look up here; give the secret itself"),
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
    said, sentence = last_line(done), sentence.format(port=PORTS[server.hss_engine])
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


# What the client libraries read, and the name in which they take a password.
VARIABLES = {
    "postgres": ({"PGHOSTADDR": "127.0.0.2", "PGSERVICE": "other", "PGCHANNELBINDING": "require", "PGTZ": "nowhere"},
                 "PGPASSWORD"),
    "mysql": ({"MYSQL_TCP_PORT": "1", "MYSQL_HOST": "127.0.0.2", "LIBMYSQL_PLUGINS": "dialog",
               "MARIADB_TLS_DISABLE_PEER_VERIFICATION": "1"}, "MYSQL_PWD")}


def test_variables_of_the_client_library_s_own_do_not_matter(database, run):
    variables, password = VARIABLES[database.env["DB_ENGINE"]]
    for name, value in variables.items():
        done = run("db", "check", env={**database.env, name: value})
        assert done.returncode == 0, (name, done.stderr)
    done = run("db", "check", env={**database.env, "DB_PASSWORD": "", password: database.env["DB_PASSWORD"]})
    assert done.returncode == 1, done.stderr


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
        assert "on a database server, which has snapshots and dumps of its own" in last_line(done)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("word", ["postgres", "mysql", "oracle"])
def test_a_demo_touches_no_server(word, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "DB_ENGINE": word,
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
    for table, change in [("bookings", "handling_fee = 1"), ("bookings", "created_at = ''"), ("audit_events", "actor = 'me'"),
                          ("payments", "amount = 0"), ("notifications", "message = 'x'"),
                          ("catalog_items", "item_type = 'x'")]:
        assert database.refuses(f"UPDATE {table} SET {change}", user=USER)
    for table in ("bookings", "audit_events", "payments", "notifications", "accounts", "head", "catalog_items"):
        for statement in (f"DELETE FROM {table}", f"TRUNCATE TABLE {table}", f"DROP TABLE {table}"):
            assert database.refuses(statement, user=USER)
    assert database.sql("SELECT count(*) FROM audit_events", user=USER) != "0\n"
    hss.check_data()


def test_an_audit_event_that_the_owner_changed_is_found(hss, database):
    client = hss.client()
    client.approve(client.book())
    database.sql("UPDATE audit_events SET actor = 'somebody else' WHERE id = 1", user=OWNER)
    done = hss.run("audit", "verify")
    assert done.returncode == 1 and "is not intact" in done.stdout

"""What is MariaDB's and MySQL's own, beside what engines_test.py has for every server: how their texts compare, a migration
that they cannot undo, and what their settings and variables could spoil."""

import concurrent.futures
import random
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import Database, last_line  # noqa: E402
from failover_test import FULL  # noqa: E402
from failures_test import check_all  # noqa: E402
from hss import BOOKING, HSS, Hss, wait_until  # noqa: E402
from load import Load  # noqa: E402
from servers import OWNER, USER, start  # noqa: E402
from small_disk import small_disk  # noqa: E402
from wire import Wire  # noqa: E402

SERVERS = ["mariadb", "mysql"]
BYTES_ALONE = ("utf8mb4_nopad_bin", "utf8mb4_0900_bin")


# How texts compare.


def test_every_text_compares_by_its_bytes(database):
    collations = database.sql("SELECT DISTINCT collation_name FROM information_schema.columns WHERE collation_name IS NOT"
                              f" NULL AND table_schema = '{database.name}'").splitlines()
    assert len(collations) == 1 and collations[0] in BYTES_ALONE


def test_keys_that_look_alike_are_others(hss, database):
    client = hss.client()
    keys = ["key", "KEY", "kEy"]
    bookings = [client.ask("POST", "/api/v1/bookings", BOOKING, key=key)["booking_id"] for key in keys]
    assert len(set(bookings)) == len(keys)
    assert [client.ask("POST", "/api/v1/bookings", BOOKING, key=key)["booking_id"] for key in keys] == bookings
    names = ["e", "E", "\u00e9", "e\u0301", "e ", " e", "e\\n"]
    for number, name in enumerate(names):
        database.sql(f"INSERT INTO writers (id, batch) VALUES ('{name}', {number})")
        assert database.sql(f"SELECT batch FROM writers WHERE id = '{name}'") == f"{number}\n"


def test_addresses_that_look_alike_are_of_other_people(database, run):
    people = ["zoe@hss.co.za", "zoé@hss.co.za", "zoë@hss.co.za"]
    for email in people:
        added = run("user", "add", email, "--name", "Zoe Nel", "--role", "staff", "--password-stdin", env=database.env,
                    standard_input="a heron over still water\n")
        assert added.returncode == 0, added.stderr
    assert [email for email in people if email in run("user", "list", env=database.env).stdout] == people


@pytest.mark.parametrize("text", ["O'Neill \\ \"Zoë\"", "'; DROP TABLE head; -- ", "\\'; SELECT 1; -- ", "你好 🦆 ?1 ?"])
def test_a_text_stays_what_it_is_whatever_is_in_it(hss, text):
    client = hss.client()
    booking = client.book({**BOOKING, "customer_name": text, "address": text})
    found = client.ask("GET", f"/api/v1/bookings/{booking}", role="staff")
    assert (found["customer_name"], found["address"]) == (text.strip(), text.strip())
    hss.check_data()


# A migration that ended anywhere.


def cut_at(number, is_answered):
    """At that statement of a migration, before it arrives, or before its answer does."""
    seen = 0

    def cut(piece):
        nonlocal seen
        if piece.is_from_hss:
            seen += b"CREATE " in piece.data or b"INSERT INTO" in piece.data or b"is_done = 1" in piece.data
            return b"" if seen == number and not is_answered else None
        return b"" if seen == number else None

    return cut


def test_a_migration_goes_on_where_it_ended(server, run, tmp_path):
    database, moments, failures = Database(server), random.Random(3), 0
    with Wire(database) as wire:
        for is_answered in [False, True] * 60:
            wire.cuts = [cut_at(moments.randrange(2, 12), is_answered)]
            done = run("migrate", env=wire.env)
            if done.returncode == 0:
                break
            failures += 1
            assert last_line(done).endswith("The connection ended before all was done; run `hss migrate` again")
            # There is no half of a version.
            done = run("serve", "--port", "0", env=database.env)
            assert done.returncode == 1 and "run `hss migrate`" in last_line(done), done.stderr
        else:
            raise AssertionError("the migration came to no end")
    assert failures >= 8
    wholly_migrated = Database(server).migrate(tmp_path)
    assert database.tables() == wholly_migrated.tables()
    for table in ("catalog_items", "catalog_charges", "status_totals", "payment_totals", "rights_revision", "head"):
        assert database.sql(f"SELECT * FROM {table}") == wholly_migrated.sql(f"SELECT * FROM {table}")
    run("migrate", env=database.env)
    with Hss(tmp_path, server=database) as hss:
        hss.client().book()
        hss.check_data()


def test_a_table_that_is_not_hss_s_is_left_alone(server, run):
    database = Database(server)
    database.sql("CREATE TABLE accounts (id integer); INSERT INTO accounts VALUES (7)")
    done = run("migrate", env=database.env)
    assert done.returncode == 1
    assert last_line(done).endswith(": The database has a table of that name already; choose an empty one")
    assert database.sql("SELECT * FROM accounts") == "7\n"


def test_two_who_migrate_at_once_take_turns(server, run, tmp_path):
    database = Database(server)
    # The other is the server's own client, which takes the lock of a migration.
    with server.hold("SELECT get_lock(concat('hss ', sha2(database(), 224)), 9);\n", database.name, OWNER,
                     stdout=subprocess.PIPE) as other:
        of_it = f"FROM information_schema.processlist WHERE user = '{OWNER}' AND db = '{database.name}'"
        wait_until(lambda: server.sql(f"SELECT 1 {of_it} AND command = 'Sleep'"))
        with subprocess.Popen([HSS, "migrate"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={"HOME": str(tmp_path), **database.env}) as hss:
            wait_until(lambda: server.sql(f"SELECT 1 {of_it} AND state = 'User lock'"))
            assert database.tables() == []
            assert other.communicate("SELECT release_lock(concat('hss ', sha2(database(), 224)));\n")[0] == "1\n1\n"
            said = hss.communicate()[0]
    assert hss.returncode == 0 and "The tables are now of version" in said
    assert run("db", "check", env=database.env).returncode == 0


# The server's settings, and the variables of its client library.


def test_what_could_lose_an_answer_is_refused(database, run, server):
    setting = "innodb_flush_log_at_trx_commit"
    problem = f"HSS cannot keep its data there: {setting} is not 1, so that it can lose what it has answered"
    try:
        server.sql(f"SET GLOBAL {setting} = 2")
        done = run("db", "check", env=database.env)
        assert done.returncode == 1
        assert [line for line in done.stdout.splitlines() if not line.startswith("ok ")] == [f"FAILED  {problem}"]
        for command in (["serve", "--port", "0"], ["migrate"]):
            done = run(*command, env=database.env)
            assert done.returncode == 1 and last_line(done).endswith(": " + problem)
    finally:
        server.sql(f"SET GLOBAL {setting} = 1")


def test_a_log_for_replicas_that_is_not_flushed_is_refused(engine, run):
    class Logging(engine):
        def server_command(self):
            words = [word for word in super().server_command() if word != "--skip-log-bin"]
            return [*words, "--log-bin=log", "--server-id=1", "--sync-binlog=0"]

    with Logging(False, False) as server:
        done = run("migrate", env=server.env)
        assert done.returncode == 1 and "log_bin is on and sync_binlog is not 1" in last_line(done)
        server.sql("SET GLOBAL sync_binlog = 1")
        done = run("migrate", env=server.env)
        assert done.returncode == 0, done.stderr


def test_a_server_that_takes_no_changes_says_so_and_is_used_again_afterwards(hss, database, server):
    client = hss.client()
    booking = client.book()
    server.sql("SET GLOBAL read_only = 1")
    try:
        answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": "late@tuks.co.za"})
        assert answer.status == 503
        assert answer.body["error"]["message"] == "The database server takes no changes now; nothing was changed"
        assert client.request("GET", f"/api/v1/bookings/{booking}", None, "staff").status == 200
    finally:
        server.sql("SET GLOBAL read_only = 0")
    client.book({**BOOKING, "email": "late@tuks.co.za"})
    assert len(database.bookings()) == 2
    hss.check_data()


def test_files_of_the_user_s_do_not_matter(database, tmp_path, run):
    (tmp_path / ".my.cnf").write_text("[client]\nport = 1\npassword = wrong\nssl-ca = /nowhere\n")
    (tmp_path / ".mylogin.cnf").write_text("nothing")
    done = run("db", "check", env={**database.env, "HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr


# What travels.


def test_a_booking_takes_two_trips(database, tmp_path):
    with Wire(database) as wire, Hss(tmp_path, server=wire) as hss:
        client, texts = hss.client(), []
        client.book()
        wire.cuts.append(lambda piece: texts.append(piece.data) if piece.is_writer_s and piece.is_from_hss else None)
        client.book()
        assert len(texts) == 2, texts
        assert b"BEGIN;SELECT" in texts[0] and b"FOR UPDATE" in texts[0] and b"COMMIT" in texts[1]


# Somebody who holds the lock.


def test_an_instance_that_goes_silent_with_the_lock_is_thrown_out(database, tmp_path):
    (tmp_path / "silent").mkdir()
    (tmp_path / "other").mkdir()
    with Wire(database) as wire, Hss(tmp_path / "silent", server=wire) as silent, Hss(
            tmp_path / "other", server=database) as other:
        silent.client().book({**BOOKING, "email": "first@tuks.co.za"})
        has_asked = False

        def goes_silent(piece):
            nonlocal has_asked
            has_asked = has_asked or (piece.is_from_hss and b"FOR UPDATE" in piece.data)
            if has_asked and not piece.is_from_hss:
                wire.swallow()

        wire.cuts.append(goes_silent)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            late = pool.submit(silent.client().book, {**BOOKING, "email": "late@tuks.co.za"})
            wait_until(lambda: not wire.passes.is_set())
            wire.cuts.clear()
            assert other.client().book({**BOOKING, "email": "other@tuks.co.za"})
            wire.pass_on()
            assert late.result()
        assert set(database.bookings()) == {"first@tuks.co.za", "other@tuks.co.za", "late@tuks.co.za"}
        other.check_data()


def test_who_waits_for_a_lock_that_is_not_given_back_is_told_so(hss, database, server):
    with server.hold("BEGIN; SELECT 1 FROM head FOR UPDATE;\n", database.name, server.superuser) as holder:
        # The server looks again only where nobody has asked for a tenth of a second.
        wait_until(lambda: server.sql("DO sleep(0.2);"
                                      "SELECT 1 FROM information_schema.innodb_trx WHERE trx_rows_locked > 0"))
        client = hss.client()
        answer = client.request("POST", "/api/v1/bookings", BOOKING)
        assert (answer.status, answer.body["error"]["message"]) == (
            503, "The database server did not answer in time; nothing was changed")
        # Reads need no lock.
        assert client.ask("GET", "/api/v1/bookings", role="staff")["bookings"] == []
        holder.communicate("COMMIT;\n")
    booking = client.book()
    assert database.bookings() == {BOOKING["email"]: booking}
    hss.check_data()


# Its disk.


def test_the_disk_fills(engine, tmp_path):
    with start(engine.engine) as server, small_disk(server, 400) as disk:
        database = Database(server).migrate(tmp_path)
        with Hss(tmp_path, server=database) as hss:
            load = Load(hss)
            load.wait_for(50)
            disk.fill()
            # Some versions end themselves where they cannot undo a change for want of room.
            wait_until(lambda: FULL in load.refused() or server.process.poll() is not None, seconds=120)
            disk.empty()
            if server.process.poll() is not None:
                server.start()
            load.wait_for(50)
            load.stop()
            check_all(database, hss, load)


# Who signs in.


LOCKED_OUT = {
    "password": ("IDENTIFIED BY 'another'", "IDENTIFIED BY '{password}'"),
    "locked": ("ACCOUNT LOCK", "ACCOUNT UNLOCK"),
}


@pytest.mark.parametrize("to_reject, to_accept", LOCKED_OUT.values(), ids=LOCKED_OUT)
def test_it_does_not_let_hss_in(server, hss, database, to_reject, to_accept):
    client = hss.client()
    client.book()
    server.sql(f"ALTER USER {USER} {to_reject}")
    try:
        for session in server.sql(f"SELECT id FROM information_schema.processlist WHERE user = '{USER}'").split():
            server.sql(f"KILL {session}")
        answer = client.request("POST", "/api/v1/bookings", {**BOOKING, "email": "late@tuks.co.za"})
        assert (answer.status, answer.body["error"]["message"]) == (
            503, "The database server does not let HSS in; check DB_USER, DB_PASSWORD and DB_NAME")
    finally:
        server.sql(f"ALTER USER {USER} {to_accept.format(password=server.passwords[USER])}")
    client.book({**BOOKING, "email": "late@tuks.co.za"})
    assert len(database.bookings()) == 2
    hss.check_data()


def test_the_program_s_user_signs_in_from_anywhere_and_owns_nothing(database):
    grants = database.sql("SHOW GRANTS", user=USER)
    assert f"`{database.name}`.`audit_events`" in grants
    assert "ALL PRIVILEGES" not in grants and "GRANT OPTION" not in grants
    assert database.refuses("CREATE TABLE mine (a integer)", USER)
    assert not database.refuses("CREATE TABLE mine (a integer)", OWNER)

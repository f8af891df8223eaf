"""`hss copy`: a business moves between a file and a database server with all that it has, or not at all."""

import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import LIBRARY_TEXT, Database  # noqa: E402
from hss import BOOKING, HSS, Hss, wait_until  # noqa: E402
from load import Load  # noqa: E402
from servers import OWNER, USER, find_free_port  # noqa: E402

SERVERS = ["postgres", "mariadb", "mysql"]
BOOKINGS = 140  # more than wait to be counted and indexed
EMAIL = "nomvula@tuks.co.za"  # of one alone
MOVED = "The data were moved to {}; start HSS on those, or see `hss copy --help` for how to go back"
NOT_A_BEGINNING = ("has data of its own, which are no beginning of those of {}; choose an empty database; nothing was"
                   " changed")

# Made by each place for itself: tables of a file, and of a server; and columns of a server.
FILE_ONLY = {"sqlite_schema", "sqlite_sequence", *(f"booking_search{part}" for part in (
    "", "_config", "_content", "_data", "_docsize", "_idx"))}
SERVER_ONLY = {"head", "writers", "booking_words", "schema_steps", "stream_tickets"}
SERVER_ONLY_COLUMNS = {("pin_failures", "rowid"), ("outbox_targets", "leader"), ("outbox_targets", "lease_until")}

ACCOUNT, OTHER_ACCOUNT = "ACC-0123456789", "ACC-1123456789"
AT = "2026-11-22T08:00:00.000Z"
# What the walk through a server leaves empty. Every column has a value somewhere, and NULL where it may.
ROWS = f"""
INSERT INTO accounts VALUES
  ('{ACCOUNT}', 'lerato@hss.co.za', 'Lerato Dlamini', 'staff', '$scrypt$a', '$scrypt$b', 1, '{AT}'),
  ('{OTHER_ACCOUNT}', 'zoë@hss.co.za', 'Zoë "Ż" O''Brien', 'admin', '', '', 0, '{AT}');
INSERT INTO sessions VALUES
  ('a-unlocked', '{OTHER_ACCOUNT}', 0, '', 'screen', '{AT}', '2030-01-01T00:00:00.000Z'),
  ('screen', '{ACCOUNT}', 1, 'Front desk', NULL, '{AT}', '2030-01-01T00:00:00.000Z');
INSERT INTO one_time_links VALUES
  ('{"a" * 64}', '{ACCOUNT}', '{AT}'), ('{"b" * 64}', NULL, '{AT}');
INSERT INTO pin_failures VALUES
  ('{ACCOUNT}', 'screen', '2026-11-22T08:00:02.000Z'), ('{ACCOUNT}', 'screen', '{AT}'),
  ('{OTHER_ACCOUNT}', 'gone', '{AT}'), ('{ACCOUNT}', 'screen', '{AT}');
INSERT INTO device_marks VALUES ('{"c" * 64}', '{ACCOUNT}', '{AT}');
INSERT INTO token_keys VALUES
  (3, x'{"00ff5c27" * 8}', '{AT}', NULL), (2, x'{"01" * 40}', '{AT}', '2030-01-01T00:00:00.000Z');
UPDATE bookings SET version = version + 1 WHERE seq = 2;
INSERT INTO booking_changes SELECT seq, version + 1, '{"0a" * 16}', '{{"phone":{{"from":"","to":"082 555 0123"}}}}' FROM bookings
  WHERE seq = 2;
UPDATE bookings SET version = version + 1, phone = '082 555 0123', whatsapp = '+27 82 555 0124', access_notes = 'Gate 7',
  collected_on = '2026-12-01', return_date = '2027-03-01', return_window = '08:00 – 11:00', return_address = 'Tuksdorp B6',
  return_method = 'deliver', failed_trips = 1, needs_new_date = 1 WHERE seq = 2;
INSERT INTO failed_trips VALUES
  (2, 'one', 'pickup', '2026-12-01', 'Nobody there', '{AT}', ''), (2, 'two', 'return', '2027-03-01', 'No lift', '{AT}', '{AT}');
INSERT INTO webhooks VALUES
  ('WHK-0123456789', 'https://partner.example/hook', x'{"00fe" * 16}', 1, '', '{AT}'),
  ('WHK-1123456789', 'https://other.example/hook', x'{"80" * 24}', 0, 'unsafe', '{AT}');
INSERT INTO outbox_targets VALUES
  ('WHK-0123456789', 140, 'HTTP 500', '{AT}', '{AT}'), ('WHK-1123456789', 3, '', '', ''), ('sns', 0, '', '', '');
INSERT INTO deliveries VALUES
  ('WHK-0123456789', 7, 7, 'waiting', 2, '2029-01-01T00:00:00.000Z', '{AT}', 500, 'HTTP 500', 12, '{AT}'),
  ('WHK-0123456789', 8, NULL, 'dead', 9, '', '{AT}', 0, 'no answer — "später"', 5000, '{AT}'),
  ('WHK-1123456789', 2, 2, 'delivered', 1, '', '', 204, '', 40, '{AT}');
INSERT INTO remembered_answers VALUES
  ('{OTHER_ACCOUNT} POST /x', 'key', 'f', 201, '{{"a":"\\u00e9","b": 1}}', '/api/v1/x', '{AT}', '{OTHER_ACCOUNT}');
INSERT INTO uploads SELECT 'UPL-0123456789', 'item', 'claimed', '{ACCOUNT}', '{ACCOUNT}', min(id), 2, 'image/jpeg', 165385,
  '{"A" * 43}=', 'image/webp', 16898, '{"z" * 43}=', 1600, 1200, '{AT}', '' FROM bookings;
INSERT INTO uploads VALUES ('UPL-1123456789', 'document', 'waiting', '', '192.0.2.7', NULL, NULL, 'application/pdf', 5,
  '{"+/" * 21}+=', NULL, NULL, NULL, 0, 0, '{AT}', '2026-11-23T08:00:00.000Z');
INSERT INTO business_terms VALUES (1, 'What we store, we "insure" — up to R 5 000.', '2026-11-22');
UPDATE business SET phone = '012 345 6789', liability_cap = 500000, payment_methods = 'eft,cash';
INSERT INTO calendar VALUES (1, 7, '{{"windows":[],"exceptions":[{{"date":"2026-12-24","closed":"Zoë\u2019s day","windows":[]}}],'
  || '"first_day":"","last_day":"","lead_hours":0,"closed_on_holidays":true}}', '{AT}');
INSERT INTO places VALUES ('2026-12-01', '08:00', '11:00', 'pickup', 12), ('2026-12-01', '08:00', '11:00', 'return', 0);
UPDATE rights_revision SET revision = 41;
UPDATE catalog_items SET monthly_price = 8100, position = 9, offered = 0 WHERE item_type = 'suitcase';
INSERT INTO catalog_items VALUES ('surf_board_2', 'Zoë''s "surf" board', 'other', 15050, 5, 1);
INSERT INTO catalog_charges VALUES (1, 'Stairs — each floor', 5000), (2, 'Late month', 0);
"""


def opened(file):
    return contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True))


def dump(file):
    """Every row of every table that is copied, in its order."""
    with opened(file) as database:
        tables = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY rowid" if table == "pin_failures" else
                                        f"SELECT * FROM {table} ORDER BY 1, 2" if table == "deliveries" else
                                        f"SELECT * FROM {table} ORDER BY 1").fetchall()
                for table in tables if table not in FILE_ONLY | {"bookings_indexed", "moved_to"}}


def schema(file):
    with opened(file) as database:
        return sorted(database.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=str)


def place_in(file):
    """Where its data went."""
    with opened(file) as database:
        return database.execute("SELECT place FROM moved_to").fetchone()[0]


def change(file, sql):
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.executescript(sql)


@pytest.fixture(scope="module", name="business")
def fixture_business(engine, tmp_path_factory):  # noqa: ARG001 (skips without a server)
    """A file that has something of everything."""
    folder = tmp_path_factory.mktemp("business")
    with Hss(folder) as hss:
        client = hss.client()
        for number in range(BOOKINGS):
            email = EMAIL if number == BOOKINGS // 2 else f"student-{number}@tuks.co.za"
            booking = client.book({**BOOKING, "email": email}, key=f"key-{number}")
            if number % 4 == 0:
                client.approve(booking)
            if number % 8 == 0:
                client.pay(booking)
        client.ask("POST", "/api/v1/notifications", {"booking_id": booking, "message": "Grüße – 9:00"}, "staff")
        client.ask("POST", "/api/v1/notifications", {"message": "To all"}, "staff")
    change(hss.db, ROWS)
    return hss.db


@pytest.fixture(name="file")
def fixture_file(business, tmp_path):
    return shutil.copy(business, tmp_path / "hss.db")


@pytest.fixture(name="copy")
def fixture_copy(run):
    """Copies, and is told in the environment where the server is, if there is one."""
    def copy(origin, target, *more, env):
        words = [word for option, place in (("--from", origin), ("--to", target)) if place
                 for word in (option, place if isinstance(place, str) else f"sqlite:{place}")]
        return run("copy", *words, *more, env=env)

    return copy


@pytest.fixture(name="word")
def fixture_word(server):
    """As the command calls the server."""
    return server.env["DB_ENGINE"]


def place_of(database):
    return f"at 127.0.0.1:{database.server.port}/{database.name}"


def count(database, table):
    return int(database.sql(f"SELECT count(*) FROM {table}"))


def last_line(done):
    return done.stderr.rstrip("\n").rpartition("\n")[2]


def expect_refusal(done, sentence, code=1):
    assert done.returncode == code, done.stdout + done.stderr
    said = last_line(done)
    assert said.startswith("hss: ") and sentence in said, said
    assert not LIBRARY_TEXT.search(said), said


def expect_done(done):
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


# All of it.


def test_a_business_goes_to_a_server_and_back_unchanged(file, database, word, copy, run, tmp_path):
    before = dump(file)
    for table, rows in before.items():
        assert rows, f"{table} is empty, so this test says nothing about it; add a row to ROWS"
    said = expect_done(copy(file, word, env=database.env))
    rows = sum(len(rows) for table, rows in before.items() if table != "bookings_taken_in")
    assert re.search(rf"^Moved {BOOKINGS} bookings and \d+ audit events from {file} to \S+ {place_of(database)}:"
                     rf" {rows} rows, the same in both places\.", said, re.MULTILINE), said
    for table, rows in before.items():
        assert count(database, table) == len(rows), table
    back = tmp_path / "back.db"
    expect_done(copy(word, back, env=database.env))
    assert dump(back) == before
    assert schema(back) == schema(file)
    assert place_in(back) == "" and place_in(file).endswith(place_of(database))
    assert (back.stat().st_mode & 0o777) == 0o600


def test_the_program_works_on_at_either_place(file, database, word, copy, run, tmp_path):
    def look_around(hss, bookings):
        client = hss.client()
        assert len(client.all_bookings()) == bookings
        found = client.ask("GET", "/api/v1/bookings?q=nomvula", role="staff")["bookings"]
        assert [each["email"] for each in found] == [EMAIL]
        # A key's first answer is given again: there is no second booking.
        client.book({**BOOKING, "email": "student-5@tuks.co.za"}, key="key-5")
        assert len(client.all_bookings()) == bookings
        client.book()
        overview = client.ask("GET", "/api/v1/admin/overview", role="admin")
        assert sum(each["count"] for each in overview["status_breakdown"]) == bookings + 1, overview
        hss.check_data()

    back = tmp_path / "back.db"
    expect_done(copy(file, word, env=database.env))
    with Hss(tmp_path, server=database) as hss:
        look_around(hss, BOOKINGS)
    expect_done(copy(word, back, env=database.env))
    with Hss(tmp_path, db=back) as hss:
        look_around(hss, BOOKINGS + 1)
    assert run("user", "list", env={"HSS_DB": str(back)}).stdout.count("\n") == 2


def test_no_table_and_no_column_of_either_engine_is_forgotten(file, database, server):
    with opened(file) as of_file:
        ours = set(of_file.execute(
            "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main'"))
    ours = {(table, column) for table, column in ours if table not in FILE_ONLY}
    where = "'public'" if server.engine == "postgres" else "database()"
    theirs = {tuple(line.split("\t")) for line in database.sql(
        f"SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = {where}").splitlines()}
    theirs = {(table, column) for table, column in theirs if table not in SERVER_ONLY} - SERVER_ONLY_COLUMNS
    # tests/storage/copy/table_test.cpp compares those of a file with what is copied.
    assert theirs == ours


def test_the_program_s_user_still_cannot_undo_what_must_stay(file, database, word, copy):
    expect_done(copy(file, word, env=database.env))
    for statement in ("DELETE FROM bookings", "UPDATE bookings SET handling_fee = 1", "UPDATE audit_events SET actor = 'me'",
                      "DELETE FROM payments", "UPDATE catalog_items SET item_type = 'x'",
                      "DELETE FROM catalog_items"):
        with pytest.raises(AssertionError, match="(?i)denied"):
            database.sql(statement, user=USER)


def test_totals_that_were_wrong_are_copied_and_told(file, database, word, copy):
    change(file, "UPDATE item_totals SET count = count + 1 WHERE item_type = 'bed'")
    said = expect_done(copy(file, word, env=database.env))
    assert "A total was wrong before, and is copied as it was: item_totals bed\n" in said
    assert said.count("A total was wrong") == 1


# Nobody goes on in two places.


def test_nobody_goes_on_in_a_file_whose_data_were_moved(file, database, word, copy, run, tmp_path):
    expect_done(copy(file, word, env=database.env))
    before = dump(file)
    alone = {"HSS_DB": str(file)}
    place = place_in(file)
    sentence = MOVED.format(place)
    backup = tmp_path / "backup.db"
    assert run("backup", str(backup), env=alone).returncode == 0
    for command in (["serve", "--port", "0"], ["user", "list"], ["key", "rotate"], ["events", "list"],
                    ["user", "disable", "lerato@hss.co.za"], ["restore", str(backup)]):
        expect_refusal(run(*command, env=alone), f"{file}: {sentence}")
    expect_refusal(copy(file, word, env=database.env), f"{file}: {sentence}")
    assert dump(file) == before
    # Its trail can still be read.
    assert run("audit", "verify", env=alone).returncode == 0
    done = copy(file, None, "--undo", env={})
    assert expect_done(done) == (f"{file} can be used again. What has been changed since at {place} is not in it: start"
                                 " HSS on one of the two alone\n")
    with Hss(tmp_path, db=file) as hss:
        hss.client().book()
    expect_refusal(copy(file, None, "--undo", env={}), "is not marked as moved; nothing was changed")


def test_nobody_goes_on_on_a_server_whose_data_were_moved(file, database, word, copy, run, tmp_path):
    expect_done(copy(file, word, env=database.env))
    back = tmp_path / "back.db"
    with Hss(tmp_path, server=database) as hss:
        client = hss.client()
        expect_done(copy(word, back, env=database.env))
        # Whoever was running says so, and changes nothing.
        answer = client.request("POST", "/api/v1/bookings", BOOKING)
        assert (answer.status, answer.body["error"]["message"]) == (
            503, "The data were moved to another database; nothing was changed")
        assert client.request("GET", "/health").status == 503
    for command in (["serve", "--port", "0"], ["key", "rotate"]):
        expect_refusal(run(*command, env=database.env), f"{place_of(database)}: {MOVED.format(back)}")
    expect_refusal(copy(word, tmp_path / "again.db", env=database.env), MOVED.format(back))
    assert not (tmp_path / "again.db").exists()
    # There again: what came from here is a beginning.
    with Hss(tmp_path, db=back) as hss:
        hss.client().book()
    expect_done(copy(back, word, env=database.env))
    with Hss(tmp_path, server=database) as hss:
        assert len(hss.client().all_bookings()) == BOOKINGS + 1
        hss.check_data()


# What is refused.


@pytest.mark.parametrize("change_target, sentence", [
    ("booking", NOT_A_BEGINNING), ("account", NOT_A_BEGINNING),
    ("newer", "The database was made by a newer HSS; run that one, or choose another database"),
    ("older", "The database is not of this version of HSS; run `hss migrate`"),
    ("empty", "The database is not of this version of HSS; run `hss migrate`"),
])
def test_a_server_that_does_not_fit_is_left_alone(file, database, word, copy, server, tmp_path, change_target,
                                                  sentence):
    if change_target == "booking":
        with Hss(tmp_path, server=database) as hss:
            hss.client().book()
    elif change_target == "account":
        database.sql("INSERT INTO accounts VALUES ('ACC-9999999999', 'a@b.co', 'Me', 'admin', '', '', 1, 't')", OWNER)
    elif change_target == "empty":
        database = Database(server)
    else:
        database.sql(f"UPDATE head SET schema_version = {1000 if change_target == 'newer' else 0}")
    before = dump(file), database.bookings() if change_target != "empty" else {}
    expect_refusal(copy(file, word, env=database.env), sentence.format(file))
    assert place_in(file) == ""
    assert (dump(file), database.bookings() if change_target != "empty" else {}) == before


@pytest.mark.parametrize("settings, sentence", [
    ({"DB_ADMIN_USER": "", "DB_ADMIN_PASSWORD": ""},
     f"The user {USER} may not fill the tables; set DB_ADMIN_USER and DB_ADMIN_PASSWORD to their owner's"),
    ({"DB_ADMIN_PASSWORD": "wrong"}, "The database server does not let HSS in"),
    ({"DB_PORT": "free"}, "The database server cannot be reached; nothing was changed"),
])
def test_a_server_that_cannot_be_used_is_told(file, database, word, copy, settings, sentence):
    settings = {name: str(find_free_port()) if value == "free" else value for name, value in settings.items()}
    expect_refusal(copy(file, word, env={**database.env, **settings}), sentence)
    assert place_in(file) == ""
    assert count(database, "bookings") == 0


@pytest.mark.parametrize("version, sentence", [
    (1000, "was made by a newer HSS"), (1, "is of an older HSS; start `hss serve` once to bring it up to date")])
@pytest.mark.parametrize("side", ["source", "target"])
def test_a_file_of_another_version_is_left_alone(file, database, word, copy, tmp_path, side, version, sentence):
    other = file
    if side == "target":
        expect_done(copy(file, word, env=database.env))
        other = shutil.copy(file, tmp_path / "other.db")
    change(other, f"PRAGMA user_version = {version}")
    before = Path(other).read_bytes()
    ends = (other, word) if side == "source" else (word, other)
    expect_refusal(copy(*ends, env=database.env), sentence)
    assert Path(other).read_bytes() == before
    assert database.sql("SELECT place FROM moved_to") == "\n"


def test_a_file_that_does_not_fit_is_left_alone(file, database, word, copy, tmp_path):
    expect_done(copy(file, word, env=database.env))
    with Hss(tmp_path, db=tmp_path / "other.db") as hss:
        hss.client().book()
        expect_refusal(copy(word, Path(hss.db), env=database.env),
                       "is in use by another program; stop the server that runs on it")
    stranger, folder = tmp_path / "stranger.db", tmp_path
    stranger.write_text("Dear diary, …")
    before = dump(hss.db)
    expect_refusal(copy(word, Path(hss.db), env=database.env), "has data of its own")
    assert dump(hss.db) == before
    expect_refusal(copy(word, stranger, env=database.env), f"{stranger} is not a database")
    expect_refusal(copy(word, folder, env=database.env), f"{folder} is a folder; name a file in it")
    expect_refusal(copy(word, tmp_path / "none" / "hss.db", env=database.env), "There is no folder")
    assert stranger.read_text() == "Dear diary, …"
    assert database.sql("SELECT place FROM moved_to") == "\n"


def test_a_trail_that_does_not_hold_is_not_moved(file, database, word, copy):
    change(file, "DROP TRIGGER audit_events_keep; UPDATE audit_events SET actor = 'somebody else' WHERE id = 3")
    expect_refusal(copy(file, word, env=database.env), f"The audit trail of {file} is not intact (")
    assert place_in(file) == "" and count(database, "bookings") == 0


@pytest.mark.parametrize("origin, target, more, sentence", [
    ("word", "word", [], "--to: DB_* name one server alone; copy to a file first"),
    ("a.db", "b.db", [], "--to: a file is copied by `hss backup`"),
    ("a.db", None, [], "--to: say where the data go"),
    ("sqlite::memory:", "word", [], "--from: sqlite::memory: names no file"),
    ("sqlite:", "word", [], "--from: sqlite: names no file"),
    ("oracle", "word", [], "--from: oracle is no place"),
    ("a.db", "word", ["--undo"], "--undo: nothing is copied then; leave out --to"),
])
def test_what_makes_no_sense_is_told_before_anything_opens(database, word, copy, tmp_path, origin, target, more,
                                                           sentence):
    def place(name):
        return word if name == "word" else tmp_path / name if name and name.endswith(".db") else name

    expect_refusal(copy(place(origin), place(target), *more, env=database.env), sentence, code=2)
    assert not list(tmp_path.iterdir())


# While others are at work.


@pytest.mark.parametrize("side", ["file", "server"])
def test_whoever_books_during_a_copy_is_booked_or_told_no(file, database, word, copy, tmp_path, side):
    back = tmp_path / "back.db"
    if side == "server":
        expect_done(copy(file, word, env=database.env))
    with Hss(tmp_path, **({"db": file} if side == "file" else {"server": database})) as hss:
        load = Load(hss)
        load.wait_for(20)
        ends = (file, word) if side == "file" else (word, back)
        expect_done(copy(*ends, env=database.env))
        wait_until(load.refused)
        load.stop()
        # Both go on being read.
        assert hss.client().request("GET", "/api/v1/bookings", role="staff").status == 200
    if side == "file":
        stored = database.bookings()
    else:
        with opened(back) as of_file:
            stored = dict(of_file.execute("SELECT email, id FROM bookings").fetchall())
    assert len(stored) == BOOKINGS + len(load.booked())
    load.check(stored)


def test_a_server_that_soon_gives_up_on_others_waits_for_a_copy(file, database, word, copy, server, tmp_path):
    if server.engine != "postgres":
        pytest.skip("these time-outs are PostgreSQL's")
    try:
        for user in (USER, OWNER):
            for setting in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
                server.sql(f"ALTER ROLE {user} SET {setting} = '1ms'")
        expect_done(copy(file, word, env=database.env))
        expect_done(copy(word, tmp_path / "back.db", env=database.env))
    finally:
        for user in (USER, OWNER):
            server.sql(f"ALTER ROLE {user} RESET ALL")


# Interrupted.


def start_copy(origin, target, env, home):
    ends = [place if isinstance(place, str) else f"sqlite:{place}" for place in (origin, target)]
    return subprocess.Popen([HSS, "copy", "--from", ends[0], "--to", ends[1]],
                            env={"HOME": str(home), "PATH": os.environ["PATH"], **env},
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_file_that_is_killed_on_its_way_is_at_one_place_or_the_other(file, database, word, copy, server, tmp_path):
    moments = random.Random(18)
    before = dump(file)
    began = time.monotonic()
    expect_done(copy(file, word, env=Database(server).migrate(tmp_path).env))
    usual = time.monotonic() - began
    expect_done(copy(file, None, "--undo", env={}))
    marks = []
    for attempt in range(10):
        with start_copy(file, word, database.env, tmp_path) as process:
            time.sleep(moments.uniform(0, usual * (0.7 if attempt % 2 else 1.1)))
            process.kill()
        assert dump(file) == before
        # Nothing of it, or all: over nothing, and over an earlier copy.
        is_there = count(database, "bookings")
        assert is_there in (0, BOOKINGS)
        marks.append(bool(place_in(file)))
        if marks[-1]:
            assert is_there
            expect_done(copy(file, None, "--undo", env={}))
    assert False in marks, "it was always done before it was killed"
    expect_done(copy(file, word, env=database.env))
    assert count(database, "bookings") == BOOKINGS


def test_a_server_that_is_killed_on_its_way_is_at_one_place_or_the_other(file, database, word, copy, tmp_path):
    moments = random.Random(81)
    before = dump(file)
    expect_done(copy(file, word, env=database.env))
    back = tmp_path / "back.db"
    began = time.monotonic()
    expect_done(copy(word, back, env=database.env))
    usual = time.monotonic() - began
    ends = set()
    for attempt in range(10):
        expect_done(copy(word, None, "--undo", env=database.env))
        back.unlink(missing_ok=True)
        with start_copy(word, back, database.env, tmp_path) as process:
            time.sleep(moments.uniform(0, usual * (0.7 if attempt % 2 else 1.1)))
            process.kill()
        is_marked = wait_until(lambda: database.sql("SELECT place FROM moved_to")) != "\n"
        assert back.exists() or not is_marked
        if back.exists():
            assert dump(back) == before
        ends.add(is_marked)
        if not is_marked:
            expect_done(copy(word, back, env=database.env))
            assert dump(back) == before
    assert False in ends, "it was always done before it was killed"


def is_locked(database):
    try:
        database.sql("SELECT 1 FROM head FOR UPDATE NOWAIT")
    except AssertionError:
        return True
    return False


def takes_signals(process):
    """True once a signal ends it in order."""
    blocked = re.search(r"^SigBlk:\s*(\w+)$", Path(f"/proc/{process.pid}/status").read_text(), re.MULTILINE)[1]
    return int(blocked, 16) >> (signal.SIGTERM - 1) & 1


@pytest.mark.parametrize("direction", ["there", "back"])
def test_a_copy_that_is_broken_off_leaves_nothing_and_can_be_said_again(file, database, word, copy, server, tmp_path,
                                                                        direction):
    folder = tmp_path / "target"
    folder.mkdir()
    back = folder / "back.db"
    if direction == "back":
        expect_done(copy(file, word, env=database.env))
    # It waits for whoever has the lock of the server, and is told to stop meanwhile.
    ends = (file, word) if direction == "there" else (word, back)
    with server.hold("BEGIN; SELECT 1 FROM head FOR UPDATE;\n", database.name, OWNER) as other:
        wait_until(lambda: is_locked(database))
        words = [place if isinstance(place, str) else f"sqlite:{place}" for place in ends]
        with subprocess.Popen([HSS, "copy", "--from", words[0], "--to", words[1]], text=True,
                              env={"HOME": str(tmp_path), **database.env}, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            wait_until(lambda: takes_signals(process))
            process.send_signal(signal.SIGTERM)
            other.communicate("COMMIT;\n")
            said = process.communicate()[1]
    assert process.returncode == 1
    assert said == "hss: The copy was broken off; nothing was changed\n"
    assert not list(folder.iterdir())
    expect_done(copy(*ends, env=database.env))
    assert count(database, "bookings") == BOOKINGS


def test_a_copy_that_the_business_has_outgrown_is_replaced(file, database, word, copy, tmp_path):
    expect_done(copy(file, word, env=database.env))
    expect_done(copy(file, None, "--undo", env={}))
    with Hss(tmp_path, db=file) as hss:
        client = hss.client()
        # Also one that has changed since.
        client.approve(next(booking for booking in client.all_bookings()))
        client.book({**BOOKING, "email": "late@tuks.co.za"})
    expect_done(copy(file, word, env=database.env))
    assert count(database, "bookings") == BOOKINGS + 1
    back = tmp_path / "back.db"
    expect_done(copy(word, back, env=database.env))
    assert dump(back) == dump(file)
    # What lies at the place of a copy is kept beside it.
    expect_done(copy(word, None, "--undo", env=database.env))
    expect_done(copy(word, back, env=database.env))
    assert dump(f"{back}.replaced") == dump(back)


def test_a_full_disk_leaves_nothing_behind(file, database, word, copy, tmp_path):
    expect_done(copy(file, word, env=database.env))
    folder = tmp_path / "small"
    folder.mkdir()
    size = os.path.getsize(file) // 2 // 1024
    script = (f'mount -t tmpfs -o size={size}k small "$1" && shift && "$@"; code=$?; ls -A "{folder}"; exit $code')
    done = subprocess.run(
        ["unshare", "-m", *([] if os.geteuid() == 0 else ["-r"]), "sh", "-c", script, "sh", str(folder), HSS, "copy",
         "--from", word, "--to", f"sqlite:{folder}/hss.db"],
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], **database.env}, capture_output=True, text=True,
        check=False)
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("nothing can be mounted here")
    expect_refusal(done, f"{folder}/hss.db: The disk is full; nothing was changed")
    assert "hss.db" not in done.stdout.splitlines()
    assert database.sql("SELECT place FROM moved_to") == "\n"

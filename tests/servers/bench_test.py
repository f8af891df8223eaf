"""hss bench on a database server: it measures everything, of what is nobody's business, and only where it is told to."""

import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import Database  # noqa: E402
from hss import Hss  # noqa: E402
from servers import start  # noqa: E402

HEARING = "new booking sent, heard on a stream"
SUBJECTS = {
    "new bookings, durable", "status changes, durable", "booking by id, same again (cached)",
    "booking by id, another (database)", "booking by id, unchanged (304)", "bookings, page of 50 (database)",
    "queue, unchanged (304)", HEARING}
BARE = {"bare INSERT, one a commit", "bare INSERT, 32 a commit, 8 connections", "bare prepared SELECT by id"}
# Longer than any answer takes without it, as a whole round trip.
NETWORK = 20


@pytest.fixture(scope="module", autouse=True)
def has_bench(run):
    if "--server" not in run("bench", "--help", env={}).stdout:
        pytest.skip("this hss is built without its bench")


def refusal(done):
    assert done.returncode != 0 and done.stdout == ""
    return done.stderr.rstrip("\n").rpartition("\n")[2]


def test_a_bench_touches_no_server_unless_it_is_told_to(run, tmp_path):
    nowhere = {"DB_ENGINE": "postgres", "DB_HOST": "127.0.0.1", "DB_PORT": "1"}
    done = run("bench", str(tmp_path), "--milliseconds", "50", "--rounds", "1", "--connections", "1", env=nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert "new bookings, durable" in done.stdout


def test_a_bench_on_a_server_needs_one(run, tmp_path):
    assert "DB_ENGINE names no database server" in refusal(run("bench", str(tmp_path), "--server", env={}))
    nowhere = {"DB_ENGINE": "postgres", "DB_HOST": "127.0.0.1", "DB_PORT": "1"}
    assert "PostgreSQL at 127.0.0.1:1/hss" in refusal(run("bench", str(tmp_path), "--server", env=nowhere))


@pytest.mark.parametrize("words, reason", [
    (("--instances", "1"), "--instances requires --server"),
    (("--network", "0"), "--network requires --server"),
    (("--server", "--connections", "1,8"), "--connections: write one number together with --server"),
    (("--server", "--growth", "2000", "--instances", "1"), " excludes --"),
    (("--server", "--instances", "0"), "--instances: Value 0 not in range"),
])
def test_words_that_do_not_go_together(words, reason, database, run):
    assert reason in refusal(run("bench", *words, env=database.env))


def test_a_network_cannot_be_played_before_another_name(database, run, tmp_path):
    other = {name: value for name, value in database.env.items() if name != "DB_TLS"}
    other.update(DB_HOST="db.example", DB_CA_FILE=str(tmp_path / "ca.pem"))
    assert "the certificate of db.example is not for this machine" in refusal(run("bench", "--server", env=other))


def test_a_database_with_bookings_is_left_alone(database, run, tmp_path):
    with Hss(tmp_path, server=database) as hss:
        hss.client().book()
    done = run("bench", str(tmp_path), "--server", env=database.env)
    assert f"/{database.name} has 1 bookings; name a database without any in DB_NAME" in refusal(done)
    assert database.sql("SELECT count(*) FROM bookings") == "1\n"


def places(row):
    return row["engine"], row["network_ms"], row["instances"]


def test_every_figure_is_there_and_every_answer_as_expected(engine, run, tmp_path):
    # It encrypts, as that has to pass through the network untouched.
    with start(engine.engine, tls=True) as server:
        database = Database(server)
        file = tmp_path / "bench.json"
        done = run("bench", str(tmp_path), "--server", "--milliseconds", "50", "--rounds", "1", "--connections", "6",
                   "--network", f"0,{NETWORK}", "--json", str(file), env=database.env)
        assert done.returncode == 0, done.stderr
        rows = json.loads(file.read_text())["rows"]
        # It leaves its bookings, and nothing else.
        assert int(database.sql("SELECT count(*) FROM bookings")) > 5000
        with pytest.raises(AssertionError, match="hss_bench"):
            database.sql("SELECT count(*) FROM hss_bench")
    name = engine.engine if engine.engine == "postgres" else "mysql"
    assert {row["engine"].lower() for row in rows} == {"bare", "sqlite", name.replace("postgres", "postgresql")}
    of_server = [row for row in rows if row["engine"] not in ("bare", "SQLite")]
    for network in (0, NETWORK):
        assert {row["name"] for row in rows if row["engine"] == "bare" and row["network_ms"] == network} == BARE
        for instances in (1, 3):
            assert {row["name"] for row in of_server if places(row)[1:] == (network, instances)} == SUBJECTS
    assert {row["name"] for row in rows if places(row) == ("SQLite", None, 1)} == SUBJECTS
    assert [row for row in rows if row["unexpected"]] == []
    for row in rows:
        assert row["name"] in done.stdout
        if row["name"] != HEARING:
            assert row["least_per_second"] <= row["per_second"] <= row["most_per_second"] and row["per_second"] > 0
        if row["engine"] != "bare":
            assert 0 < row["p50_ms"] <= row["p99_ms"]
    for row in of_server:
        if row["network_ms"] == NETWORK:
            # Each of them asks the server for something, if only for its revision.
            assert row["p50_ms"] >= NETWORK, row
        words = {"new bookings, durable": {"bare", "bare 32"}, "booking by id, another (database)": {"bare"},
                 "booking by id, same again (cached)": {"bare"}}.get(row["name"], set())
        than_one = {"1 inst."} if row["instances"] > 1 and row["name"] != HEARING else set()
        assert set(row.get("ratios", {})) == words | than_one
        assert all(ratio["least"] <= ratio["median"] <= ratio["most"] for ratio in row.get("ratios", {}).values())


def test_growth_compares_every_route(database, run, tmp_path):
    file = tmp_path / "growth.json"
    done = run("bench", str(tmp_path), "--server", "--growth", "2000", "--json", str(file), env=database.env)
    assert done.returncode == 0, done.stderr
    growth = json.loads(file.read_text())["growth"]
    assert len(growth) > 25 and [row for row in growth if row["unexpected"]] == []
    assert all(row["few_ms"] > 0 and row["many_ms"] > 0 for row in growth)
    assert int(database.sql("SELECT count(*) FROM bookings")) > 2000

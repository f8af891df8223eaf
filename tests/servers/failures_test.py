"""What hss has answered stays, and nothing is stored twice, whatever of hss, of the database server and of what leads to it
fails. hss goes on by itself once that is over."""

import os
import random
import signal

import pytest

from hss import BOOKING, Hss, wait_until
from load import Load
from wire import Wire

CUTS = int(os.environ.get("HSS_TEST_CUTS", "100"))


def stop_fast(server):
    server.stop()


def stop_at_once(server):
    """PostgreSQL's "immediate": its clients are told, and it recovers at its next start."""
    server.process.send_signal(signal.SIGQUIT)
    server.process.wait(60)


def kill(server):
    server.kill()


def check_all(database, hss, *loads):
    """Once it is over: those who know nothing ask again, and then everything is stored once."""
    for load in loads:
        load.check(database.bookings())
        load.ask_again()
    stored = database.bookings()
    assert set(stored) == {email for load in loads for email in load.booked()}
    for load in loads:
        load.check(stored)
    assert hss.client().health() == (200, "ok")
    assert sorted(hss.client().all_bookings()) == sorted(stored.values())
    hss.check_data()


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
        check_all(database, hss, *loads)


@pytest.mark.parametrize("fail", [stop_fast, stop_at_once, kill], ids=lambda fail: fail.__name__)
def test_what_was_answered_stays_where_the_database_server_fails(database, server, tmp_path, fail):
    if fail is stop_at_once and server.engine != "postgres":
        pytest.skip("only PostgreSQL stops in this way")
    with Hss(tmp_path, server=database) as hss:
        load = Load(hss)
        for _ in range(3):
            load.wait_for(30)
            fail(server)
            server.start()
        # The same process goes on for all of them.
        load.wait_for(30)
        load.stop()
        check_all(database, hss, load)


# A wire that is cut.


def commit_s_answer_of(email):
    """Of the batch that has this booking."""
    has_been_sent = False

    def cut(piece):
        nonlocal has_been_sent
        if not piece.is_writer_s:
            return None
        if piece.is_from_hss:
            has_been_sent = has_been_sent or (email.encode() in piece.data and piece.has_commit)
            return None
        return b"" if has_been_sent else None

    return cut


def asks_what_was_committed(piece):
    return b"" if piece.is_from_hss and b"SELECT batch FROM writers" in piece.data else None


@pytest.mark.parametrize("more_cuts", [[], [asks_what_was_committed]], ids=["once", "twice"])
def test_a_booking_whose_commit_lost_its_answer_is_made_once(database, tmp_path, more_cuts):
    with Wire(database) as wire, Hss(tmp_path, server=wire) as hss:
        wire.cuts += [commit_s_answer_of(BOOKING["email"]), *more_cuts]
        booking = hss.client().book()
        assert not wire.cuts
        assert database.bookings() == {BOOKING["email"]: booking}
        hss.check_data()


def test_a_batch_that_never_arrived_is_not_answered_where_its_writer_is_forgotten(database, tmp_path):
    def is_last_of_batch(piece):
        if not (piece.is_from_hss and piece.is_writer_s and b"late@tuks.co.za" in piece.data):
            return None
        database.sql("DELETE FROM writers")
        return b""

    with Wire(database) as wire, Hss(tmp_path, server=wire) as hss:
        hss.client().book()
        wire.cuts.append(is_last_of_batch)
        answer = hss.client().request("POST", "/api/v1/bookings", {**BOOKING, "email": "late@tuks.co.za"})
        assert not wire.cuts
        assert ("late@tuks.co.za" in database.bookings()) == (answer.status == 201), answer


def cut_in_commit(moments, parts):
    """At a byte of the COMMIT of a batch with bookings, of its answer, or between the two; `parts` says which."""
    part = moments.choice(["request", "between", "answer"])
    has_been_sent = False

    def cut(piece):
        nonlocal has_been_sent
        at = moments.randrange(len(piece.data))
        if not piece.is_writer_s:
            return None
        if piece.is_from_hss and piece.has_commit and b"@tuks.co.za" in piece.data:
            has_been_sent = True
            if part == "answer":
                return None
            parts.append(part)
            return piece.data[:at] if part == "request" else piece.data
        if has_been_sent and not piece.is_from_hss:
            parts.append(part)
            return piece.data[:at]
        return None

    return cut


def test_a_wire_that_is_cut_inside_commit_again_and_again_loses_and_doubles_nothing(database, tmp_path):
    moments, parts = random.Random(2), []
    with Wire(database) as wire, Hss(tmp_path, server=wire) as hss:
        wire.cuts += [cut_in_commit(moments, parts) for _ in range(CUTS)]
        # A key would hide what is done twice.
        load = Load(hss, has_keys=False)
        wait_until(lambda: not wire.cuts)
        load.wait_for(30)
        load.stop()
        assert len(parts) == CUTS and set(parts) == {"request", "between", "answer"}
        # Each of them is found out, so nobody is left in doubt.
        assert load.refused() == []
        check_all(database, hss, load)


# Somebody who holds the lock.


def sessions_that_hold_the_lock(database, is_psql=False):
    """Of hss: between two statements of a transaction that has changed nothing else yet, or has; or of a test's own client."""
    compared = "=" if is_psql else "<>"
    return database.sql("SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                        " WHERE l.relation = 'head'::regclass AND l.mode = 'RowShareLock' AND l.granted"
                        f" AND a.state = 'idle in transaction' AND a.application_name {compared} 'psql'").split()


@pytest.fixture(name="postgres")
def fixture_postgres(server):
    if server.engine != "postgres":
        pytest.skip("it looks into PostgreSQL's locks")
    return server


def test_an_instance_that_is_stopped_with_the_lock_is_thrown_out(postgres, database, tmp_path):
    assert postgres
    (tmp_path / "stopped").mkdir()
    (tmp_path / "other").mkdir()
    with Hss(tmp_path / "stopped", server=database) as stopped, Hss(tmp_path / "other", server=database) as other:
        load = Load(stopped)

        def stops_with_lock():
            os.kill(stopped.process.pid, signal.SIGSTOP)
            # The server may still be at its last statement.
            if database.sql("SELECT pg_sleep(0.05)") and sessions_that_hold_the_lock(database):
                return True
            os.kill(stopped.process.pid, signal.SIGCONT)
            load.wait_for(1)
            return False

        try:
            wait_until(stops_with_lock)
            assert other.client().book({**BOOKING, "email": "other@tuks.co.za"})
        finally:
            os.kill(stopped.process.pid, signal.SIGCONT)
        load.wait_for(30)
        load.stop()
        stored = database.bookings()
        assert stored.pop("other@tuks.co.za")
        load.check(stored)
        assert set(stored) == set(load.booked())
        other.check_data()


def test_who_waits_for_a_lock_that_is_not_given_back_is_told_so(postgres, database, tmp_path):
    with Hss(tmp_path, server=database) as hss, postgres.hold(
            "BEGIN; SELECT 1 FROM head FOR UPDATE;\n", database.name, postgres.superuser) as holder:
        try:
            wait_until(lambda: sessions_that_hold_the_lock(database, is_psql=True))
            answer = hss.client().request("POST", "/api/v1/bookings", BOOKING)
            assert answer.status == 503
            assert answer.body["error"]["message"] == "The database server did not answer in time; nothing was changed"
            # Reads need no lock.
            assert hss.client().ask("GET", "/api/v1/bookings", role="staff")["bookings"] == []
        finally:
            holder.communicate("COMMIT;\n")
        booking = hss.client().book()
        assert database.bookings() == {BOOKING["email"]: booking}
        hss.check_data()

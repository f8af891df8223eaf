"""A PostgreSQL server fails and its synchronous standby takes its place, or its disk fills: what hss has answered stays."""

import threading

import pytest

from databases import Database
from failures_test import check_all
from hss import BOOKING, Hss, wait_until
from load import Load
from servers import start
from small_disk import small_disk
from standby import Standby
from unavailable_test import IN_DOUBT, UNREACHABLE
from wire import Wire

SERVERS = ["postgres"]
FULL = "The database server's disk is full; nothing was changed"


@pytest.fixture(name="primary")
def fixture_primary(engine):
    with start(engine.engine) as primary:
        yield primary


@pytest.fixture(name="standby")
def fixture_standby(primary):
    with Standby(primary) as standby:
        yield standby


@pytest.fixture(name="wire")
def fixture_wire(primary, standby, tmp_path):
    """To the primary, until its address leads to the standby."""
    assert standby
    with Wire(Database(primary).migrate(tmp_path)) as wire:
        yield wire


def database_on(server, database):
    """The same one, where it is now."""
    moved = object.__new__(Database)
    moved.server, moved.name = server, database.name
    return moved


@pytest.mark.parametrize("promoted", ["before its address moves", "after that"])
def test_what_was_answered_is_on_the_standby_that_is_promoted(primary, standby, wire, tmp_path, promoted):
    with Hss(tmp_path, server=wire) as hss:
        load = Load(hss)
        load.wait_for(100)
        primary.kill()
        wire.cut()
        if promoted == "after that":
            wire.target = standby.port
            # Until then it takes no changes.
            wait_until(lambda: standby.sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'hss'"))
            standby.promote()
        else:
            standby.promote()
            wire.target = standby.port
        load.wait_for(100)
        load.stop()
        check_all(database_on(standby, wire.database), hss, load)


def test_what_is_not_on_the_standby_is_not_answered(primary, standby, wire, tmp_path):
    """Not even where the primary comes back, and has it."""
    database = wire.database
    with Hss(tmp_path, server=wire) as hss:
        first = hss.client().book()
        standby.stop()
        answers = []
        asking = threading.Thread(target=lambda: answers.append(
            hss.client().request("POST", "/api/v1/bookings", {**BOOKING, "email": "late@tuks.co.za"}, key="late")))
        asking.start()
        waiting = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'hss' AND wait_event = 'SyncRep'"
        wait_until(lambda: primary.sql(waiting))
        primary.kill()
        primary.start()
        wait_until(lambda: primary.sql(waiting))
        assert "late@tuks.co.za" in database.bookings()
        asking.join()
        assert [(answer.status, answer.body["error"]["message"]) for answer in answers] == [(503, IN_DOUBT)]
        standby.start()
        standby.wait_until_synchronous()
        late = hss.client().book({**BOOKING, "email": "late@tuks.co.za"}, key="late")
        assert database_on(standby, database).bookings() == {BOOKING["email"]: first, "late@tuks.co.za": late}
        hss.check_data()


def test_the_disk_fills(primary, tmp_path):
    with small_disk(primary, 160) as disk:
        database = Database(primary).migrate(tmp_path)
        with Hss(tmp_path, server=database) as hss:
            load = Load(hss)
            load.wait_for(50)
            # A part of its log that has just begun has room for long, so that the tables meet the end of the disk first.
            primary.sql("SELECT pg_switch_wal()")
            load.wait_for(50)
            disk.fill()
            wait_until(lambda: FULL in load.refused())
            # A part of the log that has no room: it ends itself, and starts again in vain.
            with pytest.raises(AssertionError):
                for _ in range(64):
                    primary.sql("SELECT pg_logical_emit_message(true, '', 'x'); SELECT pg_switch_wal()")
            wait_until(lambda: UNREACHABLE in load.refused())
            assert hss.client().health() == (503, "unavailable")
            disk.empty()
            primary.process.wait(60)
            primary.start()
            load.wait_for(50)
            load.stop()
            check_all(database, hss, load)

"""A page of the database is lost while hss does not look, as a disk does that.

Whatever reads it next says that the database is damaged and what to do, on every route, and never an
exception's own words; /health says so from then on, and one loud line stands in the log.
"""

import json
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import (  # noqa: E402
    BOOKING,
    Hss,
    temporary_folder,
    wait_until,
    zero_part_of_bookings,
)

PAGE = 4096
LOUD = "THE DATABASE IS DAMAGED"


def season(hss):
    """Bookings in every state, remembered answers, messages, a webhook; gives one booking's id."""
    client = hss.client()
    ids = []
    for number in range(260):
        body = {**BOOKING, "customer_name": f"Thandi {number}", "email": f"thandi{number}@tuks.co.za"}
        made = client.request("POST", "/api/v1/bookings", body, key=f"key-{number}")
        assert made.status == 201
        ids.append(made.body["booking_id"])
    for number, one in enumerate(ids[:180]):
        client.request("POST", f"/api/v1/staff/bookings/{one}/approve", {}, "staff")
        if number % 2:
            client.request("POST", f"/api/v1/bookings/{one}/payment", {"method": "eft"})
            client.request("POST", "/api/v1/notifications",
                           {"message": "We come at nine", "booking_id": one}, "staff")
    return ids


def every_read(hss, ids):
    """Each way to the data, and its answer."""
    client = hss.client()
    ways = [("GET", path, None, None) for path in (
        "/api/v1/bookings?limit=200", "/api/v1/bookings?limit=200&offset=200",
        "/api/v1/bookings?q=thandi&limit=200", "/api/v1/bookings?q=thandi%20150",
        "/api/v1/bookings?status=paid&limit=200", "/api/v1/bookings?sort=pickup_date&limit=200",
        "/api/v1/admin/bookings?limit=200", "/api/v1/staff/queue?limit=200", "/api/v1/staff/board",
        "/api/v1/audit?limit=200", "/api/v1/audit?event_type=payment_captured&limit=200",
        "/api/v1/admin/overview", "/api/v1/admin/statistics", "/api/v1/admin/audit/verification",
        "/api/v1/catalog", "/api/v1/admin/webhooks", "/api/v1/admin/events",
        "/api/v1/admin/deliveries")]
    for one in ids[::9]:
        ways += [("GET", f"/api/v1/bookings/{one}", None, None),
                 ("GET", f"/api/v1/bookings/{one}/notifications", None, None),
                 ("GET", f"/api/v1/audit?booking_id={one}", None, None)]
    for number in range(0, len(ids), 9):
        body = {**BOOKING, "customer_name": f"Thandi {number}", "email": f"thandi{number}@tuks.co.za"}
        ways.append(("POST", "/api/v1/bookings", body, f"key-{number}"))
    for one in ids[:40:7]:
        ways.append(("PATCH", f"/api/v1/bookings/{one}/status", {"status": "collected"}, None))
    ways.append(("POST", "/api/v1/bookings", BOOKING, None))
    for method, path, body, key in ways:
        yield method, path, client.request(method, path, body, "admin", key)


def check(hss, ids, log):
    """What is damaged is told as that, and nothing else. Gives whether it was."""
    told = []
    for method, path, answer in every_read(hss, ids):
        where = (method, path, answer.status, answer.body)
        assert answer.status in (200, 201, 404, 405, 409, 503), where
        if answer.status == 503:
            message = answer.body["error"]["message"]
            assert "damaged" in message and "hss restore" in message, where
            told.append(path)
    health = hss.client().request("GET", "/health")
    assert (health.status == 503) == bool(told), (health, told)
    def loud():
        return [line for line in log.read_text().splitlines() if LOUD in line]
    lines = wait_until(loud) if told else loud()
    assert len(lines) == bool(told), lines
    if told:
        assert json.loads(lines[0])["level"] == "error" and "hss restore" in lines[0]
        assert "hss restore" in health.body["error"]["message"]
    for words in ("malformed", "json", "optional", "exception", "vector", "stoi"):
        assert words not in log.read_text().lower().replace("application/json", ""), words
    return told


def test_zeroes_in_a_page_of_bookings_are_told_on_every_way_of_reading_them():
    with temporary_folder() as folder:
        hss = Hss(folder)
        ids = season(hss)
        hss.stop()
        zero_part_of_bookings(hss.db)
        Path(folder, "hss.log").unlink()
        hss.start()
        told = check(hss, ids, Path(folder, "hss.log"))
        for path in ("/api/v1/bookings?limit=200", "/api/v1/bookings?q=thandi&limit=200",
                     "/api/v1/staff/queue?limit=200", "/api/v1/bookings?sort=pickup_date&limit=200"):
            assert path in told, told
        hss.stop()


def test_zeroes_in_any_page_never_bring_out_an_exception():
    with temporary_folder() as folder:
        hss = Hss(folder)
        ids = season(hss)
        hss.stop()
        whole = Path(folder, "whole.db")
        shutil.copy(hss.db, whole)
        pages = whole.stat().st_size // PAGE
        noticed = 0
        for page in range(1, pages, 3):
            data = bytearray(whole.read_bytes())
            begin = page * PAGE + (0, 700, 2096)[page % 3]
            data[begin:begin + 2000] = bytes(2000)
            Path(hss.db).write_bytes(data)
            log = Path(folder, "hss.log")
            log.unlink(missing_ok=True)
            try:
                hss.start()
            except AssertionError as refused:
                assert "damaged" in str(refused) and "hss restore" in str(refused), refused
                noticed += 1
                continue
            noticed += bool(check(hss, ids, log))
            hss.stop()
        print(f"{noticed} of {len(range(1, pages, 3))} pages were noticed while serving")
        assert noticed > 10


def test_a_backup_of_a_damaged_database_is_none():
    with temporary_folder() as folder:
        hss = Hss(folder)
        season(hss)
        hss.stop()
        zero_part_of_bookings(hss.db)
        for running in (False, True):
            if running:
                hss.start()
            copy = Path(folder, "copy.db")
            done = hss.run("backup", str(copy), "--db", hss.db)
            assert done.returncode != 0 and "damaged" in done.stderr, done
            assert "hss restore" in done.stderr and "Backed up" not in done.stdout
            assert not [file.name for file in Path(folder).iterdir()
                        if "copy" in file.name or "part" in file.name]
        hss.stop()


@pytest.mark.parametrize("at", [0, 8, 1000, 2096])
def test_a_remembered_answer_that_was_lost_is_not_given_a_second_time(at):
    with temporary_folder() as folder:
        hss = Hss(folder)
        season(hss)
        hss.stop()
        data = bytearray(Path(hss.db).read_bytes())
        leaf_of_index = 0x0a
        pages = [page for page in range(0, len(data), PAGE)
                 if data[page] == leaf_of_index and data[page:page + PAGE].count(b"booking_id") > 5]
        begin = pages[len(pages) // 2] + at
        data[begin:begin + 2000] = bytes(2000)
        Path(hss.db).write_bytes(data)
        hss.start()
        client = hss.client()
        refused = 0
        for number in range(260):
            body = {**BOOKING, "customer_name": f"Thandi {number}", "email": f"thandi{number}@tuks.co.za"}
            answer = client.request("POST", "/api/v1/bookings", body, key=f"key-{number}")
            refused += answer.status == 503
            assert answer.status == 503 or answer.headers["Idempotent-Replayed"] == "true", answer
        assert refused > 0
        hss.stop()
        with sqlite3.connect(f"file:{hss.db}?mode=ro", uri=True) as database:
            assert database.execute("SELECT count(*) FROM bookings").fetchone()[0] == 260


def test_after_a_crash_the_whole_file_is_looked_through_behind_a_start_that_does_not_wait():
    with temporary_folder() as folder:
        hss = Hss(folder)
        hss.stop()
        with sqlite3.connect(hss.db) as database:
            database.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
                             " i < 1500000) INSERT INTO notifications (message, created_at)"
                             " SELECT 'We come at nine, bed and boxes ' || i, '2026-11-22' FROM n")
        database.close()
        hss.start()
        assert hss.client().request("POST", "/api/v1/bookings", BOOKING).status == 201
        hss.kill()
        data = bytearray(Path(hss.db).read_bytes())
        begin = data.rindex(b"bed and boxes 1499")
        data[begin:begin + 8] = bytes(8)
        Path(hss.db).write_bytes(data)
        hss.start()
        health = wait_until(lambda: (answer := hss.client().request("GET", "/health")).status == 503
                            and answer)
        assert "hss restore" in health.body["error"]["message"]
        assert Path(folder, "hss.log").read_text().count(LOUD) == 1
        hss.stop()

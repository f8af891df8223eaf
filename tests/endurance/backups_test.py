"""A server backs its database up by itself, and commands leave nothing beside a stopped one."""

import re
import sqlite3
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import (  # noqa: E402
    BOOKING,
    Hss,
    temporary_folder,
    wait_until,
    zero_part_of_bookings,
)


def backups(folder):
    return sorted(file.name for file in Path(folder).glob("hss-*.db"))


def metric(hss, name):
    client = hss.client()
    client.connection.request("GET", "/metrics", headers={"X-HSS-Role": "admin"})
    text = client.connection.getresponse().read().decode()
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def backup_state(hss):
    return hss.client().ask("GET", "/api/v1/admin/overview", role="admin")["backup"]


def plan(folder, every="1s", keep="2"):
    return {"HSS_BACKUP_TO": str(folder), "HSS_BACKUP_EVERY": every, "HSS_BACKUP_KEEP": keep}


def test_a_server_backs_up_by_itself_keeps_the_newest_and_touches_nothing_else():
    with temporary_folder() as folder:
        to = Path(folder, "backups")
        to.mkdir()
        others = ["hss-old.db", "hss-2026.db", "mine-2020-01-01T00-00-00Z.db", "letter.txt"]
        for name in others:
            (to / name).write_text("mine")
        (to / "hss-2020-01-01T00-00-00Z.db").write_text("an old backup")
        hss = Hss(folder, extra=plan(to))
        for _ in range(5):
            assert hss.client().request("POST", "/api/v1/bookings", BOOKING).status == 201
        first = wait_until(lambda: (state := backup_state(hss))["last_at"] and state)
        assert first["every_seconds"] == 1 and first["problem"] is None
        wait_until(lambda: backup_state(hss)["last_at"] > first["last_at"])
        wait_until(lambda: not (to / "hss-2020-01-01T00-00-00Z.db").exists())
        assert 0 <= metric(hss, "hss_backup_age_seconds") < 60
        assert metric(hss, "hss_backup_interval_seconds") == 1
        hss.stop()
        assert 1 <= len([name for name in backups(to) if "T" in name]) <= 2
        assert sorted(file.name for file in to.iterdir() if file.read_bytes() == b"mine") == sorted(others)
        assert not [file for file in to.iterdir() if file.name.startswith(".hss")]
        newest = [name for name in backups(to) if "T" in name][-1]
        with sqlite3.connect(to / newest) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert copy.execute("SELECT count(*) FROM bookings").fetchone() == (5,)
            assert copy.execute("SELECT count(*) FROM token_keys").fetchone() == (0,)


def test_the_newest_backup_counts_after_a_restart():
    with temporary_folder() as folder:
        hss = Hss(folder, extra=plan(folder, every="1h"))
        wait_until(lambda: backup_state(hss)["last_at"])
        made = backups(folder)
        hss.stop()
        hss.start()
        assert backup_state(hss)["last_at"] is not None
        assert hss.client().request("POST", "/api/v1/bookings", BOOKING).status == 201
        hss.stop()
        assert backups(folder) == made


def test_a_damaged_database_is_found_by_its_backup():
    with temporary_folder() as folder:
        to = Path(folder, "backups")
        to.mkdir()
        hss = Hss(folder)
        for _ in range(200):
            assert hss.client().request("POST", "/api/v1/bookings", BOOKING).status == 201
        hss.stop()
        zero_part_of_bookings(hss.db)
        hss.environment.update(plan(to, every="1h"))
        hss.start()
        health = wait_until(lambda: (answer := hss.client().request("GET", "/health")).status == 503
                            and answer)
        assert "hss restore" in health.body["error"]["message"]
        wait_until(lambda: metric(hss, "hss_backup_failures_total") == 1)
        assert not list(to.iterdir())
        hss.stop()


def test_a_folder_that_is_not_there_stops_the_start_with_a_sentence():
    with temporary_folder() as folder:
        hss = Hss(folder)
        hss.stop()
        done = hss.run("serve", "--port", "0", "--db", hss.db, "--backup-to", folder + "/none")
        assert done.returncode != 0 and "There is no folder" in done.stderr, done
        done = hss.run("serve", "--port", "0", "--db", hss.db, "--backup-to", folder,
                       "--backup-every", "soon")
        assert done.returncode != 0 and "soon is no time" in done.stderr, done


def test_commands_on_a_stopped_database_leave_nothing_beside_it():
    with temporary_folder() as folder:
        hss = Hss(folder)
        assert hss.client().request("POST", "/api/v1/bookings", BOOKING).status == 201
        for ends in (hss.stop, hss.kill):
            if hss.process.poll() is not None:
                hss.start()
            ends()
            for number, words in enumerate((["audit", "verify"], ["user", "list"], ["events", "list"],
                                            ["backup", f"{folder}/{ends.__name__}.db"],
                                            ["key", "rotate"])):
                done = hss.run(*words, "--db", hss.db)
                assert done.returncode == 0, (words, done)
                beside = [file.name for file in Path(folder).iterdir()
                          if file.name.endswith(("-wal", "-shm", "-journal"))]
                assert not beside, (words, number, beside)


def test_names_that_are_no_files_are_told_as_that():
    with temporary_folder() as folder:
        hss = Hss(folder)
        hss.stop()
        before = sorted(Path(folder).iterdir())
        for name, says in (("-", "names none"), (":memory:", "names none"),
                           ("file:y.db?mode=memory", "names none"), (folder, "folder"),
                           (folder + "/none/x.db", "There is no folder"), (hss.db, "exists already")):
            done = hss.run("backup", "--db", hss.db, "--", name)
            assert done.returncode != 0 and says in done.stderr, (name, done)
        assert sorted(Path(folder).iterdir()) == before

"""A backup takes the place of a database that was killed, however it is put there.

What was answered is in the log beside the database after `kill -9`, so a copy that is put in the
file's place lies beside the log of another: opened together they are a broken database, or the one of
before. hss opens neither, and `hss restore` does it right, and keeps both.
"""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import (  # noqa: E402
    BOOKING,
    HSS,
    Hss,
    temporary_folder,
    zero_part_of_bookings,
)


def book(hss, count):
    client = hss.client()
    for _ in range(count):
        assert client.request("POST", "/api/v1/bookings", BOOKING).status == 201


def total(hss):
    return hss.client().ask("GET", "/api/v1/admin/overview", role="admin")["total_bookings"]


def refusal(hss):
    """What hss says where it does not start."""
    done = subprocess.run([HSS, "serve", "--port", "0", "--db", hss.db, "--no-open"],
                          env=hss.environment, capture_output=True, text=True, timeout=30,
                          check=False)
    assert done.returncode != 0 and not done.stdout, done
    return done.stderr


def restore(hss, file):
    done = hss.run("restore", str(file), "--db", hss.db)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lives(folder, before_backup, after_backup, same_file):
    """A server that was killed, and a backup of an earlier life of its file, or of another's."""
    backup = Path(folder) / "bk.db"
    hss = Hss(folder)
    book(hss, before_backup)
    assert hss.run("backup", str(backup), "--db", hss.db).returncode == 0
    if not same_file:
        hss.stop()
        Path(hss.db).unlink()
        hss.start()
    book(hss, after_backup)
    hss.kill()
    assert Path(hss.db + "-wal").stat().st_size > 0
    return hss, backup


LIVES = [pytest.param(400, 30, False, id="the log of another life of the file"),
         pytest.param(50, 60, True, id="the log of the same file, which undid the restore")]


@pytest.mark.parametrize(("before", "after", "same_file"), LIVES)
def test_a_copy_that_was_put_beside_another_log_is_not_opened_and_can_be_restored(
        before, after, same_file):
    with temporary_folder() as folder:
        hss, backup = lives(folder, before, after, same_file)
        log = Path(hss.db + "-wal").read_bytes()
        shutil.copy(backup, hss.db)
        said = refusal(hss)
        assert "hss restore" in said and hss.db in said, said
        # No command that only looks mixes them either.
        for words in (["audit", "verify"], ["user", "list"], ["backup", str(backup) + ".2"]):
            done = hss.run(*words, "--db", hss.db)
            assert done.returncode != 0 and "hss restore" in done.stderr, done
        assert Path(hss.db).read_bytes() == backup.read_bytes()
        assert Path(hss.db + "-wal").read_bytes() == log

        assert f"{before} bookings" in restore(hss, hss.db)
        hss.start()
        assert total(hss) == before
        book(hss, 1)
        hss.check_data()
        hss.stop()


@pytest.mark.parametrize(("before", "after", "same_file"), LIVES)
def test_a_restore_keeps_what_was_there_with_its_log(before, after, same_file):
    with temporary_folder() as folder:
        hss, backup = lives(folder, before, after, same_file)
        assert f"{before} bookings" in restore(hss, backup)
        assert not Path(hss.db + "-wal").exists() and not Path(hss.db + "-shm").exists()
        hss.start()
        assert total(hss) == before
        hss.check_data()
        hss.stop()
        # The other one is whole, with what was answered last, and can be gone back to.
        restore(hss, hss.db + ".replaced")
        hss.start()
        assert total(hss) == (before + after if same_file else after)
        hss.check_data()
        hss.stop()


def test_a_restore_that_was_broken_off_is_told_and_done_again():
    with temporary_folder() as folder:
        hss, backup = lives(folder, 20, 10, True)
        for gone in ([hss.db], []):
            log = Path(hss.db + "-wal")
            for file in gone:
                Path(file).unlink()
            if not gone:
                shutil.copy(backup, hss.db)
                log.write_bytes(b"x" * 100)
            assert "hss restore" in refusal(hss)
            restore(hss, backup)
            hss.start()
            assert total(hss) == 20
            hss.stop()


def test_a_running_server_keeps_its_database():
    with temporary_folder() as folder, Hss(folder) as hss:
        backup = Path(folder) / "bk.db"
        assert hss.run("backup", str(backup), "--db", hss.db).returncode == 0
        book(hss, 3)
        done = hss.run("restore", str(backup), "--db", hss.db)
        assert done.returncode != 0 and "stop the server" in done.stderr, done
        book(hss, 1)
        assert total(hss) == 4
        assert not Path(hss.db + ".replaced").exists()


def test_a_log_that_damages_the_file_is_found_before_it_becomes_part_of_it():
    # A copy made by `sqlite3 .backup` says nothing of itself, so the two are looked through.
    with temporary_folder() as folder:
        hss = Hss(folder)
        book(hss, 400)
        hss.stop()
        copy = Path(folder) / "bk.db"
        shutil.copy(hss.db, copy)
        Path(hss.db).unlink()
        hss.start()
        book(hss, 30)
        hss.kill()
        shutil.copy(copy, hss.db)
        log = Path(hss.db + "-wal").read_bytes()
        said = refusal(hss)
        assert "damaged" in said and "hss restore" in said, said
        assert Path(hss.db).read_bytes() == copy.read_bytes()
        assert Path(hss.db + "-wal").read_bytes() == log
        restore(hss, copy)
        hss.start()
        assert total(hss) == 400
        hss.stop()


def test_what_is_no_sound_backup_is_not_restored():
    with temporary_folder() as folder:
        hss = Hss(folder)
        book(hss, 300)
        backup = Path(folder) / "bk.db"
        assert hss.run("backup", str(backup), "--db", hss.db).returncode == 0
        hss.stop()
        before = Path(hss.db).read_bytes()
        damaged = Path(folder) / "damaged.db"
        shutil.copy(backup, damaged)
        zero_part_of_bookings(damaged)
        newer = Path(folder) / "newer.db"
        shutil.copy(backup, newer)
        with sqlite3.connect(newer) as database:
            database.execute("PRAGMA user_version = 999")
        other = Path(folder) / "other.db"
        with sqlite3.connect(other) as database:
            database.execute("CREATE TABLE songs (title)")
        letter = Path(folder) / "letter.txt"
        letter.write_text("Dear Thandi")
        for file, says in ((damaged, "damaged"), (newer, "newer HSS"), (other, "not a database of HSS"),
                           (letter, "not a database"), (Path(folder) / "none.db", "no file"),
                           (Path(folder), "folder"), (Path(hss.db), "itself")):
            done = hss.run("restore", str(file), "--db", hss.db)
            assert done.returncode != 0 and says in done.stderr, (file, done)
            assert Path(hss.db).read_bytes() == before
        assert not [file.name for file in Path(folder).iterdir() if "part" in file.name]

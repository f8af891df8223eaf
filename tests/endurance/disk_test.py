"""A disk in trouble: whoever asks hears what is wrong in a sentence and with 503, reads go on where
they can, /health says so, nothing is lost or half done, and hss serves on once the cause is gone.

What mounts something does so in a namespace of its own, which takes it along at its end: as root, or
as anybody where the system lets them have one. `python tests/endurance/disk_test.py` runs every case
and says what it saw; with names, those cases.
"""

import concurrent.futures
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, HSS, Hss, temporary_folder, wait_until  # noqa: E402

MIB = 1024 * 1024
# 200 items with long names: some 150 KiB on disk.
LARGE = {**BOOKING, "items": [{"type": "other", "name": "n" * 80, "s3Key": "k" * 512}] * 200}
# How SQLite, the system and the compiler would say it.
LIBRARY_WORDS = re.compile(
    r"sqlite|\bsql\b|disk i/o|disk image|database or disk|is locked|readonly|errno|std::|exception|"
    r"no space left", re.IGNORECASE)


def say(text):
    print(f"  {text}", flush=True)


def check_refusal(answer, words):
    """It is 503, and says `words`."""
    assert answer.status == 503, answer
    error = answer.body["error"]
    assert error["code"] == "unavailable" and words in error["message"], answer.body
    assert not LIBRARY_WORDS.search(error["message"]), answer.body
    assert int(answer.headers["Retry-After"]) > 0


def check_unwell(client, words):
    answer = client.request("GET", "/health")
    check_refusal(answer, words)
    assert answer.body["status"] == "unavailable"


def wait_until_well(client):
    wait_until(lambda: client.health() == (200, "ok"))


def book(client, key, draft=None):
    return client.request("POST", "/api/v1/bookings", draft or BOOKING, key=key)


def check_start_is_refused(folder, db, words):
    """In one sentence for the terminal, which ends the log."""
    done = subprocess.run(
        [HSS, "serve", "--port", "0", "--db", str(db), "--no-open"],
        env={**os.environ, "HOME": str(folder)}, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=60, check=False)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1 and last.startswith("hss: ") and words in last, done
    assert not LIBRARY_WORDS.search(last), last
    say(last)


class Trouble:
    """What was acknowledged around a trouble, and the booking that it refused."""

    def __init__(self, hss):
        self.hss, self.client, self.kept = hss, hss.client(), []
        self.book(5)

    def book(self, count):
        self.kept += [self.client.book() for _ in range(count)]

    def book_until_refused(self, draft=None, at_most=2_000):
        """The answer that refuses one, which is asked for again under the same key afterwards."""
        for _ in range(at_most):
            key = f"after-{len(self.kept)}"
            answer = book(self.client, key, draft)
            if answer.status != 201:
                self.refused = (key, draft)
                return answer
            self.kept.append(answer.body["booking_id"])
        raise AssertionError("nothing was refused")

    def check_reads(self):
        for booking in self.kept[-3:]:
            assert self.client.ask("GET", f"/api/v1/bookings/{booking}")["status"] == "submitted"

    def check_over(self):
        """All goes on, and what was refused is done with the same key, once."""
        wait_until_well(self.client)
        key, draft = self.refused
        answer = book(self.client, key, draft)
        assert answer.status == 201 and "Idempotent-Replayed" not in answer.headers, answer
        self.kept.append(answer.body["booking_id"])
        self.book(5)
        self.client.approve(self.kept[-1])
        self.client.pay(self.kept[-1])
        self.check_kept()

    def check_kept(self):
        assert sorted(self.client.all_bookings()) == sorted(self.kept)
        self.hss.check_data()


@contextlib.contextmanager
def mounted(folder, *words):
    """Only in a namespace of its own. Skips where even that is refused."""
    done = subprocess.run(["mount", *words, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield Path(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def small_disk(folder, mib):
    place = Path(folder) / "disk"
    place.mkdir()
    return mounted(place, "-t", "tmpfs", "-o", f"size={mib}m", "none")


def fill(disk):
    """To the last byte; gives what has to go for room."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    assert os.statvfs(disk).f_bavail == 0
    return filler


def full_disk():
    with temporary_folder() as folder, small_disk(folder, 24) as disk:
        with Hss(disk) as hss:  # its log is on the disk, too
            trouble = Trouble(hss)
            filler = fill(disk)
            check_refusal(trouble.book_until_refused(), "The disk is full")
            trouble.check_reads()
            check_unwell(trouble.client, "The disk is full")
            # Many at once, in one commit and in several.
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                answers = list(pool.map(lambda n: book(hss.client(), f"crowd-{n}"), range(100)))
            for answer in answers:
                check_refusal(answer, "The disk is full")
            say(f"full: {answers[0].body['error']['message']}; /health 503; reads go on")
            filler.unlink()
            trouble.check_over()
            # Little by little: a large booking where there is room for part of it.
            check_refusal(trouble.book_until_refused(LARGE), "The disk is full")
            say(f"full of bookings after {len(trouble.kept)} of them")
            trouble.check_reads()
            hss.check_data()
        # What did not go into the file any more, SQLite's log still has.
        with Hss(folder, db=disk / "hss.db") as hss:
            trouble.hss, trouble.client = hss, hss.client()
            trouble.check_kept()


def start_on_a_full_disk():
    with temporary_folder() as folder, small_disk(folder, 4) as disk:
        with Hss(folder, db=disk / "hss.db") as hss:
            kept = [hss.client().book() for _ in range(3)]
        filler = fill(disk)
        check_start_is_refused(folder, disk / "hss.db", "The disk is full")
        check_start_is_refused(folder, disk / "new.db", "The disk is full")
        filler.unlink()
        for name, bookings in (("hss.db", kept), ("new.db", [])):
            with Hss(folder, db=disk / name) as hss:
                assert sorted(hss.client().all_bookings()) == sorted(bookings)
                hss.client().book()
                hss.check_data()


def disk_full_before_anything_was_refused():
    with temporary_folder() as folder, small_disk(folder, 8) as disk:
        with Hss(folder, db=disk / "hss.db") as hss:
            client = hss.client()
            client.book()
            assert client.health() == (200, "ok")
            filler = fill(disk)
            check_unwell(client, "The disk is full")
            filler.unlink()
            wait_until_well(client)


def full_disk_for_a_backup():
    with temporary_folder() as folder, small_disk(folder, 1) as disk, Hss(folder) as hss:
        client = hss.client()
        kept = [client.book(LARGE) for _ in range(20)]
        done = hss.run("backup", str(disk / "copy.db"), "--db", hss.db)
        last = done.stderr.splitlines()[-1]
        assert done.returncode == 1 and "The disk is full" in last and str(disk) in last, done
        assert not LIBRARY_WORDS.search(last), last
        left = [file.name for file in disk.iterdir()]
        assert not left, "half a backup is left"
        say(last)
        assert client.health() == (200, "ok")
        done = hss.run("backup", str(Path(folder) / "copy.db"), "--db", hss.db)
        assert done.returncode == 0, done
        assert sorted(client.all_bookings()) == sorted(kept)
        hss.check_data()


def disk_of_photos_nearly_full():
    """Photos alone are refused, before the disk is full."""
    file = {"variant": "full", "content_type": "image/png", "size": 70,
            "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
    with temporary_folder() as folder, small_disk(folder, 24) as disk:
        with Hss(folder, extra={"HSS_UPLOADS": str(disk / "photos")}) as hss:
            client = hss.client()
            answer = client.request("POST", "/api/v1/uploads/presign", {"purpose": "item", "files": [file]})
            check_refusal(answer, "no photos can be taken now")
            say(f"{answer.body['error']['message']}; bookings go on")
            client.book()
            assert client.health() == (200, "ok")
            assert client.ask("GET", "/api/v1/catalog")["photo_uploads"] is True


def read_only_disk():
    with temporary_folder() as folder:
        place = Path(folder) / "data"
        place.mkdir()
        with Hss(folder, db=place / "hss.db") as hss:
            kept = [hss.client().book() for _ in range(3)]
        before = (place / "hss.db").read_bytes()
        with mounted(place, "--bind", str(place)):
            done = subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=False,
                                  capture_output=True, text=True)
            if done.returncode != 0:
                pytest.skip(f"nothing can be made read-only here: {done.stderr.strip()}")
            check_start_is_refused(folder, place / "hss.db", "cannot be written")
            check_start_is_refused(folder, place / "new.db", "folder cannot be written")
            assert [file.name for file in place.iterdir()] == ["hss.db"]
        assert (place / "hss.db").read_bytes() == before
        with Hss(folder, db=place / "hss.db") as hss:
            assert sorted(hss.client().all_bookings()) == sorted(kept)
            hss.check_data()


def set_unchangeable(files, is_so):
    done = subprocess.run(["chattr", "+i" if is_so else "-i", *map(str, files)], check=False,
                          capture_output=True, text=True)
    if is_so and done.returncode != 0:
        pytest.skip(f"no file can be made unchangeable here: {done.stderr.strip()}")


def database_made_read_only():
    with temporary_folder() as folder, Hss(folder) as hss:
        trouble = Trouble(hss)
        files = [hss.db, hss.db + "-wal"]
        try:
            set_unchangeable(files, True)
            answer = trouble.book_until_refused()
            check_refusal(answer, "cannot be written")
            trouble.check_reads()
            check_unwell(trouble.client, "cannot be written")
            say(f"unchangeable: {answer.body['error']['message']}; /health 503; reads go on")
        finally:
            set_unchangeable(files, False)
        trouble.check_over()


def database_locked():
    with temporary_folder() as folder, Hss(folder) as hss:
        trouble = Trouble(hss)
        other = sqlite3.connect(hss.db, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            # Both wait for as long as hss has patience.
            refused = pool.submit(trouble.book_until_refused)
            unwell = pool.submit(check_unwell, hss.client(), "in use by another program")
            reader = hss.client()
            reads = 0
            while not refused.done():
                assert reader.ask("GET", f"/api/v1/bookings/{trouble.kept[0]}")
                reads += 1
                time.sleep(0.01)
            check_refusal(refused.result(), "in use by another program")
            unwell.result()
        say(f"locked: {refused.result().body['error']['message']}; /health 503; "
            f"{reads} reads answered meanwhile")
        assert reads > 10
        # A lock shorter than the patience is not seen.
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(hss.client().book)
            time.sleep(0.2)
            other.execute("ROLLBACK")
            trouble.kept.append(waiting.result())
        other.close()
        trouble.check_over()


def database_moved_away():
    with temporary_folder() as folder, Hss(folder) as hss:
        trouble = Trouble(hss)
        away = Path(folder) / "away"
        away.mkdir()
        os.rename(hss.db, away / "hss.db")
        check_refusal(trouble.book_until_refused(), "moved")
        check_unwell(trouble.client, "moved")
        os.rename(away / "hss.db", hss.db)
        trouble.check_over()


def database_deleted():
    for files in ([""], ["", "-wal", "-shm"], ["-wal"]):
        with temporary_folder() as folder, Hss(folder) as hss:
            trouble = Trouble(hss)
            backup = Path(folder) / "backup.db"
            assert hss.run("backup", str(backup), "--db", hss.db).returncode == 0
            for file in files:
                os.unlink(hss.db + file)
            answer = trouble.book_until_refused()
            check_refusal(answer, "deleted")
            check_unwell(trouble.client, "deleted")
            # As the README says.
            hss.stop()
            for file in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(hss.db + file)
            shutil.copy(backup, hss.db)
            hss.start()
            trouble.client = hss.client()
            trouble.check_over()
    say(f"deleted: {answer.body['error']['message']}; /health 503")


def database_replaced():
    with temporary_folder() as folder, Hss(folder) as hss:
        trouble = Trouble(hss)
        backup = Path(folder) / "backup.db"
        assert hss.run("backup", str(backup), "--db", hss.db).returncode == 0
        other = backup.read_bytes()
        # After the backup, so it goes with the file that is replaced.
        lost = trouble.client.book()
        os.replace(backup, hss.db)
        check_refusal(trouble.book_until_refused(), "replaced")
        check_unwell(trouble.client, "replaced")
        # New readers would meet the other file.
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            answers = list(pool.map(
                lambda _: hss.client().request("GET", f"/api/v1/bookings/{lost}"), range(200)))
        assert {answer.status for answer in answers} <= {200, 503}, answers
        hss.stop()
        assert Path(hss.db).read_bytes() == other, "the file that came was changed"
        for file in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(hss.db + file)
        hss.start()
        trouble.client = hss.client()
        trouble.check_over()


def log_behind_a_long_reader():
    with temporary_folder() as folder, Hss(folder) as hss:
        wal = Path(hss.db + "-wal")
        kept = [hss.client().book()]
        reader = sqlite3.connect(f"file:{hss.db}?mode=ro", uri=True, isolation_level=None)
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM bookings").fetchone() == (1,)
        clients = [hss.client() for _ in range(4)]

        def book_some(client):
            return [client.book(LARGE) for _ in range(5)]

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            while wal.stat().st_size < 80 * MIB:
                for some in pool.map(book_some, clients):
                    kept += some
        grown = wal.stat().st_size
        assert reader.execute("SELECT count(*) FROM bookings").fetchone() == (1,)
        reader.execute("COMMIT")
        reader.close()

        def is_back():
            kept.append(clients[0].book(LARGE))
            return wal.stat().st_size <= 64 * MIB
        wait_until(is_back)
        say(f"the log grew to {grown // MIB} MiB behind a reader, and is back at "
            f"{wal.stat().st_size // MIB} MiB after {len(kept)} bookings")
        # It stays there.
        for _ in range(20):
            kept += book_some(clients[0])
        assert wal.stat().st_size <= 64 * MIB
        assert sorted(hss.client().all_bookings()) == sorted(kept)
        hss.check_data()
        hss.stop()
        assert not wal.exists()


# Those that mount something first.
APART = [full_disk, start_on_a_full_disk, disk_full_before_anything_was_refused, full_disk_for_a_backup,
         disk_of_photos_nearly_full, read_only_disk]
CASES = {case.__name__: case for case in [
    *APART, database_made_read_only, database_locked, database_moved_away, database_deleted,
    database_replaced, log_behind_a_long_reader]}


def run_apart(name):
    """In a namespace of its own."""
    ways = [["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]]
    refusals = []
    for way in ways:
        can = subprocess.run([*way, "true"], capture_output=True, text=True, check=False)
        if can.returncode == 0:
            done = subprocess.run([*way, sys.executable, __file__, "--here", name], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            print(done.stdout, end="")
            if skipped := re.search(r"^skipped: (.*)$", done.stdout, re.MULTILINE):
                pytest.skip(skipped[1])
            assert done.returncode == 0, done.stdout
            return
        refusals.append(can.stderr.strip())
    pytest.skip(f"no namespace can be had to mount a disk in: {'; '.join(refusals)}")


def run_case(name):
    if CASES[name] in APART:
        run_apart(name)
    else:
        CASES[name]()


@pytest.mark.parametrize("name", CASES)
def test_trouble_with_the_disk_is_told_costs_nothing_and_passes(name):
    run_case(name)


if __name__ == "__main__":
    words = sys.argv[1:]
    try:
        if words[:1] == ["--here"]:
            CASES[words[1]]()
        else:
            for one in words or CASES:
                print(one, flush=True)
                try:
                    run_case(one)
                except pytest.skip.Exception as reason:
                    print(f"  not possible here: {reason}")
    except pytest.skip.Exception as reason:
        print(f"skipped: {reason}")

"""Photos that were taken stay, whenever hss is killed, and come back with a backup.

Customers on eight connections send photos and book with them until `kill -9`. After each start every
photo that is ready or that a booking has is there, byte for byte; and what is in the folder without a
row goes. In CI there are 4 kills; `python tests/endurance/uploads_test.py 100` is the full form. A
second number is the seed of another run's moments.
"""

import base64
import concurrent.futures
import hashlib
import http.client
import os
import random
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, HSS, Client, Hss, temporary_folder, wait_until  # noqa: E402

CONNECTIONS = 8
A_DAY_AND_MORE = 25 * 3600


def png(width, pixels):
    """A picture of one row."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    header = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
            chunk(b"IDAT", zlib.compress(b"\0" + pixels, 0)) + chunk(b"IEND", b""))


def sha256(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def promise_of(client, data, thumb, purpose="item"):
    return client.ask("POST", "/api/v1/uploads/presign", {"purpose": purpose, "files": [
        {"variant": variant, "content_type": "image/png", "size": len(each), "sha256": sha256(each)}
        for variant, each in (("full", data), ("thumb", thumb))]})


def put(client, file, data):
    client.connection.request("PUT", file["url"], data, file["headers"])
    answer = client.connection.getresponse()
    answer.read()
    return answer.status


def send(client, data, thumb):
    """The promise of a photo that is ready."""
    promise = promise_of(client, data, thumb)
    for file, each in zip(promise["files"], (data, thumb)):
        assert put(client, file, each) == 201
    client.ask("POST", f"/api/v1/uploads/{promise['upload_id']}/complete", {})
    return promise


def book(client, promise):
    items = [{"type": "fridge", "photos": [promise["s3_key"]]}, {"type": "box"}]
    return client.book({**BOOKING, "items": items})


def get(client, url):
    client.connection.request("GET", url)
    answer = client.connection.getresponse()
    return answer.status, answer.read()


def photos_of(client, booking):
    return client.ask("GET", f"/api/v1/bookings/{booking}/photos")["photos"]


def folder_of(hss):
    return Path(hss.db + ".uploads")


class Customer(Client):
    """One of many, at an address of their own: what they have not booked counts against it."""

    def __init__(self, address, number):
        super().__init__(address)
        self.forwarded = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}

    def request(self, method, path, body=None, role="customer", key=None, headers=None):
        return super().request(method, path, body, role, key, {**self.forwarded, **(headers or {})})


class Season:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.sent = 0
        self.booked = {}  # the photo's bytes, by the booking

    def live(self, client, seed):
        """Until hss is gone. Now and then a photo is sent that nobody books with."""
        chance = random.Random(seed)
        try:
            while True:
                data = png(200, chance.randbytes(200))
                promise = send(client, data, png(1, chance.randbytes(1)))
                with self.lock:
                    self.sent += 1
                if chance.random() < 0.3:
                    client.ask("DELETE", f"/api/v1/uploads/{promise['upload_id']}")
                    continue
                booking = book(client, promise)
                with self.lock:
                    self.booked[booking] = data
        except (OSError, http.client.HTTPException):
            pass

    def live_until_killed(self, hss):
        before = self.sent
        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
            lives = [pool.submit(self.live, Customer(hss.address, self.random.randrange(1 << 24)),
                                 self.random.random())
                     for _ in range(CONNECTIONS)]
            wanted = self.random.randrange(40)
            wait_until(lambda: self.sent >= before + wanted)
            time.sleep(self.random.uniform(0, 0.02))
            hss.kill()
        for life in lives:
            life.result()

    def check(self, hss):
        hss.check_data()
        folder = folder_of(hss)
        for upload, digest, thumb_digest in hss.query(
                "SELECT id, sha256, thumb_sha256 FROM uploads WHERE state IN ('ready', 'claimed')"):
            for variant, wanted in (("full", digest), ("thumb", thumb_digest)):
                assert sha256((folder / f"{upload}.{variant}").read_bytes()) == wanted, upload

    def check_orphans_go(self, hss):
        """Given a day, no file is left without its row. The next start finds them."""
        folder, old = folder_of(hss), time.time() - A_DAY_AND_MORE
        for file in folder.iterdir():
            os.utime(file, (old, old))
        hss.start()

        def orphans():
            known = {row[0] for row in hss.query("SELECT id FROM uploads")}
            return [file for file in folder.iterdir()
                    if file.name.split(".")[0] not in known or "part" in file.name]
        wait_until(lambda: not orphans())

    def check_booked(self, hss):
        client = hss.client()
        chosen = self.random.sample(sorted(self.booked), min(20, len(self.booked)))
        for booking in chosen:
            photo, = photos_of(client, booking)
            assert photo["item"] == 1
            assert get(client, photo["url"]) == (200, self.booked[booking]), booking


def kill_often(kills, seed=1):
    season = Season(seed)
    with temporary_folder() as folder, Hss(folder, extra={"HSS_TRUSTED_PROXY": "127.0.0.1"}) as hss:
        for _ in range(kills):
            season.live_until_killed(hss)
            season.check(hss)
            season.check_orphans_go(hss)
            season.check_booked(hss)
        assert len(season.booked) > kills
    print(f"{kills} kills, {season.sent} photos sent, {len(season.booked)} of them booked")


def test_photos_are_whole_whenever_hss_is_killed():
    kill_often(4)


def test_photos_come_back_with_a_backup_in_another_folder_and_missing_ones_are_counted():
    data, thumb = png(300, bytes(300)), png(1, b"\1")
    with temporary_folder() as folder, temporary_folder() as elsewhere:
        backup = Path(folder) / "bk.db"
        with Hss(folder) as hss:
            client = hss.client()
            booking, lost = (book(client, send(client, data, thumb)) for _ in range(2))
            done = hss.run("backup", str(backup), "--db", hss.db)
            assert done.returncode == 0 and "4 files of photos and documents are in" in done.stdout, done
        with Hss(elsewhere) as other:
            later = book(other.client(), send(other.client(), data, thumb))
            other.stop()
            done = other.run("restore", str(backup), "--db", other.db)
            assert done.returncode == 0 and "4 files of photos" in done.stdout, done
            assert "missing" not in done.stdout
            other.start()
            client = other.client()
            for each in (booking, lost):
                photo, = photos_of(client, each)
                assert get(client, photo["url"]) == (200, data)
                assert get(client, photo["thumbnail_url"]) == (200, thumb)
            # The photos of before are kept with the database of before.
            kept = Path(other.db + ".replaced.uploads")
            assert len(list(kept.iterdir())) == 2 and later not in (booking, lost)
            upload = photos_of(client, lost)[0]["upload_id"]
            (folder_of(other) / f"{upload}.full").unlink()
            assert get(client, photos_of(client, lost)[0]["url"])[0] == 404
            other.stop()
            other.start()
            url = "http://{}:{}".format(*other.address)
            said = wait_until(lambda: missing_of(url))
            assert "1 files of photos are missing" in said, said


def test_regular_backups_take_the_photos_along_and_old_ones_away():
    data, thumb = png(300, bytes(300)), png(1, b"\1")
    with temporary_folder() as folder, temporary_folder() as to:
        plan = {"HSS_BACKUP_TO": to, "HSS_BACKUP_EVERY": "1s", "HSS_BACKUP_KEEP": "1"}

        def with_photos():
            return {path.parent.name for path in Path(to).glob("hss-*.db.uploads/UPL-*.full")}
        with Hss(folder, extra=plan) as hss:
            client = hss.client()
            book(client, send(client, data, thumb))
            first = wait_until(with_photos)
            wait_until(lambda: with_photos() and not with_photos() & first)
            hss.kill()
            # As if it had been killed between the two.
            newest = max(Path(to).glob("hss-*.db"))
            for file in Path(f"{newest}.uploads").iterdir():
                file.unlink()
            hss.environment["HSS_BACKUP_EVERY"] = "1d"
            hss.start()
            wait_until(lambda: with_photos() == {f"{newest.name}.uploads"})


def missing_of(url):
    """What `hss check` says of missing files, once the server has counted them."""
    done = subprocess.run([HSS, "check", url], capture_output=True, text=True, timeout=60, check=False)
    lines = [line for line in done.stdout.splitlines() if "photo" in line and "missing" in line]
    return lines[0] if lines else None


if __name__ == "__main__":
    kill_often(int(sys.argv[1]) if len(sys.argv) > 1 else 100,
               int(sys.argv[2]) if len(sys.argv) > 2 else 1)

"""What slots, a day and the board cost does not grow with a business.

In CI every route answers `hss bench --growth 2000` as it should. `python tests/endurance/growth_test.py 1000000 /var/tmp`
is the full form: it fills a file of some 2 GB in that folder, and each of those routes may take twice as long with all
its bookings as with 1,000."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import HSS, temporary_folder  # noqa: E402

# What a season's pages read.
BOUNDED = ["slots", "day of 30 stops", "board", "slots of a calendar", "day of 30 stops in a calendar"]
MOST = 2.0


def measure(bookings, data):
    """What every route took, by its name. The bench keeps its files in the folder `data` meanwhile."""
    with temporary_folder() as folder:
        file = Path(folder, "growth.json")
        done = subprocess.run([HSS, "bench", str(data), "--growth", str(bookings), "--json", str(file)],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        print(done.stdout, flush=True)
        rows = json.loads(file.read_text(encoding="utf-8"))["growth"]
    odd = [row["name"] for row in rows if row["unexpected"]]
    assert not odd, f"another status than expected: {odd}"
    return {row["name"]: row for row in rows}


def test_every_route_is_measured_and_answers_as_it_should(tmp_path):
    commands = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    if "bench" not in commands:
        pytest.skip("this hss is built without its bench")
    rows = measure(2000, tmp_path)
    assert set(BOUNDED) <= set(rows) and len(rows) > 30


if __name__ == "__main__":
    measured = measure(int(sys.argv[1]), sys.argv[2])
    slow = {name: round(measured[name]["ratio"], 2) for name in BOUNDED if measured[name]["ratio"] > MOST}
    assert not slow, f"times as slow: {slow}"

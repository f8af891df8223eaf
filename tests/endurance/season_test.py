"""No window of the calendar is ever over-full, and no place is lost, whatever 64 clients do at once.

In CI they do 600 things; `python tests/endurance/season_test.py 10000` is the full form. On database servers,
tests/servers/season_on_server_test.py does the same."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
import season  # noqa: E402
from hss import Hss, temporary_folder  # noqa: E402


def test_places_are_those_of_a_recount_after_what_many_do_at_once():
    with temporary_folder() as folder, Hss(folder) as hss:
        season.run([hss], 600)


if __name__ == "__main__":
    with temporary_folder() as place, Hss(place) as server:
        season.run([server], int(sys.argv[1]))

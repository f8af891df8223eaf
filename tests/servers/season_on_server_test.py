"""No window of the calendar is ever over-full, and no place is lost, whatever 64 clients do at once to two instances.

In CI they do 600 things on each engine; HSS_TEST_ACTS=10000 is the full form."""

import os

import season
from hss import Hss

SERVERS = ["postgres", "mariadb", "mysql"]
ACTS = int(os.environ.get("HSS_TEST_ACTS", "600"))


def test_places_are_those_of_a_recount_after_what_many_do_at_once(database, tmp_path):
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    with Hss(folders[0], server=database) as first, Hss(folders[1], server=database) as second:
        season.run([first, second], ACTS)

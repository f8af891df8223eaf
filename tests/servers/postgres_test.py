"""What hss says of PostgreSQL's own settings and variables, beside what engines_test.py has for every server."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import LIBRARY_TEXT, Database, last_line  # noqa: E402
from hss import BOOKING, HSS, wait_until  # noqa: E402
from servers import OWNER  # noqa: E402

SERVERS = ["postgres"]


def test_two_who_migrate_at_once_are_told_so_in_a_sentence(server, tmp_path):
    empty = Database(server)
    # The other is psql, which waits in the middle.
    with server.hold("BEGIN; CREATE TABLE head (schema_version integer);\n", empty.name, OWNER) as other:
        of_hss = f"FROM pg_stat_activity WHERE datname = '{empty.name}' AND"
        wait_until(lambda: server.sql(f"SELECT 1 {of_hss} state = 'idle in transaction'"))
        with subprocess.Popen([HSS, "migrate"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={"HOME": str(tmp_path), **empty.env}) as hss:
            wait_until(lambda: server.sql(f"SELECT 1 {of_hss} wait_event_type = 'Lock'"))
            other.communicate("COMMIT;\n")
            said = hss.communicate()[1]
    assert hss.returncode == 1
    assert "hss: " in said and not LIBRARY_TEXT.search(said.partition("hss: ")[2]), said


def test_a_database_that_cannot_hold_every_name_is_refused(server, run):
    database = Database(server, "ENCODING 'LATIN1' TEMPLATE template0")
    run("migrate", env=database.env)
    done = run("db", "check", env=database.env)
    assert done.returncode == 1


def test_what_could_lose_an_answer_is_refused(database, run, server):
    try:
        for setting in ("fsync", "full_page_writes"):
            server.sql(f"ALTER SYSTEM SET {setting} = off")
            server.restart()
            done = run("db", "check", env=database.env)
            assert done.returncode == 1
            assert [line for line in done.stdout.splitlines() if not line.startswith("ok ")] == [
                f"FAILED  HSS cannot keep its data there: {setting} is off, so that it can lose what it has answered"]
            done = run("serve", "--port", "0", env=database.env)
            assert done.returncode == 1
            assert last_line(done).endswith(f": HSS cannot keep its data there: {setting} is off, so that it can lose what"
                                            " it has answered")
            server.sql(f"ALTER SYSTEM RESET {setting}")
    finally:
        server.sql("ALTER SYSTEM RESET ALL")
        server.restart()


def test_bookings_are_found_before_and_after_the_search_index_has_them(hss, database, server):
    client = hss.client()

    def is_found():
        found = [booking["customer_name"] for booking in client.ask("GET", "/api/v1/bookings?q=lesedi", role="staff")[
            "bookings"]]
        return found == ["Lesedi Ncube"]

    with server.hold("BEGIN; SELECT seq FROM bookings_indexed FOR UPDATE;\n", database.name,
                     server.superuser) as other:
        wait_until(lambda: server.sql(
            f"SELECT 1 FROM pg_stat_activity WHERE datname = '{database.name}' AND state = 'idle in transaction'"))
        client.book({**BOOKING, "customer_name": "Lesedi Ncube"})
        for _ in range(150):
            client.book()
        # Their answers have not waited for the index.
        assert database.sql("SELECT seq FROM bookings_indexed") == "0\n"
        assert is_found()
        other.communicate("COMMIT;\n")
    wait_until(lambda: int(database.sql("SELECT seq FROM bookings_indexed")) >= 128)
    assert database.sql("SELECT booking_seq FROM booking_words WHERE beginning = 'lese'") == "1\n"
    assert is_found()
    hss.check_data()

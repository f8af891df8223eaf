"""Backups are whole, and commands leave nothing beside a stopped database."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import BOOKING, Hss, temporary_folder  # noqa: E402


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

"""A new database on a server, for one test; Hss takes it as its server."""

import itertools
import os
import re
import subprocess

from hss import HSS
from servers import OWNER, USER

NOTHING_CHANGED = "nothing was changed"
# As a client library and the servers write.
LIBRARY_TEXT = re.compile(r"FATAL|ERROR:|SSL|SQLSTATE|connection to server|server closed|could not|\n.*\n", re.IGNORECASE)


def run_hss(*words, env, home, standard_input=""):
    """hss with nothing in its environment but what is said."""
    return subprocess.run([HSS, *words], env={"HOME": str(home), "PATH": os.environ["PATH"], **env},
                          input=standard_input, capture_output=True, text=True, timeout=120, check=False)


def last_line(done):
    """What it says last, which is for people. Nothing else is on standard output then."""
    assert done.stdout == ""
    return done.stderr.rstrip("\n").rpartition("\n")[2]


class Database:
    """`options` are the engine's, behind the name."""

    numbers = itertools.count(1)

    def __init__(self, server, *options):
        self.server, self.name = server, f"hss_{next(self.numbers)}"
        if server.engine == "postgres":
            server.sql(" ".join([f"CREATE DATABASE {self.name} OWNER {OWNER}", *options]))
        else:
            server.sql(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"
                       f"GRANT SHOW VIEW ON {self.name}.* TO {USER}")
        self.env = {**server.env, "DB_NAME": self.name}

    def migrate(self, home):
        done = run_hss("migrate", env=self.env, home=home)
        assert done.returncode == 0, done.stderr
        return self

    def sql(self, text, user=None):
        return self.server.sql(text, self.name, user)

    def refuses(self, text, user):
        """Whether it says that the user has no right to that."""
        done = self.server.ask(text, self.name, user)
        return done.returncode != 0 and re.search("permission denied|must be owner|command denied", done.stderr)

    def tables(self):
        schema = "public" if self.server.engine == "postgres" else self.name
        return self.sql(f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}'").splitlines()

    def bookings(self):
        """The id of each by its e-mail, which no two have."""
        rows = [line.split("\t") for line in self.sql("SELECT email, id FROM bookings").splitlines()]
        found = dict(rows)
        assert len(found) == len(rows)
        return found

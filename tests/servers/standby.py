"""A PostgreSQL server that follows another one, synchronously, and takes its place."""

from servers import Postgres


class Standby(Postgres):
    """Once it is there, what the other one answers is on both."""

    name = "standby"

    def __init__(self, primary):
        self.primary = primary
        super().__init__(tls=False, durable=False)
        primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{self.name}'")
        primary.sql("SELECT pg_reload_conf()")
        self.wait_until_synchronous()

    def initialize(self):
        # It has the other one's users.
        self.passwords = self.primary.passwords
        with open(self.primary.data / "pg_hba.conf", "a") as file:
            file.write(f"host replication {self.superuser} 127.0.0.1/32 scram-sha-256\n")
        self.primary.sql("SELECT pg_reload_conf()")
        source = (f"host=127.0.0.1 port={self.primary.port} user={self.superuser}"
                  f" password={self.passwords[self.superuser]} sslmode=disable")
        self._run(self.programs["psql"][0].with_name("pg_basebackup"), "--dbname", source, "--pgdata", self.data, "--checkpoint=fast",
                  "--no-sync")
        # Of these, the last one of a name counts.
        with open(self.data / "postgresql.auto.conf", "a") as file:
            file.write(f"primary_conninfo = '{source} application_name={self.name}'\nsynchronous_standby_names = ''\n")
        (self.data / "standby.signal").touch()

    def set_up(self):
        pass

    def wait_until_synchronous(self):
        self.primary.sql(f"""
            DO $$ BEGIN
              FOR tries IN 1..600 LOOP
                PERFORM 1 FROM pg_stat_replication WHERE application_name = '{self.name}' AND sync_state = 'sync';
                EXIT WHEN FOUND;
                PERFORM pg_stat_clear_snapshot(), pg_sleep(0.1);
              END LOOP;
            END $$""")

    def promote(self):
        assert self.sql("SELECT pg_promote()") == "t\n"

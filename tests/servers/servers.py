"""A database server for a test, which is gone after it: PostgreSQL, MariaDB or MySQL.

    with start("postgres") as server:
        ... server.env, which tells `hss` how to reach it

Its data are in memory where there is room. Nobody but this process's user and the server's may read them,
and it listens on 127.0.0.1 alone. It never leaves out what makes a commit last, as hss would refuse it.
"""

import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

# Where packaging/setup --tests unpacks a server, as none is installed.
UNPACKED = Path(__file__).resolve().parents[2] / "build/deps/servers"
MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes that must be free in memory
START_LIMIT, ANSWER_LIMIT = 60, 2  # seconds
# None of those that a system lends to outgoing connections: a server that starts again finds its own free.
PORTS = range(20000, 30000)
IN_USE = "Address already in use"

DATABASE, USER, OWNER = "hss", "hss", "hss_owner"

# The file has a process's number, and the signal that stops it, before the process does anything.
LAUNCHER = 'echo "$$ $1" >"$0" && shift && exec "$@"'

# Waits until the test's process closes the pipe, which it also does by dying. Then it stops what runs in the folder
# (a process group) with its signal, or with SIGKILL after 10 s, and removes the folder.
WATCHER = """
read -r _
if read -r pid signal <"$0/pid"; then
  kill -s "$signal" -- "-$pid"
  for _ in $(seq 500); do
    # A process that only waits to be noticed has none.
    [[ -e /proc/$pid/exe ]] || break
    sleep 0.02
  done
  kill -s KILL -- "-$pid"
fi
# PostgreSQL would remove its piece of shared memory at its next start.
segment=$(sed -n '7s/.* //p' "$0/data/postmaster.pid")
[[ -z $segment ]] || ipcrm --shmem-id "$segment"
for _ in $(seq 50); do
  rm -rf "$0" && break
  sleep 0.1
done
"""


class Lacking(Exception):
    """The server's programs are not on this machine."""


def find_program(name):
    """Debian's servers are where only root looks."""
    return shutil.which(name, path=os.environ["PATH"] + os.pathsep + "/usr/sbin")


def choose_folder(durable, has_programs):
    """Where the data go; None is TMPDIR or what stands for it."""
    if durable or not MEMORY.is_dir():
        return None
    state = os.statvfs(MEMORY)
    # A container's memory may hold no programs.
    if has_programs and state.f_flag & os.ST_NOEXEC:
        return None
    return MEMORY if state.f_bavail * state.f_frsize >= ROOM else None


def find_free_port():
    """Another may still take it, before the server does."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


def read_state(pid):
    """A process's state, as Z of one that only waits to be noticed, and its parent; None where it is gone."""
    try:
        state, parent, *_ = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return state, int(parent)


def find_children(pid):
    numbers = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal()]
    return [number for number in numbers if (read_state(number) or ("", 0))[1] == pid]


class Server:
    """What the engines have in common: a server that runs. `env` tells `hss` how to reach it; `folder` has all that
    there is of it, and `data` in it what the server keeps. `port` stays the same, `pid` changes with each start."""

    engine = hss_engine = superuser = maintenance_database = ""
    stop_signal = signal.SIGTERM
    # Where nobody needs the data any more.
    discard_signal = "KILL"

    def __init__(self, tls, durable):
        self.tls, self.durable = tls, durable
        # PostgreSQL refuses to run as root.
        self.as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        self.programs = find_programs(self.engine, tls)
        out_of_reach = self._is_out_of_reach()
        self.folder = Path(tempfile.mkdtemp(prefix="hss-server-", dir=choose_folder(durable, out_of_reach)))
        self.data, self.log_file, self.pid_file = (self.folder / name for name in ("data", "log", "pid"))
        self.ca_file, self.certificate, self.key = (
            self.folder / name for name in ("ca.crt", "server.crt", "server.key"))
        self.passwords = {user: secrets.token_hex(16) for user in (USER, OWNER, self.superuser)}
        self.process, self.port = None, 0
        if self.as_user:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.watcher = subprocess.Popen(
            ["bash", "-c", WATCHER, self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            if out_of_reach:
                self._copy_programs()
            if tls:
                self._write_certificates()
            self.initialize()
            self._start_on_free_port()
            self.set_up()
        except BaseException:
            self.close()
            raise
        self.env = {
            "DB_ENGINE": self.hss_engine, "DB_HOST": "127.0.0.1", "DB_PORT": str(self.port), "DB_NAME": DATABASE,
            "DB_USER": USER, "DB_PASSWORD": self.passwords[USER],
            "DB_ADMIN_USER": OWNER, "DB_ADMIN_PASSWORD": self.passwords[OWNER],
            **({"DB_CA_FILE": str(self.ca_file)} if tls else {"DB_TLS": "off"}),
        }

    # Each engine's own.

    @classmethod
    def find_programs(cls):
        """The words that start each; throws Lacking."""
        raise NotImplementedError

    def initialize(self):
        """Makes the data."""
        raise NotImplementedError

    def server_command(self):
        raise NotImplementedError

    def set_up(self):
        """Makes the users and the database where `initialize` could not."""

    def client_command(self, database, user):
        """Reads SQL from its input, and stops at what fails."""
        raise NotImplementedError

    def client_environment(self, password):
        raise NotImplementedError

    # The same for all.

    @property
    def pid(self):
        return self.process.pid

    @property
    def log(self):
        return self.log_file.read_text(errors="replace")

    def sql(self, text, database=DATABASE, user=None):
        """What the engine's own client says to that user, or to the superuser: a row a line, with tabs."""
        done = self.ask(text, database, user or self.superuser)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        """On the same data and port as before it was stopped or killed."""
        self._spawn(self.discard_signal, *self.server_command())
        self._wait_until_ready()

    def stop(self):
        """In order, as a service manager would."""
        self.process.send_signal(self.stop_signal)
        self.process.wait(START_LIMIT)
        self._ended()

    def restart(self):
        self.stop()
        self.start()

    def kill(self):
        """As when the machine fails: none of its processes comes to do anything more."""
        self.process.send_signal(signal.SIGSTOP)
        children = find_children(self.pid)
        for pid in [self.pid, *children]:
            os.kill(pid, signal.SIGKILL)
        self._ended()
        while any((read_state(pid) or "Z")[0] != "Z" for pid in children):
            time.sleep(0.001)

    def close(self):
        """Leaves nothing of it."""
        self.watcher.stdin.close()
        if self.process:
            self.process.wait()
        self.watcher.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _environment(self, **more):
        """Nothing of whoever runs the tests reaches the server's programs."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C", **more}

    def _spawn(self, discard_signal, *command):
        """In a session of its own, for Ctrl-C is the command's that uses it."""
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", LAUNCHER, self.pid_file, discard_signal, *self.as_user, *command], cwd=self.folder,
                env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def _run(self, *command):
        # No signal: what is not a server soon ends, and PostgreSQL's would leave shared memory behind.
        self._spawn("0", *command)
        code = self.process.wait(START_LIMIT)
        self._ended()
        if code != 0:
            raise RuntimeError(f"{Path(command[0]).name} failed:\n{self.log}")

    def _ended(self):
        self.process.wait()
        self.process = None
        self.pid_file.unlink(missing_ok=True)

    def _is_out_of_reach(self):
        """Whether the server's user may not enter the folder of its programs, as in a checkout below /root."""
        programs = [words[0] for words in self.programs.values()]
        return bool(self.as_user) and any(
            UNPACKED in Path(program).parents
            and subprocess.run([*self.as_user, "test", "-x", program], check=False).returncode != 0
            for program in programs)

    def _copy_programs(self):
        shutil.copytree(UNPACKED / "usr", self.folder / "usr", symlinks=True)
        self.programs = {name: [self.folder / program.relative_to(UNPACKED), *options]
                         for name, (program, *options) in self.programs.items()}

    def _write(self, name, text):
        """A file that the server may read."""
        path = self.folder / name
        path.touch(mode=0o600)
        if self.as_user:
            shutil.chown(path, "nobody", "nogroup")
        path.write_text(text)
        return path

    def _write_certificates(self):
        def make(name, subject, *more):
            self._run("openssl", "req", "-x509", "-config", "/dev/null", "-days", "2", "-noenc", "-newkey", "ec",
                      "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", f"{name}.key", "-out", f"{name}.crt",
                      "-subj", f"/CN={subject}", *more)

        make("ca", "HSS test CA", "-addext", "basicConstraints=critical,CA:TRUE")
        make("server", "localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
             "-CA", "ca.crt", "-CAkey", "ca.key")

    def _start_on_free_port(self):
        while True:
            self.port = find_free_port()
            said = len(self.log)
            try:
                return self.start()
            except RuntimeError:
                if IN_USE not in self.log[said:]:
                    raise

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_LIMIT
        said = ""
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self._ended()
                break
            with socket.socket() as connection:
                listens = connection.connect_ex(("127.0.0.1", self.port)) == 0
            if listens:
                # Another's server would not know the password, or not even answer.
                try:
                    done = self.ask("SELECT 1", self.maintenance_database, self.superuser, ANSWER_LIMIT)
                    if done.returncode == 0:
                        return
                    said = done.stderr
                except subprocess.TimeoutExpired:
                    pass
            time.sleep(0.01)
        raise RuntimeError(f"{self.engine} did not start:\n{self.log}\n{said}")

    def hold(self, text, database, user, stdout=subprocess.DEVNULL):
        """The process of a client that has been given `text`, and waits for more on its input."""
        client = subprocess.Popen(self.client_command(database, user), stdin=subprocess.PIPE, stdout=stdout, text=True,
                                  env=self._environment(**self.client_environment(self.passwords[user])))
        client.stdin.write(text)
        client.stdin.flush()
        return client

    def ask(self, text, database, user, limit=None):
        """The client's process, whatever it said."""
        environment = self._environment(**self.client_environment(self.passwords[user]))
        return subprocess.run(self.client_command(database, user), input=text, env=environment,
                              capture_output=True, text=True, encoding="utf-8", timeout=limit, check=False)


class Postgres(Server):
    engine = hss_engine = superuser = maintenance_database = "postgres"
    # "Fast": it does not wait for its clients to leave.
    stop_signal = signal.SIGINT
    # "Immediate": it leaves the data as they are.
    discard_signal = "QUIT"

    @classmethod
    def find_programs(cls):
        names = ("initdb", "postgres", "psql")
        for root in (UNPACKED, Path("/")):
            found = [folder for folder in root.glob("usr/lib/postgresql/*/bin")
                     if all((folder / name).exists() for name in names)]
            if found:
                newest = max(found, key=lambda folder: float(folder.parent.name))
                return {name: [newest / name] for name in names}
        raise Lacking("PostgreSQL's server is not there (Debian and Ubuntu: packaging/setup --tests)")

    def initialize(self):
        password = self._write("password", self.passwords[self.superuser])
        self._run(*self.programs["initdb"], "--pgdata", self.data, "--username", self.superuser, "--pwfile", password,
                  "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
                  *([] if self.durable else ["--no-sync"]))
        with open(self.data / "postgresql.conf", "a") as file:
            file.write("\n".join([
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "shared_buffers = 32MB",
                "max_wal_size = 256MB",
                # In the folder, where nothing of it stays behind after a kill.
                "dynamic_shared_memory_type = mmap",
                *([f"ssl = on\nssl_cert_file = '{self.certificate}'\nssl_key_file = '{self.key}'"]
                  if self.tls else []), ""]))
        kind = "hostssl" if self.tls else "host"
        (self.data / "pg_hba.conf").write_text(f"{kind} all all 127.0.0.1/32 scram-sha-256\n")

    def server_command(self):
        return [*self.programs["postgres"], "-D", self.data, "-p", str(self.port)]

    def set_up(self):
        # It signals hss's sessions where it drops a database with them.
        self.sql(f"""
            CREATE ROLE {USER} LOGIN PASSWORD '{self.passwords[USER]}';
            CREATE ROLE {OWNER} LOGIN CREATEDB IN ROLE pg_signal_backend PASSWORD '{self.passwords[OWNER]}';
            CREATE DATABASE {DATABASE} OWNER {OWNER};
            REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {DATABASE} TO {USER};
            """, self.maintenance_database)

    def client_command(self, database, user):
        tls = f"sslmode=verify-full sslrootcert='{self.ca_file}'" if self.tls else "sslmode=disable"
        return [*self.programs["psql"], "--no-psqlrc", "--no-align", "--tuples-only", "--quiet",
                "--field-separator=\t", "--set=ON_ERROR_STOP=1", "--no-password", "--file=-",
                f"host=127.0.0.1 port={self.port} user={user} dbname={database} {tls}"]

    def client_environment(self, password):
        return {"PGPASSWORD": password, "PGCLIENTENCODING": "UTF8"}


class MariaDb(Server):
    engine, hss_engine, superuser, maintenance_database = "mariadb", "mysql", "root", "mysql"
    tuning = ["--innodb-buffer-pool-size=64M", "--innodb-log-file-size=48M"]

    @classmethod
    def find_programs(cls):
        names = {"install": "bin/mariadb-install-db", "server": "sbin/mariadbd", "client": "bin/mariadb"}
        for usr in (UNPACKED / "usr", Path("/usr")):
            if all((usr / path).exists() for path in names.values()):
                return {name: [usr / path, "--no-defaults"] for name, path in names.items()}
        raise Lacking("MariaDB's server is not there (Debian and Ubuntu: packaging/setup --tests)")

    def base(self):
        """Where it finds its own files, for its programs may have been copied."""
        return [f"--basedir={Path(self.programs['server'][0]).parents[1]}"]

    def make_data(self):
        self._run(*self.programs["install"], *self.base(), f"--datadir={self.data}", "--skip-test-db",
                  "--skip-name-resolve", *self.tuning)

    def initialize(self):
        self.make_data()
        # A statement a line, for the first start. SHOW VIEW is a right that gives nothing here, but without any
        # nobody may connect to a database.
        self._write("users.sql", "\n".join([
            *(f"CREATE USER '{user}'@'%' IDENTIFIED BY '{password}';" for user, password in self.passwords.items()),
            f"GRANT ALL ON *.* TO {self.superuser} WITH GRANT OPTION;",
            f"GRANT ALL ON `{DATABASE}%`.* TO {OWNER} WITH GRANT OPTION;",
            f"GRANT SHOW VIEW ON {DATABASE}.* TO {USER};",
            # Before its first connection, MySQL does not follow what it was started with.
            f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;", ""]))

    def server_command(self):
        is_set_up = (self.data / DATABASE).exists()
        tls = [f"--ssl-ca={self.ca_file}", f"--ssl-cert={self.certificate}", f"--ssl-key={self.key}",
               "--require-secure-transport=ON"]
        return [*self.programs["server"], *self.base(), f"--datadir={self.data}", "--bind-address=127.0.0.1", f"--port={self.port}",
                "--socket=socket", "--skip-name-resolve", "--skip-log-bin", "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin", *self.tuning, *(tls if self.tls else []),
                *([] if is_set_up else [f"--init-file={self.folder}/users.sql"])]

    def client_command(self, database, user):
        return [*self.programs["client"], "--protocol=tcp", "--host=127.0.0.1", f"--port={self.port}",
                f"--user={user}", "--batch", "--skip-column-names", "--default-character-set=utf8mb4",
                *self.client_tls(), database]

    def client_tls(self):
        return [f"--ssl-ca={self.ca_file}", "--ssl-verify-server-cert"] if self.tls else ["--skip-ssl"]

    def client_environment(self, password):
        return {"MYSQL_PWD": password}


class MySql(MariaDb):
    """One that is installed, or what fetch-mysql has unpacked into the folder HSS_MYSQL_SERVER."""

    engine = "mysql"
    tuning = ["--innodb-buffer-pool-size=64M", "--innodb-redo-log-capacity=96M", "--performance-schema=OFF"]

    @classmethod
    def find_programs(cls):
        lacking = "MySQL's server is not there (tests/servers/fetch-mysql FOLDER, and HSS_MYSQL_SERVER=FOLDER)"
        folder = os.environ.get("HSS_MYSQL_SERVER")
        if folder:
            usr = Path(folder).resolve() / "usr"
            loader = next(usr.glob("lib*/ld-linux*.so.*"), None)
            if not loader or not (usr / "sbin/mysqld").exists():
                raise Lacking(lacking)
            by_loader = [loader, "--library-path", ":".join(str(path) for path in usr.glob("lib/*-linux-*"))]
            return {"server": [*by_loader, usr / "sbin/mysqld", "--no-defaults", f"--basedir={usr}"],
                    "client": [*by_loader, usr / "bin/mysql", "--no-defaults"]}
        server, client = find_program("mysqld"), find_program("mysql")
        # By these names Debian starts MariaDB's.
        if not server or not client or "mariadb" in Path(server).resolve().name:
            raise Lacking(lacking)
        return {"server": [server, "--no-defaults"], "client": [client, "--no-defaults"]}

    def base(self):
        return []

    def make_data(self):
        self._run(*self.programs["server"], "--initialize-insecure", f"--datadir={self.data}", *self.tuning)

    def server_command(self):
        return [*super().server_command(), "--mysqlx=OFF", "--secure-file-priv=NULL"]

    def client_tls(self):
        if self.tls:
            return [f"--ssl-ca={self.ca_file}", "--ssl-mode=VERIFY_IDENTITY"]
        return ["--ssl-mode=DISABLED", "--get-server-public-key"]


ENGINES = {kind.engine: kind for kind in (Postgres, MariaDb, MySql)}


def find_programs(engine, tls):
    for tool in (["setpriv"] if os.geteuid() == 0 else []) + (["openssl"] if tls else []):
        if not find_program(tool):
            raise Lacking(f"{tool} is not there")
    return ENGINES[engine].find_programs()


def find_lacking(engine, *, tls=False):
    """Says what this machine lacks for it; "" where it lacks nothing."""
    try:
        find_programs(engine, tls)
        return ""
    except Lacking as lacking:
        return str(lacking)


def start(engine, *, tls=False, durable=False):
    """A running server; throws Lacking. With `durable` its data are on a disk, in TMPDIR."""
    return ENGINES[engine](tls, durable)


def attach():
    """The server of tests/servers/run, for a command that is run there: only its `env`, and its `sql` of USER and OWNER."""
    environment = os.environ
    server = object.__new__(ENGINES[environment["HSS_TEST_ENGINE"]])
    server.env = {name: value for name, value in environment.items() if name.startswith("DB_")}
    server.port, server.tls = int(environment["DB_PORT"]), "DB_CA_FILE" in environment
    server.ca_file = Path(environment.get("DB_CA_FILE", "/nonexistent"))
    server.folder = Path(environment["HSS_TEST_SERVER_DATA"]).parent
    server.passwords = {USER: environment["DB_PASSWORD"], OWNER: environment["DB_ADMIN_PASSWORD"]}
    server.programs = find_programs(server.engine, server.tls)
    return server

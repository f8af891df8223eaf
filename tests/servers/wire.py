"""A wire to a database server that fails as networks do: it is cut, refuses, swallows, or leads elsewhere."""

import contextlib
import re
import select
import socket
import threading
from typing import NamedTuple

from servers import find_free_port


# In PostgreSQL's protocol a statement gets a name, by which it is run from then on.
NAME_OF_COMMIT = re.compile(rb"P....(s\d+)\0COMMIT\0", re.DOTALL)


class Piece(NamedTuple):
    """What comes by at once."""

    data: bytes
    is_from_hss: bool
    is_writer_s: bool  # of the connection that takes the lock
    has_commit: bool


class Wire:
    """Hss takes it as its server. It is cut once at each of its `cuts`, in this order: such a function of each Piece
    gives None, or what of the data still passes. `target` is the port that new connections lead to. `host` is where it
    listens."""

    def __init__(self, database, host="127.0.0.1"):
        self.host = host
        self.database, self.target = database, database.server.port
        self.cuts, self.lock = [], threading.Lock()
        self.port = find_free_port()
        self.env = {**database.env, "DB_HOST": host, "DB_PORT": str(self.port)}
        self.connections = set()
        self.passes = threading.Event()
        self.passes.set()
        self.listener = None
        self.accept()

    def accept(self):
        """Accepts connections, as at the beginning."""
        self.listener = socket.create_server((self.host, self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def refuse(self):
        """Cuts all, and accepts no more."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()

    def cut(self):
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def swallow(self):
        """From now on nothing arrives, in either direction, and nobody is told."""
        self.passes.clear()

    def pass_on(self):
        """New connections work again. From those on which something was lost no more comes."""
        self.passes.set()

    def close(self):
        self.pass_on()
        with contextlib.suppress(OSError):
            self.refuse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                from_hss = listener.accept()[0]
                threading.Thread(target=self._connect, args=(from_hss,), daemon=True).start()

    def _connect(self, from_hss):
        with from_hss, contextlib.suppress(OSError):
            if not self.passes.is_set():
                self.passes.wait()
                return
            with socket.create_connection(("127.0.0.1", self.target)) as to_server:
                self.connections |= {from_hss, to_server}
                try:
                    self._carry(from_hss, to_server)
                finally:
                    self.connections -= {from_hss, to_server}

    def _carry(self, from_hss, to_server):
        other = {from_hss: to_server, to_server: from_hss}
        is_writer_s, commit = False, b"COMMIT"
        while True:
            for end in select.select(list(other), [], [])[0]:
                data = end.recv(1 << 16)
                if not self.passes.is_set():
                    self.passes.wait()
                    return
                if not data:
                    return
                is_writer_s = is_writer_s or b"FOR UPDATE" in data
                passing = self._cut(Piece(data, end is from_hss, is_writer_s, commit in data or b"COMMIT" in data))
                other[end].sendall(data if passing is None else passing)
                if passing is not None:
                    return
                named = NAME_OF_COMMIT.search(data)
                if named:
                    commit = b"\0" + named[1] + b"\0"

    def _cut(self, piece):
        with self.lock:
            passing = self.cuts[0](piece) if self.cuts else None
            if passing is not None:
                self.cuts.pop(0)
            return passing

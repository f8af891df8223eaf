"""Three instances of hss on one database, behind HAProxy."""

import contextlib
import socket
import subprocess

from hss import Client, Hss, wait_until
from servers import UNPACKED, find_free_port, find_program

CONFIGURATION = """
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout check 10s
  option redispatch 1
frontend hss
  bind 127.0.0.1:{port}
  default_backend instances
backend instances
  balance roundrobin
  option httpchk GET /health
  default-server check inter 200ms fall 3 rise 1
"""


def find_haproxy():
    """None where it is not there."""
    unpacked = UNPACKED / "usr/sbin/haproxy"
    return unpacked if unpacked.exists() else find_program("haproxy")


def listens(address):
    with socket.socket() as connection:
        return connection.connect_ex(address) == 0


class Instances:
    """`address` is the balancer's; who asks it is answered by one of `all` after the other."""

    def __init__(self, database, folder, count=3, **more):
        self.all, self.stack = [], contextlib.ExitStack()
        self.address = ("127.0.0.1", find_free_port())
        extra = {"HSS_INSTANCES": str(count), "HSS_ALLOW_PRIVATE_WEBHOOKS": "1", **more.pop("extra", {})}
        with contextlib.ExitStack() as started:
            for number in range(count):
                own = folder / f"instance-{number}"
                own.mkdir()
                self.all.append(started.enter_context(
                    Hss(own, server=database, port=find_free_port(), extra=extra, **more)))
            started.enter_context(self._balance(folder))
            self.stack = started.pop_all()

    @contextlib.contextmanager
    def _balance(self, folder):
        configuration = folder / "haproxy.cfg"
        servers = [f"  server {number} {hss.address[0]}:{hss.address[1]}" for number, hss in enumerate(self.all)]
        configuration.write_text(CONFIGURATION.format(port=self.address[1]) + "\n".join([*servers, ""]))
        with open(folder / "haproxy.log", "wb") as log, subprocess.Popen(
                [find_haproxy(), "-f", configuration], stdin=subprocess.DEVNULL, stdout=log, stderr=log) as haproxy:
            try:
                wait_until(lambda: listens(self.address))
                yield
            finally:
                haproxy.kill()

    def client(self):
        return Client(self.address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

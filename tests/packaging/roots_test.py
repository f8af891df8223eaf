"""The package in other systems: HSS_TEST_ROOTS=bookworm,trixie,jammy,noble says in which.

Each is made by debootstrap in HSS_TEST_ROOTS_FOLDER (build/roots), where its archive is reached, and kept for the next
time. It takes root. HSS_DEB is the package; without it, packaging/release --built makes one.
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

from hss import ROOT  # noqa: E402

SUITES = [suite for suite in os.environ.get("HSS_TEST_ROOTS", "").split(",") if suite]
FOLDER = Path(os.environ.get("HSS_TEST_ROOTS_FOLDER", ROOT / "build/roots"))

pytestmark = pytest.mark.skipif(not SUITES, reason="HSS_TEST_ROOTS names no system to try the package in")

SCRIPT = r"""
set -e
dpkg --install /tmp/hss.deb
test "$(getent passwd hss | cut -d : -f 6,7)" = /var/lib/hss:/usr/sbin/nologin
test "$(stat -c '%U %a' /var/lib/hss)" = 'hss 700'
hss --version >/dev/null
# As the unit starts it; without systemd nothing else does.
start() {
  setpriv --reuid hss --regid hss --clear-groups env HOME=/var/lib/hss hss serve --config /etc/hss/hss.conf >/tmp/log 2>&1 &
  server=$!
  tries=0
  until hss health --config /etc/hss/hss.conf >/tmp/health; do
    kill -0 $server
    tries=$((tries + 1))
    test $tries -lt 600
    sleep 0.1
  done
  cat /tmp/health
}
stop() { kill -TERM $server; wait $server; }
start
stop
setpriv --reuid hss --regid hss --clear-groups sh -c 'echo long-enough-a-password |
  hss --config /etc/hss/hss.conf user add a@hss.co.za --name Ada --role admin --password-stdin'
echo '# mine' >>/etc/hss/hss.conf

dpkg --install /tmp/hss.deb
grep -q '^# mine' /etc/hss/hss.conf
start
stop
setpriv --reuid hss --regid hss --clear-groups hss --config /etc/hss/hss.conf user list | grep -q a@hss.co.za

DEBIAN_FRONTEND=readline dpkg --purge hss </dev/null
test ! -e /usr/bin/hss
test ! -e /etc/hss/hss.conf
test -s /var/lib/hss/hss.db
test "$(stat -c %U /var/lib/hss/hss.db)" = hss
echo everything was as it should be
"""


def make_root(suite):
    root = FOLDER / suite
    if (root / ".whole").exists():
        return root
    if not shutil.which("debootstrap"):
        pytest.skip("there is no debootstrap here (packaging/setup --release)")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    command = ["debootstrap", "--variant=minbase"]
    if suite in ("jammy", "noble"):
        # Debian has no key of Ubuntu's, and knows no newer one; what is tried is our package.
        # Without a mirror, the script's own for that suite.
        command += ["--no-check-gpg", "--components=main,universe", suite, root, "", "/usr/share/debootstrap/scripts/jammy"]
    else:
        # From where this machine has its own packages.
        targets = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"],
                                 capture_output=True, text=True, check=False)
        command += [suite, root, *targets.stdout.split()[:1]]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"{suite} cannot be had here: {made.stdout[-200:]}")
    (root / ".whole").touch()
    return root


@pytest.fixture(scope="module", name="package")
def fixture_package(tmp_path_factory):
    if "HSS_DEB" in os.environ:
        return Path(os.environ["HSS_DEB"])
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run([ROOT / "packaging/release", "--built", "--only", "deb-amd64", "--to", dist], check=True)
    (package,) = dist.glob("*.deb")
    return package


@pytest.mark.parametrize("suite", SUITES)
def test_the_package_installs_upgrades_and_leaves_the_data_when_it_goes(suite, package, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("this takes root")
    root = tmp_path / suite
    # A copy, which knows nothing of an earlier try.
    subprocess.run(["cp", "--archive", "--reflink=auto", make_root(suite), root], check=True)
    shutil.copy(package, root / "tmp/hss.deb")
    mounts = [("proc", "-t", "proc", "proc"), ("dev", "--bind", "/dev")]
    try:
        for place, *source in mounts:
            subprocess.run(["mount", *source, root / place], check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        # The root has this machine's network; a variable wins over the file of options.
        done = subprocess.run(["chroot", root, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
                               f"HSS_PORT={port}", "sh", "-c", SCRIPT], capture_output=True, text=True, check=False)
        log = root / "tmp/log"
        assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")
        assert done.stdout.endswith("everything was as it should be\n")
        assert done.stdout.count("is healthy") == 2
    finally:
        for place, *_ in mounts:
            subprocess.run(["umount", "--lazy", root / place], check=False)
        shutil.rmtree(root, ignore_errors=True)

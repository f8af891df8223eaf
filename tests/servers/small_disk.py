"""A disk that a test can fill, under a server's data."""

import contextlib
import shutil
import subprocess

import pytest


class SmallDisk:
    def __init__(self, folder):
        self.ballast = folder / "ballast"

    def fill(self):
        """Until there is no room at all."""
        with open(self.ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(1 << 12)):
                pass

    def empty(self):
        self.ballast.unlink()


@contextlib.contextmanager
def small_disk(server, megabytes):
    """The server's data are on it until the end, when the server stops."""
    folder = server.folder / "small"
    folder.mkdir()
    # Only root may mount, and not in every container.
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "hss-test", folder],
                             capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be made here: {mounted.stderr.strip()}")
    try:
        server.stop()
        shutil.move(server.data, folder / "data")
        subprocess.run(["chown", "-R", "--reference", server.folder, folder], check=True)
        server.data.symlink_to(folder / "data")
        server.start()
        yield SmallDisk(folder)
        server.stop()
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)

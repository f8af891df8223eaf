"""The zip for Lambda: an executable called bootstrap, and the same bytes from the same build."""

import hashlib
import os
import pathlib
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).parents[2]


def make(executable, target):
    subprocess.run(
        [sys.executable, ROOT / "packaging/aws/zip.py", executable, target], check=True
    )
    return hashlib.sha256(target.read_bytes()).hexdigest()


def test_the_same_executable_gives_the_same_zip(tmp_path):
    executable = tmp_path / "hss"
    executable.write_bytes(b"\x7fELF" + bytes(range(256)) * 100)
    first = make(executable, tmp_path / "first.zip")
    os.utime(executable, (0, 0))
    assert make(executable, tmp_path / "second.zip") == first

    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        (entry,) = archive.infolist()
        assert entry.filename == "bootstrap"
        assert entry.external_attr >> 16 == 0o100755
        assert archive.read(entry) == executable.read_bytes()

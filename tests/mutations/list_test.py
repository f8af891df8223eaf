"""The list of lines that tests/mutations/run changes is as the sources are."""

import subprocess
import sys
from pathlib import Path


def test_each_line_that_is_changed_to_see_its_test_fail_is_there_once():
    run = Path(__file__).with_name("run")
    checked = subprocess.run([sys.executable, run, "--check"], capture_output=True, text=True,
                             check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

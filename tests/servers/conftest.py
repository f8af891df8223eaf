"""A database server for the tests of a file: of each of its SERVERS, or only of HSS_TEST_ENGINE."""

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from databases import Database, run_hss  # noqa: E402
from hss import HSS, Hss  # noqa: E402
from servers import ENGINES, find_lacking, start  # noqa: E402


def pytest_generate_tests(metafunc):
    # A file may have such a fixture of its own.
    if "engine" in metafunc.fixturenames and not hasattr(metafunc.module, "engine"):
        only = os.environ.get("HSS_TEST_ENGINE")
        names = getattr(metafunc.module, "SERVERS", [only or "postgres"])
        names = [name for name in names if only in (None, name)]
        metafunc.parametrize("engine", names, indirect=True, scope="module")


@pytest.fixture(scope="module", name="engine")
def fixture_engine(request):
    name = request.param
    lacking = find_lacking(name, tls=True)
    if lacking:
        pytest.skip(lacking)
    commands = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    if "migrate" not in commands:
        pytest.skip("this hss is built without database servers")
    return ENGINES[name]


@pytest.fixture(scope="module", name="server")
def fixture_server(engine):
    with start(engine.engine) as server:
        yield server


@pytest.fixture(scope="module", name="run")
def fixture_run(tmp_path_factory):
    """Runs hss with nothing in its environment but what is said."""
    return functools.partial(run_hss, home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module", name="migrated")
def fixture_migrated(server, tmp_path_factory):
    return Database(server).migrate(tmp_path_factory.mktemp("home"))


@pytest.fixture(name="database")
def fixture_database(server, migrated, tmp_path):
    """With the tables of hss."""
    if server.engine == "postgres":
        return Database(server, f"TEMPLATE {migrated.name}")
    return Database(server).migrate(tmp_path)


@pytest.fixture(name="hss")
def fixture_hss(database, tmp_path):
    with Hss(tmp_path, server=database) as hss:
        yield hss

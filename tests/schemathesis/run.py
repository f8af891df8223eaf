"""Holds a running HSS to the OpenAPI document that it serves.

schemathesis calls every operation with good and with bad requests, and with sequences of them, and
checks every answer against the document: in demo mode, with accounts as an administrator, and (of
bookings alone) as two customers who must not see each other's. `run.py MODE` is the short form,
which CI runs; `run.py --cases 10000` goes on in all modes, seed after seed, until there were as many.
Run by tests/servers/run, a mode has its data on that server.
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "servers")]

from hss import HSS, Hss, temporary_folder  # noqa: E402
from servers import attach  # noqa: E402

MODES = ["demo", "accounts", "customers"]
ADMINISTRATOR = {"email": "lerato@hss.co.za", "password": "jacaranda in october"}
SEED = 20261122
# Of each operation in each phase that makes its calls at random.
EXAMPLES_IN_SHORT, EXAMPLES_IN_FULL = 15, 100
LONGEST_RUN = 1800  # seconds


def ask(server, path, body=None, token=""):
    request = urllib.request.Request(
        server + path, None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def sign_in(hss, server, role, email, password):
    """The token of a new account."""
    subprocess.run(
        [HSS, "user", "add", email, "--name", role + " " + email, "--role", role, "--password-stdin",
         *hss.place], input=password + "\n", env=hss.environment, text=True, check=True)
    return ask(server, "/api/v1/auth/login", {"email": email, "password": password})["token"]


def write_customers(hss, server, file):
    """In the form of Web Fuzzing Commons."""
    file.write_text(json.dumps({"auth": [
        {"name": name, "fixedHeaders": [{"name": "Authorization", "value": "Bearer " + sign_in(
            hss, server, "customer", name + "@tuks.co.za", "jacaranda in october")}]}
        for name in ("thandi", "sipho")]}))


def run(mode, examples, seed, junit=None):
    """The number of calls; ends the program where one of them failed."""
    server_of_data = attach() if "HSS_TEST_ENGINE" in os.environ else None
    if server_of_data:
        subprocess.run([HSS, "migrate"], env=server_of_data.env, check=True)
    with temporary_folder() as folder, Hss(folder, server=server_of_data, extra={
            "MESSAGE_BUS_MODE": "disabled", "HSS_AUTH": "demo" if mode == "demo" else "accounts",
            "HSS_ALLOW_PRIVATE_WEBHOOKS": "1"}) as hss:
        server = "http://{}:{}".format(*hss.address)
        report, customers = Path(folder) / "report.json", Path(folder) / "customers.json"
        token = sign_in(hss, server, "admin", **ADMINISTRATOR) if mode == "accounts" else ""
        if mode == "customers":
            write_customers(hss, server, customers)
        config = "customers.toml" if mode == "customers" else "schemathesis.toml"
        command = [
            Path(sys.executable).with_name("schemathesis"), "--no-color", "--config-file", HERE / config,
            "run", server + "/api/v1/openapi.json", "--seed", str(seed), "--max-examples", str(examples),
            "--report-json-path", report]
        if mode == "customers":
            command += ["--include-path-regex", "^/api/v1/bookings"]
        if junit:
            command += ["--report-junit-path", junit.resolve()]
        failed = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, timeout=LONGEST_RUN, env={
            **os.environ, "HSS_HOOKS": str(HERE / "hooks.py"), "HSS_MODE": mode, "HSS_URL": server,
            "HSS_ADMINISTRATOR": json.dumps(ADMINISTRATOR), "HSS_TOKEN": token,
            "HSS_CUSTOMERS": str(customers)}).returncode
        if mode == "accounts":
            account = ask(server, "/api/v1/auth/session", token=token)["account"]
            assert account and account["role"] == "admin", "the administrator was signed out meanwhile"
        subprocess.run([HSS, "audit", "verify", *hss.place], env=hss.environment, check=True)
        if failed:
            sys.exit(failed)
        counted = json.loads(report.read_text())["test_cases"]
        # Without a check of their own are those that a check itself makes, to compare.
        cases = counted["generated"] - counted["without_checks"]
        print(f"{mode}: {cases} cases, none failed (seed {seed})", flush=True)
        return cases


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mode", choices=MODES, nargs="?", help="all where it is left out")
    parser.add_argument("--cases", type=int, help="as many at least, in all")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--junit", type=Path, help="a report for CI, of one mode")
    given = parser.parse_args()
    modes = [given.mode] if given.mode else MODES
    examples, cases, seed = EXAMPLES_IN_FULL if given.cases else EXAMPLES_IN_SHORT, 0, given.seed
    while True:
        cases += sum(run(mode, examples, seed, given.junit) for mode in modes)
        seed += 1
        if cases >= (given.cases or 0):
            break
    print(f"{cases} cases in all, none failed")


if __name__ == "__main__":
    main()

"""Settings that say where a secret lies: Secrets Manager and Systems Manager as moto plays them, with signatures and
rights."""

import base64
import hashlib
import hmac
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from cloud import Safe  # noqa: E402
from hss import HSS, Hss, temporary_folder, wait_until  # noqa: E402

KEY = "signs-tokens-and-has-enough-characters-"
PASSWORD = "correct horse battery staple"
EMAIL = "lerato@hss.co.za"


@pytest.fixture(name="safe", scope="module")
def fixture_safe():
    built = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    if "aws-sm:" not in built:
        pytest.skip("this hss is built without HSS_WITH_SECRETS")
    with Safe() as safe:
        safe.put_secret("hss/site", {"host": "127.0.0.2", "port": 70000})
        safe.first = safe.put_secret("hss/site", {"host": "127.0.0.3", "lock": 61})
        safe.arn, _ = safe.put_secret("hss/site", {"host": "127.0.0.4", "lock": "sixty-two"})
        safe.put_secret("hss/host", "127.0.0.5\n")
        safe.put_parameter("/hss/host", "127.0.0.6")
        safe.put_parameter("/hss/host", "127.0.0.7")
        yield safe


@pytest.fixture(name="folder")
def fixture_folder():
    with temporary_folder() as path:
        yield Path(path)


def start(safe, folder, *words, user=None, **variables):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **safe.variables(user or safe.hss), **variables}
    return subprocess.Popen([HSS, "serve", "--no-open", "--port", "0", *words], env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def failure_of(*words, **variables):
    """What it says instead of a start."""
    process = start(*words, **variables)
    said, error = process.communicate(timeout=60)
    assert said == ""
    return process.returncode, error


def host_of(*words, **variables):
    """Where it serves."""
    with start(*words, **variables) as process:
        line = process.stdout.readline()
        process.terminate()
        found = re.search("http://([0-9.]+):", line)
        assert found, process.stderr.read()
    return found[1]


REFERENCES = {
    "by name": ("aws-sm:hss/host", "127.0.0.5"),
    "by name and key": ("aws-sm:hss/site#host", "127.0.0.4"),
    "by ARN": ("aws-sm:{arn}#host", "127.0.0.4"),
    "by ARN, as ECS writes it": ("aws-sm:{arn}:host::", "127.0.0.4"),
    "by ARN and stage": ("{arn}:host:AWSPREVIOUS:", "127.0.0.3"),
    "by ARN and version": ("aws-sm:{arn}:host::{version}", "127.0.0.3"),
    "of a parameter": ("aws-ssm:/hss/host", "127.0.0.7"),
    "of a parameter's version": ("aws-ssm:/hss/host:1", "127.0.0.6"),
    "of a parameter's ARN": ("aws-ssm:arn:aws:ssm:us-east-1:123456789012:parameter/hss/host", "127.0.0.7"),
}


@pytest.mark.parametrize("way", ["flag", "joined flag", "variable", "file"])
@pytest.mark.parametrize("reference, host", REFERENCES.values(), ids=REFERENCES)
def test_a_setting_is_what_lies_there(safe, folder, way, reference, host):
    reference = reference.format(arn=safe.arn, version=safe.first[1])
    (folder / "hss.conf").write_text(f"host = {reference}\n", encoding="utf-8")
    words, variables = {
        "flag": (["--host", reference], {}),
        "joined flag": ([f"--host={reference}"], {}),
        "variable": ([], {"HSS_HOST": reference}),
        "file": (["--config", str(folder / "hss.conf")], {}),
    }[way]
    assert host_of(safe, folder, "--db", ":memory:", *words, **variables) == host


def test_a_flag_wins_over_a_variable_which_is_not_looked_up_then(safe, folder):
    words = ["--db", ":memory:", "--host", "aws-sm:hss/host"]
    assert host_of(safe, folder, *words, HSS_HOST="aws-sm:nowhere") == "127.0.0.5"
    assert host_of(safe, folder, "--db", ":memory:", "--host", "127.0.0.9", HSS_HOST="aws-sm:nowhere") == "127.0.0.9"


WRONG = {
    "no right": ("aws-sm:hss/host", "powerless", "Secrets Manager answered 403 AccessDenied"),
    "no right to a parameter": ("aws-ssm:/hss/host", "powerless", "Systems Manager answered 403 AccessDenied"),
    "a wrong key": ("aws-sm:hss/host", "forger", "Secrets Manager answered 403 SignatureDoesNotMatch"),
    "no such secret": ("aws-sm:nowhere", "hss", "ResourceNotFoundException"),
    "no such parameter": ("aws-ssm:/nowhere", "hss", "ParameterNotFound"),
    "no such version": ("aws-ssm:/hss/host:9", "hss", "ParameterVersionNotFound"),
    "no such key": ("aws-sm:hss/site#nothing", "hss", "the secret has no key nothing"),
}


@pytest.mark.parametrize("reference, name, said", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("setting", ["HSS_HOST", "HSS_JWT_SECRET", "DB_PASSWORD"])
def test_what_cannot_be_had_stops_the_start_with_the_services_code(safe, folder, setting, reference, name, said):
    user = (safe.hss[0], "wrong") if name == "forger" else getattr(safe, name)
    server = {"DB_ENGINE": "postgres"} if setting == "DB_PASSWORD" else {}
    if server and "no such" in subprocess.run([HSS, "migrate", "--help"], capture_output=True, text=True,
                                              check=False).stderr:
        pytest.skip("this hss is built without database servers")
    code, error = failure_of(safe, folder, user=user, **server, **{setting: reference})
    assert code == 1 and error.startswith(f"hss: {setting}: {reference}: ") and said in error
    assert error.count("\n") == 1
    assert not (folder / ".local").exists()


@pytest.mark.parametrize("words, variables", [
    (["--kiosk-lock-after", "aws-sm:hss/site#lock"], {}),
    ([], {"HSS_KIOSK_LOCK_AFTER": "aws-sm:hss/site#lock"}),
    ([], {"HSS_TRUSTED_PROXY": "aws-sm:hss/site#lock"}),
])
def test_a_value_that_does_not_fit_is_not_shown(safe, folder, words, variables):
    code, error = failure_of(safe, folder, "--db", ":memory:", *words, **variables)
    assert code == 2 and "aws-sm:hss/site#lock" in error
    assert "sixty-two" not in error


def test_whoever_keeps_the_secrets_is_not_waited_for_longer_than_ten_seconds(safe, folder):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        code, error = failure_of(safe, folder, HSS_HOST="aws-sm:hss/host", HSS_TLS_KEY="aws-ssm:/hss/host",
                                 AWS_ENDPOINT_URL=f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert code == 1 and "HSS_HOST: aws-sm:hss/host: " in error
    assert time.monotonic() - began < 15


def sign_in(hss):
    return hss.client().ask("POST", "/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD})["token"]


def is_accepted(hss, token):
    answer = hss.client().request("GET", "/api/v1/bookings", headers={"Authorization": f"Bearer {token}"})
    return answer.status == 200


def with_keys(safe, folder, keys):
    return Hss(folder, extra={**safe.variables(safe.hss), "HSS_AUTH": "accounts", "HSS_JWT_SECRET": keys})


def add_user(hss):
    subprocess.run([HSS, "user", "add", EMAIL, "--name", "Lerato", "--role", "staff", "--password-stdin", *hss.place],
                   env=hss.environment, input=PASSWORD, text=True, capture_output=True, check=True)


def reload(hss):
    """The server reads its keys again; what it said about that."""
    log = hss.folder / "hss.log"
    before = len(log.read_text())
    hss.process.send_signal(signal.SIGHUP)
    return wait_until(lambda: re.search(".*token keys.*", log.read_text()[before:]))[0]


def test_token_keys_follow_what_lies_there_and_sign_nobody_out(safe, folder):
    safe.put_secret("hss/jwt", KEY + "1")
    with with_keys(safe, folder, f"{KEY}0, aws-sm:hss/jwt") as hss:
        add_user(hss)
        by_another_key = sign_in(hss)
    with with_keys(safe, folder, "aws-sm:hss/jwt") as hss:
        assert not is_accepted(hss, by_another_key)
        tokens = [sign_in(hss)]
        for number in (2, 3):
            safe.put_secret("hss/jwt", f"{KEY}{number}")
            assert "reloaded the token keys" in reload(hss)
            tokens.append(sign_in(hss))
        assert all(is_accepted(hss, token) for token in tokens)
        assert KEY.encode() not in Path(f"/proc/{hss.process.pid}/environ").read_bytes()
    # From its next start on it has the one before, as the service keeps that.
    with with_keys(safe, folder, "aws-sm:hss/jwt") as hss:
        assert [is_accepted(hss, token) for token in tokens] == [False, True, True]
        safe.put_secret("hss/jwt", "too little")
        said = reload(hss)
        assert "HSS_JWT_SECRET: aws-sm:hss/jwt: a key needs at least 32 characters" in said
        assert "The previous token keys stay in use." in said
        assert is_accepted(hss, tokens[2])
    log = (folder / "hss.log").read_text()
    assert KEY not in log and "too little" not in log


def sign_again(token, key):
    """The same session's token, as another instance signs it that has that key already."""
    signed = token.rpartition(".")[0]
    signature = hmac.new(key.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def test_a_token_of_another_instance_that_has_the_new_key_already_is_accepted(safe, folder):
    safe.put_secret("hss/jwt2", KEY + "1")
    with with_keys(safe, folder, "aws-sm:hss/jwt2") as hss:
        add_user(hss)
        token = sign_in(hss)
        safe.put_secret("hss/jwt2", KEY + "2")
        assert is_accepted(hss, sign_again(token, KEY + "2"))
        assert is_accepted(hss, token)
        assert not is_accepted(hss, sign_again(token, KEY + "9"))

"""An S3 service of its own for the tests, which checks signatures: versitygw (packaging/setup --tests), where that is not
there a stand-in of ours (s3_stand_in.py, HSS_TEST_S3=stand-in), or s3s-fs with HSS_TEST_S3=s3s-fs
(cargo install s3s-fs --version 0.14.1 --features binary --root build/deps/s3s).

s3_service.py COMMAND… runs a command with the variables that lead hss to one; s3_service.py --allow ORIGIN, said by that
command, lets pages of that origin use the bucket, and no others.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3
from botocore.config import Config

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]
from hss import ROOT, wait_until  # noqa: E402

KEYS = ("hss-test-key", "hss-test-secret")
REGION = "us-east-1"
PROGRAMS = {"versitygw": ROOT / "build" / "deps" / "s3" / "versitygw",
            "s3s-fs": ROOT / "build" / "deps" / "s3s" / "bin" / "s3s-fs"}
STAND_IN = Path(__file__).resolve().parent / "s3_stand_in.py"


def choose():
    """The service's name, and its program."""
    name = os.environ.get("HSS_TEST_S3", "versitygw")
    found = name in PROGRAMS and (str(PROGRAMS[name]) if PROGRAMS[name].exists() else shutil.which(name))
    if found:
        return name, found
    if name == "s3s-fs":
        raise FileNotFoundError("there is no s3s-fs here")
    return "stand-in", str(STAND_IN)


def client_of(url, keys):
    return boto3.client("s3", endpoint_url=url, region_name=REGION, aws_access_key_id=keys[0], aws_secret_access_key=keys[1],
                        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}))


def allow(client, bucket, origin):
    """Pages of that origin, and no others, may send and fetch what the template of AWS lets them."""
    rule = {"AllowedOrigins": [origin], "AllowedMethods": ["GET", "PUT"],
            "AllowedHeaders": ["content-type", "x-amz-checksum-sha256", "if-none-match"]}
    client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})


class S3Service:
    """At `url`, with an empty bucket that is whose keys these are."""

    bucket = "hss-photos"

    def __init__(self, keys=KEYS):
        self.keys_of_owner = keys
        self.name, self.program = choose()
        # Neither program can pick a port.
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="hss-s3-"))
        for name in ("data", "sidecar"):
            (self.folder / name).mkdir()
        self.log = open(self.folder / "log", "wb")
        self.start()
        self.client = self.client_of(keys)
        self.client.create_bucket(Bucket=self.bucket)

    def start(self):
        self.process = subprocess.Popen(self.command(), cwd=self.folder, env=self.environment(), stdout=self.log,
                                        stderr=self.log)
        wait_until(self.is_there)

    def command(self):
        program = self.program
        data = str(self.folder / "data")
        if self.name == "stand-in":
            return [sys.executable, program, str(self.port)]
        if self.name == "s3s-fs":
            return [program, "--host", "127.0.0.1", "--port", str(self.port), "--access-key", self.keys_of_owner[0],
                    "--secret-key", self.keys_of_owner[1], data]
        return [program, "--port", f"127.0.0.1:{self.port}", "--region", REGION, "posix", "--sidecar",
                str(self.folder / "sidecar"), data]

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "ROOT_ACCESS_KEY": self.keys_of_owner[0],
                "ROOT_SECRET_KEY": self.keys_of_owner[1]}

    def is_there(self):
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        except OSError:
            return False

    def client_of(self, keys):
        return client_of(self.url, keys)

    def allow(self, origin):
        allow(self.client, self.bucket, origin)

    def keys(self):
        return sorted(each["Key"] for each in self.client.list_objects_v2(Bucket=self.bucket).get("Contents", []))

    def variables(self, keys=KEYS):
        """What leads hss here."""
        return {"USE_PRESIGNED_UPLOADS": "true", "S3_BUCKET": self.bucket, "AWS_REGION": REGION,
                "AWS_ENDPOINT_URL_S3": self.url, "AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1]}

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.log.close()
        shutil.rmtree(self.folder)


def main(words):
    if words[0] == "--allow":
        keys = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
        allow(client_of(os.environ["AWS_ENDPOINT_URL_S3"], keys), os.environ["S3_BUCKET"], words[1])
        return 0
    with S3Service() as service:
        print(f"photos are in a bucket of {service.name}", flush=True)
        return subprocess.run(words, env={**os.environ, **service.variables()}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Photos in an S3 bucket, on a service that checks signatures: it takes the file that was promised, once, and nothing else."""

import base64
import datetime
import hashlib
import http.client
import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
from hss import BOOKING, HSS, Hss, ROOT, temporary_folder, wait_until  # noqa: E402
from s3_service import KEYS, REGION, S3Service  # noqa: E402

FILES = ROOT / "tests" / "fuzz" / "corpus" / "photos"
PHOTO = (FILES / "baseline_jpeg").read_bytes()
WITH_PLACE = (FILES / "exif_jpeg").read_bytes()
PAGE = "https://shop.example"


def is_built_in():
    done = subprocess.run([HSS, "serve", "--presigned-uploads", "--db", ":memory:", "--port", "0"], capture_output=True,
                          text=True, env={"PATH": os.environ["PATH"]}, check=False)
    return "HSS_WITH_S3" not in done.stderr


@pytest.fixture(name="service", scope="module")
def fixture_service():
    if not is_built_in():
        pytest.skip("this hss is built without HSS_WITH_S3")
    with S3Service() as service:
        yield service


@pytest.fixture(name="folder")
def fixture_folder():
    with temporary_folder() as path:
        yield Path(path)


@pytest.fixture(name="hss")
def fixture_hss(service, folder):
    with Hss(folder, extra=service.variables()) as hss:
        yield hss


def promise_of(data, variant="full", content_type="image/jpeg"):
    return {"variant": variant, "content_type": content_type, "size": len(data),
            "sha256": base64.b64encode(hashlib.sha256(data).digest()).decode()}


def presign(hss, *files):
    return hss.client().ask("POST", "/api/v1/uploads/presign",
                            {"purpose": "item", "files": list(files) or [promise_of(PHOTO)]})


def send(method, url, body=None, headers=None):
    """The status, the headers and the body."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request(method, f"{parts.path}?{parts.query}", body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def put(file, body=PHOTO, **changes):
    """What the service answers who sends that body."""
    headers = {**file["headers"], **{name.replace("_", "-"): value for name, value in changes.items()}}
    return send("PUT", file["url"], body, headers)[0]


def complete(hss, upload):
    return hss.client().request("POST", f"/api/v1/uploads/{upload['upload_id']}/complete", {})


def test_a_photo_is_sent_to_the_bucket_completed_booked_and_fetched_there(service, hss):
    upload = presign(hss, promise_of(PHOTO), promise_of(PHOTO, "thumb"))
    assert complete(hss, upload).status == 409
    for file in upload["files"]:
        assert file["method"] == "PUT" and file["url"].startswith(f"{service.url}/{service.bucket}/uploads/UPL-")
        assert put(file) == 200
    done = complete(hss, upload)
    assert done.status == 200 and done.body["state"] == "ready" and done.body["bytes"] == len(PHOTO)
    booking = hss.client().book({**BOOKING, "items": [{"type": "bed", "s3Key": upload["s3_key"]}]})
    [photo] = hss.client().ask("GET", f"/api/v1/bookings/{booking}/photos", role="staff")["photos"]
    for url in (photo["url"], photo["thumbnail_url"]):
        status, headers, body = send("GET", url)
        assert (status, body) == (200, PHOTO)
        assert headers["Content-Type"] == "image/jpeg"
        assert headers["Cache-Control"] == "private, max-age=600, immutable"
        assert headers["Content-Disposition"].startswith("inline")
    assert hss.client().ask("GET", f"/api/v1/bookings/{booking}/photos", role="staff")["photos"][0]["url"] == photo["url"]


WRONG = {
    "a byte more": (PHOTO + b"!", {}, 403),
    "a byte less": (PHOTO[:-1], {}, 403),
    "other bytes": (bytes(reversed(PHOTO)), {}, 400),
    "another type": (PHOTO, {"Content_Type": "text/html"}, 403),
    "the hash of other bytes": (bytes(len(PHOTO)), {"x_amz_checksum_sha256": promise_of(bytes(len(PHOTO)))["sha256"]}, 403),
    "leave to replace": (PHOTO, {"If_None_Match": '"other"'}, 403),
}


@pytest.mark.parametrize("body, changes, status", WRONG.values(), ids=WRONG)
def test_nothing_but_what_was_promised_is_taken(service, hss, body, changes, status):
    upload = presign(hss)
    before = service.keys()
    assert put(upload["files"][0], body, **changes) == status
    if service.name == "s3s-fs" and status == 400:
        # It keeps what it has rejected; HSS does not take it.
        assert complete(hss, upload).body["error"]["code"] == "upload_refused"
        return
    assert service.keys() == before
    assert complete(hss, upload).status == 409
    assert put(upload["files"][0]) == 200


def test_a_file_is_taken_once(service, hss):
    upload = presign(hss)
    assert put(upload["files"][0]) == 200
    assert put(upload["files"][0]) == 412
    assert complete(hss, upload).status == 200
    assert put(upload["files"][0]) == 412


def test_an_address_is_for_one_key_alone(service, hss):
    mine, other = presign(hss), presign(hss)
    file = dict(mine["files"][0])
    file["url"] = file["url"].replace(mine["upload_id"], other["upload_id"])
    assert put(file) == 403
    assert not any(other["upload_id"] in key for key in service.keys())


def sign_at(file, when):
    """HSS's address as AWS's own library signs it, at another time."""
    parts = urllib.parse.urlsplit(file["url"])
    headers = {**file["headers"], "Content-Length": str(len(PHOTO))}
    request = botocore.awsrequest.AWSRequest("PUT", f"http://{parts.netloc}{parts.path}", headers=headers)
    request.context["timestamp"] = when.strftime("%Y%m%dT%H%M%SZ")
    signer = botocore.auth.S3SigV4QueryAuth(botocore.credentials.Credentials(*KEYS), "s3", REGION, 300)
    signer._modify_request_before_signing(request)  # pylint: disable=protected-access
    signer._inject_signature_to_request(  # pylint: disable=protected-access
        request, signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))
    return {**file, "url": request.url}


def query_of(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


def test_an_address_has_an_end(hss):
    file = presign(hss)["files"][0]
    signed_at = datetime.datetime.strptime(query_of(file["url"])["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
    assert query_of(sign_at(file, signed_at)["url"]) == query_of(file["url"])
    assert put(sign_at(file, signed_at - datetime.timedelta(seconds=310))) == 403
    assert put(sign_at(file, signed_at - datetime.timedelta(seconds=200))) == 200


def test_a_photo_with_the_place_where_it_was_taken_is_refused_and_erased(service, hss):
    upload = presign(hss, promise_of(WITH_PLACE))
    assert put(upload["files"][0], WITH_PLACE) == 200
    done = complete(hss, upload)
    assert done.status == 400 and done.body["error"]["code"] == "upload_refused"
    assert any(upload["upload_id"] in key for key in service.keys())
    hss.client().ask("DELETE", f"/api/v1/uploads/{upload['upload_id']}")
    # It sweeps at its start.
    hss.stop()
    hss.start()
    wait_until(lambda: not any(upload["upload_id"] in key for key in service.keys()))


def preflight(service, upload, origin):
    status, headers, _ = send("OPTIONS", upload["files"][0]["url"], headers={
        "Origin": origin, "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type,if-none-match,x-amz-checksum-sha256"})
    return status, headers["Access-Control-Allow-Origin"]


def test_pages_of_other_origins_are_kept_out_by_the_bucket(service, hss):
    if service.name == "s3s-fs":
        pytest.skip("s3s-fs knows nothing of other origins")
    service.allow(PAGE)
    upload = presign(hss)
    assert preflight(service, upload, PAGE) in [(200, PAGE), (204, PAGE)]
    status, allowed = preflight(service, upload, "https://foreign.example")
    assert status == 403 or allowed is None


@pytest.mark.parametrize("auth", ["demo", "accounts"])
def test_pages_may_talk_to_the_bucket_and_show_what_is_in_it(service, folder, auth):
    with Hss(folder, extra={**service.variables(), "HSS_AUTH": auth}) as hss:
        policy = send("GET", "http://{}:{}/".format(*hss.address))[1]["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert service.url in rules["connect-src"].split()
    assert service.url in rules["img-src"].split()
    assert service.url not in rules["script-src"] and service.url not in rules["default-src"]


def test_the_prefix_is_before_every_key(service, folder):
    with Hss(folder, extra={**service.variables(), "S3_PREFIX": "hss/two/"}) as hss:
        upload = presign(hss)
        assert put(upload["files"][0]) == 200
        assert complete(hss, upload).status == 200
    assert f"hss/two/{upload['s3_key']}/full" in service.keys()


def log_of(hss):
    return (hss.folder / "hss.log").read_text()


@pytest.mark.parametrize("change, said", [
    ({"S3_BUCKET": "hss-nothing"}, "there is no bucket hss-nothing"),
    ({"AWS_SECRET_ACCESS_KEY": "wrong"}, "S3 answered 403 for the bucket hss-photos"),
    ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"}, "127.0.0.1:9 takes no connection"),
], ids=["no bucket", "wrong key", "away"])
def test_what_is_wrong_with_the_bucket_is_said_at_the_start_which_goes_on(service, folder, change, said):
    with Hss(folder, extra={**service.variables(), **change}) as hss:
        assert "photos cannot be kept: " + said in log_of(hss)
        upload = presign(hss)
        assert upload["state"] == "waiting"
        hss.client().book()
        if "AWS_ENDPOINT_URL_S3" in change:
            answer = complete(hss, upload)
            assert answer.status == 503
            assert answer.body["error"]["message"] == "The bucket of photos cannot be read now; please try again"
        assert KEYS[1] not in log_of(hss)


@pytest.mark.parametrize("change, said", [
    ({"S3_BUCKET": ""}, "--presigned-uploads: name the bucket in --s3-bucket or S3_BUCKET"),
    ({"S3_BUCKET": "No/Bucket"}, "S3_BUCKET is no name of a bucket"),
    ({"AWS_REGION": ""}, "AWS_REGION is not set"),
    ({"S3_PREFIX": "/../"}, "--s3-prefix: /../ is no beginning of a key"),
    ({"HSS_UPLOADS": "/srv/photos"}, "--uploads: photos are in a bucket"),
    ({"AWS_ENDPOINT_URL_S3": "nowhere"}, "AWS_ENDPOINT_URL_S3 is not an address"),
])
def test_a_bucket_that_is_none_stops_the_start(service, folder, change, said):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **service.variables(), **change}
    done = subprocess.run([HSS, "serve", "--port", "0", "--no-open"], env=env, capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == 2 and said in done.stderr and done.stdout == ""
    assert not re.search("HSS .* is at", done.stdout)

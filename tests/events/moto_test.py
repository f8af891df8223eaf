"""Events as Amazon SNS takes them: through moto, which checks signatures and rights as AWS does."""

import json
import os
import sys
import time
import urllib.request
from pathlib import Path

import pytest

# Read by moto when it is imported: nothing is checked until set_checks().
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "1000000"
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

sys.path.append(str(Path(__file__).resolve().parents[1]))
from hss import Hss, temporary_folder, wait_until  # noqa: E402

# moto asks for sns:PublishBatch, where AWS asks for sns:Publish with both calls.
MAY_PUBLISH = ["sns:Publish", "sns:PublishBatch"]


def policy(actions):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": "*"}]})


class Cloud:
    """A topic, a queue that hears it, and people with rights."""

    def __init__(self):
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        # What an earlier one in this process left.
        self.set_checks(after=1_000_000)
        self._post("reset", b"")
        self.reader = self.add_user("reader", ["sqs:*"])
        self.hss = self.add_user("hss", MAY_PUBLISH)
        self.powerless = self.add_user("powerless", ["sqs:ListQueues"])
        sns, sqs = self.client("sns", ("any", "any")), self.client("sqs", ("any", "any"))
        self.topic = sns.create_topic(Name="bookings")["TopicArn"]
        self.queue = sqs.create_queue(QueueName="heard")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])
        sns.subscribe(TopicArn=self.topic, Protocol="sqs",
                      Endpoint=arn["Attributes"]["QueueArn"])
        self.set_checks()

    def client(self, service, user):
        return boto3.client(service, endpoint_url=self.url, region_name="us-east-1",
                            aws_access_key_id=user[0], aws_secret_access_key=user[1])

    def add_user(self, name, actions):
        iam = self.client("iam", ("any", "any"))
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(actions))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def set_checks(self, after=0):
        """From so many requests on, a wrong signature or a missing right is refused."""
        self._post("reset-auth", str(after).encode())

    def _post(self, what, body):
        request = urllib.request.Request(f"{self.url}/moto-api/{what}", body, {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).read()

    def heard(self, count):
        """The next messages of the queue, once there are that many, and no more of them."""
        sqs = self.client("sqs", self.reader)
        messages = []

        def receive():
            answer = sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
            for message in answer.get("Messages", []):
                messages.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
            return len(messages) >= count

        wait_until(receive)
        assert len(messages) == count
        return messages

    def waiting(self):
        sqs = self.client("sqs", self.reader)
        answer = sqs.get_queue_attributes(QueueUrl=self.queue,
                                          AttributeNames=["ApproximateNumberOfMessages"])
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])


@pytest.fixture(scope="module")
def cloud():
    started = Cloud()
    yield started
    started.server.stop()


@pytest.fixture
def folder():
    with temporary_folder() as path:
        yield path


def write_credentials(folder, user):
    os.makedirs(os.path.join(folder, ".aws"), exist_ok=True)
    with open(os.path.join(folder, ".aws", "credentials"), "w", encoding="utf-8") as file:
        file.write(f"[default]\naws_access_key_id = {user[0]}\naws_secret_access_key = {user[1]}\n")


def test_the_checks_are_on(cloud):
    for user in (cloud.powerless, (cloud.hss[0], "wrong"), ("AKIAUNKNOWN", "any")):
        with pytest.raises(Exception, match="AccessDenied|AuthorizationError|SignatureDoesNotMatch|"
                                            "InvalidClientTokenId"):
            cloud.client("sns", user).publish(TopicArn=cloud.topic, Message="{}")
    assert cloud.waiting() == 0


def test_a_bookings_events_arrive_as_the_contract_says(cloud, folder):
    with Hss(folder, cloud.url, cloud.topic, cloud.hss) as hss:
        client = hss.client()
        booking = client.book()
        client.approve(booking)
        reference = client.pay(booking)
        heard = cloud.heard(3)
        times = [event["created_at"] for event in client.audit_of(booking)]
    expected = [
        ("booking_submitted", {"email": "thandi@tuks.co.za", "item_count": 2,
                               "status": "submitted"}),
        ("status_updated", {"from": "submitted", "to": "approved", "actor_role": "staff"}),
        ("payment_captured", {"method": "eft", "payment_reference": reference, "status": "paid"}),
    ]
    assert len(times) == 3
    for message, (event_type, payload), occurred_at in zip(heard, expected, times):
        assert json.loads(message["Message"]) == {
            "source": "hss-backend-api", "event_type": event_type, "booking_id": booking,
            "occurred_at": occurred_at, "payload": payload}
        assert message["Subject"] == "hss." + event_type
        assert message["TopicArn"] == cloud.topic
        assert message["MessageAttributes"] == {
            "event_type": {"Type": "String", "Value": event_type},
            "booking_id": {"Type": "String", "Value": booking}}
    assert cloud.waiting() == 0


def test_many_events_at_once_arrive_in_batches(cloud, folder):
    with Hss(folder, cloud.url, cloud.topic, cloud.hss) as hss:
        client = hss.client()
        bookings = [client.book() for _ in range(60)]
        heard = cloud.heard(60)
    ids = [json.loads(message["Message"])["booking_id"] for message in heard]
    assert sorted(ids) == sorted(bookings)


@pytest.mark.parametrize("fault, said", [
    ("secret", "SignatureDoesNotMatch"),
    ("right", "AuthorizationError|AccessDenied"),
])
def test_with_a_wrong_secret_or_no_right_bookings_go_on_and_all_arrive_once_it_is_mended(
        cloud, folder, fault, said):
    wrong = (cloud.hss[0], "wrong") if fault == "secret" else cloud.powerless
    write_credentials(folder, wrong)
    with Hss(folder, cloud.url, cloud.topic) as hss:
        client = hss.client()
        began = time.monotonic()
        booking = client.book()
        client.approve(booking)
        client.pay(booking)
        others = [client.book() for _ in range(10)]
        assert time.monotonic() - began < 10
        wait_until(lambda: "last error" in hss.events("list"))
        listed = hss.events("list")
        assert any(code in listed for code in said.split("|")), listed
        assert "13 waiting" in listed
        assert wrong[1] not in listed
        assert cloud.waiting() == 0

        write_credentials(folder, cloud.hss)
        heard = [json.loads(message["Message"]) for message in cloud.heard(13)]
        wait_until(lambda: "0 waiting" in hss.events("list"))
        log = (hss.folder / "hss.log").read_text(encoding="utf-8")
    assert [message["event_type"] for message in heard if message["booking_id"] == booking] == [
        "booking_submitted", "status_updated", "payment_captured"]
    assert {message["booking_id"] for message in heard} == {booking, *others}
    assert wrong[1] not in log

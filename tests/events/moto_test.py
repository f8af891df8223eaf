"""Events as Amazon SNS takes them: through moto, which checks signatures and rights as AWS does."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from cloud import Cloud  # noqa: E402
from hss import Hss, temporary_folder, wait_until  # noqa: E402

# moto asks for sns:PublishBatch, where AWS asks for sns:Publish with both calls.
MAY_PUBLISH = ["sns:Publish", "sns:PublishBatch"]


class Broker(Cloud):
    """A topic, a queue that hears it, and people with rights."""

    def set_up(self):
        self.reader = self.add_user("reader", ["sqs:*"])
        self.hss = self.add_user("hss", MAY_PUBLISH)
        self.powerless = self.add_user("powerless", ["sqs:ListQueues"])
        sns, sqs = self.client("sns"), self.client("sqs")
        self.topic = sns.create_topic(Name="bookings")["TopicArn"]
        self.queue = sqs.create_queue(QueueName="heard")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])
        sns.subscribe(TopicArn=self.topic, Protocol="sqs",
                      Endpoint=arn["Attributes"]["QueueArn"])

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
    with Broker() as started:
        yield started


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

"""Amazon's services as moto plays them, in this process: it checks signatures and rights as AWS does.

Whoever uses it from a folder of tests puts this one on the path first, as for hss.py.
"""

import json
import os
import urllib.request

# Read by moto when it is imported: nothing is checked until set_checks().
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "1000000"
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

ANYBODY = ("any", "any")


class Cloud:
    """At `url`, with what set_up() puts there before anything is checked."""

    def __init__(self):
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        # What an earlier one in this process left.
        self.set_checks(after=1_000_000)
        self._post("reset", b"")
        self.set_up()
        self.set_checks()

    def set_up(self):
        pass

    def client(self, service, user=ANYBODY):
        return boto3.client(service, endpoint_url=self.url, region_name="us-east-1",
                            aws_access_key_id=user[0], aws_secret_access_key=user[1])

    def add_user(self, name, actions):
        """The keys of somebody who may do that."""
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        iam = self.client("iam")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def set_checks(self, after=0):
        """From so many requests on, a wrong signature or a missing right is refused."""
        self._post("reset-auth", str(after).encode())

    def variables(self, user):
        """What leads a program here as that user."""
        return {"AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": self.url, "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_ACCESS_KEY_ID": user[0], "AWS_SECRET_ACCESS_KEY": user[1]}

    def _post(self, what, body):
        request = urllib.request.Request(f"{self.url}/moto-api/{what}", body, {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stop()


class Safe(Cloud):
    """Secrets, and people who may read them, write them, or neither."""

    def set_up(self):
        self.hss = self.add_user("hss", ["secretsmanager:GetSecretValue", "ssm:GetParameter"])
        self.owner = self.add_user("owner", ["secretsmanager:*", "ssm:*"])
        self.powerless = self.add_user("powerless", ["sqs:ListQueues"])

    def put_secret(self, name, value):
        """Its ARN and its version."""
        secrets = self.client("secretsmanager", self.owner)
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            put = secrets.create_secret(Name=name, SecretString=text)
        except secrets.exceptions.ResourceExistsException:
            put = secrets.put_secret_value(SecretId=name, SecretString=text)
        return put["ARN"], put["VersionId"]

    def put_parameter(self, name, value):
        parameters = self.client("ssm", self.owner)
        parameters.put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)

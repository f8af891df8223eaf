"""The AWS templates of the server: lint, who gets in, rights, and that the program knows what they tell it."""

import json
import pathlib
import re
import subprocess
import sys
import types

import pytest
from cfnlint.decode import cfn_yaml

ROOT = pathlib.Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in (".", "uploads", "servers")]

from cloud import Safe  # noqa: E402
from hss import HSS, Hss, wait_until  # noqa: E402
from s3_service import S3Service  # noqa: E402
from servers import USER, find_lacking, start  # noqa: E402

TEMPLATES = ["server.yaml", "ec2.yaml"]
# AWS takes no resource for these.
ABOUT_NO_RESOURCE = {"ecr:GetAuthorizationToken", "ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeTags"}


def load(name):
    return cfn_yaml.load(str(ROOT / "packaging/aws" / name))


@pytest.fixture(name="template", params=TEMPLATES)
def fixture_template(request):
    return load(request.param)


def of_type(template, kind):
    return {name: resource["Properties"] for name, resource in template["Resources"].items() if resource["Type"] == kind}


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements(template):
    """Of all policies of roles; those of buckets and topics are about others."""
    for role in of_type(template, "AWS::IAM::Role").values():
        for policy in role.get("Policies", []):
            yield from policy["PolicyDocument"]["Statement"]
    for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
        for policy in of_type(template, kind).values():
            yield from policy["PolicyDocument"]["Statement"]


def container_environments(template):
    """Of Fargate's containers, by their names; a value is a text, or what CloudFormation makes one of."""
    for task in of_type(template, "AWS::ECS::TaskDefinition").values():
        for container in task["ContainerDefinitions"]:
            yield container["Name"], {each["Name"]: each["Value"] for each in container.get("Environment", [])}


def machine_environments(template):
    for machine in of_type(template, "AWS::EC2::LaunchTemplate").values():
        script, _ = machine["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"]
        lines = re.search(r"cat >/etc/hss/environment <<'END'\n(.*?)\nEND\n", script, re.S)[1].splitlines()
        yield "machine", dict(line.split("=", 1) for line in lines)


def environments(template):
    return [(name, each) for name, each in [*container_environments(template), *machine_environments(template)] if each]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_that_cfn_lint_minds(name):
    path = ROOT / "packaging/aws" / name
    lint = subprocess.run([pathlib.Path(sys.executable).parent / "cfn-lint", "--include-checks", "I", "--", path],
                          capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert "cfn-lint" not in path.read_text(), "a rule is ignored"


def test_nobody_but_hss_reads_the_bucket(template):
    (bucket,) = of_type(template, "AWS::S3::Bucket").values()
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    (policy,) = of_type(template, "AWS::S3::BucketPolicy").values()
    assert [each["Effect"] for each in policy["PolicyDocument"]["Statement"]] == ["Deny"]


def test_pages_of_no_other_site_reach_the_bucket(template):
    (bucket,) = of_type(template, "AWS::S3::Bucket").values()
    (rule,) = bucket["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Fn::Sub": "https://${DomainName}"}]
    assert sorted(rule["AllowedHeaders"]) == ["content-type", "if-none-match", "x-amz-checksum-sha256"]


def test_the_database_is_not_public_and_speaks_tls():
    template = load("server.yaml")
    (database,) = of_type(template, "AWS::RDS::DBInstance").values()
    assert database["PubliclyAccessible"] is False and database["StorageEncrypted"] is True
    assert database["ManageMasterUserPassword"] is True and "MasterUserPassword" not in database
    (settings,) = of_type(template, "AWS::RDS::DBParameterGroup").values()
    assert settings["Parameters"]["rds.force_ssl"] == "1"


def test_only_the_load_balancer_is_open_to_everybody(template):
    for name, group in of_type(template, "AWS::EC2::SecurityGroup").items():
        for rule in group["SecurityGroupIngress"]:
            assert ("CidrIp" in rule) == (name == "ProxyGroup"), name
            assert ("SourceSecurityGroupId" in rule) == (name != "ProxyGroup"), name


def test_http_leads_to_https(template):
    actions = {each["Port"]: each["DefaultActions"] for each in
               of_type(template, "AWS::ElasticLoadBalancingV2::Listener").values()}
    assert [each["Type"] for each in actions[80]] == ["redirect"]
    assert actions[80][0]["RedirectConfig"]["Protocol"] == "HTTPS"
    assert [each["Type"] for each in actions[443]] == ["forward"]


def test_each_right_is_about_one_thing(template):
    found = list(statements(template))
    assert found
    for statement in found:
        assert statement["Effect"] == "Allow"
        assert not any("*" in action for action in as_list(statement["Action"])), statement
        for resource in as_list(statement["Resource"]):
            if resource == "*":
                assert set(as_list(statement["Action"])) <= ABOUT_NO_RESOURCE
    for role in of_type(template, "AWS::IAM::Role").values():
        assert role.get("ManagedPolicyArns", []) in ([], [{"Ref": "ServerPolicy"}])


def test_no_secret_is_in_an_environment(template):
    secrets = 0
    for _, environment in environments(template):
        for name, value in environment.items():
            if re.search("PASSWORD|SECRET|KEY|TOKEN", name):
                text = value["Fn::Sub"] if isinstance(value, dict) else value
                assert re.match(r"aws-sm:\$\{[A-Za-z.]+\}(#[a-z]+)?$", text), (name, text)
                secrets += 1
    assert secrets > 0
    assert "resolve:secretsmanager" not in json.dumps(template), "CloudFormation would write it into the environment"


def test_the_program_knows_every_variable(template):
    known = subprocess.run([HSS, "--help"], capture_output=True, text=True, check=True).stdout
    for _, environment in environments(template):
        for name in environment:
            assert re.search(rf"\b{name}\b", known), name


def test_a_machine_is_told_what_a_container_is():
    template = load("server.yaml")
    containers = dict(container_environments(template))
    ((_, machine),) = machine_environments(template)
    # The file is elsewhere.
    assert containers["hss"].keys() == machine.keys()
    assert containers["migrate"].items() <= containers["hss"].items()
    for name, value in containers["hss"].items():
        if isinstance(value, str) and name != "DB_CA_FILE":
            assert machine[name] == value
        elif isinstance(value, dict) and "Fn::Sub" in value:
            assert machine[name] == value["Fn::Sub"]


def test_the_proxy_s_subnets_are_trusted_and_no_others(template):
    ranges = template["Mappings"]["Network"]["Ranges"]
    (balancer,) = of_type(template, "AWS::ElasticLoadBalancingV2::LoadBalancer").values()
    subnets = of_type(template, "AWS::EC2::Subnet")
    of_proxy = {subnets[each["Ref"]]["CidrBlock"]["Fn::FindInMap"][2] for each in balancer["Subnets"]}
    assert of_proxy == {"ProxyA", "ProxyB"}
    for name in re.findall(r"HSS_TRUSTED_PROXY.*?(?=HSS_JWT)", json.dumps(template)):
        assert "Server" not in name
    joined = [{"Fn::Join": [",", [{"Fn::FindInMap": ["Network", "Ranges", name]} for name in sorted(of_proxy)]]}]
    for machine in of_type(template, "AWS::EC2::LaunchTemplate").values():
        assert [machine["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"][1]["Proxies"]] == joined
    for name, environment in container_environments(template):
        if name == "hss":
            assert [environment["HSS_TRUSTED_PROXY"]] == joined
    assert len(set(ranges.values())) == len(ranges)


def test_logs_do_not_stay_for_ever(template):
    for group in of_type(template, "AWS::Logs::LogGroup").values():
        assert group["RetentionInDays"] == {"Ref": "LogRetentionInDays"}


def test_what_holds_bookings_outlives_the_stack(template):
    for name, resource in template["Resources"].items():
        if resource["Type"] in ("AWS::RDS::DBInstance", "AWS::EC2::Volume", "AWS::S3::Bucket"):
            assert resource["DeletionPolicy"] in ("Snapshot", "Retain"), name
            assert resource["UpdateReplacePolicy"] in ("Snapshot", "Retain"), name


def test_the_alarm_counts_the_words_that_the_program_logs():
    (counted,) = of_type(load("server.yaml"), "AWS::Logs::MetricFilter").values()
    assert counted["FilterPattern"] == '"is set aside"'
    assert "is set aside" in (ROOT / "src/events/dispatcher.cpp").read_text()


# It starts with what the templates say, and nothing else but keys, on stand-ins for AWS.


class Region(Safe):
    def set_up(self):
        super().set_up()
        self.machine = self.add_user("machine", ["secretsmanager:GetSecretValue", "sns:Publish"])
        self.topic = self.client("sns").create_topic(Name="events")["TopicArn"]


def resolve(value, values):
    """What CloudFormation makes of it."""
    if isinstance(value, str):
        return re.sub(r"\$\{([A-Za-z.:]+)\}", lambda found: values[found[1]], value)
    ((function, of),) = value.items()
    if function == "Ref":
        return values[of]
    if function == "Fn::Sub":
        return resolve(of, values)
    if function == "Fn::GetAtt":
        return values[of if isinstance(of, str) else ".".join(of)]
    if function == "Fn::FindInMap":
        return values["Ranges"][of[2]]
    assert function == "Fn::Join"
    return of[0].join(resolve(each, values) for each in of[1])


@pytest.fixture(name="aws")
def fixture_aws():
    with Region() as region, S3Service(region.machine) as s3:
        region.variables_of_machine = {**region.variables(region.machine), "AWS_ENDPOINT_URL_S3": s3.url}
        region.values = {"AWS::Region": "us-east-1", "Bucket": s3.bucket, "Topic": region.topic, "Instances": "2",
                         "TokenKey": region.put_secret("token-key", "k" * 64)[0]}
        yield region


def check_that_it_serves(hss):
    assert hss.client().request("GET", "/health").status == 200
    assert hss.client().ask("GET", "/api/v1/catalog")["photo_uploads"] is True
    assert "bucket" not in (hss.folder / "hss.log").read_text(), "it warns"


def test_the_machine_s_environment_starts_the_program(aws, tmp_path):
    template = load("ec2.yaml")
    ((_, environment),) = machine_environments(template)
    assert environment.pop("HSS_HOST") == "*"
    ranges = template["Mappings"]["Network"]["Ranges"]
    values = {**aws.values, "Proxies": f"{ranges['ProxyA']},{ranges['ProxyB']}"}
    # The disk is this folder; the script makes one for backups on it.
    (tmp_path / "backups").mkdir()
    told = {name: resolve(value, values).replace("/srv/hss", str(tmp_path)) for name, value in environment.items()}
    with Hss(tmp_path, extra={**told, **aws.variables_of_machine}) as hss:
        assert hss.db == told["HSS_DB"]
        check_that_it_serves(hss)
        wait_until(lambda: list((tmp_path / "backups").iterdir()))


def test_the_container_s_environment_makes_the_tables_and_starts_the_program(aws, tmp_path):
    lacking = find_lacking("postgres", tls=True)
    if lacking:
        pytest.skip(lacking)
    template = load("server.yaml")
    containers = dict(container_environments(template))
    with start("postgres", tls=True) as server:
        # On RDS the tables' owner is the user whose password it keeps.
        server.sql(f"ALTER DATABASE hss OWNER TO {USER}", "postgres")
        secret, _ = aws.put_secret("database", {"username": USER, "password": server.passwords[USER]})
        values = {**aws.values, "Ranges": template["Mappings"]["Network"]["Ranges"],
                  "Database.Endpoint.Address": "127.0.0.1", "Database.Endpoint.Port": str(server.port),
                  "Database.MasterUserSecret.SecretArn": secret}

        def told(name):
            environment = {each: resolve(value, values) for each, value in containers[name].items()}
            return {**environment, "DB_CA_FILE": str(server.ca_file), **aws.variables_of_machine}

        done = subprocess.run([HSS, "migrate"], env={"HOME": str(tmp_path), **told("migrate")}, capture_output=True,
                              text=True, check=False)
        assert done.returncode == 0, done.stderr
        environment = told("hss")
        assert environment.pop("HSS_HOST") == "*"
        with Hss(tmp_path, server=types.SimpleNamespace(env=environment)) as hss:
            check_that_it_serves(hss)

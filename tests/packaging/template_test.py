"""The AWS template: lint, rights, and that its alarm counts what the program really says."""

import pathlib
import re
import subprocess
import sys

import pytest
from cfnlint.decode import cfn_yaml

ROOT = pathlib.Path(__file__).parents[2]
TEMPLATE = ROOT / "packaging/aws/template.yaml"


@pytest.fixture(scope="module")
def template():
    return cfn_yaml.load(str(TEMPLATE))


def of_type(template, kind):
    return {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }


def test_the_template_has_nothing_that_cfn_lint_minds():
    lint = subprocess.run(
        [pathlib.Path(sys.executable).parent / "cfn-lint", "--include-checks", "I", "--", TEMPLATE],
        capture_output=True,
        text=True,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert "cfn-lint" not in TEMPLATE.read_text(), "a rule is ignored"


def test_the_function_may_log_and_publish_and_nothing_else(template):
    (role,) = of_type(template, "AWS::IAM::Role").values()
    statements = [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    actions = []
    for statement in statements:
        action = statement["Action"]
        actions += [action] if isinstance(action, str) else action
        assert isinstance(statement["Resource"], dict), "each right is about one thing"
    assert sorted(actions) == ["logs:CreateLogStream", "logs:PutLogEvents", "sns:Publish"]
    assert "ManagedPolicyArns" not in role


def test_nobody_comes_in_without_credentials_or_a_key(template):
    assert template["Parameters"]["Authorization"]["AllowedValues"] == ["AWS_IAM", "API_KEY"]
    assert template["Parameters"]["Authorization"]["Default"] == "AWS_IAM"
    methods = of_type(template, "AWS::ApiGateway::Method").values()
    assert len(methods) == 2
    for method in methods:
        assert method["AuthorizationType"] == {"Fn::If": ["WithIam", "AWS_IAM", "NONE"]}
        assert method["ApiKeyRequired"] == {"Fn::If": ["WithKey", True, False]}


def test_the_alarm_counts_the_words_that_the_program_logs(template):
    (filter,) = of_type(template, "AWS::Logs::MetricFilter").values()
    words = re.findall(r'\?"([^"]+)"', filter["FilterPattern"])
    assert words == ["not published", "is set aside"]
    sources = {
        "not published": "src/app/lambda_function.cpp",
        "is set aside": "src/events/dispatcher.cpp",
    }
    for word in words:
        assert word in (ROOT / sources[word]).read_text()


def test_logs_do_not_stay_for_ever(template):
    for group in of_type(template, "AWS::Logs::LogGroup").values():
        assert group["RetentionInDays"] == {"Ref": "LogRetentionInDays"}


def test_what_the_template_sets_is_what_the_program_reads(template):
    (function,) = of_type(template, "AWS::Lambda::Function").values()
    assert function["Runtime"] == "provided.al2023"
    program = "".join(
        path.read_text() for folder in ("config", "app", "commands") for path in (ROOT / "src" / folder).glob("*.cpp")
    )
    for name in function["Environment"]["Variables"]:
        # Who publishes to a topic is a part of its own.
        if name != "SNS_TOPIC_ARN":
            assert f'"{name}"' in program, name

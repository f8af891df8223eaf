"""What the executable says of itself: --version, the completions, the manual page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

from hss import HSS, ROOT  # noqa: E402


def say(*words, home="/home/somebody"):
    done = subprocess.run([HSS, *words], env={"PATH": os.environ["PATH"], "HOME": home}, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_version_tells_commit_parts_and_libraries():
    first, commit, parts, libraries = say("--version").splitlines()
    assert re.fullmatch(r"hss \d+\.\d+\.\d+", first)
    assert re.fullmatch(r"commit: ([0-9a-f]{40}\+?|unknown)", commit)
    assert parts.startswith("parts:")
    for name in ("SQLite", "OpenSSL", "zlib", "cpp-httplib", "CLI11"):
        assert re.search(rf"\b{re.escape(name)} \d+\.\d+", libraries), name
    assert ("libpq" in libraries) == ("postgres" in parts.split())


def complete(*words):
    """What bash offers for the last of the words."""
    script = 'eval "$(cat)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hss; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", script, "bash", "hss", *words], input=say("completion", "bash"),
                          capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_bash_completes_commands_options_and_fixed_values():
    assert {"serve", "demo", "health", "user", "completion"} <= complete("")
    assert complete("us") == {"user"}
    assert complete("user", "") == {"add", "list", "password", "disable", "enable", "link"}
    assert complete("user", "add", "--ro") == {"--role"}
    assert complete("user", "add", "--role", "") == {"customer", "staff", "admin"}
    assert complete("--auth", "=", "d") == {"demo"}
    assert complete("serve", "--log-format", "") == {"human", "json"}
    assert complete("completion", "") == {"bash", "zsh", "fish"}
    assert complete("--db", "demo", "user", "li") == {"list", "link"}, "a value is no command"
    assert complete("serve", "--db", "") == set(), "files are bash's own business"
    assert complete("--trusted") == {"--trusted-proxy"}


def test_every_command_and_option_of_the_help_is_completed():
    # Words of the help that stand where CLI11 puts names.
    options = set(re.findall(r"^  (?:-\w,)?(--[a-z0-9-]+)", say("--help"), re.M))
    commands = set(re.findall(r"^  ([a-z]+)  +", say("--help").split("Subcommands:")[1], re.M))
    assert len(options) > 20 and len(commands) > 10
    assert options <= complete("--")
    assert commands <= complete("")


def test_fish_completes_likewise(tmp_path):
    if not shutil.which("fish"):
        pytest.skip("there is no fish here")
    (tmp_path / "hss.fish").write_text(say("completion", "fish"))

    def offered(line):
        done = subprocess.run(["fish", "--no-config", "-c", f"source {tmp_path}/hss.fish; complete -C {line!r}"],
                              env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return {each.split("\t")[0] for each in done.stdout.splitlines()}

    assert {"serve", "demo", "user"} <= offered("hss ")
    assert {"add", "list"} <= offered("hss user ")
    assert offered("hss user add --role ") == {"customer", "staff", "admin"}
    assert "--role" in offered("hss user add --ro") and "--role" not in offered("hss serve --ro")
    assert offered("hss completion ") == {"bash", "zsh", "fish"}
    assert offered("hss --auth ") == {"accounts", "demo"}


def test_zsh_completes_likewise(tmp_path):
    if not shutil.which("zsh"):
        pytest.skip("there is no zsh here")
    (tmp_path / "_hss").write_text(say("completion", "zsh"))
    # A terminal of zsh's own, as completion has no other way in.
    (tmp_path / "offer").write_text(r"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; PS2=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; zstyle ':completion:*' list-colors ''"
zpty -w z "zstyle ':completion:*:default' list-prompt ''; setopt no_always_last_prompt; LISTMAX=0; COLUMNS=60; print -r -- READ''Y"
zpty -r z said '*READY*'
zpty -w -n z "$2"$'\t'
zpty -r -m z said "*$3*" && print -r -- "$said"
zpty -d z
""")

    def offers(line, word):
        done = subprocess.run(["timeout", "20", "zsh", "-f", tmp_path / "offer", tmp_path, line, word], cwd=tmp_path,
                              env={**os.environ, "HOME": str(tmp_path), "TERM": "dumb"}, capture_output=True, text=True,
                              check=False)
        return word in done.stdout.replace(line, "", 1)

    assert offers("hss user ", "password")
    assert offers("hss completion ", "fish")
    assert offers("hss user add --role ", "customer")


@pytest.fixture(name="page")
def fixture_page(tmp_path):
    page = tmp_path / "hss.1"
    page.write_text(say("manual"))
    return page


def test_the_manual_has_its_sections_and_everything_of_the_help(page):
    text = page.read_text()
    sections = re.findall(r"^\.SH (.*)$", text, re.M)
    assert sections == ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS",
                        "EXAMPLES"]
    plain = text.replace("\\-", "-")
    for option in re.findall(r"^  (?:-\w,)?(--[a-z0-9-]+)", say("--help"), re.M):
        assert option in plain, option
    for variable in re.findall(r"Env:(\w+)", say("--help")):
        assert f".TP\n\\fB{variable}\\fR" in plain, variable
    assert "hss user add" in plain and "hss health" in plain
    assert plain.count("HSS_JWT_SECRET: ") + plain.count("fBHSS_JWT_SECRET") == 1, "a footer is told once"


def test_the_manual_is_the_same_for_everybody(page):
    assert say("manual", home="/root") == page.read_text()
    assert "/home/somebody" not in page.read_text()


def test_groff_has_nothing_to_say_of_the_manual(page):
    if not shutil.which("groff"):
        pytest.skip("there is no groff here")
    done = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8", page], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_completions_are_of_the_parser_alone():
    """No second list: whatever is in them is nowhere else in the sources of src/usage."""
    for source in (ROOT / "src/usage").glob("completion*.cpp"):
        for name in ("trusted-proxy", "staff", "--auth"):
            assert name not in source.read_text(), source

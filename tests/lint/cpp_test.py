"""tests/lint/cpp in a small repository of its own: what it passes, and what it must not."""

import json
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]

GOOD = """#include <string>

namespace {
const int limit = 3;
}

int count(const std::string& text) {
  return static_cast<int>(text.size()) + limit;
}
"""
# Its constant has the name of GOOD's, so that the two do not compile as one.
USES_WHAT_IT_MOVED = """#include <string>
#include <utility>

namespace {
const int limit = 4;
}

int count_moved(std::string text) {
  const std::string moved = std::move(text);
  return static_cast<int>(text.size() + moved.size()) + limit;
}
"""


@pytest.fixture
def lint(tmp_path):
    """Lints these sources, and returns the exit code and the report."""
    for file in ("tests/lint/cpp", ".clang-format", ".clang-tidy"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    if subprocess.run([tmp_path / "tests/lint/cpp", "--check"], check=False).returncode == 77:
        pytest.skip("clang-format and clang-tidy are not there")

    def run(sources, *options):
        commands = []
        for name, text in sources.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            if name.endswith(".cpp"):
                command = f"c++ -std=c++20 -I{tmp_path}/src -o {name}.o -c {file}"
                commands.append({"file": str(file), "command": command})
        (tmp_path / "build/release").mkdir(parents=True)
        (tmp_path / "build/release/compile_commands.json").write_text(json.dumps(commands))
        for words in (["init", "-q"], ["add", "src"]):
            subprocess.run(["git", *words], cwd=tmp_path, check=True)
        result = subprocess.run(
            [tmp_path / "tests/lint/cpp", *options], capture_output=True, text=True, check=False
        )
        return result.returncode, result.stdout

    return run


def test_clean_sources_pass(lint):
    code, report = lint({"src/a.cpp": GOOD})
    assert code == 0, report
    assert "ok format: 1 files\n" in report
    assert "ok lint: 1 sources" in report


def test_a_wrong_format_fails(lint):
    code, report = lint({"src/a.cpp": GOOD.replace("limit = 3", "limit=3")})
    assert code == 1
    assert "FAILED format: clang-format -i src/a.cpp\n" in report
    assert "ok lint" in report


def test_a_bug_fails_also_where_the_sources_do_not_compile_as_one(lint):
    code, report = lint({"src/a.cpp": GOOD, "src/b.cpp": USES_WHAT_IT_MOVED, "src/c.cpp": GOOD.replace("count", "c")})
    assert code == 1
    assert "src/b.cpp:10:27: error: 'text' used after it was moved [bugprone-use-after-move" in report
    assert "FAILED lint: 1 findings in 3 sources" in report


def test_a_bug_in_a_header_fails_once(lint):
    header = "#pragma once\n\nstruct Base {\n  virtual ~Base() = default;\n  virtual int size() { return 0; }\n};\n"
    header += "struct Derived : Base {\n  virtual int size() { return 1; }\n};\n"
    code, report = lint({"src/a.h": header, "src/a.cpp": '#include "a.h"\n', "src/b.cpp": '#include "a.h"\n'})
    assert code == 1
    assert report.count("src/a.h:8:15: error:") == 1
    assert "[modernize-use-override" in report


def test_what_does_not_compile_fails(lint):
    code, report = lint({"src/a.cpp": GOOD, "src/b.cpp": "int none() { return nothing; }\n"})
    assert code == 1
    assert "error: use of undeclared identifier 'nothing'" in report


def test_what_the_time_did_not_suffice_for_is_named(lint):
    code, report = lint({"src/a.cpp": USES_WHAT_IT_MOVED}, "--seconds", "0")
    assert code == 0
    assert "lint: left out after 0 s: src/a.cpp\n" in report

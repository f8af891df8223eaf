"""Code says things in the field's words: none of those in words.txt is an identifier anywhere."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What is not code: comments, strings, includes; of a page also the text between its tags.
NO_CODE = re.compile(
    r'R"([^()\\\s]{0,16})\((?:.|\n)*?\)\1"'
    r"|//[^\n]*|/\*(?:.|\n)*?\*/"
    r"|^[ \t]*#[ \t]*include[^\n]*"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|`(?:\\.|[^`\\])*`"
    r"|(?<![\w])'(?:\\.|[^'\\\n])+'",
    re.MULTILINE,
)
PAGE_TEXT = re.compile(r">[^<>{}=;()]*(?=[<{])")

# Names that outlive a process, and so stay where they are read or written: of the wire, and of what browsers keep.
STORED = {
    "web/src/session/session_keeper.ts": {"device_mark"},
    "web/src/admin/audit/audit_chain.tsx": {"fault"},
    "web/src/api/account.ts": {"device_mark"},
    "web/src/api/message_words.ts": {"faults"},
    "web/src/staff/outbox/outbox.ts": {"deed", "refusal"},
    "tests/e2e/accounts.spec.ts": {"device_mark"},
    "tests/e2e/form_words.spec.ts": {"faults"},
    "tests/e2e/slips.spec.ts": {"deed", "refusal"},
}


def patterns():
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]


def sources():
    listed = subprocess.run(["git", "ls-files", "src", "tests", "web/src"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split()
    return [ROOT / name for name in listed
            if name.endswith((".cpp", ".h", ".ts", ".tsx")) and not name.endswith(".d.ts")]


def code_of(path):
    code = NO_CODE.sub(" ", path.read_text(encoding="utf-8"))
    return PAGE_TEXT.sub(">", code) if path.suffix == ".tsx" else code


def test_no_identifier_is_a_word_of_our_own():
    words = re.compile(r"\b(?:" + "|".join(f"(?:{one})" for one in patterns()) + r")\b")
    found = []
    for path in sources():
        name = str(path.relative_to(ROOT))
        said = {match.group(0) for match in words.finditer(code_of(path))}
        found += [f"{name}: {word}" for word in said - STORED.get(name, set())]
    assert not found, "\n".join(sorted(found))


def test_the_list_would_find_what_it_names():
    words = re.compile("|".join(f"(?:{one})" for one in patterns()))
    for word in ("most_bytes", "longestWait", "Outlet", "refused", "bring_up", "device_mark"):
        assert words.fullmatch(word), word

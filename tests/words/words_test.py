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


# Names that outlive a process, and so stay: of the wire, and of what browsers keep.
STORED = {"web/src": {"deed", "refusal", "device_mark", "fault", "faults", "SharedScreens"},
          "tests/e2e": {"deed", "refusal", "device_mark", "fault", "faults"}}


def is_stored(path, word):
    return any(str(path.relative_to(ROOT)).startswith(place) and word in words
               for place, words in STORED.items())


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
    found = [f"{path.relative_to(ROOT)}: {match.group(0)}"
             for path in sources() for match in words.finditer(code_of(path))
             if not is_stored(path, match.group(0))]
    assert not found, "\n".join(sorted(set(found)))


def test_the_list_would_find_what_it_names():
    words = re.compile("|".join(f"(?:{one})" for one in patterns()))
    for word in ("most_bytes", "longestWait", "Outlet", "refused", "bring_up", "device_mark"):
        assert words.fullmatch(word), word

"""What can be said of the executables for macOS without a Mac: what they link, for which macOS, and that their signature fits."""

import hashlib
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOAD_DYLIB, LOAD_WEAK_DYLIB, REEXPORT_DYLIB, CODE_SIGNATURE, BUILD_VERSION = 0xC, 0x80000018, 0x8000001F, 0x1D, 0x32
MACOS, CODE_DIRECTORY, AD_HOC = 1, 0xFADE0C02, 0x2


@pytest.fixture(name="executable", params=[("macos", 0x0100000C), ("macos-x86_64", 0x01000007)], ids=lambda each: each[0])
def fixture_executable(request):
    preset, processor = request.param
    path = ROOT / "build" / preset / "hss"
    if not path.exists():
        pytest.skip(f"there is no build/{preset}/hss (packaging/release)")
    content = path.read_bytes()
    magic, found, _, _, count = struct.unpack_from("<5I", content)
    assert (magic, found) == (0xFEEDFACF, processor)
    commands, at = [], 32
    for _ in range(count):
        kind, size = struct.unpack_from("<2I", content, at)
        commands.append((kind, content[at:at + size]))
        at += size
    return preset, content, commands


def text(content, at):
    return content[at:content.index(b"\0", at)].decode()


def test_it_links_what_every_mac_has_alone(executable):
    _, _, commands = executable
    libraries = [text(command, struct.unpack_from("<I", command, 8)[0]) for kind, command in commands
                 if kind in (LOAD_DYLIB, LOAD_WEAK_DYLIB, REEXPORT_DYLIB)]
    assert libraries == ["/usr/lib/libSystem.B.dylib"]


def test_it_is_for_macos_11_and_newer(executable):
    _, _, commands = executable
    (found,) = [struct.unpack_from("<2I", command, 8) for kind, command in commands if kind == BUILD_VERSION]
    assert found == (MACOS, 11 << 16)


def test_it_names_no_folder_of_the_build(executable):
    assert str(ROOT).encode() not in executable[1]


def test_its_signature_is_that_of_its_pages(executable):
    """Macs with Apple's processors start nothing else."""
    preset, content, commands = executable
    signatures = [struct.unpack_from("<2I", command, 8) for kind, command in commands if kind == CODE_SIGNATURE]
    if not signatures and preset == "macos-x86_64":
        pytest.skip("Intel's processors start what is not signed")
    ((start, _),) = signatures
    count = struct.unpack_from(">I", content, start + 8)[0]
    places = [struct.unpack_from(">2I", content, start + 12 + 8 * index)[1] + start for index in range(count)]
    (at,) = [place for place in places if struct.unpack_from(">I", content, place)[0] == CODE_DIRECTORY]
    _, _, _, flags, hashes, _, _, slots, limit = struct.unpack_from(">9I", content, at)
    size, kind, _, page = struct.unpack_from(">4B", content, at + 36)
    assert flags & AD_HOC and (size, kind) == (32, 2), "ad hoc, by SHA-256"
    assert limit == start
    page = 1 << page
    assert slots == -(-limit // page)
    for slot in range(slots):
        signed = content[at + hashes + 32 * slot:at + hashes + 32 * (slot + 1)]
        assert hashlib.sha256(content[slot * page:min((slot + 1) * page, limit)]).digest() == signed, slot

"""What packaging/release makes of the release build: the package, the archive and the image for this kind of machine.

HSS_DIST is a folder with these files, if they have been made. Long, it also links anew from the objects: HSS_TEST_RELEASE=long. roots_test.py installs the package in other systems.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

from hss import HSS, ROOT, wait_until  # noqa: E402

RELEASE = ROOT / "packaging/release"
MACHINE = platform.machine()
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(MACHINE)
TARGETS = f"linux-{MACHINE},deb-{ARCHITECTURE},image"

pytestmark = pytest.mark.skipif(
    not (shutil.which("dpkg-deb") and (ROOT / "build/release/hss").exists() and ARCHITECTURE),
    reason="a release is made on Debian, of the preset release")


def run(*command, **more):
    return subprocess.run(command, check=False, capture_output=True, text=True, **more)


def release(*words):
    done = run(RELEASE, "--built", *words, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module", name="dist")
def fixture_dist(tmp_path_factory):
    if "HSS_DIST" in os.environ:
        return Path(os.environ["HSS_DIST"])
    folder = tmp_path_factory.mktemp("dist")
    release("--only", TARGETS, "--to", folder)
    return folder


def only(dist, pattern):
    (found,) = dist.glob(pattern)
    return found


@pytest.fixture(scope="module", name="package")
def fixture_package(dist):
    return only(dist, "hss_*.deb")


@pytest.fixture(scope="module", name="tree")
def fixture_tree(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder], check=True)
    return folder


def test_a_second_run_makes_the_same_bytes(dist, tmp_path):
    release("--only", TARGETS, "--to", tmp_path / "again")
    sums = (dist / "SHA256SUMS").read_text()
    assert (tmp_path / "again/SHA256SUMS").read_text() == sums
    assert len(sums.splitlines()) == 3
    for line in sums.splitlines():
        hash_of_it, name = line.split("  ")
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == hash_of_it


def test_no_file_is_larger_than_a_download_should_be(dist):
    for path in dist.iterdir():
        assert path.stat().st_size < 12_000_000, path


def test_the_executable_names_no_folder_of_the_build():
    assert str(ROOT).encode() not in Path(HSS).read_bytes()


def test_the_package_has_what_a_service_and_a_desktop_need(tree):
    for name in ("usr/bin/hss", "usr/lib/systemd/system/hss.service", "usr/lib/sysusers.d/hss.conf", "etc/hss/hss.conf",
                 "usr/share/applications/hss.desktop", "usr/share/icons/hicolor/scalable/apps/hss.svg",
                 "usr/share/icons/hicolor/256x256/apps/hss.png", "usr/share/man/man1/hss.1.gz",
                 "usr/share/bash-completion/completions/hss", "usr/share/zsh/vendor-completions/_hss",
                 "usr/share/doc/hss/copyright"):
        assert (tree / name).is_file(), name
    control = (tree / "DEBIAN/control").read_text()
    assert "Depends" not in control, "dpkg -i alone installs it"
    assert not (tree / "var").exists(), "dpkg would own, and remove, the folder of the data"
    # Options of the service that the executable does not know would stop its start.
    done = run(tree / "usr/bin/hss", "health", "--config", tree / "etc/hss/hss.conf", "http://127.0.0.1:1")
    assert done.returncode == 1, done.stderr


def test_lintian_has_nothing_to_say(package, tmp_path):
    if not shutil.which("lintian"):
        pytest.skip("there is no lintian here (packaging/setup --release)")
    shutil.copy(package, tmp_path)
    done = run("lintian", "--allow-root", "--fail-on", "error,warning", tmp_path / package.name)
    assert done.returncode == 0 and done.stdout == "", done.stdout + done.stderr


def test_systemd_takes_the_unit_and_finds_it_hardened(tree):
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    unit = tree / "usr/lib/systemd/system/hss.service"
    verified = run("systemd-analyze", "verify", "--man=no", unit)
    # It looks for the executable on this machine.
    said = [line for line in verified.stderr.splitlines() if "hss" in line and "/usr/bin/hss is not executable" not in line]
    assert not said, said
    done = run("systemd-analyze", "security", "--offline=true", "--threshold=25", "--no-pager", unit)
    assert done.returncode == 0, done.stdout[-400:]


def test_the_archive_runs_where_it_is_unpacked(dist, tmp_path):
    archive = only(dist, "hss-*-linux-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        assert {member.uid for member in packed} == {0} and len({member.mtime for member in packed}) == 1
        packed.extractall(tmp_path, filter="data") if hasattr(tarfile, "data_filter") else packed.extractall(tmp_path)
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    assert {f"{folder.name}/{name}" for name in ("hss", "README.txt", "LICENSE.txt", "THIRD-PARTY.txt", "hss.1",
                                                 "completions/hss.bash")} <= set(names)
    readme = (folder / "README.txt").read_text()
    assert "./hss demo" in readme and "Windows" not in readme and "@" not in readme
    assert run(folder / "hss", "--version").stdout == run(HSS, "--version").stdout
    # As the machines of packaging/aws unpack it.
    subprocess.run(["tar", "-xz", "-f", archive, "-C", tmp_path, "--strip-components=1", "--wildcards", "*/hss"], check=True)
    assert (tmp_path / "hss").is_file()


@pytest.fixture(name="container")
def fixture_container(dist, tmp_path):
    """The image as runc has it, on this machine's network, with a folder for its data."""
    lacking = [tool for tool in ("umoci", "runc") if not shutil.which(tool)]
    if lacking or os.geteuid() != 0:
        pytest.skip(f"this takes root, umoci and runc; lacking: {lacking}")
    layout = tmp_path / "layout"
    layout.mkdir()
    image = only(dist, "hss-*-image.tar")
    subprocess.run(["tar", "-xf", image, "-C", layout], check=True)
    version = image.name.split("-")[1]
    subprocess.run(["umoci", "unpack", "--image", f"{layout}:{version}", tmp_path / "bundle"], check=True, capture_output=True)
    data = tmp_path / "data"
    data.mkdir()
    path = tmp_path / "bundle/config.json"
    config = json.loads(path.read_text())
    user = config["process"]["user"]["uid"]
    os.chown(data, user, user)
    config["process"]["terminal"] = False
    config["process"]["env"].append("HSS_PORT=18081")
    config["root"]["readonly"] = True
    config["mounts"] = [mount for mount in config["mounts"] if mount["destination"] not in ("/var/lib/hss", "/sys/fs/cgroup")]
    config["mounts"].append({"destination": "/var/lib/hss", "type": "bind", "source": str(data), "options": ["bind", "rw"]})
    config["linux"]["namespaces"] = [each for each in config["linux"]["namespaces"] if each["type"] not in ("network", "cgroup")]
    path.write_text(json.dumps(config))
    return tmp_path / "bundle", config


def test_the_image_serves_is_healthy_and_ends_in_order(container, tmp_path):
    bundle, config = container
    assert config["process"]["user"]["uid"] != 0
    assert config["process"]["args"] == ["/usr/bin/hss", "serve"]
    assert (bundle / "rootfs/etc/ssl/certs/ca-certificates.crt").stat().st_size > 100_000
    assert not (bundle / "rootfs/bin").exists(), "there is no shell"
    runc = ["runc", "--root", tmp_path / "state"]
    name = f"hss-{os.getpid()}"
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen([*runc, "run", "--bundle", bundle, name], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        done = wait_until(lambda: process.poll() is not None or
                          (each := run(*runc, "exec", name, "/usr/bin/hss", "health")).returncode == 0 and each)
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert done.stdout == "http://127.0.0.1:18081 is healthy\n"
        assert (tmp_path / "data/hss.db").stat().st_uid == config["process"]["user"]["uid"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0, (tmp_path / "log").read_text()
    finally:
        process.kill()
        run(*runc, "delete", "--force", name)


def test_docker_finds_what_the_image_says_of_itself(dist):
    with tarfile.open(only(dist, "hss-*-image.tar")) as image:
        (entry,) = json.load(image.extractfile("manifest.json"))
        config = json.load(image.extractfile(entry["Config"]))
        assert entry["RepoTags"][0].startswith("hss:")
        for name in entry["Layers"]:
            content = image.extractfile(name).read()
            assert name.endswith(hashlib.sha256(content).hexdigest())
    assert config["config"]["Healthcheck"]["Test"] == ["CMD", "/usr/bin/hss", "health"]
    assert config["config"]["User"] not in ("", "0", "root")


def test_the_manifests_have_the_hashes_of_the_files(tmp_path):
    environment = {**os.environ, "DIST": str(tmp_path), "VERSION": "1.2.3", "HSS_DOWNLOADS": "https://example.org/d"}
    manifests = [ROOT / "packaging/release.d/manifests"]
    lacking = run(*manifests, cwd=ROOT, env=environment)
    assert lacking.returncode == 1 and "has not been made" in lacking.stderr
    names = ["windows-x86_64.zip", *[f"{system}.tar.gz" for system in ("macos-arm64", "macos-x86_64", "linux-x86_64", "linux-aarch64")]]
    for name in names:
        (tmp_path / f"hss-1.2.3-{name}").write_text(name)
    done = run(*manifests, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    texts = {path.name: path.read_text() for path in tmp_path.glob("*/*")}
    assert set(texts) == {"hss.rb", "hss.json", "HatfieldStorage.HSS.yaml", "HatfieldStorage.HSS.installer.yaml",
                          "HatfieldStorage.HSS.locale.en-US.yaml"}
    for name, text in texts.items():
        assert not re.search(r"@[A-Z0-9]+[@:]", text), name
    for name in names:
        assert hashlib.sha256(name.encode()).hexdigest() in texts["hss.json" if "windows" in name else "hss.rb"]
    assert json.loads(texts["hss.json"])["architecture"]["64bit"]["url"].startswith("https://example.org/d/hss-1.2.3-")


@pytest.mark.skipif(not (ROOT / "build/release-tools").exists(), reason="there is no build/release-tools (packaging/setup --release)")
def test_the_list_of_what_is_inside_names_every_library(tmp_path):
    release("--only", "sbom", "--to", tmp_path)
    listed = json.loads(only(tmp_path, "hss-*.cdx.json").read_text())
    assert (listed["bomFormat"], listed["metadata"]["component"]["name"]) == ("CycloneDX", "hss")
    versions = {each["version"] for each in listed["components"]}
    libraries = re.search(r"^libraries: (.*)$", run(HSS, "--version").stdout, re.M)[1].split(", ")
    assert {each.rsplit(" ", 1)[1] for each in libraries} <= versions
    assert all(each["licenses"] and each["purl"] for each in listed["components"])


@pytest.mark.skipif(os.environ.get("HSS_TEST_RELEASE") != "long", reason="HSS_TEST_RELEASE=long does it")
def test_hss_is_linked_anew_from_the_objects(tmp_path):
    release("--only", "objects", "--to", tmp_path / "dist")
    subprocess.run(["tar", "-xf", only(tmp_path / "dist", "hss-*-objects.tar.xz"), "-C", tmp_path], check=True)
    folder = only(tmp_path, "hss-*-objects") / MACHINE
    # Another version of the library: one whose name for itself is another.
    library = folder / "libmariadbclient.a"
    library.write_bytes(library.read_bytes().replace(b"mysql_native_password", b"mysql_relinked_passwd"))
    done = run(folder / "relink", cwd="/")
    assert done.returncode == 0, done.stderr
    assert b"mysql_relinked_passwd" in (folder / "hss").read_bytes()
    assert run(folder / "hss", "--version").stdout == run(HSS, "--version").stdout



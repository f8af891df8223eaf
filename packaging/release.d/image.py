"""image.py ARCHITECTURE=EXECUTABLE…: the container's image, in the layout of OCI and, for `docker load`, in Docker's.

There is nothing in it but the executable, the certificates of authorities, and a user. packaging/release calls it.
"""

import gzip
import hashlib
import io
import json
import os
import pathlib
import sys
import tarfile
import time

VERSION, COMMIT, EPOCH = os.environ["VERSION"], os.environ["COMMIT"], int(os.environ["SOURCE_DATE_EPOCH"])
CREATED = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(EPOCH))
AUTHORITIES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
USER = 65532
SECOND = 1_000_000_000  # in the nanoseconds that Docker counts

blobs = {}


def add_blob(content, media_type):
    digest = hashlib.sha256(content).hexdigest()
    blobs[f"blobs/sha256/{digest}"] = content
    return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}


def to_json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def add(archive, name, content=None, mode=0o644, user=0):
    entry = tarfile.TarInfo(name)
    entry.mtime, entry.mode, entry.uid, entry.gid = EPOCH, mode, user, user
    if content is None:
        entry.type = tarfile.DIRTYPE
    else:
        entry.size = len(content)
    archive.addfile(entry, None if content is None else io.BytesIO(content))


def layer(executable):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in ("etc", "etc/ssl", "etc/ssl/certs", "usr", "usr/bin", "var", "var/lib"):
            add(archive, folder, mode=0o755)
        add(archive, "etc/group", f"root:x:0:\nhss:x:{USER}:\n".encode())
        add(archive, "etc/passwd", f"root:x:0:0::/:/\nhss:x:{USER}:{USER}::/var/lib/hss:/\n".encode())
        add(archive, "etc/ssl/certs/ca-certificates.crt", AUTHORITIES.read_bytes())
        add(archive, "tmp", mode=0o1777)
        add(archive, "usr/bin/hss", pathlib.Path(executable).read_bytes(), mode=0o755)
        add(archive, "var/lib/hss", mode=0o700, user=USER)
    return tar.getvalue()


def config(architecture, diff_id):
    return {
        "created": CREATED,
        "architecture": architecture,
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "ExposedPorts": {"8081/tcp": {}},
            # The data are in /var/lib/hss/hss.db, where neither HSS_DB nor DB_ENGINE says otherwise.
            "Env": ["PATH=/usr/bin", "HOME=/var/lib/hss", "XDG_DATA_HOME=/var/lib", "HSS_HOST=*"],
            "Entrypoint": ["/usr/bin/hss"],
            "Cmd": ["serve"],
            "Volumes": {"/var/lib/hss": {}},
            "WorkingDir": "/var/lib/hss",
            "StopSignal": "SIGTERM",
            # OCI knows no such thing; Docker and Podman take it.
            "Healthcheck": {
                "Test": ["CMD", "/usr/bin/hss", "health"],
                "Interval": 30 * SECOND,
                "Timeout": 10 * SECOND,
                "StartPeriod": 30 * SECOND,
                "Retries": 3,
            },
            "Labels": {
                "org.opencontainers.image.title": "HSS",
                "org.opencontainers.image.version": VERSION,
                "org.opencontainers.image.revision": COMMIT,
            },
        },
        "rootfs": {"type": "layers", "diff_ids": [diff_id]},
        "history": [{"created": CREATED, "created_by": "packaging/release"}],
    }


manifests, for_docker = [], []
for pair in sys.argv[1:]:
    architecture, executable = pair.split("=", 1)
    tar = layer(executable)
    packed = add_blob(gzip.compress(tar, mtime=0), "application/vnd.oci.image.layer.v1.tar+gzip")
    described = add_blob(
        to_json(config(architecture, f"sha256:{hashlib.sha256(tar).hexdigest()}")),
        "application/vnd.oci.image.config.v1+json",
    )
    media_type = "application/vnd.oci.image.manifest.v1+json"
    manifest = add_blob(
        to_json({"schemaVersion": 2, "mediaType": media_type, "config": described, "layers": [packed]}), media_type
    )
    platform = {"architecture": architecture, "os": "linux"}
    # What names an image by its tag finds the one of its machine.
    manifests.append(manifest | {"platform": platform})
    path = "blobs/sha256/{}"
    for_docker.append(
        {
            "Config": path.format(described["digest"].removeprefix("sha256:")),
            "RepoTags": [f"hss:{VERSION}" + ("" if not for_docker else f"-{architecture}")],
            "Layers": [path.format(packed["digest"].removeprefix("sha256:"))],
        }
    )

index_type = "application/vnd.oci.image.index.v1+json"
tag = {"org.opencontainers.image.ref.name": VERSION}
if len(manifests) == 1:
    entries = [manifests[0] | {"annotations": tag}]
else:
    inner = add_blob(to_json({"schemaVersion": 2, "mediaType": index_type, "manifests": manifests}), index_type)
    entries = [inner | {"annotations": tag}]
files = blobs | {
    "index.json": to_json({"schemaVersion": 2, "mediaType": index_type, "manifests": entries}),
    "manifest.json": to_json(for_docker),
    "oci-layout": to_json({"imageLayoutVersion": "1.0.0"}),
}
target = pathlib.Path(os.environ["DIST"]) / f"hss-{VERSION}-image.tar"
with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as archive:
    for folder in ("blobs", "blobs/sha256"):
        add(archive, folder, mode=0o755)
    for name in sorted(files):
        add(archive, name, files[name])

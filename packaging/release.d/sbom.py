"""sbom.py EXECUTABLE: prints what is inside HSS, as CycloneDX 1.6 in JSON: packaging/release.d/components with versions.

EXECUTABLE runs on this machine. packaging/release calls it, in build/release-tools.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

COMMIT, EPOCH = os.environ["COMMIT"], int(os.environ["SOURCE_DATE_EPOCH"])
LICENSES = LicenseFactory()


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


said = run(sys.argv[1], "--version")
version = re.match(r"hss (\S+)", said)[1]
libraries = dict(each.rsplit(" ", 1) for each in re.search(r"^libraries: (.*)$", said, re.M)[1].split(", "))
packages = json.loads(pathlib.Path("web/package-lock.json").read_text(encoding="utf-8"))["packages"]


def debian_package(package):
    source, package_version = run("dpkg-query", "-W", "-f", "${source:Package} ${Version}", package).split()
    return source, package_version


def component(name, where, license_name, terms):
    kind, _, at = where.partition(":")
    license_name = license_name.replace("_", " ")
    if kind == "npm":
        number = packages[f"node_modules/{at}"]["version"]
        namespace, _, last = at.rpartition("/")
        purl = PackageURL("npm", namespace or None, last, number)
    elif kind == "dpkg" or terms.startswith("/usr/share/doc/"):
        source, package_version = debian_package(terms.split("/")[4])
        number = package_version if kind == "dpkg" else libraries[where.replace("_", " ")]
        purl = PackageURL("deb", "debian", source, package_version)
    else:
        number = libraries[where.replace("_", " ")]
        purl = PackageURL("generic", None, name, number)
    return Component(name=name, version=number, type=ComponentType.LIBRARY, purl=purl, bom_ref=name,
                     licenses=[LICENSES.make_from_string(license_name)])


lines = pathlib.Path("packaging/release.d/components").read_text(encoding="utf-8").splitlines()
components = [component(*line.split()) for line in lines if not line.startswith("#")]
program = Component(name="hss", version=version, type=ComponentType.APPLICATION, bom_ref="hss",
                    purl=PackageURL("generic", None, "hss", version))
bom = Bom(components=components, serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"hss:{COMMIT}"))
bom.metadata.component = program
bom.metadata.timestamp = datetime.datetime.fromtimestamp(EPOCH, datetime.timezone.utc)
bom.metadata.tools.tools.clear()
bom.register_dependency(program, components)
print(json.dumps(json.loads(JsonV1Dot6(bom).output_as_string()), indent=2, sort_keys=True))

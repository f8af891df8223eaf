"""zip.py EXECUTABLE ZIP: puts the executable into the zip as `bootstrap`, with nothing of today in it."""

import sys
import zipfile

executable, target = sys.argv[1:]
entry = zipfile.ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))
entry.create_system = 3  # Unix, so that the mode counts
entry.external_attr = 0o100755 << 16
entry.compress_type = zipfile.ZIP_DEFLATED
with open(executable, "rb") as file, zipfile.ZipFile(target, "w") as archive:
    archive.writestr(entry, file.read(), compresslevel=9)

# Functions of the scripts that take something from Debian's archives beside what the machine has installed: packaging/setup
# and packaging/cross/deps source this file. It needs `say`, and $scratch, a folder that exists.
# shellcheck shell=bash disable=SC2016,SC2154 # apt expands what stands in single quotes; the caller sets $scratch

# Where this machine gets that suite of Debian from. Without fetched lists apt cannot tell which of
# its sources that is; then all are named, and Debian's signature tells.
debian_uris() {
  local query=(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main') label=Debian uris
  [[ $1 != *-security ]] || label=Debian-Security
  uris=$("${query[@]}" "Label: $label")
  sort -u <<<"${uris:-$("${query[@]}" --no-release-info)}" | grep -v '^cdrom:'
}

# from_debian TYPE SUITE COMMAND…: runs apt-get COMMAND in $scratch with that suite as its only
# source. The machine's own sources and lists are neither used nor changed. What $apt_options has is said to apt, too.
from_debian() {
  local type=$1 suite=$2 uri
  shift 2
  local apt=(apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$scratch/sources"
    -o Dir::State::Lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o Acquire::Languages=none "${apt_options[@]}")
  mkdir -p "$scratch"/{sources,lists/partial,cache/archives/partial}
  for uri in $(debian_uris "$suite"); do
    printf '%s\n' "Types: $type" "URIs: $uri" "Suites: $suite" "Components: main" \
      "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg" >"$scratch/sources/debian.sources"
    (cd "$scratch" && rm -f ./*.* && "${apt[@]}" update && "${apt[@]}" "$@") && return
  done
  return 1
}
apt_options=()

# shellcheck shell=bash
# Runs programs of one Debian release on another, without installing anything. Sourced by scripts/services and
# scripts/clients, whose 'fail' it calls.
#
# apt fetches the packages into a private folder, dpkg-deb unpacks them there together with the release's own C
# library, and patchelf points the programs at it. dpkg's records, /etc and /usr stay as they are, and no root is needed.

debian_release=trixie
debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

is_debian() { command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && [ -f "$debian_keyring" ]; }

# Sets 'cache' to the folder in which programs are unpacked.
open_package_cache() {
  # As root the servers run as somebody else, who must be able to read their programs: root's home will not do.
  if [ "$(id -u)" -eq 0 ]; then cache=/var/cache/kindred; else cache=${XDG_CACHE_HOME:-$HOME/.cache}/kindred; fi
  mkdir -p "${KINDRED_CACHE:=$cache}"
  cache=$(cd "$KINDRED_CACHE" && pwd)
  [ -O "$cache" ] || fail "$cache belongs to somebody else; set KINDRED_CACHE to a folder of your own"
}

# The mirrors that this machine's apt already uses for its own release: the next release is in the same place.
debian_mirrors() {
  local codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  apt-get --print-uris update 2>/dev/null | sed -n "s#^'\(.*\)/dists/$codename/InRelease'.*#\1#p"
}

# unpack_debian FOLDER "PACKAGE..." "LEFT OUT..." PROGRAM...
# Fills FOLDER with the packages and what they need, less what is left out, and makes the PROGRAMs (paths inside
# FOLDER) run from there. FOLDER is whole once the file 'complete' is in it.
unpack_debian() {
  local folder=$1 packages=$2 left_out=$3 scratch=$1/apt
  shift 3
  rm -rf "$folder"
  mkdir -p "$folder" "$scratch"/{etc/apt/preferences.d,state/lists/partial,cache/archives/partial}
  write_apt_settings "$scratch"
  pretend_installed "$left_out" >"$scratch/status"
  fetch_package_lists "$scratch" || return 1
  # shellcheck disable=SC2086 # a list of packages
  private_apt "$scratch" install --download-only -y --no-install-recommends patchelf $packages || return 1
  find "$scratch/cache/archives" -name '*.deb' -exec dpkg-deb -x {} "$folder" \; || return 1
  run_with_own_libraries "$folder" "$@" || return 1
  rm -rf "$scratch" "$folder"/usr/share/{doc,man,locale,info,lintian}
  touch "$folder/complete"
}

write_apt_settings() { # SCRATCH
  # The machine's proxies and certificates still hold, its sources and hooks do not: a hook may touch the system.
  cat >"$1/apt.conf" <<CONF
Dir "$1";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$1/sources";
Dir::State "$1/state";
Dir::State::Status "$1/status";
Dir::Cache "$1/cache";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "3";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Pre-Invoke;
#clear DPkg::Post-Invoke;
CONF
}

private_apt() { # SCRATCH ARGUMENT...
  local scratch=$1
  shift
  apt-get -c "$scratch/apt.conf" -qq "$@" >"$scratch/log" 2>&1 || {
    tail -n 5 "$scratch/log" >&2
    return 1
  }
}

fetch_package_lists() { # SCRATCH
  local mirror
  mkdir -p "$1/sources"
  for mirror in $(debian_mirrors); do
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
      "$mirror" "$debian_release" "$debian_keyring" >"$1/sources/release.sources"
    ! private_apt "$1" update || return 0
  done
  return 1
}

# Packages said to be present already are not fetched.
pretend_installed() {
  local name
  for name in $1; do
    printf 'Package: %s\nStatus: install ok installed\nArchitecture: %s\nMulti-Arch: allowed\nVersion: 99:0\n' \
      "$name" "$(dpkg --print-architecture)"
    printf 'Description: left out\n\n'
  done
}

run_with_own_libraries() { # FOLDER PROGRAM...
  local folder=$1 libraries loader program
  shift
  libraries=$(echo "$folder"/usr/lib/*-linux-gnu)
  loader=$(echo "$libraries"/ld-linux*.so.*)
  for program in "$@"; do
    "$loader" --library-path "$libraries" "$folder/usr/bin/patchelf" --set-interpreter "$loader" \
      --force-rpath --set-rpath "$libraries" "$(readlink -f "$folder/$program")" || return 1
  done
}

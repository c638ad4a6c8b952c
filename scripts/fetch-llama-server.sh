#!/bin/sh
# Puts a real llama-server (CPU) under a folder, on Debian 12 or later, amd64 or arm64, as root or any user.
# It comes from a newer Debian suite with the libraries that it needs, its C library included; apt checks the
# suite's signature. The system's own packages, lists and settings are not touched.
#
#   scripts/fetch-llama-server.sh --prefix DIR [--max-age-days N]
#     --prefix DIR      where it goes; DIR may not be moved afterwards
#     --max-age-days N  accept an index that expired because the mirror lags, up to N days old
#   environment: MIRROR (default: the Debian archive that the system's apt uses), SUITE (forky),
#     KEYRING (/usr/share/keyrings/debian-archive-keyring.gpg)
#
# Prints the path of the program, DIR/bin/llama-server. Exits with 3 where the index is too old.
set -eu

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

parse_arguments() {
  prefix='' max_age_days=0
  while [ $# -gt 0 ]; do
    case "$1" in
      --prefix) prefix=$2 && shift 2 ;;
      --max-age-days) max_age_days=$2 && shift 2 ;;
      *) fail "Unknown option: $1" 2 ;;
    esac
  done
  [ -n "$prefix" ] || fail 'Say where it goes: --prefix DIR' 2
  mkdir -p "$prefix"
  prefix=$(cd "$prefix" && pwd)
  # apt's settings and the loader's path are lists of words.
  case "$prefix" in *[[:space:]]*) fail "The folder's path must not have white space: $prefix" 2 ;; esac
  program="$prefix/bin/llama-server"
}

is_working() {
  [ -x "$program" ] && "$program" --version >/dev/null 2>&1
}

check_system() {
  for command in apt-get apt-cache dpkg dpkg-deb; do
    command -v "$command" >/dev/null || fail "This needs the command $command, which Debian has."
  done
  architecture=$(dpkg --print-architecture)
  case "$architecture" in
    amd64) triplet=x86_64-linux-gnu loader=ld-linux-x86-64.so.2 ;;
    arm64) triplet=aarch64-linux-gnu loader=ld-linux-aarch64.so.1 ;;
    *) fail "There is no llama-server here for the architecture $architecture." ;;
  esac
  suite=${SUITE:-forky}
  keyring=${KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
  [ -r "$keyring" ] || fail "There is no keyring at $keyring: install the package debian-archive-keyring."
  mirror=${MIRROR:-$(find_mirror)}
  [ -n "$mirror" ] || fail 'No Debian archive is among the sources of apt: set MIRROR to the address of one.'
}

# The archive that this machine already uses is the one that its network lets it reach.
find_mirror() {
  known=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -n 1)
  # Before the first `apt-get update` apt knows addresses only, no origins.
  [ -n "$known" ] || known=$(apt-get --print-uris update | sed -n "s#^'\([^']*/debian/\)dists/.*#\1#p" | head -n 1)
  echo "$known"
}

# A state of apt's own for this script: settings, lists and an empty list of installed packages.
create_apt_state() {
  apt="$work/apt"
  mkdir -p "$apt/empty" "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status"
  echo "deb [arch=$architecture signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir "$apt/empty";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "$apt/empty";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/empty";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/empty";
Dir::Etc::trusted "/dev/null";
Dir::Etc::trustedparts "$apt/empty";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
Dir::Log "$apt";
Dir::Bin::methods "/usr/lib/apt/methods";
Dir::Bin::dpkg "/usr/bin/dpkg";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "";
APT::Get::AllowUnauthenticated "false";
APT::Update::Error-Mode "any";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::Check-Valid-Until "true";
Acquire::Min-ValidTime "$((max_age_days * 86400))";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
  # The messages of apt are read below, so they must be the English ones.
  export APT_CONFIG="$apt/apt.conf" LC_ALL=C
}

fetch_index() {
  apt-get -q update >"$work/log" 2>&1 && return
  cat "$work/log" >&2
  if grep -q 'is expired' "$work/log"; then
    fail "The index of $suite at $mirror is too old; --max-age-days accepts it." 3
  fi
  fail "The index of $suite at $mirror could not be fetched."
}

# The names of the packages that the given ones depend on directly.
dependencies() {
  apt-cache depends --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" |
    sed -n 's/^ *|\{0,1\}\(Pre\)\{0,1\}Depends: \([a-z0-9][a-z0-9+.-]*\)$/\2/p' | sort -u
}

# The server, patchelf and all the libraries behind them, level by level. What is not a library (a debconf, a
# choice of downloaders) is not needed to run a program.
list_packages() {
  packages='' level='llama.cpp-tools patchelf'
  while [ -n "$level" ]; do
    packages="$packages $level" next=''
    for package in $(dependencies $level); do
      case "$package" in
        libc-gconv* | libdebconf*) continue ;;
        lib* | zlib1g) ;;
        *) continue ;;
      esac
      case " $packages $next " in *" $package "*) ;; *) next="$next $package" ;; esac
    done
    level=$next
  done
}

unpack_packages() {
  mkdir "$work/downloads" "$work/root"
  (cd "$work/downloads" && apt-get -q download $packages) >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail 'The packages could not be downloaded.'
  }
  for archive in "$work"/downloads/*.deb; do
    dpkg-deb -x "$archive" "$work/root"
  done
  # Bookworm's folder layout had the loader in /lib, later ones have it beside the libraries.
  libraries="$work/root/usr/lib/$triplet"
  [ -e "$libraries/$loader" ] || mv "$(find "$work/root" -name "$loader" -type f | head -n 1)" "$libraries/$loader"
}

# The system's C library may be older than the server's, so the server gets the loader that came with it. Starting
# the server through that loader would not do: ggml looks for its CPU backends beside /proc/self/exe, and the router
# starts /proc/self/exe again; both must be the server itself. So its file is changed to name loader and libraries.
patch_programs() {
  final="$prefix/root/usr/lib/$triplet"
  # A RUNPATH of a library's own would hide the server's RPATH.
  for library in "$libraries"/lib*.so.* "$libraries"/llama/*.so "$libraries"/ggml/backends*/*.so; do
    case "${library##*/}" in libllama* | libggml* | libmtmd*) ;; *) continue ;; esac
    [ ! -f "$library" ] || [ -L "$library" ] || patch --remove-rpath "$library"
  done
  patch --set-interpreter "$final/$loader" --force-rpath \
    --set-rpath "$final:$final/llama:$final/ggml" "$work/root/usr/bin/llama-server"
  for backend in "$libraries"/ggml/backends*/*.so; do
    ln -s "$final/${backend#"$libraries/"}" "$work/root/usr/bin/"
  done
}

# patchelf is as new as the server, so it too runs on the loader that came along.
patch() {
  "$libraries/$loader" --library-path "$libraries" "$work/root/usr/bin/patchelf" "$@"
}

install_program() {
  rm -rf "$prefix/root"
  mv "$work/root" "$prefix/root"
  mkdir -p "$prefix/bin"
  # Electron, snaps and the like set LD_LIBRARY_PATH, and the system's libraries must not meet this C library.
  cat >"$program" <<WRAPPER
#!/bin/sh
unset LD_LIBRARY_PATH LD_PRELOAD
exec "$prefix/root/usr/bin/llama-server" "\$@"
WRAPPER
  chmod 755 "$program"
  is_working || fail "The llama-server in $prefix does not run: $("$program" --version 2>&1 | head -n 1)"
}

parse_arguments "$@"
exec 9>"$prefix/.lock"
! command -v flock >/dev/null || flock 9
if ! is_working; then
  check_system
  work=$(mktemp -d "$prefix/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM HUP
  create_apt_state
  fetch_index
  list_packages
  unpack_packages
  patch_programs
  install_program
fi
echo "$program"

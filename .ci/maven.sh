# Sourced by ./demo and ./verify: root's way to packages, and Maven where it is missing.

# Runs a command as root, or says with 1 that it may not.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs Debian packages; 1 where that may not be or did not work, with apt's own words shown.
apt_install() {
  if ! command -v apt-get >/dev/null; then
    say "cannot install $*: there is no apt-get here"
    return 1
  fi
  if ! as_root true; then
    say "cannot install $*: neither root nor sudo without a password"
    return 1
  fi
  say "installing $* (apt-get) …"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
    </dev/null && return 0
  say "updating the package lists and trying once more …"
  as_root apt-get update -q </dev/null || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
    </dev/null
}

need_maven() {
  command -v mvn >/dev/null && return 0
  if ! apt_install maven || ! command -v mvn >/dev/null; then
    say "FAILED: there is no mvn; install Maven 3.8 or newer"
    exit 1
  fi
}

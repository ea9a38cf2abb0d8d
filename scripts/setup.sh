#!/bin/sh
# setup.sh run|test: installs what `make run` or `make test` needs and is missing; quick when nothing is.
#
# System packages come through apt when root or a sudo without password is there. Otherwise one
# sentence gives the administrator the command: the tests then stop, the portal starts without
# (reports are printed in a stand-in font, or not at all when pango is missing).
set -eu
cd "$(dirname "$0")/.."
what=${1:-}
case $what in run | test) ;; *) echo "usage: setup.sh run|test" >&2; exit 2 ;; esac
mkdir -p var

have() { command -v "$1" >/dev/null 2>&1; }

# The distribution's own comes first: built with profile-guided optimisation, it is twice as fast as
# what a version manager compiles without. One counts when it runs: such managers also leave names
# behind that only fail. PYTHON= names another.
distribution=""
case ":$PATH:" in *:/usr/bin:*) distribution=/usr/bin/python3 ;; esac
python=""
for candidate in "${PYTHON:-}" "$distribution" python3 python3.13 python3.12 python3.11; do
  if [ -n "$candidate" ] && "$candidate" -c \
    'import ensurepip, sqlite3, sys, venv; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null
  then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer with venv is needed. As administrator: apt-get install python3 python3-venv" >&2
  exit 1
fi

loads() { "$python" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }
postgres_is_here() { have postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
# Version 1 of the font has the same family name and no Vietnamese: ask for the letter ữ.
font_is_here() { fc-list 'Liberation Serif:charset=1eef' family 2>/dev/null | grep -q .; }

missing=""
needs() { missing="$missing $*"; }
loads libpangoft2-1.0.so.0 || needs libpango-1.0-0 libpangoft2-1.0-0
loads libharfbuzz-subset.so.0 || needs libharfbuzz-subset0
have fc-list || needs fontconfig
font_is_here || needs fonts-liberation2
if [ "$what" = test ]; then
  have chromium-headless-shell || needs chromium-headless-shell
  have caddy || needs caddy
  have openssl || needs openssl
  have pdftoppm || needs poppler-utils
  have redis-server || needs redis-server
  have setpriv || needs util-linux
  postgres_is_here || needs postgresql
fi

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
may_install() { have apt-get && { [ -z "$as_root" ] || { have sudo && sudo -n true 2>/dev/null; }; }; }

# Services that a package brings are not started: the tests start their own and end them.
install_packages() {
  policy=/usr/sbin/policy-rc.d
  quiet=""
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
    $as_root chmod +x $policy
    quiet=yes
  fi
  status=0
  {
    $as_root apt-get -qq -o DPkg::Lock::Timeout=600 update || true
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 \
      install -y --no-install-recommends "$@"
  } >var/apt.log 2>&1 </dev/null || status=$?
  [ -z "$quiet" ] || $as_root rm -f $policy
  return $status
}

if [ -n "$missing" ]; then
  installed=no
  if may_install; then
    echo "Installing system packages:$missing"
    # shellcheck disable=SC2086
    if install_packages $missing; then installed=yes; else tail -n 20 var/apt.log >&2; fi
  fi
  if [ $installed = no ]; then
    echo "System packages are missing. As administrator: apt-get install --no-install-recommends$missing" >&2
    [ "$what" = run ] || exit 1
  fi
fi

# One environment for both; a stamp for each lock says that nothing has changed since.
lock=requirements/$what.txt
stamp=.venv/.stamp-$what
build_of() { "$1" -c 'import sys; print(sys.version)' 2>/dev/null; }
state=$({ cat "$lock"; build_of "$python"; pwd; } | sha256sum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$state" ]; then
  same_place() { [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$(pwd -P)/.venv" ]; }
  same_build() { [ "$(build_of .venv/bin/python)" = "$(build_of "$python")" ]; }
  if ! same_place || ! same_build; then
    echo "Making .venv with $("$python" -V)"
    "$python" -m venv --clear .venv
  fi
  echo "Installing Python packages from $lock"
  PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --no-input \
    --require-hashes --only-binary :all: -r "$lock" >var/pip.log 2>&1 </dev/null \
    || { tail -n 20 var/pip.log >&2; exit 1; }
  printf '%s' "$state" >"$stamp"
fi

# The Vietnamese of third parties; the compiled file is not kept in the repository.
for catalogue in config/locale/*/LC_MESSAGES/*.po; do
  compiled=${catalogue%.po}.mo
  if [ -f "$catalogue" ] && [ -z "$(find "$compiled" -newer "$catalogue" 2>/dev/null)" ]; then
    .venv/bin/pybabel --quiet compile -d config/locale -D "django djangojs"
  fi
done

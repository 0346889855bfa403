# The machine's libhdf5, which reads and writes the field's files. Sourced by setup.sh.
# Nothing else needs it: where it cannot be had, its tests are skipped and say so.

has_hdf5() {
  [ -n "${PTYCHO_HDF5:-}" ] && return
  local found
  for found in /usr/lib/*/libhdf5_serial.so.[0-9]* /usr/lib/*/libhdf5.so.[0-9]* /usr/lib64/libhdf5.so.[0-9]* \
    /usr/lib/libhdf5.so.[0-9]* /opt/homebrew/lib/libhdf5.dylib; do
    [ -e "$found" ] && return
  done
  return 1
}

# The package's name carries the library's version, and in some releases a suffix.
install_hdf5() {
  has_hdf5 && return
  local advice="install libhdf5 (Debian, Ubuntu: apt-get install libhdf5-103-1) or set PTYCHO_HDF5"
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    say "note: libhdf5 is missing; tests of HDF5 files will be skipped: $advice" >&2
    return
  fi
  say "installing libhdf5"
  mkdir -p artifacts/setup
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o Acquire::Retries=2 -o Acquire::http::Timeout=30 update >artifacts/setup/apt-hdf5.log 2>&1 </dev/null || true
  local package
  for package in libhdf5-103-1 libhdf5-310 libhdf5-103; do
    apt-get -o Acquire::Retries=2 install -y --no-install-recommends "$package" \
      >>artifacts/setup/apt-hdf5.log 2>&1 </dev/null && return
  done
  say "note: libhdf5 could not be installed (artifacts/setup/apt-hdf5.log); tests of HDF5 files will be skipped: $advice" >&2
}

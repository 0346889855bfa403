# Finds or installs what the commands need. Quick when nothing changed. Sourced by build.sh.
. eng/provider.sh
. eng/libtorch.sh
. eng/hdf5.sh

setup() {
  check_dotnet
  choose_provider
  if [ "$(torch_provider)" = system ]; then build_shim; fi
  install_hdf5
  restore_tools
}

check_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK is missing: install version 10.0.100 or later from https://dot.net"
  # Inside this folder dotnet obeys global.json, and fails where no installed SDK satisfies it.
  dotnet --version >/dev/null 2>&1 ||
    fail "the .NET SDK is too old: 10.0.100 or later is needed, found $(cd / && dotnet --version 2>/dev/null || echo none)"
}

# Formatting alone needs the tools, so that a machine that cannot have them still builds and tests.
restore_tools() {
  local stamp=artifacts/setup/tools.stamp hash
  hash=$(sha256sum .config/dotnet-tools.json)
  is_fresh "$stamp" "$hash" && return
  mkdir -p artifacts/setup
  if dotnet tool restore >artifacts/setup/tools.log 2>&1; then
    printf '%s\n' "$hash" >"$stamp"
  else
    say "note: the formatter could not be restored (artifacts/setup/tools.log); only the formatting check needs it" >&2
  fi
}

# Which provider of TorchSharp's API this machine can have: package first, then system. Sourced by setup.sh.

choose_provider() {
  local wanted=${TORCH_PROVIDER:-} known
  known=$(torch_provider)
  case "$wanted" in
    package | system) ;;
    auto) known= ;;
    "") [ -n "$known" ] && [ -z "${TORCHSHARP_VERSION:-}${LIBTORCH_PACKAGE:-}${LIBTORCH_VERSION:-}" ] && return ;;
    *) fail "TORCH_PROVIDER is '$wanted'; it must be package, system or auto" ;;
  esac
  if [ "$wanted" = system ]; then
    write_props system
  elif [ "$wanted" = package ]; then
    can_restore_packages || fail "TORCH_PROVIDER=package, but NuGet cannot restore TorchSharp $(torchsharp_version) with $(libtorch_package) (artifacts/setup/probe.log)"
    write_props package
  elif can_restore_packages; then
    write_props package
  else
    say "TorchSharp $(torchsharp_version) cannot be restored here: taking the system's libtorch"
    write_props system
  fi
}

pinned() { sed -n "s/.*<$1 Condition[^>]*>\([^<]*\)<.*/\1/p" eng/TorchProvider.props; }
torchsharp_version() { echo "${TORCHSHARP_VERSION:-$(pinned TorchSharpVersion)}"; }
libtorch_version() { echo "${LIBTORCH_VERSION:-$(pinned LibTorchVersion)}"; }

# CUDA's 2.5 GB only where there is a GPU to use them.
libtorch_package() {
  if [ -n "${LIBTORCH_PACKAGE:-}" ]; then echo "$LIBTORCH_PACKAGE"
  elif [ -e /dev/nvidiactl ]; then echo libtorch-cuda-12.1-linux-x64
  else echo libtorch-cpu-linux-x64; fi
}

# TorchSharp itself is small and tells at once; libtorch is then fetched, which may take minutes.
can_restore_packages() {
  probe 60 TorchSharp "$(torchsharp_version)" || return 1
  local package
  package=$(libtorch_package)
  [ "$package" = none ] && return
  say "fetching $package $(libtorch_version) (large, once)"
  probe 3600 "$package" "$(libtorch_version)"
}

# $1 seconds, $2 package, $3 version: restores it alone, in a project outside the repository's own settings.
probe() {
  local folder log=$PWD/artifacts/setup/probe.log
  mkdir -p artifacts/setup
  folder=$(mktemp -d)
  cp nuget.config global.json "$folder/"
  cat >"$folder/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="$2" Version="[$3]" />
  </ItemGroup>
</Project>
XML
  local status=0
  timeout "$1" dotnet restore "$folder/probe.csproj" --disable-parallel >"$log" 2>&1 </dev/null || status=$?
  rm -rf "$folder"
  return $status
}

write_props() {
  local text
  text=$(
    echo '<Project>'
    echo '  <!-- Written by build.sh for this machine. Delete it, or set TORCH_PROVIDER=auto, to detect anew. -->'
    echo '  <PropertyGroup>'
    element TorchProvider "$1"
    if [ "$1" = package ]; then
      element LibTorchPackage "$(libtorch_package)"
      [ -z "${TORCHSHARP_VERSION:-}" ] || element TorchSharpVersion "$TORCHSHARP_VERSION"
      [ -z "${LIBTORCH_VERSION:-}" ] || element LibTorchVersion "$LIBTORCH_VERSION"
    fi
    echo '  </PropertyGroup>'
    echo '</Project>'
  )
  # An unchanged file keeps its time, so that nothing is built again.
  [ "$text" = "$(cat "$torch_props" 2>/dev/null)" ] || printf '%s\n' "$text" >"$torch_props"
}

element() { echo "    <$1 Condition=\"'\$($1)' == ''\">$2</$1>"; }

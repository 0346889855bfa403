# Builds and runs the projects of eng/consumers against the packages in artifacts/packages: outside the repository, with a
# package folder of its own, as somebody would who only has the packages.
set -euo pipefail
. eng/common.sh

export PTYCHO_FEED=$PWD/artifacts/packages
ls "$PTYCHO_FEED"/Ptycho.Solvers.*.nupkg >/dev/null 2>&1 || fail "artifacts/packages has no packages: run ./build.sh pack"
repository=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=$work/packages
cp -r eng/consumers "$work/consumers"
cp global.json "$work/"
# Threads that wait by spinning take the cores from those that work where other programs run, too.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
pictures=artifacts/consumers
mkdir -p "$pictures"

# Packages over TorchSharp need a libtorch beside them, which the application chooses.
options=
if [ "$(torch_provider)" = package ]; then
  package=$(sed -n 's/.*<LibTorchPackage[^>]*>\([^<]*\)<.*/\1/p' "$torch_props")
  version=$(sed -n 's/.*<LibTorchVersion[^>]*>\([^<]*\)<.*/\1/p' "$torch_props" eng/TorchProvider.props | head -n 1)
  [ "$package" = none ] || options="-p:LibTorchPackage=$package -p:LibTorchVersion=$version"
fi

# $1 the project, the rest: its arguments.
consume() {
  local name=$1 folder=$work/consumers/$1
  shift
  say "== $name"
  (cd "$folder" && dotnet build -c Release -v q --nologo $options </dev/null >"$work/build.log" 2>&1) || {
    cat "$work/build.log"
    fail "consumer $name does not build"
  }
  dotnet "$folder/bin/Release/net10.0/$name.dll" "$@" || fail "consumer $name failed"
}

consume Reconstruct samples/Demo/data/overlap-50-crop-1.npz "$repository/$pictures/reconstruct.png"
consume CustomOperator models/blood-smear-compact.safetensors
consume CustomPrior samples/Demo/data/overlap-50-crop-1.npz
say "3 consumers built and ran"

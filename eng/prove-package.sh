# Proves that product, tests and samples build against the package provider without a change, and that the
# conformance suite passes with it. In a copy of the tree, with a package folder of its own.
#   bash eng/prove-package.sh                  Ptycho.LibTorch itself, packed as TorchSharp of the pinned version
#   bash eng/prove-package.sh 0.107.0 2.10.0   a real TorchSharp from NuGet, with that version of libtorch-cpu-linux-x64
set -euo pipefail
. eng/common.sh
. eng/libtorch.sh

root=$PWD/artifacts/prove-package
tree=$root/tree
rm -rf "$root"
mkdir -p "$tree" "$root/feed"
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d "" file; do [ ! -f "$file" ] || cp --parents "$file" "$tree"; done
rm -f "$tree/$torch_props"

options="-p:TorchProvider=package"
if [ $# = 0 ]; then
  # A folder of its own keeps the stand-in out of the machine's package cache, where it would pass for TorchSharp.
  export NUGET_PACKAGES=$root/packages
  build_shim
  version=$(sed -n 's/.*<TorchSharpVersion Condition[^>]*>\([^<]*\)<.*/\1/p' eng/TorchProvider.props)
  say "packing Ptycho.LibTorch as TorchSharp $version"
  (
    cd "$tree"
    dotnet pack src/Ptycho.LibTorch -c Release -v q --nologo -o "$root/feed" -p:TorchProvider=system \
      -p:TorchShim="$OLDPWD/artifacts/native/libPtychoTorchShim.so" \
      -p:PackageId=TorchSharp -p:AssemblyName=TorchSharp -p:Version="$version"
    rm -rf src/Ptycho.LibTorch/bin src/Ptycho.LibTorch/obj
  )
  options="$options -p:LibTorchPackage=none -p:RestoreAdditionalProjectSources=$root/feed"
else
  version=$1
  options="$options -p:TorchSharpVersion=$1 -p:LibTorchVersion=$2 -p:LibTorchPackage=libtorch-cpu-linux-x64"
fi

cd "$tree"
say "building everything with TorchSharp $version"
dotnet build PtychoDiffusion.sln -c Release -v q --nologo $options </dev/null || fail "the solution does not build with TorchSharp $version"
for project in src/*/*.csproj tests/*/*.csproj samples/*/*.csproj; do
  [ -n "$(find "${project%/*}/bin/Release" -name '*.dll' 2>/dev/null | head -n 1)" ] || fail "$project was not built"
done
for project in src/Ptycho.Physics src/Ptycho.Diffusion src/Ptycho.Solvers tests/Ptycho.LibTorch.Tests; do
  grep -q "\"TorchSharp/$version\"" "$project/obj/project.assets.json" || fail "$project was not built with TorchSharp $version"
done

tests=tests/Ptycho.LibTorch.Tests
native=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/torchsharp/$version" -name 'libLibTorchSharp.so' -path '*linux-x64*' | head -n 1)
if [ -n "$native" ] && ldd "$native" 2>&1 | grep -q "GLIBC.* not found"; then
  say "built, but not run: $native needs a newer C++ library than this machine has"
  exit 0
fi
say "running the conformance suite with TorchSharp $version"
dotnet test "$tests" -c Release --no-build --nologo $options </dev/null

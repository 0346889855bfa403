# Makes the NuGet packages of src/, with symbols, in artifacts/packages. Options go to `dotnet pack`.
set -euo pipefail
. eng/common.sh
feed=artifacts/packages
rm -rf "$feed" artifacts/pack
# Paths of this machine stay out of what is shipped: the same commit gives the same bytes in any folder.
export ContinuousIntegrationBuild=true Packing=true
# What was compiled with this machine's paths counts as up to date otherwise.
rm -rf src/*/obj/Release
for project in src/*/*.csproj; do
  dotnet pack "$project" -c Release -v q --nologo -o "$feed" "$@" </dev/null || fail "$project could not be packed"
done
ls "$feed"

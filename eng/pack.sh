# Makes the NuGet packages of src/.
set -euo pipefail
. eng/common.sh
rm -rf artifacts/packages
dotnet pack PtychoDiffusion.sln -c Release -v q --nologo -o artifacts/packages $(restore_options) "$@" </dev/null
ls artifacts/packages

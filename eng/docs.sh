# Makes the API reference from the documentation comments: artifacts/api/README.md is its index.
set -euo pipefail
. eng/common.sh
dotnet build eng/ApiReference -c Release -v q --nologo $(restore_options) </dev/null >artifacts/setup/docs.log 2>&1 ||
  { cat artifacts/setup/docs.log; fail "the build failed"; }
rm -rf artifacts/api
exec dotnet eng/ApiReference/bin/Release/net10.0/ApiReference.dll artifacts/api

# Runs the demo. Options go to it.
set -euo pipefail
. eng/common.sh
project=samples/Demo
[ -d "$project" ] || fail "$project is missing"
dotnet build "$project" -c Release -v q --nologo $(restore_options) </dev/null || fail "the build failed"
exec dotnet run -c Release --no-build --project "$project" -- "$@"

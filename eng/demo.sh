# Runs the demo. Options go to it.
set -euo pipefail
. eng/common.sh
project=samples/Demo
[ -d "$project" ] || fail "$project is missing"
dotnet build "$project" -c Release -v q --nologo $(restore_options) </dev/null || fail "the build failed"
# Threads that wait by spinning take the cores from those that work where other programs run, too.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
exec dotnet "$project/bin/Release/net10.0/Ptycho.Demo.dll" "$@"

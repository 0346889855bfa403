# Mutation tests of the numeric core: bash eng/mutate.sh [project files...], e.g. bash eng/mutate.sh Physics 'Scans/*.cs'
# MUTATION_TESTS filters the tests that count, as `dotnet test --filter` does: fewer are faster.
# Take a part of a name in its own case that no case of a test has, such as ~Tests.Safetensors and not ~Safetensors: Stryker
# gives up where NUnit, which heeds case, runs fewer tests than were found.
# Without arguments: scans, metrics, measurements, schedules; hours on two cores. Reports lie in artifacts/mutation/.
# Stryker builds the project: build nothing else in this folder meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/common.sh

dotnet tool restore >/dev/null
root=$PWD
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}" VSTEST_CONNECTION_TIMEOUT="${VSTEST_CONNECTION_TIMEOUT:-600}"

mutate() {
  local project=$1 files=$2
  say "== Ptycho.$project: $files"
  local out=$root/artifacts/mutation/$project-${files%%/*}
  mkdir -p "$out"
  cat >"$out/stryker.json" <<JSON
{ "stryker-config": { "project": "Ptycho.$project.csproj", "configuration": "Release", "concurrency": 1,
  "mutate": ["$files"], "reporters": ["cleartext", "json"], "test-case-filter": "${MUTATION_TESTS:-TestCategory!=Long}" } }
JSON
  (cd "tests/Ptycho.$project.Tests" && dotnet stryker --config-file "$out/stryker.json" --output "$out")
}

if [ $# -gt 0 ]; then
  project=$1
  shift
  for files in "$@"; do mutate "$project" "$files"; done
else
  mutate Physics 'Scans/*.cs'
  mutate Physics 'Metrics/*.cs'
  mutate Physics 'Measurements/*.cs'
  mutate Diffusion 'Schedules/*.cs'
fi

# Mutation tests of a library's files: bash eng/mutate.sh PROJECT FILES [TESTS [SLOW]], e.g.
#   bash eng/mutate.sh Physics 'Metrics/*.cs'
# FILES are relative to the library's folder, with * and ?, and several with commas between.
# TESTS is a regular expression for the full names of the tests that count; without it those of the folder of the same name.
# SLOW is another for those that only the survivors must pass as well.
# Stryker makes one assembly with all mutants of the library (kept in artifacts/mutation/ until the sources change); a host of
# its own for every mutant takes ten seconds and more, so eng/Mutation runs them one after the other in one process.
# Prints every survivor and the score. Part of no build and no test. Build nothing else in this folder meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/common.sh
[ $# -ge 2 ] || fail "usage: bash eng/mutate.sh PROJECT FILES [TESTS [SLOW]]"
project=$1 files=$2
library=Ptycho.$project
tests=tests/$library.Tests
built=$tests/bin/Release/net10.0
out=$PWD/artifacts/mutation/$project
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"

# Runs Stryker with one small test and lets it choose mutants in the first character of every file alone, where none is: so it
# makes the assembly and the list of all mutants and tests none itself, for which it takes ten seconds each.
case $project in
  IO) idle=RgbImageTests ;;
  Physics) idle=BytesFillAnyLength ;;
  Diffusion) idle=TransformTests ;;
  Solvers) idle=OptionListTests ;;
  *) fail "no small test is known for $project" ;;
esac
make_mutants() {
  rm -rf "$out"
  mkdir -p "$out"
  cat >"$out/stryker.json" <<JSON
{ "stryker-config": { "project": "$library.csproj", "configuration": "Release", "concurrency": 1, "reporters": ["json"],
  "mutate": ["**/*{0..1}"],
  "test-case-filter": "FullyQualifiedName~$idle" } }
JSON
  # The assembly lies in the tests' folder only while Stryker runs.
  until grep -q MutantControl "$built/$library.dll" 2>/dev/null; do sleep 0.2; done >/dev/null &&
    sleep 0.5 && cp "$built/$library.dll" "$out/$library.dll" &
  local copier=$!
  (cd "$tests" && dotnet stryker --config-file "$out/stryker.json" --output "$out") >"$out/stryker.log" 2>&1 ||
    { tail -n 30 "$out/stryker.log"; kill "$copier"; fail "Stryker failed"; }
  wait "$copier"
}

hash=$(find "src/$library" -name '*.cs' -not -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
dotnet build "$tests" -c Release -v q --nologo
if ! is_fresh "$out/stamp" "$hash"; then
  dotnet tool restore >/dev/null
  make_mutants
  printf '%s' "$hash" >"$out/stamp"
  dotnet build "$tests" -c Release -v q --nologo
fi
dotnet build eng/Mutation -c Release -v q --nologo
rm -rf "$out/bin"
cp -r "$built" "$out/bin"
cp "$out/$library.dll" eng/Mutation/bin/Release/net10.0/Mutation.dll "$out/bin/"
dotnet exec --depsfile "$out/bin/$library.Tests.deps.json" --runtimeconfig "$out/bin/$library.Tests.runtimeconfig.json" \
  "$out/bin/Mutation.dll" "$out/reports/mutation-report.json" "$library" "$library.Tests" "$files" ${3:+"$3"} ${4:+"$4"}

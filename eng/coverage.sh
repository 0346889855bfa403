# Line and branch coverage of the libraries by the tests (without the long ones): bash eng/coverage.sh [project...]
# Needs the tools of .config/dotnet-tools.json; the report lies in artifacts/coverage/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/common.sh

out=artifacts/coverage
rm -rf "$out"
mkdir -p "$out"
dotnet tool restore >/dev/null
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
[ $# -gt 0 ] || set -- IO Physics Diffusion Solvers
# Whether, not how often a line runs: counting makes the solvers' loops so slow that their tests do not end.
settings=DataCollectionRunSettings.DataCollectors.DataCollector.Configuration
for name in "$@"; do
  # The collector is a package that nothing else needs, so no lock file has it.
  dotnet test "tests/Ptycho.$name.Tests" -c Release --nologo -v q -p:Coverage=true --filter 'TestCategory!=Long' \
    --collect 'XPlat Code Coverage' --results-directory "$out/$name" \
    -- "$settings.SingleHit=true" "$settings.Include=[Ptycho.$name]*"
done
dotnet reportgenerator "-reports:$out/*/*/coverage.cobertura.xml" "-targetdir:$out" \
  '-assemblyfilters:+Ptycho.IO;+Ptycho.Physics;+Ptycho.Diffusion;+Ptycho.Solvers' -reporttypes:TextSummary
sed -n '/^Summary/,/^$/p' "$out/Summary.txt"
grep -E '^Ptycho' "$out/Summary.txt"

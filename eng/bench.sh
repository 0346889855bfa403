# Runs the benchmarks. Options go to BenchmarkDotNet; without any, all of them run.
set -euo pipefail
. eng/common.sh
project=benchmarks/Ptycho.Benchmarks
[ -d "$project" ] || fail "$project is missing"
[ $# != 0 ] || set -- --filter '*'
dotnet run -c Release --project "$project" -- --artifacts artifacts/benchmarks "$@"

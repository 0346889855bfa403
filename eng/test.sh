# Builds the solution once and runs its test projects one after the other. Options go to `dotnet test`.
# --all runs the long tests too, which carry Category("Long").
set -euo pipefail
. eng/common.sh

results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"

dotnet build PtychoDiffusion.sln -c Release -v q --nologo $(restore_options) </dev/null || fail "the build failed"

passed=0 failed=0 skipped=0 broken=
filtered=no
# A test that takes longer hangs.
patience=90m
case " $* " in *" --filter"*) filtered=yes ;; esac
if [ "${1:-}" = --all ]; then
  shift
elif [ "$filtered" = no ]; then
  patience=5m
  set -- "$@" --filter 'TestCategory!=Long'
fi

# Threads that wait by spinning take the cores from those that work where other programs run, too.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"

counter() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  report=$results/$name.trx
  SECONDS=0
  status=0
  dotnet test "$project" -c Release --no-build --nologo --blame-hang-timeout $patience --blame-hang-dump-type none \
    --results-directory "$results/$name" --logger "console;verbosity=minimal" \
    --logger "trx;LogFileName=$PWD/$report" "$@" </dev/null >"$results/$name.log" 2>&1 || status=$?
  total=0 good=0 bad=0
  if [ -f "$report" ]; then
    total=$(counter total "$report") good=$(counter passed "$report") bad=$(counter failed "$report")
  fi
  rest=$((total - good - bad))
  # Whatever went wrong shows whole: the failures, or the host's last words.
  if [ "$status" != 0 ]; then cat "$results/$name.log"; fi
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    broken="$broken $name"
    bad=1
    say "$name: the test host crashed or did not start (exit status $status)"
  elif [ "$total" = 0 ] && [ "$filtered" = no ]; then
    broken="$broken $name"
    bad=1
    say "$name: no test was found"
  fi
  say "$name: $good passed, $bad failed, $rest skipped ($SECONDS s)"
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + rest))
done

[ -z "$broken" ] || say "broken:$broken"
[ $((passed + failed)) != 0 ] || say "no test was executed"
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ -z "$broken" ] && [ "$passed" != 0 ]

# Looks at HTML reports in a real browser: layout on a desk and on a phone, light and dark, script errors, keyboard.
#   bash eng/browser-check.sh [REPORT.html ...]     those that samples.sh made if none is given
# Screenshots come to artifacts/browser/. Part of ./build.sh verify.
set -euo pipefail
. eng/common.sh
found=
for name in "${PTYCHO_CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$name" ] && command -v "$name" >/dev/null && { found=$(command -v "$name"); break; }
done
if [ -z "$found" ]; then
  say "skipped: the reports in a browser: Chromium is missing (Debian: apt-get install chromium)"
  exit 0
fi
[ $# != 0 ] || set -- artifacts/samples/*/report.html
reports=
for report; do
  [ -f "$report" ] || fail "there is no report '$report'; eng/samples.sh makes some"
  reports="${reports:+$reports:}$(realpath "$report")"
done
mkdir -p artifacts/browser
project=tests/Ptycho.Samples.Tests
dotnet build "$project" -c Release -v q --nologo $(restore_options) </dev/null || fail "the build failed"
log=artifacts/browser/log.txt
PTYCHO_CHROMIUM=$found PTYCHO_REPORTS=$reports PTYCHO_SCREENSHOTS=$PWD/artifacts/browser \
  dotnet test "$project" -c Release --no-build --nologo --filter TestCategory=Browser </dev/null >"$log" 2>&1 ||
  { cat "$log"; fail "a report does not show as it should"; }
grep -q "Passed:" "$log" || { cat "$log"; fail "no browser test ran"; }
say "passed: $# reports in $("$found" --version 2>/dev/null); screenshots in artifacts/browser/"

# What is too long for test. Stops at the first part that fails.
set -euo pipefail
. eng/common.sh

say "== all tests, the long ones too"
bash eng/test.sh --all

# What is too long for test. Stops at the first part that fails.
set -euo pipefail
. eng/common.sh

say "== all tests, the long ones too"
bash eng/test.sh --all

say "== all samples"
bash eng/samples.sh --no-build

say "== their reports in a browser"
bash eng/browser-check.sh

# Where NuGet has the real TorchSharp, the build itself is the proof.
if [ "$(torch_provider)" = system ]; then
  say "== the package provider"
  bash eng/prove-package.sh
fi

# What is too long for test. Stops at the first part that fails.
set -euo pipefail
. eng/common.sh

# The flags that packages are built with, so that nothing is built twice.
export ContinuousIntegrationBuild=true

say "== the packages, and projects that know only them"
bash eng/pack.sh
bash eng/consumers.sh

say "== all tests, the long ones too"
bash eng/test.sh --all

say "== all samples"
bash eng/samples.sh --no-build

say "== their reports in a browser"
bash eng/browser-check.sh

# Where NuGet has the real TorchSharp, the build itself is the proof.
if [ "$(torch_provider)" = system ]; then
  say "== the package provider"
  # In a copy without git, which cannot say where the sources come from.
  ContinuousIntegrationBuild= bash eng/prove-package.sh
fi

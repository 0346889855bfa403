#!/usr/bin/env bash
# The one entry to this repository: ./build.sh <command> [options]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/common.sh

commands="demo test verify bench pack docs setup"

usage() {
  cat <<'TEXT'
Usage: ./build.sh <command> [options]

  demo     reconstruct the demo measurement with every method; results in artifacts/demo/
  test     build, run every test project, and print "N passed, N failed, N skipped"
  verify   what is too long for test: packages and projects that use them, long tests, proof of the
           package provider
  bench    run the benchmarks (BenchmarkDotNet)
  pack     make the NuGet packages in artifacts/packages/
  docs     make the API reference in artifacts/api/
  setup    only find or install what the others need (they do it themselves)

Options go on to the program behind the command, e.g. ./build.sh test --filter Name~Fourier

Environment
  TORCH_PROVIDER      package (TorchSharp from NuGet), system (Ptycho.LibTorch over the machine's
                      libtorch) or auto; the choice is kept in eng/torch.local.props
  TORCH_HOME          the libtorch for system: a folder with include/ and lib/
  TORCHSHARP_VERSION, LIBTORCH_PACKAGE, LIBTORCH_VERSION
                      other packages than the pinned ones for package
TEXT
}

case "${1:-}" in
  -h | --help | help) usage; exit 0 ;;
  "") usage >&2; exit 2 ;;
esac
command=$1
shift
case " $commands " in
  *" $command "*) ;;
  *) echo "build.sh: unknown command '$command'; the commands are: $commands" >&2; exit 2 ;;
esac

# The programs behind demo and bench have a help of their own.
case "$command ${1:-}" in
  "demo "* | "bench "*) ;;
  *" -h" | *" --help") usage; exit 0 ;;
esac

. eng/setup.sh
setup
[ "$command" = setup ] && { echo "ready: torch provider '$(torch_provider)'"; exit 0; }
exec bash "eng/$command.sh" "$@"

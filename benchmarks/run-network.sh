#!/bin/sh
# The compact network here and in PyTorch, in one run on the same machine: sh benchmarks/run-network.sh [threads]
# Needs a Python with PyTorch (PYTHON, by default /usr/bin/python3: Debian's python3-torch has the libtorch of libtorch-dev).
set -eu
cd "$(dirname "$0")/.."
threads="${1:-1}"
python="${PYTHON:-/usr/bin/python3}"
out=artifacts/benchmarks/network
export OMP_NUM_THREADS="$threads"
# libtorch's large buffers come from the heap, here and in PyTorch, or page faults would be what is measured.
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000
mkdir -p "$out"
[ -n "${NO_BUILD:-}" ] || dotnet build benchmarks/Ptycho.Benchmarks -c Release -v q
bench=benchmarks/Ptycho.Benchmarks/bin/Release/net10.0/Ptycho.Benchmarks.dll
dotnet "$bench" write-network "$out/reference.safetensors"
"$python" benchmarks/python/compact_unet.py "$out/reference.safetensors" "$out/before.json" "$threads"
dotnet "$bench" --filter '*CompactNetworkCpu*'
"$python" benchmarks/python/compact_unet.py "$out/reference.safetensors" "$out/after.json" "$threads"
echo "load: $(cat /proc/loadavg)"
"$python" benchmarks/python/compare.py "$out/before.json" "$out/after.json" \
  artifacts/benchmarks/results/Ptycho.Benchmarks.Networks.CompactNetworkCpu-report-brief.json

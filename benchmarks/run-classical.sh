#!/bin/sh
# rPIE and AWF here and in NumPy with scipy.fft, in one run on the same machine; the cost of a position by their number;
# peak memory; the time to a first result: sh benchmarks/run-classical.sh
# Needs a Python with NumPy and SciPy (Debian: python3-numpy, python3-scipy); NO_BUILD=1 skips the build.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-/usr/bin/python3}"
out=artifacts/benchmarks/classical
# NumPy's own thread pools have nothing to do here.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mkdir -p "$out"
[ -n "${NO_BUILD:-}" ] || dotnet build benchmarks/Ptycho.Benchmarks -c Release -v q
bench=benchmarks/Ptycho.Benchmarks/bin/Release/net10.0/Ptycho.Benchmarks.dll
numpy() {
  "$python" benchmarks/python/classical.py "$out/small.npz" "$out/small-$1.json" 20
  "$python" benchmarks/python/classical.py "$out/large.npz" "$out/large-$1.json" 1
}
for scene in small large; do dotnet "$bench" write-classical "$scene" "$out/$scene.npz"; done
numpy before
dotnet "$bench" --filter '*ClassicalCpu*'
numpy after
echo "load: $(cat /proc/loadavg)"
"$python" benchmarks/python/classical_table.py "$out" \
  artifacts/benchmarks/results/Ptycho.Benchmarks.Classical.ClassicalCpu-report-brief.json
dotnet "$bench" sweeps
for scene in large positions; do
  for method in rPIE AWF; do dotnet "$bench" memory "$scene" "$method"; done
done
for i in 1 2 3 4 5; do dotnet "$bench" first-result samples/Demo/data/overlap-50-crop-1.npz; done

#!/bin/sh
# The 2-D transform against FFTW, in one process on one thread: sh benchmarks/run-fft.sh
# Needs libfftw3f.so.3 (Debian: libfftw3-single3) and Python for the table; NO_BUILD=1 skips the build.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-/usr/bin/python3}"
[ -n "${NO_BUILD:-}" ] || dotnet build benchmarks/Ptycho.Benchmarks -c Release -v q
dotnet benchmarks/Ptycho.Benchmarks/bin/Release/net10.0/Ptycho.Benchmarks.dll --filter '*Fft2DCpu*'
echo "load: $(cat /proc/loadavg)"
"$python" benchmarks/python/fft_table.py \
  artifacts/benchmarks/results/Ptycho.Benchmarks.Fourier.Fft2DCpu-report-brief.json

#!/bin/sh
# Reading a 1 GB CXI stack frame by frame and writing PNG and npz, here and in h5py, Pillow and NumPy, in one run on the
# same machine: sh benchmarks/run-files.sh [WHAT ...], everything or what is named ("write npz"). Data lie in a new folder
# of TMPDIR (/tmp), which needs 2 GB, and are removed.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-/usr/bin/python3}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
[ -n "${NO_BUILD:-}" ] || dotnet build benchmarks/Ptycho.Benchmarks -c Release -v q
bench=benchmarks/Ptycho.Benchmarks/bin/Release/net10.0/Ptycho.Benchmarks.dll
"$python" benchmarks/python/files.py make "$folder"
"$python" benchmarks/python/files.py time "$folder" "$folder/before.json" "$@"
dotnet "$bench" time-files "$folder" "$folder/ours.json" "$@"
"$python" benchmarks/python/files.py time "$folder" "$folder/after.json" "$@"
echo "load: $(cat /proc/loadavg)"
"$python" benchmarks/python/files.py compare "$folder" "$folder/before.json" "$folder/ours.json" "$folder/after.json"

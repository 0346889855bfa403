# Runs every sample with small settings and looks for what it should have written. Part of ./build.sh verify.
# A sample that needs raw data runs where PTYCHO_DATA (raw files) or PTYCHO_OBJECTS (recovered objects) names a folder.
set -euo pipefail
. eng/common.sh
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
out=artifacts/samples
rm -rf "$out"
mkdir -p "$out"
prior=models/blood-smear-compact.safetensors

# $1 sample, the rest: its arguments.
sample() {
  local name=$1 program
  shift
  program=$(ls -t samples/"$name"/bin/Release/net10.0/*.runtimeconfig.json 2>/dev/null | head -n 1)
  [ -n "$program" ] || fail "$name is not built"
  dotnet "${program%.runtimeconfig.json}.dll" "$@"
}

# $1 what is tried, $2 the exit code that is right, the rest: the sample and its arguments.
try() {
  local what=$1 wanted=$2 status=0
  shift 2
  SECONDS=0
  sample "$@" >>"$out/log.txt" 2>&1 </dev/null || status=$?
  [ "$status" = "$wanted" ] || { tail -n 20 "$out/log.txt"; fail "$what ended with $status, not $wanted ($out/log.txt)"; }
  say "passed: $what ($SECONDS s)"
}

# Files that must be there and have content.
wrote() {
  local file
  for file; do [ -s "$out/$file" ] || fail "$out/$file was not written"; done
}

skip() { say "skipped: $*"; }

[ "${1:-}" = --no-build ] || dotnet build PtychoDiffusion.sln -c Release -v q --nologo $(restore_options) </dev/null || fail "the build failed"

try "Demo" 0 Demo --overlaps 20 --crops 1 --dps-steps 3 --out "$out/demo"
wrote demo/comparison.png demo/summary.json demo/crops.json demo/reconstructions/overlap-20-crop-1.npz

try "Quickstart" 0 Quickstart "$out/quickstart.png"
wrote quickstart.png quickstart.html

try "ReconstructFile, a phantom as npz" 0 ReconstructFile simulate "$out/phantom.npz" --size 64
try "ReconstructFile, the automatic choice" 0 ReconstructFile "$out/phantom.npz" --out "$out/automatic" --iterations 60 --frc
wrote automatic/result.npz automatic/result.png automatic/report.html automatic/summary.json
try "ReconstructFile, results are not overwritten" 1 ReconstructFile "$out/phantom.npz" --out "$out/automatic"
try "ReconstructFile, rPIE with an unknown probe" 0 ReconstructFile "$out/phantom.npz" --out "$out/rpie" \
  --solver Rpie --iterations 60 --refine-probe --correct-positions
try "ReconstructFile, annealed" 0 ReconstructFile "$out/phantom.npz" --out "$out/annealed" --prior "$prior" --quality Fast
try "ReconstructFile, annealed with an unknown probe" 0 ReconstructFile "$out/phantom.npz" --out "$out/joint" --prior "$prior" \
  --quality Fast --refine-probe
try "ReconstructFile, DPS" 0 ReconstructFile "$out/phantom.npz" --out "$out/dps" --prior "$prior" --solver Dps --steps 4
wrote rpie/report.html annealed/report.html joint/report.html dps/report.html
if ls /usr/lib/*/libhdf5* >/dev/null 2>&1 || [ -n "${PTYCHO_HDF5:-}" ]; then
  try "ReconstructFile, a phantom as CXI" 0 ReconstructFile simulate "$out/phantom.cxi" --size 64
  try "ReconstructFile, CXI" 0 ReconstructFile "$out/phantom.cxi" --out "$out/cxi" --iterations 20
  wrote cxi/report.html
else
  skip "ReconstructFile, CXI: libhdf5 is missing"
fi

try "Uncertainty" 0 Uncertainty --out "$out/uncertainty" --count 2 --size 48 --samples 2 --levels 4
wrote uncertainty/uncertainty.png uncertainty/calibration.png uncertainty/summary.json uncertainty/object-1.npz

try "LargeField" 0 LargeField --size 144 --preset Fast --out "$out/large-field"
wrote large-field/field.png large-field/field.npz large-field/summary.json
try "CustomOperator" 0 CustomOperator "$out/custom-operator.png" --size 64
try "CustomPrior" 0 CustomPrior "$out/custom-prior.png" --size 64
wrote custom-operator.png custom-prior.png

try "SamplePrior" 0 SamplePrior --prior "$prior" --count 2 --size 32 --steps 4 --out "$out/samples"
wrote samples/samples.png samples/samples.npz

# Phantoms stand in for a user's own images.
mkdir -p "$out/images/training" "$out/images/validation"
sample ReconstructFile simulate "$out/images/training/a.npz" --object --seed 1 >>"$out/log.txt"
sample ReconstructFile simulate "$out/images/validation/b.npz" --object --seed 2 >>"$out/log.txt"
try "TrainPrior" 0 TrainPrior --images "$out/images" --out "$out/prior" --steps 2 --channels 16 --batch 1 --crop 32 \
  --validate-every 2 --validation-crops 1 --large-crop 32 --checkpoint-every 2
wrote prior/prior.safetensors prior/log.jsonl

if [ -n "${PTYCHO_DATA:-}" ]; then
  try "FourierPtychography" 0 FourierPtychography --data "$PTYCHO_DATA" --out "$out/objects"
  wrote objects/red.npz objects/objects.png
  try "ReconstructFile, a Siemens star" 0 ReconstructFile "$PTYCHO_DATA/siemens_star.npz" --out "$out/star" \
    --refine-probe --iterations 20 --frames 200
  wrote star/report.html
  try "SiemensStar" 0 SiemensStar --data "$PTYCHO_DATA/siemens_star.npz" --out "$out/siemens" --iterations 3 --sweeps 2
  wrote siemens/summary.json
else
  skip "FourierPtychography, SiemensStar, and ReconstructFile on a Siemens star: PTYCHO_DATA names no folder of raw data"
fi
if [ -n "${PTYCHO_OBJECTS:-}" ]; then
  try "PaperTables" 0 PaperTables table1 --objects "$PTYCHO_OBJECTS" --out "$out/tables" --crops 1 --overlaps 50 --methods AWF
else
  skip "PaperTables: PTYCHO_OBJECTS names no folder of recovered objects"
fi

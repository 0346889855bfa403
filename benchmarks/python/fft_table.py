"""Prints times of 2-D transforms by FFTW and by Fft2D, and their ratios.

    python3 fft_table.py brief-report.json
"""

import json
import sys

POWERS = (32, 64, 128, 256)
report = json.load(open(sys.argv[1], encoding="utf-8-sig"))
times = {}
for benchmark in report["Benchmarks"]:
    size = int(benchmark["Parameters"].split("=")[1])
    statistics = benchmark["Statistics"]
    times.setdefault(size, {})[benchmark["Method"]] = (statistics["Median"] / 1e3, statistics["Min"] / 1e3)
print("medians (minima) of 15, in µs")
print("| size | FFTW in place | FFTW out of place | PtychoDiffusion | ratio of medians | ratio of minima | at most |")
print("|---|---|---|---|---|---|---|")
for size, by in times.items():
    cells = [by[name] for name in ("FftwInPlace", "FftwOutOfPlace", "PtychoDiffusion")]
    ratios = [cells[2][i] / min(cells[0][i], cells[1][i]) for i in (0, 1)]
    print(
        f"| {size} | "
        + " | ".join(f"{median:.2f} ({least:.2f})" for median, least in cells)
        + f" | {ratios[0]:.2f} | {ratios[1]:.2f} | {1 if size in POWERS else 1.5:.1f} |"
    )

"""Prints times of an iteration in NumPy (before and after ours) and in C#, and how many times faster ours is.

    python3 classical_table.py folder brief-report.json
"""

import json
import sys

folder = sys.argv[1]
report = json.load(open(sys.argv[2], encoding="utf-8-sig"))
ours = {b["Method"]: b["Statistics"] for b in report["Benchmarks"]}
TARGETS = {"RpieSmall": 8, "AwfSmall": 4, "RpieLarge": 4, "AwfLarge": 2.5}
print("an iteration over all frames; medians (minima) of 15, in ms")
print("| | NumPy before | NumPy after | PtychoDiffusion | times faster (medians) | (minima) | at least |")
print("|---|---|---|---|---|---|---|")
for name, target in TARGETS.items():
    scene, method = name[4:].lower() if name[0] == "R" else name[3:].lower(), "rpie" if name[0] == "R" else "awf"
    before, after = (json.load(open(f"{folder}/{scene}-{when}.json"))[method] for when in ("before", "after"))
    median, least = ours[name]["Median"] / 1e6, ours[name]["Min"] / 1e6
    faster = (before["median"] + after["median"]) / 2 / median, min(before["min"], after["min"]) / least
    print(
        f"| {name} | {before['median']:.2f} ({before['min']:.2f}) | {after['median']:.2f} ({after['min']:.2f}) "
        f"| {median:.3f} ({least:.3f}) | {faster[0]:.1f} | {faster[1]:.1f} | {target} |"
    )

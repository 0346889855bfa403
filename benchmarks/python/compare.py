"""Prints times in PyTorch (before and after) and in C#, and their ratios.

    python3 compare.py before.json after.json brief-report.json
"""

import json
import sys

before, after, report = (json.load(open(path, encoding="utf-8-sig")) for path in sys.argv[1:4])
ours = {b["Method"]: b["Statistics"] for b in report["Benchmarks"]}
print(f"PyTorch {before['torch']}, {before['threads']} thread(s); medians (minima) of 15, in ms")
print("| | PyTorch before | PyTorch after | PtychoDiffusion | ratio of medians | ratio of minima |")
print("|---|---|---|---|---|---|")
for name in (name for name in ours if name in before):
    b, a, c = before[name], after[name], ours[name]
    median, least = c["Median"] / 1e6, c["Min"] / 1e6
    print(
        f"| {name} | {b['median']:.1f} ({b['min']:.1f}) | {a['median']:.1f} ({a['min']:.1f}) | {median:.1f} ({least:.1f})"
        f" | {median / ((a['median'] + b['median']) / 2):.2f} | {least / min(a['min'], b['min']):.2f} |"
    )

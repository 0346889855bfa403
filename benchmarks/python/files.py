"""The same reading and writing of files in Python, and the comparison. See benchmarks/run-files.sh.

files.py make FOLDER            writes the data
files.py time FOLDER OUT.json [WHAT ...]   seconds of each run, of all or of what is named

Writing is timed twice: as it is, and with the same promise as here, flushed to the disk and renamed over the destination.
files.py compare FOLDER BEFORE.json OURS.json AFTER.json
"""
import json
import os
import sys
import time

import h5py
import numpy as np
from PIL import Image

RUNS = 5
WHOLE = ", flushed and renamed"


def make(folder):
    rng = np.random.default_rng(1)
    frame = rng.poisson(3, size=(8, 512, 512)).astype("u2")
    for name, frames, options in (("plain", 2048, {}), ("deflated", 256, {"compression": "gzip", "compression_opts": 4})):
        with h5py.File(os.path.join(folder, f"{name}.cxi"), "w") as f:
            stack = f.create_dataset(
                "entry_1/data_1/data", (frames, 512, 512), "u2", chunks=(1, 512, 512), shuffle=bool(options), **options
            )
            for k in range(0, frames, 8):
                stack[k : k + 8] = frame
    y, x = np.mgrid[:1024, :1024] / 1024
    waves = [np.sin(20 * x * y + c) + np.cos(9 * x - 5 * y * y + c) for c in range(3)]
    rgb = (127 + 63 * np.stack(waves, -1) + rng.normal(size=(1024, 1024, 3))).astype("u1")
    np.save(os.path.join(folder, "rgb.npy"), rgb)
    np.save(os.path.join(folder, "a.npy"), rng.poisson(30, size=(64, 512, 512)).astype("f4"))


def whole(path, write):
    with open(path + ".tmp", "wb") as f:
        write(f)
        f.flush()
        os.fsync(f.fileno())
    os.replace(path + ".tmp", path)


def measure(folder, result, *wanted):
    def place(name):
        return os.path.join(folder, name)

    def frames(name):
        with h5py.File(place(name), "r") as f:
            stack = f["entry_1/data_1/data"]
            frame = np.empty(stack.shape[1:], stack.dtype)
            for k in range(len(stack)):
                stack.read_direct(frame, np.s_[k])

    image, a = Image.fromarray(np.load(place("rgb.npy"))), np.load(place("a.npy"))
    jobs = {
        "read CXI, frame by frame": lambda: frames("plain.cxi"),
        "read CXI deflated, frame by frame": lambda: frames("deflated.cxi"),
        "write PNG": lambda: image.save(place("theirs.png")),
        "write npz": lambda: np.savez(place("theirs.npz"), a=a),
        "write npz deflated": lambda: np.savez_compressed(place("theirs-deflated.npz"), a=a),
        "write PNG" + WHOLE: lambda: whole(place("theirs.png"), lambda f: image.save(f, "png")),
        "write npz" + WHOLE: lambda: whole(place("theirs.npz"), lambda f: np.savez(f, a=a)),
    }
    times = {}
    for name, job in jobs.items():
        if wanted and name.removesuffix(WHOLE) not in wanted:
            continue
        job()
        times[name] = []
        for _ in range(RUNS):
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    with open(result, "w") as f:
        json.dump(times, f)


def compare(folder, before, ours, after):
    before, ours, after = (json.load(open(path)) for path in (before, ours, after))
    print("| what | here, least (median) s | Python, least (median) s | ratio of the least | of medians |")
    print("|---|---|---|---|---|")
    for name, times in ours.items():
        for theirs in (key for key in (name, name + WHOLE) if key in before):
            python = before[theirs] + after[theirs]
            (least, median), (other, middle) = ((min(t), np.median(t)) for t in (times, python))
            print(
                f"| {theirs} | {least:.3f} ({median:.3f}) | {other:.3f} ({middle:.3f}) "
                f"| {least / other:.2f} | {median / middle:.2f} |"
            )
    for name in ("{}.png", "{}.npz", "{}-deflated.npz"):
        files = [os.path.join(folder, name.format(who)) for who in ("ours", "theirs")]
        if not all(map(os.path.exists, files)):
            continue
        sizes = [os.path.getsize(file) for file in files]
        print(f"{name.format('*')}: {sizes[0]} bytes here, {sizes[1]} in Python")


{"make": make, "time": measure, "compare": compare}[sys.argv[1]](*sys.argv[2:])

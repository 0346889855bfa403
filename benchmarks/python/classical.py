"""rPIE and AWF in NumPy with scipy.fft, complex64, timed: rPIE frame by frame on one thread, AWF in one batch on two.

    python3 classical.py reference.npz out.json sweeps

The first file holds the measurement that the C# benchmark is timed on and what it makes of it in three iterations (its
command "write-classical"): nothing is timed unless this program gives the same objects.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.fft import fft2, ifft2

ALPHA, WORKERS, CHECKED, WARM, MEASURED = np.float32(0.25), 2, 3, 2, 15
TINY = np.float32(1e-18)


class Scan:
    def __init__(self, file):
        self.probe, self.amplitudes = file["probe"], file["amplitudes"]
        corners = file["positions"].astype(int)
        height, width = self.probe.shape
        self.shape = file["awf"].shape
        self.windows = [(slice(r, r + height), slice(c, c + width)) for r, c in corners]
        self.rows = corners[:, 0, None, None] + np.arange(height)[:, None]
        self.columns = corners[:, 1, None, None] + np.arange(width)
        self.light = (np.abs(self.probe) ** 2).astype(np.float32)

    def rpie(self, sweeps):
        image = np.ones(self.shape, np.complex64)
        factor = self.probe.conj() / ((1 - ALPHA) * self.light + ALPHA * self.light.max())
        for _ in range(sweeps):
            for window, amplitude in zip(self.windows, self.amplitudes):
                exit_wave = self.probe * image[window]
                far_field = fft2(exit_wave, norm="ortho")
                far_field *= amplitude / np.maximum(np.abs(far_field), TINY)
                image[window] += factor * (ifft2(far_field, norm="ortho", overwrite_x=True) - exit_wave)
        return image

    def awf(self, iterations):
        total = np.zeros(self.shape, np.float32)
        for window in self.windows:
            total[window] += self.light
        step = np.float32(1) / total.max()
        x = z = np.ones(self.shape, np.complex64)
        t, conjugate = 1.0, self.probe.conj()
        for _ in range(iterations):
            far_field = fft2(self.probe * z[self.rows, self.columns], norm="ortho", workers=WORKERS, overwrite_x=True)
            far_field *= self.amplitudes / np.maximum(np.abs(far_field), TINY) - np.float32(1)
            steps = ifft2(far_field, norm="ortho", workers=WORKERS, overwrite_x=True)
            steps *= conjugate
            gradient = np.zeros(self.shape, np.complex64)
            for window, part in zip(self.windows, steps):
                gradient[window] += part
            following = z + step * gradient
            after = (1 + (1 + 4 * t * t) ** 0.5) / 2
            z = following + np.float32((t - 1) / after) * (following - x)
            x, t = following, after
        return x


def main():
    reference, out, sweeps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    file = np.load(reference)
    scan = Scan(file)
    result = {"numpy": np.__version__, "scipy": scipy.__version__}
    for name in ("rpie", "awf"):
        run = getattr(scan, name)
        error = float(np.abs(run(CHECKED) - file[name]).max())
        if not error < 1e-4:
            sys.exit(f"This is another {name}: its object differs by {error:.2e}.")
        times = []
        for i in range(WARM + MEASURED):
            start = time.perf_counter()
            run(sweeps)
            if i >= WARM:
                times.append((time.perf_counter() - start) * 1e3 / sweeps)
        result[name] = {"median": float(np.median(times)), "min": min(times), "difference": error}
    json.dump(result, open(out, "w"))


main()

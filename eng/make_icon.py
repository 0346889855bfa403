#!/usr/bin/env python3
"""Draws eng/icon.png, the packages' icon: overlapping probes over a phase ring. Needs NumPy alone."""
import struct
import sys
import zlib

import numpy as np

SIZE, SUPER = 128, 4


def draw():
    n = SIZE * SUPER
    y, x = (np.mgrid[0:n, 0:n] + 0.5) / n * 2 - 1
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    # The phase as a hue, on a disk.
    hue = np.stack([0.5 + 0.5 * np.cos(angle - k * 2 * np.pi / 3) for k in range(3)], -1)
    ring = np.clip((0.92 - radius) / 0.01, 0, 1) * np.clip((radius - 0.74) / 0.01, 0, 1)
    image = np.full((n, n, 4), 0.0)
    image[..., :3] = np.array([0.08, 0.10, 0.16])
    image[..., 3] = np.clip((0.97 - radius) / 0.01, 0, 1)
    # Four windows of light that overlap: brighter where more of them lie.
    light = np.zeros((n, n))
    for cy, cx in [(-0.2, -0.2), (-0.2, 0.2), (0.2, -0.2), (0.2, 0.2)]:
        light += np.clip((0.36 - np.hypot(y - cy, x - cx)) / 0.01, 0, 1)
    glow = (light / 4)[..., None] * np.array([1.0, 0.93, 0.72])
    image[..., :3] = image[..., :3] * (1 - glow) + glow
    image[..., :3] = image[..., :3] * (1 - ring[..., None]) + (0.15 + 0.8 * hue) * ring[..., None]
    small = image.reshape(SIZE, SUPER, SIZE, SUPER, 4).mean((1, 3))
    return np.round(small * 255).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main():
    pixels = draw()
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    with open(sys.argv[1] if len(sys.argv) > 1 else "eng/icon.png", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


main()

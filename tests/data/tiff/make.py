"""Makes the files beside this script with tifffile and Pillow, so that the tests hold what they write. Run by hand.

The value of page p, row r, column c is (p·97 + r·31 + c·7) % 120, plus 0.5 for floats, times (1 − 2i) for complex.
"""
import os
import numpy as np
import tifffile
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))


def values(pages, h, w, dtype):
    p, r, c = np.ogrid[:pages, :h, :w]
    v = ((p * 97 + r * 31 + c * 7) % 120).astype("f8")
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        v = v + 0.5
    if dtype.kind == "c":
        v = v * (1 - 2j)
    return v.astype(dtype)


def path(name):
    return os.path.join(here, name)


for name in ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "c8", "c16"]:
    tifffile.imwrite(path(f"type-{name}.tif"), values(2, 3, 5, name), metadata=None, photometric="minisblack")
tifffile.imwrite(path("big-endian.tif"), values(2, 6, 7, "u2"), byteorder=">", metadata=None)
tifffile.imwrite(
    path("big.tif"), values(3, 6, 7, "f4"), bigtiff=True, byteorder=">", metadata=None, photometric="minisblack"
)
tifffile.imwrite(path("tiles.tif"), values(2, 20, 37, "u2"), tile=(16, 16), metadata=None)
tifffile.imwrite(
    path("tiles-deflate.tif"), values(2, 20, 37, "i4"), tile=(16, 16), compression="zlib", predictor=2, metadata=None
)
floats = [Image.fromarray(page) for page in values(2, 20, 9, "f4")]
floats[0].save(
    path("deflate-float.tif"),
    compression="tiff_adobe_deflate",
    tiffinfo={317: 3},
    save_all=True,
    append_images=floats[1:],
)
tifffile.imwrite(path("described.tif"), values(1, 3, 5, "u1"), description="scan 7", metadata=None)
for name, compression in [("lzw", "tiff_lzw"), ("packbits", "packbits"), ("deflate", "tiff_adobe_deflate")]:
    for kind in ["u1", "u2", "f4"]:
        frames = [Image.fromarray(page) for page in values(2, 90, 70, kind).astype(kind)]
        frames[0].save(
            path(f"pillow-{name}-{kind}.tif"), compression=compression, save_all=True, append_images=frames[1:]
        )
Image.fromarray(np.zeros((4, 4, 3), "u1")).save(path("colour.tif"))

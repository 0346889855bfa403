"""Reads what this library wrote, and writes what it reads, with h5py, NumPy, SciPy, tifffile, Pillow, scikit-image.

files.py read FOLDER    compares every file there with expected.npz; ends with an error at the first difference
files.py write FOLDER   writes files and expected-python.npz
"""
import os
import sys

import h5py
import numpy as np
import scipy.io
import skimage.io
import tifffile
from PIL import Image

TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "c8", "c16"]
KEV = 1.602176634e-16
HC = 6.62607015e-34 * 299792458


def same(name, got, wanted):
    got, wanted = np.asarray(got), np.asarray(wanted)
    if got.shape != wanted.shape or got.dtype != wanted.dtype or got.tobytes() != wanted.tobytes():
        sys.exit(f"{name}: {got.dtype}{got.shape} differs from {wanted.dtype}{wanted.shape}")
    print("same", name, got.dtype, got.shape)


def read(folder):
    def path(name):
        return os.path.join(folder, name)

    e = np.load(path("expected.npz"))
    deflated = np.load(path("expected-deflated.npz"))
    for key in e:
        same(f"npz {key}", deflated[key], e[key])
    for t in TYPES:
        same(f"npy {t}", np.load(path(f"type-{t}.npy")), e[f"type-{t}"])
        with h5py.File(path("types.h5")) as f:
            same(f"hdf5 {t}", f[f"plain/{t}"][()], e[f"type-{t}"])
            same(f"hdf5 deflated {t}", f[f"deflated/{t}"][()], e[f"type-{t}"])
        for kind in ["plain", "deflated", "big"]:
            same(f"tiff {kind} {t}", tifffile.imread(path(f"{kind}-{t}.tif")), e[f"type-{t}"])
    for t in ["u1", "u2", "i4", "f4"]:
        with Image.open(path(f"deflated-{t}.tif")) as image:
            for page in range(image.n_frames):
                image.seek(page)
                same(f"Pillow {t} page {page}", np.asarray(image).astype(t), e[f"type-{t}"][page])
        same(f"scikit-image {t}", skimage.io.imread(path(f"plain-{t}.tif"), plugin="tifffile"), e[f"type-{t}"])
    same("png by Pillow", np.asarray(Image.open(path("image.png"))), e["rgb"])
    same("png by scikit-image", skimage.io.imread(path("image.png")), e["rgb"])

    with h5py.File(path("scan.cxi")) as f:
        entry = f["entry_1"]
        detector, source = entry["instrument_1/detector_1"], entry["instrument_1/source_1"]
        same("cxi frames", entry["data_1/data"][()], np.fft.fftshift(e["frames"], axes=(1, 2)))
        same("cxi mask", detector["mask"][()], np.fft.fftshift(e["weights"] == 0).astype("u4"))
        same("cxi illumination", source["illumination"][()], e["probe"])
        for name, value in (("energy", source["energy"]), ("distance", detector["distance"])):
            same(f"cxi {name}", value[()], e[name])
        same("cxi pixels", [detector["y_pixel_size"][()], detector["x_pixel_size"][()]], e["pixel"])
        reach = HC / e["energy"] * e["distance"]
        h, w = e["frames"].shape[1:]
        dy, dx = reach / (h * e["pixel"][0]), reach / (w * e["pixel"][1])
        xyz = entry["data_1/translation"][()]
        close("cxi translation", xyz, np.stack([e["yx"][:, 1] * dx, e["yx"][:, 0] * dy, 0 * xyz[:, 0]], 1))
        assert f["cxi_version"][()] == 160 and detector["data"].attrs["axes"] == "translation:y:x"
    with h5py.File(path("scan.ptyd")) as f:
        same("ptyd frames", f["chunks/0/data"][()], np.fft.fftshift(e["frames"], axes=(1, 2)))
        weights = np.fft.fftshift(e["weights"])[None] * e["frame_weights"][:, None, None]
        same("ptyd weights", f["chunks/0/weights"][()], weights)
        close("ptyd positions", f["chunks/0/positions"][()], e["yx"] * (dy, dx))
        for group in ("meta", "info"):
            close(f"ptyd {group} energy", f[f"{group}/energy"][()], e["energy"] / KEV)
            same(f"ptyd {group} psize", f[f"{group}/psize"][()], e["pixel"])
            close(f"ptyd {group} distance", f[f"{group}/distance"][()], e["distance"])
    with h5py.File(path("recon.ptyr")) as f:
        obj, probe = f["content/obj"], f["content/probe"]
        (ID,) = obj.keys()
        same("ptyr object", obj[ID]["data"][0], e["object"])
        same("ptyr probe", probe[ID]["data"][()], e["probe"])
        # ptypy's rule: the window's first pixel is position/psize + centre − shape//2.
        first = f[f"content/positions/{ID}"][()] / obj[ID]["_psize"][()] + obj[ID]["_center"][()] - (h // 2, w // 2)
        close("ptyr positions", first, e["yx"])
    with h5py.File(path("product.h5")) as f:
        same("product object", f["object"][0], e["object"])
        same("product probe", f["probe"][0], e["probe"])
        # ptychodus's rule: pixel = (position − centre)/size + width/2, the window's centre.
        H, W = f["object"].shape[1:]
        x = (f["probe_position_x_m"][()] - f["object"].attrs["center_x_m"]) / f["object"].attrs["pixel_width_m"]
        y = (f["probe_position_y_m"][()] - f["object"].attrs["center_y_m"]) / f["object"].attrs["pixel_height_m"]
        close("product positions", np.stack([y + H / 2 - h / 2, x + W / 2 - w / 2], 1), e["yx"])
        assert isinstance(f.attrs["name"], str) and len(f["object_layer_spacing_m"]) == 0
        close("product energy", f.attrs["probe_energy_eV"], 1000 * e["energy"] / KEV)


def close(name, got, wanted):
    if not np.allclose(got, wanted, rtol=1e-12, atol=1e-18 if "translation" in name or "ptyd" in name else 1e-9):
        sys.exit(f"{name}: {got} is not {wanted}")
    print("close", name)


def write(folder):
    def path(name):
        return os.path.join(folder, name)

    rng = np.random.default_rng(11)
    e = {}
    for t in TYPES:
        value = rng.integers(0, 120, size=(3, 17, 21)).astype(t)
        if t[0] == "c":
            value = (value + 1j * rng.integers(0, 120, size=value.shape)).astype(t)
        e[f"type-{t}"] = value
        np.save(path(f"type-{t}.npy"), value)
        np.save(path(f"fortran-{t}.npy"), np.asfortranarray(value))
        np.save(path(f"swapped-{t}.npy"), value.astype(np.dtype(t).newbyteorder(">")))
        tifffile.imwrite(path(f"plain-{t}.tif"), value, photometric="minisblack", metadata=None)
        tifffile.imwrite(
            path(f"tiled-{t}.tif"), value, photometric="minisblack", tile=(16, 16), bigtiff=True, byteorder=">",
            compression="zlib", metadata=None
        )
    scipy.io.savemat(path("types.mat"), {f"v_{t}": e[f"type-{t}"] for t in TYPES if t != "f2"}, do_compression=True)
    with h5py.File(path("types.h5"), "w") as f:
        for t in TYPES:
            f[f"plain/{t}"] = e[f"type-{t}"]
            f.create_dataset(
                f"chunked/{t}", data=e[f"type-{t}"], chunks=(2, 5, 8), compression="gzip", shuffle=True, fletcher32=True
            )
    skimage.io.imsave(path("skimage.tif"), e["type-u2"][0], check_contrast=False)
    rgb = rng.integers(0, 256, size=(23, 31, 3)).astype("u1")
    e["rgb"] = rgb
    Image.fromarray(rgb).save(path("pillow.png"))
    skimage.io.imsave(path("skimage.png"), rgb, check_contrast=False)
    np.savez(path("expected-python.npz"), **e)
    np.savez_compressed(path("expected-python-deflated.npz"), **e)


{"read": read, "write": write}[sys.argv[1]](sys.argv[2])

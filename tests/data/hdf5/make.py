"""Makes the files beside this script with h5py, so that the tests hold what h5py writes. Run it by hand."""
import os
import h5py
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))

with h5py.File(os.path.join(here, "types.h5"), "w") as f:
    base = np.arange(6).reshape(2, 3)
    for name in ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "c8", "c16"]:
        values = base.astype(name)
        if name[0] == "c":
            values = values * (1 - 2j)
        f["types/" + name] = values.astype(name)
    f["types/big"] = base.astype(">f4")
    f["types/bigint"] = base.astype(">i2")
    f["types/bool"] = base % 2 == 1
    f["types/scalar"] = 2.5
    f["types/empty"] = h5py.Empty("f4")
    f["text/variable"] = "Größe µm"
    f["text/fixed"] = np.bytes_(b"fixed")
    f["text/many"] = ["one", "two"]
    f["enum"] = np.array([7, 9], dtype=h5py.enum_dtype({"A": 7, "B": 9}, basetype="i4"))
    frames = np.arange(5 * 8 * 8, dtype="u2").reshape(5, 8, 8)
    f.create_dataset("frames", data=frames, chunks=(2, 8, 5), compression="gzip", shuffle=True, fletcher32=True)
    f["frames"].attrs["scale"] = 0.5
    f["frames"].attrs["axes"] = "frame:y:x"
    f["frames"].attrs["offsets"] = np.array([1, 2, 3], dtype="i8")
    f["links/soft"] = h5py.SoftLink("/frames")
    f["links/lost"] = h5py.SoftLink("/nowhere")
    f["records"] = np.zeros(2, dtype=[("a", "f4"), ("b", "i4")])

rng = np.random.default_rng(3)
K, n = 4, 8
probe = (rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))).astype("c8")
energy, distance, pixel = 1.0e-15, 0.75, 55e-6
wavelength = 6.62607015e-34 * 299792458 / energy
dx = wavelength * distance / (n * pixel)
counts = rng.poisson(20, size=(K, n, n)).astype("u2")  # zero frequency in the centre
mask = np.zeros((n, n), dtype="u4")
mask[1, 6] = 2
yx = np.array([[0.0, 0.0], [0.25, 3.0], [3.0, 0.0], [3.0, 3.5]])

with h5py.File(os.path.join(here, "scan.cxi"), "w") as f:
    f["cxi_version"] = 160
    entry = f.create_group("entry_1")
    source = entry.create_group("instrument_1/source_1")
    source["energy"] = energy
    source["illumination"] = probe
    detector = entry.create_group("instrument_1/detector_1")
    detector["distance"] = distance
    detector["x_pixel_size"] = pixel
    detector["y_pixel_size"] = pixel
    detector.create_dataset("data", data=counts, chunks=(1, n, n), compression="gzip")
    detector["mask"] = mask
    xyz = np.stack([yx[:, 1] * dx, yx[:, 0] * dx, 0 * yx[:, 0]], axis=1)
    entry["sample_1/geometry_1/translation"] = xyz
    entry["data_1/data"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/data")
    entry["data_1/translation"] = h5py.SoftLink("/entry_1/sample_1/geometry_1/translation")

with h5py.File(os.path.join(here, "scan.ptyd"), "w") as f:
    f["meta/energy"] = energy / 1.602176634e-19 / 1000
    f["meta/distance"] = distance
    f["meta/psize"] = pixel
    f["meta/shape"] = np.array([n, n])
    f["meta/label"] = "None"
    f["info/num_frames"] = K
    for c, part in ((0, slice(0, 3)), (10, slice(3, 4))):
        f[f"chunks/{c}/data"] = counts[part].astype("f4")
        f[f"chunks/{c}/positions"] = yx[part] * dx
        f[f"chunks/{c}/weights"] = np.repeat((mask == 0)[None], len(counts[part]), 0)

np.savez(os.path.join(here, "expected.npz"), counts=counts, mask=mask, yx=yx, probe=probe, dx=dx)

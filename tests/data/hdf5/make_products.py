"""Makes the NeXus, .ptyr and ptychodus files beside this script with h5py. Run by hand.

Frames: value (frame·5 + y·3 + x) % 50 of 6 frames of 4 rows and 6 columns. Object and probe: see field().
"""
import os
import h5py
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
K, h, w = 6, 4, 6
k, y, x = np.ogrid[:K, :h, :w]
frames = ((k * 5 + y * 3 + x) % 50).astype("u2")
energy_ev, distance, px, py = 8000.0, 1.5, 75e-6, 150e-6
wavelength = 6.62607015e-34 * 299792458 / (energy_ev * 1.602176634e-19)
dx, dy = wavelength * distance / (w * px), wavelength * distance / (h * py)
yx = np.array([[0, 0], [0, 1.5], [0, 3], [2, 0], [2, 1.5], [2, 3]], dtype="f8")


def field(*shape):
    index = np.arange(np.prod(shape)).reshape(shape)
    return ((index % 13 + 1) + 1j * (index % 7)).astype("c8")


def detector(entry, data):
    d = entry.create_group("instrument_1/detector_1")
    d["data"] = data
    for name, value in (("distance", 1500.0), ("x_pixel_size", 75.0), ("y_pixel_size", 150.0)):
        d[name] = value
        d[name].attrs["units"] = "mm" if name == "distance" else "um"
    return d


# One dataset each way: [y, x] with an attribute that says so, [x, y] without.
for name, data, axes in (("rows", frames, "translation:y:x"), ("columns", frames.swapaxes(1, 2), None)):
    with h5py.File(os.path.join(here, f"nexus-{name}.nxs"), "w") as f:
        f["cxi_version"] = 160
        f["entry/title"] = "another entry"
        e = f.create_group("entry_1")
        e.attrs["NX_class"] = "NXentry"
        e["definition"] = "NXcxi_ptycho"
        e["instrument_1/source_1/energy"] = 6.0e9  # the machine's
        e["instrument_1/beam_1/energy"] = energy_ev
        e["instrument_1/beam_1/energy"].attrs["units"] = "eV"
        d = detector(e, data)
        if axes:
            d["data"].attrs["axes"] = axes
        d["pixel_mask"] = np.zeros(data.shape[1:], "u1")
        d["pixel_mask"][1, 2] = 1
        d["translation"] = np.stack([yx[:, 1] * dx, yx[:, 0] * dy, 0 * yx[:, 0]], axis=1) * 1e6
        d["translation"].attrs["units"] = "um"
        e["data_1/data"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/data")
        e["data_1/translation"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/translation")

# A raster [slow, fast, y, x] with motors, in an entry of another name, and a beam centre.
with h5py.File(os.path.join(here, "nexus-raster.nxs"), "w") as f:
    e = f.create_group("scan")
    e["definition"] = "NXcxi_ptycho"
    e["instrument_1/beam_1/incident_beam_energy"] = energy_ev / 1000
    e["instrument_1/beam_1/incident_beam_energy"].attrs["units"] = "keV"
    d = detector(e, frames.reshape(2, 3, h, w))
    for name, value in (("beam_center_x", 4 * 75.0), ("beam_center_y", 1 * 150.0)):
        d[name] = value
        d[name].attrs["units"] = "um"
    for name, values, vector in (("mx", yx[:, 1] * dx, (1, 0, 0)), ("my", yx[:, 0] * dy, (0, -1, 0))):
        m = e.create_dataset(f"sample_1/transformations/{name}", data=values.reshape(2, 3) * 1e9)
        m.attrs["units"] = "nm"
        m.attrs["vector"] = np.array(vector, "f8")

# ptypy's minimal reconstruction, as its h5rw writes it: attribute 'type' everywhere, None as a zero.
with h5py.File(os.path.join(here, "recon.ptyr"), "w") as f:
    f.attrs["h5rw_version"] = "0.1"
    f["header/kind"] = "minimal"
    for group, data, centre in (("obj", field(2, 12, 14), (5, 6)), ("probe", field(3, h, w), (h // 2, w // 2))):
        s = f.create_group(f"content/{group}/Sscan_00G00")
        s.create_dataset("data", data=data, compression="gzip").attrs["type"] = "array"
        s["_psize"] = np.array([dy, dx])
        s["_center"] = np.array(centre)
        s["_energy"] = energy_ev / 1000
        s["fill_value"] = np.zeros((1,))
        s["fill_value"].attrs["type"] = "None"
    f["content/positions/Sscan_00G00"] = (yx - 1) * (dy, dx)

# A ptychodus product with two coherent and three incoherent modes, two layers.
with h5py.File(os.path.join(here, "product.h5"), "w") as f:
    f.attrs["name"] = "Grüße"
    f.attrs["comments"] = "two layers"
    f.attrs["detector_object_distance_m"] = distance
    f.attrs["probe_energy_eV"] = energy_ev
    f.attrs["probe_photon_count"] = 1.5e6
    f.attrs["exposure_time_s"] = 0.1
    f.attrs["mass_attenuation_m2_kg"] = 0.25
    f["probe_position_indexes"] = np.arange(10, 10 + K)
    f["probe_position_x_m"] = (yx[:, 1] - 1) * dx
    f["probe_position_y_m"] = (yx[:, 0] - 1) * dy
    f["probe"] = field(2, 3, h, w)
    f["probe"].attrs["pixel_width_m"] = dx
    f["probe"].attrs["pixel_height_m"] = dy
    f["opr_weights"] = np.linspace(0, 1, 2 * K).reshape(K, 2)
    f["object"] = field(2, 12, 14)
    f["object"].attrs["center_x_m"] = 0.5 * dx
    f["object"].attrs["center_y_m"] = -dy
    f["object"].attrs["pixel_width_m"] = dx
    f["object"].attrs["pixel_height_m"] = dy
    f["object_layer_spacing_m"] = np.array([2e-6])
    f["loss_epochs"] = np.array([0, 5])
    f["loss_values"] = np.array([3.5, 1.25])

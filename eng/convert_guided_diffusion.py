#!/usr/bin/env python3
"""Turns a guided-diffusion checkpoint of PyTorch into a prior that NetworkPrior.Load reads.

A checkpoint (.pt) is a pickle: load only one that you trust. PyTorch is asked to unpickle tensors and nothing else
where it can (version 1.13 or newer). Needs torch and numpy; no other package.

  convert_guided_diffusion.py model.pt prior.safetensors --config config.json

config.json holds the arguments of guided-diffusion's UNetModel, as create_model() passes them, for example

  {"in_channels": 2, "model_channels": 128, "out_channels": 4, "num_res_blocks": 1, "attention_resolutions": [16],
   "channel_mult": [1, 1, 2, 2, 4, 4], "num_heads": 4, "num_head_channels": 64, "use_scale_shift_norm": true,
   "resblock_updown": true, "use_new_attention_order": false, "dropout": 0.0, "conv_resample": true}

attention_resolutions are downsampling factors (image size // resolution), not resolutions. The network must have two
channels, magnitude and phase, in the data transform given by the options below, and no class labels.
"""
import argparse
import json
import os
import struct
import sys
import tempfile

import numpy as np
import torch


def read_checkpoint(path):
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except TypeError:
        sys.exit(f"This PyTorch ({torch.__version__}) cannot load weights only; use 1.13 or newer.")
    if not isinstance(state, dict) or not all(torch.is_tensor(value) for value in state.values()):
        sys.exit(f"{path}: expected a state_dict of tensors; for a training checkpoint, give its EMA or model part.")
    if "label_emb.weight" in state:
        sys.exit(f"{path}: the network is conditioned on classes, which priors are not.")
    return state


def network_options(config):
    channels = config["in_channels"]
    if channels != 2:
        sys.exit(f"The network has {channels} channels; a prior of complex objects needs 2.")
    return {
        "channels": channels,
        "modelChannels": config["model_channels"],
        "channelMultipliers": config["channel_mult"],
        "residualBlocks": config["num_res_blocks"],
        "attentionFactors": config["attention_resolutions"],
        "heads": config.get("num_heads", 1),
        "headsUp": config.get("num_heads_upsample", -1),
        "headChannels": config.get("num_head_channels", -1),
        "splitQueryKeyValueFirst": config.get("use_new_attention_order", False),
        "scaleShiftNorm": config.get("use_scale_shift_norm", False),
        "resizeByResidualBlocks": config.get("resblock_updown", False),
        "learnedResampling": config.get("conv_resample", True),
        "learnsVariance": config["out_channels"] == 2 * channels,
        "dropout": config.get("dropout", 0),
        "groups": 32,
    }


def metadata(arguments, config):
    schedule = {"kind": arguments.schedule, "steps": arguments.steps}
    transform = {
        "magnitudeMean": arguments.magnitude_mean,
        "magnitudeScale": arguments.magnitude_scale,
        "phaseScale": arguments.phase_scale,
        "clipMinimum": arguments.clip[0],
        "clipMaximum": arguments.clip[1],
    }
    return {
        "format": "ptychodiffusion-prior-1",
        "architecture": "guided-diffusion-unet",
        "network": json.dumps(network_options(config)),
        "prediction": json.dumps({"kind": arguments.prediction}),
        "schedule": json.dumps(schedule),
        "transform": json.dumps({"name": "magnitude-phase", "parameters": transform}),
        "gauge": arguments.gauge,
        "symmetry": arguments.symmetry,
        "notes": json.dumps({"source": os.path.basename(arguments.checkpoint)}),
    }


def write_safetensors(path, tensors, texts):
    header, position, arrays = {"__metadata__": texts}, 0, []
    for key in sorted(tensors):
        array = np.ascontiguousarray(tensors[key].detach().float().numpy(), dtype="<f4")
        header[key] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [position, position + array.nbytes],
        }
        position += array.nbytes
        arrays.append(array)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    folder = os.path.dirname(os.path.abspath(path))
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(struct.pack("<Q", len(text)))
            stream.write(text)
            for array in arrays:
                stream.write(array.tobytes())
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", help="the .pt file with the state_dict")
    parser.add_argument("output", help="the .safetensors file to be written")
    parser.add_argument("--config", required=True, help="JSON file with the arguments of UNetModel")
    parser.add_argument("--prediction", choices=["epsilon", "sample", "velocity"], default="epsilon")
    parser.add_argument("--schedule", choices=["linear", "cosine"], default="linear")
    parser.add_argument("--steps", type=int, default=1000, help="diffusion steps of the training")
    parser.add_argument("--magnitude-mean", type=float, default=0.95)
    parser.add_argument("--magnitude-scale", type=float, default=0.35)
    parser.add_argument("--phase-scale", type=float, default=0.5, help="radians of one channel unit")
    parser.add_argument("--clip", type=float, nargs=2, default=[-2.8, 4.0], metavar=("LOW", "HIGH"))
    parser.add_argument("--gauge", default="arg-sum-zero", help="the rule of the global phase of training crops")
    parser.add_argument(
        "--symmetry", default="None", choices=["None", "Mirror", "Square"], help="how training crops were turned"
    )
    arguments = parser.parse_args()
    with open(arguments.config, encoding="utf-8") as stream:
        config = json.load(stream)
    write_safetensors(arguments.output, read_checkpoint(arguments.checkpoint), metadata(arguments, config))


if __name__ == "__main__":
    main()

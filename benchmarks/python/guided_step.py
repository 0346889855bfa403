"""A step of diffusion posterior sampling in PyTorch, timed: network, ℓ1 energy, gradient through the network, step down.

    python3 guided_step.py reference.safetensors out.json [threads]

The first file holds the experiment that the C# benchmark measures and one of its steps (its command "write-guidance"):
nothing is timed unless this step gives the same answer.
"""

import json
import math
import sys

import numpy as np
import torch

from compact_unet import CompactUNet, read_safetensors, timed

# MagnitudePhaseOptions, DpsOptions.StepSize and the linear schedule of the C# side.
MEAN, SCALE, PHASE, CLIP, ZETA = 0.95, 0.35, 0.5, (-2.8, 4.0), 0.05
ALPHA_BARS = np.concatenate([[1.0], np.cumprod(1 - np.linspace(1e-4, 2e-2, 1000))])


class Experiment:
    def __init__(self, tensors):
        self.probe = torch.view_as_complex(tensors["ref.probe"])
        self.amplitudes = tensors["ref.amplitudes"]
        corners = tensors["ref.positions"].long()
        rows, columns = (torch.arange(n) for n in self.probe.shape)
        pixels = (corners[:, 0, None, None] + rows[:, None]) * 128 + corners[:, 1, None, None] + columns
        self.shape, self.index = pixels.shape, pixels.reshape(-1)

    def energy(self, objects):
        windows = objects.reshape(len(objects), -1).index_select(1, self.index).reshape(-1, *self.shape)
        far_field = torch.fft.fft2(windows * self.probe, norm="ortho")
        return (far_field.abs() - self.amplitudes).abs().sum()


def rms(x):
    return x.square().mean((1, 2, 3), keepdim=True).sqrt()


def guided_step(network, experiment, state, level, following, noise):
    """DPS with the normalised step: noise is 1 for DDPM's fresh noise, 0 for none."""
    before, after = ALPHA_BARS[level], ALPHA_BARS[following]
    beta = 1 - before / after
    x = state.detach().requires_grad_()
    velocity = network(x, torch.full((len(x),), level - 1.0))
    sample = (x * math.sqrt(before) - velocity * math.sqrt(1 - before)).clamp(*CLIP)
    magnitude, phase = sample[:, 0] * SCALE + MEAN, sample[:, 1] * PHASE
    energy = experiment.energy(torch.complex(magnitude * phase.cos(), magnitude * phase.sin()))
    (gradient,) = torch.autograd.grad(energy, x)
    if not math.isfinite(energy.item()):
        sys.exit("The energy is not finite.")
    with torch.no_grad():
        weight = math.sqrt(after) * beta / (1 - before)
        kept = math.sqrt(1 - beta) * (1 - after) / (1 - before)
        moved = sample * weight + state * kept
        if following > 0 and noise > 0:
            moved = moved + torch.randn_like(state) * math.sqrt(beta * (1 - after) / (1 - before))
        length = rms(state - sample * math.sqrt(before)) * ZETA / rms(gradient).clamp_min(1e-20)
        return moved - gradient * length


def main():
    reference, out = sys.argv[1:3]
    if len(sys.argv) > 3:
        torch.set_num_threads(int(sys.argv[3]))
    torch.manual_seed(1)
    tensors = read_safetensors(reference)
    network = CompactUNet()
    network.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("ref.")})
    network.requires_grad_(False)
    experiment = Experiment(tensors)
    level, following = (int(number) for number in tensors["ref.levels"])
    answer = guided_step(network, experiment, tensors["ref.state"], level, following, noise=0)
    change = (tensors["ref.next"] - tensors["ref.state"]).norm()
    error = ((answer - tensors["ref.next"]).norm() / change).item()
    if not error < 1e-3:
        sys.exit(f"This is another step: its answer differs by {error:.2e} of the step.")

    levels = [1000, 750, 501, 251, 1, 0]

    def steps():
        state = torch.randn(1, 2, 128, 128)
        for before, after in zip(levels, levels[1:]):
            state = guided_step(network, experiment, state, before, after, noise=1)

    result = {"torch": torch.__version__, "threads": torch.get_num_threads(), "difference": error}
    result["GuidedStep"] = {name: value / (len(levels) - 1) for name, value in timed(steps).items()}
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2)
    print(json.dumps(result))


main()

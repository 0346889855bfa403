"""The compact U-Net in PyTorch, timed: forward, gradient with respect to the input, training step.

    python3 compact_unet.py reference.safetensors out.json [threads]

The first file holds the weights that the C# benchmark measures and one of its answers (its command "write-network"):
nothing is timed unless this network gives the same answer.
"""

import json
import math
import statistics
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

MODEL, MULTIPLIERS, BLOCKS, ATTENTION, HEAD, GROUPS, PATCH = 64, (1, 2, 2), (2, 2, 2), (4,), 32, 8, 2
EMBEDDING = 4 * MODEL
WARMUP, ITERATIONS = 3, 15


class Residual(nn.Module):
    def __init__(self, channels, out):
        super().__init__()
        self.in_layers = nn.Sequential(
            nn.GroupNorm(GROUPS, channels), nn.SiLU(), nn.Conv2d(channels, out, 3, padding=1)
        )
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(EMBEDDING, 2 * out))
        self.out_layers = nn.Sequential(
            nn.GroupNorm(GROUPS, out), nn.SiLU(), nn.Dropout(0.0), nn.Conv2d(out, out, 3, padding=1)
        )
        self.skip_connection = nn.Identity() if channels == out else nn.Conv2d(channels, out, 1)

    def forward(self, x, embedding):
        hidden = self.in_layers(x)
        scale, shift = self.emb_layers(embedding)[:, :, None, None].chunk(2, 1)
        hidden = self.out_layers[0](hidden) * (1 + scale) + shift
        return self.skip_connection(x) + self.out_layers[1:](hidden)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.heads = channels // HEAD
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.qkv = nn.Conv1d(channels, 3 * channels, 1)
        self.proj_out = nn.Conv1d(channels, channels, 1)

    def forward(self, x, _):
        batch, channels = x.shape[:2]
        flat = x.reshape(batch, channels, -1)
        qkv = self.qkv(self.norm(flat)).reshape(batch * self.heads, 3 * HEAD, -1)
        query, key, value = qkv.split(HEAD, 1)
        scale = HEAD**-0.25
        weights = torch.softmax(torch.einsum("bct,bcs->bts", query * scale, key * scale), -1)
        mixed = torch.einsum("bts,bcs->bct", weights, value).reshape(batch, channels, -1)
        return (flat + self.proj_out(mixed)).reshape(x.shape)


class Down(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.op = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x, _):
        return self.op(x)


class Up(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x, _):
        return self.conv(F.interpolate(x, scale_factor=2, mode="nearest"))


class First(nn.Conv2d):
    def forward(self, x, _=None):
        return super().forward(x)


class Steps(nn.ModuleList):
    def run(self, x, embedding):
        for module in self:
            x = module(x, embedding)
        return x


class CompactUNet(nn.Module):
    def __init__(self, channels=2):
        super().__init__()
        patched = channels * PATCH**2
        self.time_embed = nn.Sequential(nn.Linear(MODEL, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING))
        width, factor = MODEL * MULTIPLIERS[0], 1
        inputs, skips = [Steps([First(patched, width, 3, padding=1)])], [width]
        for level, multiplier in enumerate(MULTIPLIERS):
            for _ in range(BLOCKS[level]):
                steps = [Residual(width, MODEL * multiplier)]
                width = MODEL * multiplier
                if factor in ATTENTION:
                    steps.append(Attention(width))
                inputs.append(Steps(steps))
                skips.append(width)
            if level < len(MULTIPLIERS) - 1:
                inputs.append(Steps([Down(width)]))
                skips.append(width)
                factor *= 2
        self.input_blocks = nn.ModuleList(inputs)
        self.middle_block = Steps([Residual(width, width), Attention(width), Residual(width, width)])
        outputs = []
        for level in reversed(range(len(MULTIPLIERS))):
            for i in range(BLOCKS[level] + 1):
                steps = [Residual(width + skips.pop(), MODEL * MULTIPLIERS[level])]
                width = MODEL * MULTIPLIERS[level]
                if factor in ATTENTION:
                    steps.append(Attention(width))
                if level > 0 and i == BLOCKS[level]:
                    steps.append(Up(width))
                    factor //= 2
                outputs.append(Steps(steps))
        self.output_blocks = nn.ModuleList(outputs)
        self.out = nn.Sequential(nn.GroupNorm(GROUPS, width), nn.SiLU(), nn.Conv2d(width, patched, 3, padding=1))
        frequencies = torch.exp(-math.log(10000) * torch.arange(MODEL // 2, dtype=torch.float32) / (MODEL // 2))
        self.register_buffer("frequencies", frequencies, persistent=False)

    def forward(self, x, t):
        arguments = t[:, None] * self.frequencies[None]
        embedding = self.time_embed(torch.cat([arguments.cos(), arguments.sin()], 1))
        state, skips = F.pixel_unshuffle(x, PATCH), []
        for block in self.input_blocks:
            state = block.run(state, embedding)
            skips.append(state)
        state = self.middle_block.run(state, embedding)
        for block in self.output_blocks:
            state = block.run(torch.cat([state, skips.pop()], 1), embedding)
        return F.pixel_shuffle(self.out(state), PATCH)


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        values = np.frombuffer(data, "<f4", offset=entry["data_offsets"][0], count=math.prod(entry["shape"]))
        tensors[name] = torch.from_numpy(values.copy()).reshape(entry["shape"])
    return tensors


def timed(action):
    for _ in range(WARMUP):
        action()
    times = []
    for _ in range(ITERATIONS):
        start = time.perf_counter()
        action()
        times.append(1e3 * (time.perf_counter() - start))
    return {"median": statistics.median(times), "min": min(times)}


def main():
    reference, out = sys.argv[1:3]
    if len(sys.argv) > 3:
        torch.set_num_threads(int(sys.argv[3]))
    torch.manual_seed(1)
    tensors = read_safetensors(reference)
    network = CompactUNet()
    network.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("ref.")})
    with torch.no_grad():
        answer = network(tensors["ref.x"], tensors["ref.t"])
    error = ((answer - tensors["ref.y"]).norm() / tensors["ref.y"].norm()).item()
    if not error < 1e-4:
        sys.exit(f"This is another network: its answer differs by {error:.2e} relative.")

    image, moment = torch.randn(1, 2, 128, 128), torch.full((1,), 300.0)
    batch, target = torch.randn(8, 2, 64, 64), torch.randn(8, 2, 64, 64)
    moments = torch.tensor([20.0, 140, 270, 390, 520, 640, 770, 900])
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-6, weight_decay=0)

    def forward():
        with torch.no_grad():
            network(image, moment)

    def input_gradient():
        x = image.clone().requires_grad_()
        network(x, moment).sum().backward()

    def training_step():
        optimiser.zero_grad(set_to_none=True)
        F.mse_loss(network(batch, moments), target).backward()
        optimiser.step()

    result = {"torch": torch.__version__, "threads": torch.get_num_threads(), "difference": error}
    result["TrainingStep"] = timed(training_step)
    network.requires_grad_(False)
    result["Forward"] = timed(forward)
    result["InputGradient"] = timed(input_gradient)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2)
    print(json.dumps(result))


if __name__ == "__main__":
    main()

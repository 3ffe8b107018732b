"""What all PyTorch scripts share: Keras's first weights and Adam, the loop, and its times."""

from __future__ import annotations

import json
from time import perf_counter

import torch
from torch import nn

from benchmarks.workloads import WORKLOADS


def start_as_keras(model: nn.Module) -> None:
    """Draw the weights as Keras does, so that the losses can be compared."""
    for name, parameter in model.named_parameters():
        if parameter.ndim > 1:
            nn.init.xavier_uniform_(parameter)
        elif "bias" in name:
            nn.init.zeros_(parameter)


def fit(name: str, model: nn.Module, loss: nn.Module, *, pictures: bool = False) -> None:
    """Train on tensors sliced by a random order, without a DataLoader, which would be slower."""
    workload = WORKLOADS[name]
    x, y = map(torch.from_numpy, workload.load())
    if pictures:
        x = x.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
        model = model.to(memory_format=torch.channels_last)
    start_as_keras(model)
    optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, fused=True)
    seconds = []
    for _ in range(workload.epochs):
        started = perf_counter()
        total = 0.0
        for rows in torch.randperm(len(x)).split(workload.batch_size):
            optimizer.zero_grad()
            value = loss(model(x[rows]), y[rows])
            value.backward()
            optimizer.step()
            total += value.item() * len(rows)
        seconds.append(perf_counter() - started)
    print(json.dumps({"seconds": seconds, "result": total / len(x)}))

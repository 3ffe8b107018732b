"""GRU 64 over 32 steps of 16."""

import torch
from torch import nn

from benchmarks.pytorch.fitting import fit


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.recurrent = nn.GRU(16, 64, batch_first=True)
        self.dense = nn.Linear(64, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dense(self.recurrent(x)[0][:, -1])


fit("gru", Network(), nn.CrossEntropyLoss())

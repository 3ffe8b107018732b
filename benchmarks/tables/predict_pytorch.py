"""A table of 1,000,000 rows through a trained net: pandas reads and writes, PyTorch predicts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import torch
from torch import nn

CACHE = Path(__file__).parents[1] / "cache"

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
weights = np.load(CACHE / "predict.npz")
for layer, name in zip(model[::2], ("dense", "dense_1", "dense_2"), strict=True):
    layer.weight.data = torch.from_numpy(weights[f"{name}/kernel"].T.copy())
    layer.bias.data = torch.from_numpy(weights[f"{name}/bias"])

x = torch.from_numpy(pd.read_csv(CACHE / "predict.csv").drop(columns="y").to_numpy(np.float32))
with torch.no_grad():
    y = torch.cat([model(rows) for rows in x.split(10_000)])
pd.DataFrame({"predicted_y": y[:, 0]}).to_csv(CACHE / "predicted_pytorch.csv", index=False)

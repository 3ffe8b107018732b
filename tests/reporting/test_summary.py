"""The table, against what keras.Model.summary() of Keras 3.15 prints for the same networks."""

from __future__ import annotations

from nncli.engine.layers import Add, Dense, Flatten, Input
from nncli.engine.model import Model
from nncli.reporting.summary import summary_text

KERAS_DENSE = """\
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 64)             │         1,344 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense_1 (Dense)                 │ (None, 10)             │           650 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 1,994 (7.79 KB)
 Trainable params: 1,994 (7.79 KB)
 Non-trainable params: 0 (0.00 B)"""


def test_chain_is_kerass_table() -> None:
    layers = [Input(shape=(20,)), Dense(units=64), Dense(units=10)]
    assert summary_text(Model(layers)) == KERAS_DENSE


def test_input_that_the_data_gives_is_no_row() -> None:
    model = Model([Dense(units=64), Dense(units=10)], input_shape=(20,))
    assert summary_text(model) == KERAS_DENSE


def test_frozen_layers_count_as_non_trainable_in_double_precision() -> None:
    layers = [Input(shape=(20,)), Dense(units=64, trainable=False), Dense(units=10)]
    totals = summary_text(Model(layers, dtype="float64")).splitlines()[-3:]
    assert totals == [
        " Total params: 1,994 (15.58 KB)",
        " Trainable params: 650 (5.08 KB)",
        " Non-trainable params: 1,344 (10.50 KB)",
    ]


def test_long_names_widen_their_column() -> None:
    name = "a_layer_with_a_rather_long_name_of_forty"
    lines = summary_text(Model([Input(shape=(2, 3)), Flatten(name=name)])).splitlines()
    assert lines[3] == f"│ {name} (Flatten) │ (None, 6)              │             0 │"
    assert len({len(line) for line in lines[:5]}) == 1


KERAS_GRAPH = """\
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ left (InputLayer)   │ (None, 3)         │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ right (InputLayer)  │ (None, 2)         │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ dense (Dense)       │ (None, 4)         │         16 │ left[0][0]        │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ second (Dense)      │ (None, 4)         │         12 │ right[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ add (Add)           │ (None, 4)         │          0 │ dense[0][0],      │
│                     │                   │            │ second[0][0]      │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ kind (Dense)        │ (None, 3)         │         15 │ add[0][0]         │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘"""
"""What Keras 3.15 prints of the same layers."""


def test_graph_says_what_each_layer_reads_as_keras_does() -> None:
    layers = [
        Input(name="left", shape=(3,)),
        Input(name="right", shape=(2,)),
        Dense(units=4, inputs=("left",)),
        Dense(name="second", units=4, inputs=("right",)),
        Add(inputs=("dense", "second")),
        Dense(name="kind", units=3),
    ]
    assert "\n".join(summary_text(Model(layers)).splitlines()[:-3]) == KERAS_GRAPH

"""What is compared with Keras: convolutions, and what pads, crops and enlarges (see cases.py)."""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

CONVOLUTIONS: dict[str, Case] = {
    "Conv2D": case(take(5, 6, 2), use("Conv2D", filters=3, kernel_size=[3, 3])),
    "Conv2D.one_number": case(
        take(6, 5, 1), use("Conv2D", filters=2, kernel_size=2, activation="relu"), rows=1
    ),
    "Conv2D.strides_that_dont_divide": case(
        take(6, 8, 2), use("Conv2D", filters=3, kernel_size=3, strides=[2, 3], activation="tanh")
    ),
    "Conv2D.same": case(take(5, 4, 2), use("Conv2D", filters=2, kernel_size=3, padding="same")),
    "Conv2D.same_even_kernel": case(
        take(5, 6, 1), use("Conv2D", filters=2, kernel_size=[2, 4], padding="same", use_bias=False)
    ),
    "Conv2D.same_with_strides": case(
        take(7, 6, 2), use("Conv2D", filters=3, kernel_size=[4, 3], strides=2, padding="same")
    ),
    "Conv2D.dilated": case(
        take(8, 7, 2), use("Conv2D", filters=2, kernel_size=[3, 2], dilation_rate=[2, 3])
    ),
    "Conv2D.dilated_same": case(
        take(6, 5, 1), use("Conv2D", filters=2, kernel_size=3, dilation_rate=2, padding="same")
    ),
    "Conv2D.window_of_the_whole_image": case(
        take(3, 4, 2), use("Conv2D", filters=3, kernel_size=[3, 4])
    ),
    "Conv2D.stacked": case(
        take(7, 7, 1),
        use("Conv2D", filters=3, kernel_size=3, activation="relu"),
        use("Conv2D", filters=2, kernel_size=2, activation="tanh"),
    ),
    "Conv2D.groups": case(take(5, 4, 4), use("Conv2D", filters=6, kernel_size=2, groups=2)),
    "Conv2D.groups_same_with_strides": case(
        take(5, 6, 6),
        use("Conv2D", filters=3, kernel_size=[4, 3], groups=3, strides=2, padding="same"),
        rows=1,
    ),
    "Conv1D": case(take(6, 2), use("Conv1D", filters=3, kernel_size=3)),
    "Conv1D.strides_that_dont_divide": case(
        take(8, 2), use("Conv1D", filters=3, kernel_size=[2], strides=[3], activation="tanh")
    ),
    "Conv1D.same_even_kernel": case(
        take(7, 1), use("Conv1D", filters=2, kernel_size=4, padding="same", use_bias=False), rows=1
    ),
    "Conv1D.same_with_strides": case(
        take(7, 2), use("Conv1D", filters=2, kernel_size=3, strides=2, padding="same")
    ),
    "Conv1D.causal": case(
        take(6, 2), use("Conv1D", filters=3, kernel_size=3, padding="causal", activation="relu")
    ),
    "Conv1D.causal_dilated": case(
        take(7, 9), use("Conv1D", filters=2, kernel_size=2, padding="causal", dilation_rate=4)
    ),
    "Conv1D.causal_with_strides": case(
        take(8, 2), use("Conv1D", filters=2, kernel_size=3, padding="causal", strides=3)
    ),
    "Conv1D.groups": case(
        take(6, 4), use("Conv1D", filters=4, kernel_size=2, groups=4, dilation_rate=3), rows=1
    ),
    "Conv1D.masked": case(
        take(6, 2),
        use("Masking"),
        use("Conv1D", filters=3, kernel_size=2),
        use("GRU", units=2),
        values="gaps",
    ),
    "Conv1D.pooled": case(
        take(9, 2),
        use("Conv1D", filters=3, kernel_size=2, activation="relu"),
        use("MaxPooling1D"),
        use("Conv1D", filters=2, kernel_size=3, padding="causal"),
        use("MaxPooling1D", pool_size=3),
    ),
    "DepthwiseConv1D": case(take(6, 3), use("DepthwiseConv1D", kernel_size=3)),
    "DepthwiseConv1D.awkward": case(
        take(7, 2),
        use(
            "DepthwiseConv1D",
            kernel_size=4,
            strides=2,
            padding="same",
            depth_multiplier=3,
            activation="tanh",
            use_bias=False,
        ),
        rows=1,
    ),
    "DepthwiseConv2D": case(take(5, 6, 3), use("DepthwiseConv2D", kernel_size=3)),
    "DepthwiseConv2D.same_with_strides": case(
        take(6, 5, 2),
        use("DepthwiseConv2D", kernel_size=[2, 4], strides=2, padding="same", activation="relu"),
    ),
    "DepthwiseConv2D.dilated": case(
        take(7, 6, 2),
        use("DepthwiseConv2D", kernel_size=[3, 2], dilation_rate=[2, 3], depth_multiplier=2),
        rows=1,
    ),
    "SeparableConv1D": case(take(6, 3), use("SeparableConv1D", filters=2, kernel_size=3)),
    "SeparableConv1D.awkward": case(
        take(7, 2),
        use(
            "SeparableConv1D",
            filters=3,
            kernel_size=2,
            dilation_rate=3,
            padding="same",
            depth_multiplier=2,
            activation="elu",
            use_bias=False,
        ),
        rows=1,
    ),
    "SeparableConv2D": case(take(5, 6, 3), use("SeparableConv2D", filters=2, kernel_size=3)),
    "SeparableConv2D.same_with_strides": case(
        take(6, 7, 2),
        use(
            "SeparableConv2D",
            filters=4,
            kernel_size=[4, 3],
            strides=2,
            padding="same",
            depth_multiplier=2,
            activation="tanh",
        ),
        rows=1,
    ),
    "Conv1DTranspose": case(take(5, 2), use("Conv1DTranspose", filters=3, kernel_size=3)),
    "Conv1DTranspose.same_with_strides": case(
        take(4, 3),
        use(
            "Conv1DTranspose",
            filters=2,
            kernel_size=4,
            strides=3,
            padding="same",
            activation="tanh",
            use_bias=False,
        ),
        rows=1,
    ),
    "Conv1DTranspose.strides_beyond_the_kernel": case(
        take(4, 2), use("Conv1DTranspose", filters=2, kernel_size=2, strides=5)
    ),
    "Conv1DTranspose.output_padding": case(
        take(4, 2), use("Conv1DTranspose", filters=2, kernel_size=3, strides=3, output_padding=1)
    ),
    "Conv2DTranspose": case(take(3, 4, 2), use("Conv2DTranspose", filters=3, kernel_size=3)),
    "Conv2DTranspose.same_with_strides": case(
        take(4, 3, 2),
        use(
            "Conv2DTranspose",
            filters=3,
            kernel_size=[4, 3],
            strides=[2, 3],
            padding="same",
            activation="relu",
        ),
        rows=1,
    ),
    "Conv2DTranspose.output_padding": case(
        take(3, 4, 2),
        use(
            "Conv2DTranspose",
            filters=2,
            kernel_size=[3, 5],
            strides=[3, 2],
            padding="same",
            output_padding=[1, 0],
        ),
    ),
    "Conv2DTranspose.dilated": case(
        take(4, 3, 2),
        use("Conv2DTranspose", filters=2, kernel_size=[3, 2], dilation_rate=2, padding="same"),
    ),
    "ZeroPadding1D": case(take(4, 2), use("ZeroPadding1D")),
    "ZeroPadding1D.one_end": case(take(4, 2), use("ZeroPadding1D", padding=[3, 0]), rows=1),
    "ZeroPadding2D": case(take(3, 4, 2), use("ZeroPadding2D")),
    "ZeroPadding2D.each_axis": case(take(3, 4, 2), use("ZeroPadding2D", padding=[0, 2])),
    "ZeroPadding2D.each_side": case(
        take(3, 4, 2), use("ZeroPadding2D", padding=[[1, 0], [2, 3]]), rows=1
    ),
    "Cropping1D": case(take(5, 2), use("Cropping1D")),
    "Cropping1D.one_end": case(take(4, 2), use("Cropping1D", cropping=[0, 3]), rows=1),
    "Cropping2D": case(take(3, 4, 2), use("Cropping2D")),
    "Cropping2D.one_number": case(take(4, 5, 1), use("Cropping2D", cropping=1)),
    "Cropping2D.each_side": case(
        take(4, 5, 2), use("Cropping2D", cropping=[[1, 0], [2, 2]]), rows=1
    ),
    "UpSampling1D": case(take(3, 2), use("UpSampling1D")),
    "UpSampling1D.three": case(take(4, 1), use("UpSampling1D", size=3), rows=1),
    "UpSampling2D": case(take(3, 2, 2), use("UpSampling2D")),
    "UpSampling2D.each_axis": case(take(2, 4, 3), use("UpSampling2D", size=[3, 1]), rows=1),
    "UpSampling2D.bilinear": case(
        take(3, 4, 2), use("UpSampling2D", size=[2, 3], interpolation="bilinear")
    )
    | {"rounded": True},
    "UpSampling2D.bilinear_of_one_line": case(
        take(1, 3, 1), use("UpSampling2D", size=[3, 4], interpolation="bilinear"), rows=1
    )
    | {"rounded": True},
    "UpSampling2D.bicubic": case(
        take(3, 4, 2), use("UpSampling2D", size=[2, 3], interpolation="bicubic")
    )
    | {"rounded": True},
    "UpSampling2D.lanczos3": case(
        take(4, 2, 2), use("UpSampling2D", size=[3, 2], interpolation="lanczos3")
    )
    | {"rounded": True},
    "UpSampling2D.lanczos5": case(
        take(7, 1, 1), use("UpSampling2D", size=[2, 5], interpolation="lanczos5"), rows=1
    )
    | {"rounded": True},
}

"""Made-up pictures: landscapes of noise, shapes and faces that are nobody's, from a seed and with numpy alone.

    seed ──► picture      rows × columns × 3, one byte a colour
             as PNG       written without another library

They have what photographs have and hashes live on: much light and shade over large areas, edges, and detail that
grows fainter as it grows finer (power falling with the square of frequency, Field 1987, doi:10.1364/JOSAA.4.002379).
They are harder than photographs in one way: all of them are made by the same few rules.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any, TypeAlias

import numpy as np

Colours: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows × columns × 3, red, green and blue."""


def picture(seed: int, *, height: int = 256, width: int = 256) -> Colours:
    """A made-up scene: a ground of noise with some shapes on it, each with a texture and a shade of its own."""
    draw = np.random.default_rng([7, seed])
    canvas = _ground(draw, height, width)
    for _ in range(int(draw.integers(4, 12))):
        _shape(draw, canvas)
    return _finished(draw, canvas)


def portrait(seed: int, *, height: int = 256, width: int = 256) -> Colours:
    """A made-up head before a ground: an oval, eyes, brows, a mouth, hair. It is nobody's.

    Where it stands, how large and how tilted it is, from where the light falls and how the skin and the hair are
    patterned differ from one to the next, or all portraits would be one picture in other colours.
    """
    draw = np.random.default_rng([11, seed])
    canvas = _ground(draw, height, width)
    for _ in range(int(draw.integers(0, 6))):
        _shape(draw, canvas)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    size, tilt = draw.uniform(0.75, 1.5), draw.normal(0, 0.22)
    x = (x / width - draw.uniform(0.36, 0.64)) * (width / min(height, width)) / size
    y = (y / height - draw.uniform(0.4, 0.58)) / size
    x, y = x * np.cos(tilt) + y * np.sin(tilt), y * np.cos(tilt) - x * np.sin(tilt)
    wide, tall = draw.uniform(0.19, 0.32), draw.uniform(0.27, 0.4)
    skin = draw.uniform([110, 70, 50], [240, 200, 180])
    towards = draw.uniform(0, 2 * np.pi)
    light = np.clip((x * np.cos(towards) + y * np.sin(towards)) / wide, -1.5, 1.5)
    shade = 1 + draw.uniform(0.1, 0.5) * light + 0.12 * _noise(draw, height, width, 1.2)
    locks = shade + draw.uniform(0.1, 0.5) * np.sin(x * draw.uniform(20, 120) + _noise(draw, height, width, 1.5))
    cloth = shade + draw.uniform(0.0, 0.6) * np.sin((x + draw.uniform(-2, 2) * y) * draw.uniform(10, 90))
    part, fringe = draw.uniform(-0.12, 0.12), draw.uniform(-0.1, 0.12)
    _fill(canvas, (x / (wide * 2.2)) ** 2 + ((y - 0.62) / 0.3) ** 2 < 1, draw.uniform(20, 230, 3), cloth)
    hair = ((x - part) / (wide * draw.uniform(1.05, 1.4))) ** 2 + ((y - fringe) / (tall * 1.15)) ** 2 < 1
    _fill(canvas, hair, draw.uniform(10, 160, 3), locks)
    _fill(canvas, (x / wide) ** 2 + ((y - 0.04) / (tall * 0.95)) ** 2 < 1, skin, shade)
    eyes, apart, turned = draw.uniform(-0.1, 0.02), draw.uniform(0.06, 0.13), draw.uniform(-0.04, 0.04)
    open_, brow, slope = draw.uniform(0.008, 0.03), draw.uniform(0.03, 0.07), draw.uniform(-0.4, 0.4)
    dark = draw.uniform(5, 90, 3)
    for side in (-1, 1):
        centre = x - turned - side * apart
        _fill(canvas, (centre / 0.045) ** 2 + ((y - eyes) / open_) ** 2 < 1, np.full(3, 235.0), shade)
        _fill(canvas, (centre / 0.02) ** 2 + ((y - eyes) / min(open_, 0.02)) ** 2 < 1, dark, shade)
        above = y - eyes + brow + slope * side * centre
        _fill(
            canvas,
            (np.abs(centre) < draw.uniform(0.03, 0.06)) & (np.abs(above) < draw.uniform(0.004, 0.014)),
            dark,
            shade,
        )
    nose = draw.uniform(0.06, 0.13)
    _fill(
        canvas, (np.abs(x - turned - 0.1 * y) < draw.uniform(0.006, 0.02)) & (y > eyes) & (y < nose), skin * 0.75, shade
    )
    smile, mouth = draw.uniform(-4, 4), nose + draw.uniform(0.03, 0.1)
    lips = (np.abs(x - turned) < draw.uniform(0.04, 0.12)) & (
        np.abs(y - mouth - smile * x**2) < draw.uniform(0.006, 0.025)
    )
    _fill(canvas, lips, np.array([150.0, 50, 60]), shade)
    return _finished(draw, canvas)


def cover(seed: int, face: Colours, *, height: int = 480, width: int = 340) -> Colours:
    """A made-up book cover with a portrait on it, about half as wide as the cover."""
    canvas = picture(seed, height=height, width=width)
    draw = np.random.default_rng([13, seed])
    rows = columns = width * 6 // 10
    small = face[np.arange(rows) * len(face) // rows][:, np.arange(columns) * face.shape[1] // columns]
    top, left = int(draw.integers(height // 5, height - rows - 20)), (width - columns) // 2
    canvas[top : top + rows, left : left + columns] = small
    for line in range(2):  # a title nobody can read
        for letter in range(9):
            at = 30 + letter * (width - 60) // 9
            canvas[24 + 30 * line : 44 + 30 * line, at : at + int(draw.integers(6, 20))] = 245
    return canvas


def mirrored(colours: Colours) -> Colours:
    """The picture in a mirror."""
    return np.ascontiguousarray(colours[:, ::-1])


def as_png(colours: Colours) -> bytes:
    """The picture as a PNG file: the same picture, the same bytes."""
    height, width, _ = colours.shape
    lines = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    lines[:, 1:] = colours.reshape(height, 3 * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


Canvas: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]


def _ground(draw: np.random.Generator, height: int, width: int) -> Canvas:
    """Noise whose power falls with the square of frequency, in two colours of its own."""
    noise = _noise(draw, height, width, float(draw.uniform(0.9, 1.5)))
    one, other = draw.uniform(0, 255, 3), draw.uniform(0, 255, 3)
    mixed = 1 / (1 + np.exp(-1.5 * noise))[..., None]
    canvas: Canvas = (one * mixed + other * (1 - mixed)).astype(np.float32)
    return canvas


def _noise(draw: np.random.Generator, height: int, width: int, fall: float) -> Canvas:
    frequency = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None, :] * width)
    strength = 1 / np.maximum(frequency, 1) ** fall
    waves = draw.normal(size=frequency.shape) + 1j * draw.normal(size=frequency.shape)
    noise = np.fft.irfft2(waves * strength, s=(height, width))
    return np.asarray((noise - noise.mean()) / (noise.std() + 1e-9), dtype=np.float32)


def _shape(draw: np.random.Generator, canvas: Canvas) -> None:
    """An oval or a four-sided shape with a slope of light, and at times stripes."""
    height, width, _ = canvas.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    tilt = draw.uniform(0, np.pi)
    u = (x - draw.uniform(0, width)) * np.cos(tilt) + (y - draw.uniform(0, height)) * np.sin(tilt)
    v = (y - draw.uniform(0, height)) * np.cos(tilt) - (x - draw.uniform(0, width)) * np.sin(tilt)
    a, b = draw.uniform(0.05, 0.35, 2) * min(height, width)
    inside = (u / a) ** 2 + (v / b) ** 2 < 1 if draw.random() < 0.5 else (np.abs(u) < a) & (np.abs(v) < b)
    shade = 1 + draw.uniform(-0.5, 0.5) * np.clip(u / a, -1, 1)
    if draw.random() < 0.4:
        shade = shade * np.where(np.sin(v * draw.uniform(0.2, 1.2)) > 0, 1.0, draw.uniform(0.3, 0.9))
    _fill(canvas, inside, draw.uniform(0, 255, 3), shade)


def _fill(canvas: Canvas, inside: Any, colour: Any, shade: Any) -> None:
    canvas[inside] = (np.asarray(colour)[None, :] * shade[inside][:, None]).astype(np.float32)


def _finished(draw: np.random.Generator, canvas: Canvas) -> Colours:
    """Grain over everything, as cameras leave it, cut to bytes."""
    grain = draw.normal(0, 3, canvas.shape[:2])[..., None]
    return np.asarray(np.clip(canvas + grain, 0, 255), dtype=np.uint8)

"""One figure a file: numbers in, SVG markup out. Drawings hold no style of their own; the stylesheet paints classes."""

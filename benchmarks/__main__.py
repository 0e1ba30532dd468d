"""``python -m benchmarks [matching|screen|start]``: run the named measurements, or all of them."""

import sys
from importlib import import_module

NAMES = ("matching", "screen", "start")

for name in sys.argv[1:] or NAMES:
    print(f"# {name}")
    for line in import_module(f"benchmarks.{name}").measure():
        print(line)

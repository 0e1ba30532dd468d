"""``python -m benchmarks [NAME …]``: the named measurements, or all."""

import sys
from importlib import import_module

NAMES = (
    "intake",
    "matching",
    "economics",
    "uncertainty",
    "benefits",
    "emissions",
    "optimise",
    "screen",
    "start",
)

for name in sys.argv[1:] or NAMES:
    print(f"# {name}")
    for line in import_module(f"benchmarks.{name}").measure():
        print(line)

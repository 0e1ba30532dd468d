"""The child: read a file from standard input and write its cells, or why not, to standard output.

A module that makes a file gives its bytes instead.

Arguments: bytes of address space, seconds of processor time, the module that is to do it.
"""

import gc
import importlib
import importlib.util
import json
import sys
import warnings
from pathlib import Path


def main() -> None:
    """Set the limits, then read with the module of the format."""
    memory, seconds, module = sys.argv[1:4]
    _limit(int(memory), int(seconds))
    # openpyxl takes these up when they are there; none is needed to read, and all cost much.
    # Pictures are kept only with Pillow, where a workbook is written.
    unneeded = ("numpy", "lxml") if module == "mark" else ("numpy", "lxml", "PIL")
    sys.modules.update(dict.fromkeys(unneeded))
    warnings.simplefilter("ignore")
    gc.disable()
    cells = _own("cells")
    try:
        text = _own(module).read(sys.stdin.buffer.read())
        if not isinstance(text, bytes):
            text = json.dumps(text.as_json(), ensure_ascii=False).encode("utf-8", "replace")
    except cells.Refused as refusal:
        answer = {"refused": refusal.template, "code": refusal.code, "fields": refusal.fields}
        text = json.dumps(answer).encode()
    except MemoryError:
        text = json.dumps({"refused": cells.OUT_OF_MEMORY, "code": "out_of_memory", "fields": {}})
        text = text.encode()
    except Exception:  # whatever a broken file makes a library raise, the answer is the same
        text = json.dumps({"refused": cells.DAMAGED, "code": "unreadable", "fields": {}}).encode()
    sys.stdout.buffer.write(text)


def _limit(memory: int, seconds: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for limit, amount in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(limit, (amount, amount))
        except (OSError, ValueError):  # where the system has no such limit, the time-out stands
            continue


def _own(module: str):
    """A module of this folder, as a package of its own: the rest of the project stays outside."""
    if "formats" not in sys.modules:
        folder = Path(__file__).parent
        spec = importlib.util.spec_from_file_location(
            "formats", folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        package = importlib.util.module_from_spec(spec)
        sys.modules["formats"] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"formats.{module}")


if __name__ == "__main__":
    main()

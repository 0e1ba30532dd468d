"""Run by LibreOffice's own Python: change one cell, wait for the recalculation, many times.

``recalculate.py PIPE WORKBOOK TIMES`` prints as JSON the milliseconds, the last factor and the
total that it led to. The factor stands in the first cell, the total last on the first row.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

pipe, workbook, times = sys.argv[1:]
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", context
)
for _ in range(120):
    try:
        remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
hidden = PropertyValue()
hidden.Name, hidden.Value = "Hidden", True
document = desktop.loadComponentFromURL(f"file://{workbook}", "_blank", 0, (hidden,))
# The file holds formulas without their values, and what no change reaches would stay without.
document.calculateAll()
sheet = document.Sheets.getByIndex(0)
factor = sheet.getCellByPosition(0, 0)
last = sheet.createCursor()
last.gotoEndOfUsedArea(False)
row = sheet.getCellRangeByPosition(0, 0, last.RangeAddress.EndColumn, 0).DataArray[0]
total = sheet.getCellByPosition(max(i for i, value in enumerate(row) if value != ""), 0)
taken = []
for change in range(int(times)):
    begun = time.perf_counter()
    factor.setValue(1.0 + (change % 7 + 1) / 10)
    document.calculate()
    total.getValue()
    taken.append((time.perf_counter() - begun) * 1000)
answer = {"taken": taken, "factor": factor.getValue(), "total": total.getValue()}
document.close(True)
print(json.dumps(answer))

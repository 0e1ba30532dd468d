"""Run by LibreOffice's own Python: change one cell, wait for the recalculation, many times.

``recalculate.py PIPE WORKBOOK TIMES`` prints the milliseconds as a JSON list.
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
sheet = document.Sheets.getByIndex(0)
factor = sheet.getCellByPosition(0, 0)
# The last sum of the sheet: reading it waits for what it depends on.
cursor = sheet.createCursor()
cursor.gotoEndOfUsedArea(False)
total = sheet.getCellByPosition(cursor.RangeAddress.EndColumn, 0)
taken = []
for change in range(int(times)):
    begun = time.perf_counter()
    factor.setValue(1.0 + (change % 7 + 1) / 10)
    document.calculate()
    total.getValue()
    taken.append((time.perf_counter() - begun) * 1000)
document.close(True)
print(json.dumps(taken))

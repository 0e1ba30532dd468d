"""The plan as live formulas: the second half of the workbook, which calculates what the first has.

Each module writes one or two sheets. Values stored beside the formulas are the model's own, so that
a program that recalculates them proves the model a second time.
"""

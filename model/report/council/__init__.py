"""The tables that a council is shown, with the columns that finance officers give them.

Each module makes one of them as a :class:`~model.report.council.grid.Grid`, which a screen, a
workbook and a document show alike.
"""

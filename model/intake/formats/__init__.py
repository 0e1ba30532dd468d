"""Reading a file's cells, one module per format, in a process of its own.

A small file can make any spreadsheet library abort or never return, so the guard starts this folder
as a program of its own. It imports the readers of spreadsheets and nothing of the project; the
project imports only :mod:`cells` from here, for what both sides must agree on.

Each module has ``read(content) -> Book``. Nothing is interpreted: a dash is a text, a date is
a date, a formula without a stored value is just that.
"""

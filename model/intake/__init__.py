"""The way in: read, map, validate, preview, and then a person agrees.

``reader`` opens a workbook in a child process and ``guard`` keeps it there; ``mapping`` holds the
layouts that are known, ``understand`` finds tables, columns and units; ``budget_sheet`` and
``template_reader`` make measures of rows; ``ledger`` accounts for every number on the way;
``preview`` compares with the plan. Writing is a command of the model and not done here.
"""

from model.intake.reading import Reading, read_workbook

__all__ = ["Reading", "read_workbook"]

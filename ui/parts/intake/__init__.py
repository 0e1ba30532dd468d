"""A workbook's way into a plan: one module for each step that a person takes with it."""

"""The way in: read, understand, validate, preview, and then a person agrees.

``formats`` open a file in a child process and ``guard`` keeps it there; ``tables`` finds the tables
with their columns, units and signs, by the words in ``mapping``'s vocabulary and what a person has
answered; ``budget_rows``, ``account_lines``, ``sie``, ``measure_texts`` and ``template_reader``
make measures of them; ``ledger`` accounts for every number on the way; ``reading`` is what an
import would do, and ``preview`` compares it with the plan. Writing is a command of the model and
not done here.
"""

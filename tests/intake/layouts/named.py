"""Layouts that municipalities use, each in the words that one would describe it with."""

from dataclasses import replace

from tests.intake.layouts.layout import Layout

NAMED: dict[str, Layout] = {
    # Where the table stands and what is over it.
    "a plain table with its unit above": Layout(),
    "a table that begins in the first row with the unit in its headings": Layout(
        title_rows=0, unit_place="headings", years="budget"
    ),
    "six title rows and a margin of two columns": Layout(title_rows=6, margin=2, words=3),
    "the unit at the end of the title": Layout(unit_place="title end", unit="mnkr", words=5),
    "the unit in a merged cell over the table": Layout(unit_place="merged", words=8),
    "the unit in the number format only": Layout(unit_place="number format"),
    "the unit on a sheet with notes": Layout(unit_place="notes", unit="mnkr"),
    "no unit anywhere": Layout(unit_place="nowhere"),
    "whole kronor with öre": Layout(unit="kr", words=7),
    "millions with decimals": Layout(unit="mnkr", words=6, total="all"),
    # Headings.
    "budget and plan before each year": Layout(years="budget", before=True, later=True),
    "budget and plan after each year": Layout(years="stage after"),
    "B26 and P27": Layout(years="short", words=2, total="years"),
    "the word år before each year": Layout(years="år", before=True),
    "years as real dates": Layout(years="date", later=True),
    "years that a date format turned into 1905": Layout(years="serial", total="all"),
    "budget and plan merged over the years": Layout(
        header="stage over years", before=True, headings_at="merged"
    ),
    "the unit merged over the years": Layout(header="unit over years", years="text", words=4),
    "expenditure, grant and net under each year": Layout(
        header="flow under year", grants="columns"
    ),
    "expenditure, grants and net, each over its years": Layout(
        header="flow over years", grants="columns", sums="named", grand_total="below"
    ),
    "three rows of headings, unit over year over flow": Layout(
        header="three rows", grants="columns", sums="named", grand_total="below"
    ),
    "a unit under each year": Layout(header="unit under years", headings_at="top"),
    "years stated once over three columns and not merged": Layout(
        header="flow under year", grants="columns", merged_headings=False
    ),
    "the last year first": Layout(descending=True, years="budget", later=True),
    "empty columns between": Layout(spacers=True, before=True, total="all"),
    "numbers under the headings": Layout(numbered_columns=True),
    "the unit in the corner instead of a heading over the names": Layout(unit_place="corner"),
    "columns in another order": Layout(order=41, before=True, total="all", decided=True, words=11),
    "English headings": Layout(
        language="en", years="budget", before=True, later=True, sums="named", grand_total="below"
    ),
    # Whose a project is.
    "the department stated once and blank below": Layout(department="fill down", sums="named"),
    "the department in a merged cell": Layout(department="merged", sums="named", words=9),
    "departments as section rows": Layout(department="section rows", sums="named", words=2),
    "department rows that carry the sum of what is below them": Layout(
        sums="above", department="section rows", total="all"
    ),
    "one sheet per committee, columns in another order": Layout(
        department="sheets", order=7, sums="named", before=True
    ),
    "a table for each committee under its name": Layout(
        department="titles over tables", tables="stacked", sums="named"
    ),
    "two tables beside each other": Layout(tables="side by side", sums="named"),
    "tax-funded and fee-funded parts": Layout(
        categories=True, department="fill down", sums="named", grand_total="below"
    ),
    "no project numbers": Layout(number="none", sums="named", grand_total="below", words=1),
    "project numbers with letters": Layout(number="text", words=12),
    # Rows between.
    "sums of figures rounded afterwards": Layout(
        rounded=True, sums="named", grand_total="below", unit="mnkr", words=9
    ),
    "columns of text beside the names": Layout(
        extras=frozenset({"category", "area", "manager"}), order=5, department="fill down"
    ),
    "sums without a name": Layout(sums="unnamed", department="fill down"),
    "sums with the name of the department only": Layout(sums="department", department="fill down"),
    "nested sums and a grand total": Layout(
        sums="named", grand_total="below", total="all", before=True, blank_rows=True, words=21
    ),
    "the grand total first": Layout(sums="named", grand_total="above", department="fill down"),
    "headings repeated on each page": Layout(repeated_header=True, sums="named"),
    "a part of a project beneath it": Layout(parts="varav", sums="named", total="all"),
    "a part of each sum beneath it": Layout(parts="därav", sums="named", grand_total="below"),
    # Signs and texts.
    "expenditure negative": Layout(sign="expenditure negative", sums="named", total="all"),
    "expenditure negative in brackets, as texts": Layout(
        sign="expenditure negative", amounts="texts", minus="brackets"
    ),
    "a true minus sign and thin spaces, as texts": Layout(
        sign="income negative", grants="rows", amounts="narrow texts", minus="u2212", sums="named"
    ),
    "a minus after the number, as texts": Layout(
        sign="expenditure negative", amounts="texts", minus="trailing", grants="rows"
    ),
    "a dash where there is nothing": Layout(nothing="dash", amounts="texts"),
    "formulas with their results": Layout(amounts="formulas", sums="named", grand_total="below"),
    # Grants.
    "grants as negative rows under their project": Layout(
        grants="rows", sign="income negative", sums="named", grand_total="below"
    ),
    "grants as parts of their project": Layout(grants="varav rows", sums="named"),
    "a grant column for each year with source and status": Layout(grants="columns"),
    "grant columns with negative amounts and no status": Layout(
        grants="columns without status", sign="income negative", sums="named"
    ),
    "expenditure negative and grants positive beneath": Layout(
        grants="rows", sign="expenditure negative", sums="named"
    ),
    # Other columns.
    "paid so far, decided total and carried over": Layout(
        before=True, decided=True, carry_over=True, years="budget", total="all", words=4
    ),
    "last year's forecast beside what is paid": Layout(
        prior="forecast", before=True, years="budget"
    ),
    "last year's outcome alone": Layout(prior="outcome", years="budget"),
    "a bare earlier year beside named ones": Layout(prior="bare", years="budget"),
    "green marks": Layout(green="x", sums="named"),
    "account, responsibility and priority columns": Layout(
        extras=frozenset({"account", "responsibility", "priority"}), order=3
    ),
    "tonnes, operation and start columns": Layout(
        extras=frozenset({"tonnes", "operation", "start", "comment"}), total="all"
    ),
    # The rest of the workbook.
    "footnotes and a stray cell far away": Layout(footnotes=True, stray=True, sums="named"),
    "a hidden earlier version and notes": Layout(old_version=True, notes=True, words=1),
    "a hidden row and a hidden column": Layout(hidden_row=True, hidden_column=True, sums="named"),
    "comments on cells": Layout(comments=True),
    # Files.
    "a text file with semicolons": Layout(format="csv ;", sums="named", before=True),
    "a text file with commas and quotes": Layout(format="csv ,", years="budget"),
    "a text file in Windows-1252": Layout(
        format="csv cp1252", amounts="texts", department="fill down"
    ),
    "a text file in the code page of DOS": Layout(format="csv cp437", years="budget", later=True),
    "a text file with tabs": Layout(format="tsv", sums="named"),
    "an OpenDocument spreadsheet": Layout(format="ods", header="stage over years", sums="named"),
}
# Each in other words than the one before, where its words are not chosen.
NAMED = {
    name: (layout if layout.words else replace(layout, words=place)).settled()
    for place, (name, layout) in enumerate(NAMED.items())
}

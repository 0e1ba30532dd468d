"""What a person types, as rows, and rows as text to type over: no screen, no store.

A form is a row class with its fields, each of a kind that reads and writes text, and its tables. A
:class:`~model.forms.form.Draft` is all text; reading it gives the row, or findings that name the
field and say what was expected. ``kinds`` are the ways to write one value, ``choices`` the words of
what is chosen from a list, ``form`` puts them together, ``measure`` and ``plan`` are the forms that
there are, and ``compare`` tells two versions apart and puts them together again.
"""

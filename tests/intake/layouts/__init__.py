"""Budget workbooks of every layout, generated together with the truth about them.

:mod:`truth` is what a municipality plans, :mod:`layout` the conventions its sheet may follow, one
field for each and independent of the others. :mod:`words` says what things are called, :mod:`page`
composes the sheets and knows what is to become of every number on them, :mod:`files` writes them,
and :mod:`agreement` says where a reading differs. Nothing here uses the code that it tests.
"""

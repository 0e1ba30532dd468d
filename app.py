"""Klimatinvest's frame. The pages are in ``pages/``, what they share in ``ui/``."""

from ui import frame

frame.run()

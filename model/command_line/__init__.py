"""The commands of ``python -m model``, by what they are about. Each module adds its own."""

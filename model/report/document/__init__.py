"""The plan as a Word file: a council paper in the structure of the contracts' investment plan."""

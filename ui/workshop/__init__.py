"""Workshop mode: a storyline of charts, prepared at a desk and shown on a projector."""

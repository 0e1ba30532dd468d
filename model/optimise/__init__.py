"""Close the gap: choose and phase measures so that a goal is met within its limits.

``goal`` says what is wanted, ``options`` asks the kernel what every way to carry out a measure
takes and gives, ``problem`` makes a mixed-integer program of it, ``program`` solves it, ``answer``
says the choice as a scenario and what the model then shows, ``greedy`` stands beside it, ``relax``
answers what cannot be met, and ``explain`` and ``margin`` say why and what more would give.
"""

"""Close the gap: choose and phase measures so that a goal is met within its limits.

``goal`` says what is wanted and ``conditions`` how that is written, ``options`` asks the kernel
what every way to carry out a measure takes and gives, ``problem`` makes a mixed-integer program of
it, ``program`` solves it and ``search`` looks for the best within the time, ``answer`` says the
choice as a scenario and what the model then shows, ``greedy`` stands beside it, ``relax`` answers
what cannot be met, and ``explain`` and ``margin`` say why and what more would give. ``robust`` asks
the same in many drawn worlds, and ``frontier`` for ever more of what is wanted.
"""

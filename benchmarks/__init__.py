"""Side-by-side measurements, each as a ratio in one run: ``make benchmark``."""

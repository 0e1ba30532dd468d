"""The model of a municipality's climate investment plan. Knows no screen and no chart."""

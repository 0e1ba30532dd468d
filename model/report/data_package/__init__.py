"""The plan and its gap as open data: a Frictionless Data Package of CSV and Parquet."""

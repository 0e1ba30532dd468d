"""The store: one DuckDB file, its schema, and every SQL statement of the model."""

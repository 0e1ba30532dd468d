-- Grain: one row per column, view, index and macro that the current database defines.
SELECT 'column' AS what, table_name AS name, column_name AS part, data_type AS detail
FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT 'view', view_name, '', sql
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT 'index', index_name, '', sql
FROM duckdb_indexes()
WHERE database_name = current_database()
UNION ALL
SELECT 'macro', function_name, '', macro_definition
FROM duckdb_functions()
WHERE database_name = current_database() AND NOT internal
ORDER BY ALL

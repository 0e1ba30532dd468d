-- Grain: one row per range whose low, mid and high are not in order. Must be empty.
-- Says: {table}: low, mid and high are not in order.
WITH line AS (
    SELECT 'expenditure' AS "table", plan_id, measure_id, low, mid, high FROM expenditure
    UNION ALL SELECT 'effect', plan_id, measure_id, low, mid, high FROM effect
    UNION ALL SELECT 'activity', plan_id, measure_id, low, mid, high FROM activity
)
SELECT plan_id || '/' || measure_id AS ref, "table"
FROM line
WHERE
    low > mid OR mid > high OR low > high
    OR (mid IS NULL AND low IS NOT NULL) OR (low IS NULL AND high IS NOT NULL)
ORDER BY ALL

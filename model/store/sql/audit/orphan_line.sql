-- Grain: one row per measure that does not exist and the table that has lines of it. Must be empty.
-- Says: {table} has lines of a measure that does not exist.
WITH line AS (
    SELECT 'owner_share' AS "table", plan_id, measure_id FROM owner_share
    UNION ALL SELECT 'expenditure', plan_id, measure_id FROM expenditure
    UNION ALL SELECT 'running_cost', plan_id, measure_id FROM running_cost
    UNION ALL SELECT 'effect', plan_id, measure_id FROM effect
    UNION ALL SELECT 'activity', plan_id, measure_id FROM activity
    UNION ALL SELECT 'grants', plan_id, measure_id FROM grants
    UNION ALL SELECT 'grant_payment', plan_id, measure_id FROM grant_payment
    UNION ALL SELECT 'appropriation', plan_id, measure_id FROM appropriation
    UNION ALL SELECT 'component', plan_id, measure_id FROM component
    UNION ALL SELECT 'green_step', plan_id, measure_id FROM green_step
    UNION ALL SELECT 'green_answer', plan_id, measure_id FROM green_answer
)
SELECT DISTINCT plan_id || '/' || measure_id AS ref, "table"
FROM line
ANTI JOIN measure USING (plan_id, measure_id)
ORDER BY ALL

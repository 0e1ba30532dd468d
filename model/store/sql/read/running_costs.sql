-- One row per line of changed running cost, öre; its line counts from 0 over the plan.
-- A line that does not say in what prices it is stands in those of its plan.
SELECT
    row_number() OVER (ORDER BY m.position, r.line) - 1 AS line,
    m.position AS measure, r.item, r.department, r.year,
    coalesce(CAST(r.in_frame AS INTEGER), -1) AS in_frame,
    CAST(r.amount * 100 AS BIGINT) AS amount,
    r.price_level = 'real' AS is_real,
    coalesce(r.price_year, 0) AS price_year,
    CASE WHEN r.price_level = 'unknown' THEN p.price_level ELSE r.price_level END AS price_level
FROM running_cost AS r
JOIN measure AS m USING (plan_id, measure_id)
JOIN plan AS p USING (plan_id)
WHERE plan_id = $plan_id
ORDER BY m.position, r.line

-- One row per line of changed running cost, öre; its line counts from 0 over the plan.
SELECT
    row_number() OVER (ORDER BY m.position, r.line) - 1 AS line,
    m.position AS measure, r.item, r.department, r.year,
    coalesce(CAST(r.in_frame AS INTEGER), -1) AS in_frame,
    CAST(r.amount * 100 AS BIGINT) AS amount
FROM running_cost AS r
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, r.line

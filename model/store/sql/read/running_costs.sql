-- One row per line of changed running cost, öre.
SELECT m.position AS measure, r.year, CAST(r.amount * 100 AS BIGINT) AS amount
FROM running_cost AS r
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, r.line

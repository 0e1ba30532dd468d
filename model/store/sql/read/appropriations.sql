-- One row per measure, year, basis and status of a decision to spend, öre. Requested covers nothing,
-- and only what is decided can be carried over by a decision.
SELECT
    m.position AS measure, a.year, a.status || '_' || a.basis AS kind,
    CAST(a.amount * 100 AS BIGINT) AS amount,
    CASE WHEN a.status = 'decided' THEN CAST(a.carry_over * 100 AS BIGINT) ELSE 0 END AS carry_over
FROM appropriation AS a
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id AND a.status IN ('decided', 'planned')
ORDER BY m.position, a.year

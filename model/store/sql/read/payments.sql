-- One row per grant and year, öre; "line" is the grant's row in grants.sql.
WITH line AS (
    SELECT
        measure_id, grant_id,
        row_number() OVER (ORDER BY m.position, g.position) - 1 AS line
    FROM grants AS g
    JOIN measure AS m USING (plan_id, measure_id)
    WHERE plan_id = $plan_id
)
SELECT line.line, p.year, CAST(p.amount * 100 AS BIGINT) AS amount
FROM grant_payment AS p
JOIN line USING (measure_id, grant_id)
WHERE p.plan_id = $plan_id
ORDER BY line.line, p.year

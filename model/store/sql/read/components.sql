-- One row per component of an asset; share in millionths, lifetime 0 for land.
SELECT
    m.position AS measure, c.name, CAST(c.share * 1000000 AS BIGINT) AS share,
    coalesce(c.lifetime_years, 0) AS lifetime, c.reinvested
FROM component AS c
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, c.line

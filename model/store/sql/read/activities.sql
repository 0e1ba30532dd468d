-- One row per activity, with what its measure says: its place, years, and the indicators that it states.
WITH stated AS (
    SELECT measure_id, list(DISTINCT indicator) AS indicators
    FROM effect
    WHERE plan_id = $plan_id AND mid IS NOT NULL
    GROUP BY measure_id
)
SELECT
    m.position AS measure,
    CASE WHEN m.in_service = '' THEN 0 ELSE CAST(left(m.in_service, 4) AS INTEGER) END AS in_service,
    coalesce(m.lifetime_years, 0) AS lifetime,
    coalesce(s.indicators, []) AS stated,
    a.* EXCLUDE (plan_id, measure_id)
FROM activity AS a
JOIN measure AS m USING (plan_id, measure_id)
LEFT JOIN stated AS s USING (measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, a.line

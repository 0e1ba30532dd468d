-- One row per grant, in the order of measures: what it is. NaN and -1 stand for not stated.
SELECT
    m.position AS measure, g.grant_id AS id, g.source, g.status,
    coalesce(CAST(g.probability AS DOUBLE), 'nan'::DOUBLE) AS probability,
    coalesce(CAST(g.share AS DOUBLE), 'nan'::DOUBLE) AS share,
    coalesce(CAST(g.eligible_expenditure * 100 AS BIGINT), -1) AS eligible
FROM grants AS g
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, g.position

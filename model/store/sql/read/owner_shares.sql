-- One row per owner of a measure whose shares are known; share in millionths.
SELECT m.position AS measure, s.owner, CAST(s.share * 1000000 AS BIGINT) AS share
FROM owner_share AS s
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, s.owner

-- Grain: one row per grant without payments, or with payments but no grant. Must be empty.
-- Says: The grant {grant} and its payments do not go together.
SELECT plan_id || '/' || measure_id AS ref, grant_id AS "grant"
FROM (SELECT DISTINCT plan_id, measure_id, grant_id FROM grant_payment) AS paid
FULL JOIN grants AS g USING (plan_id, measure_id, grant_id)
WHERE g.source IS NULL OR paid.grant_id IS NULL
ORDER BY ALL

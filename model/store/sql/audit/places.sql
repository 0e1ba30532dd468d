-- Grain: one row per plan whose measures are not numbered 0, 1, 2 and so on. Must be empty.
-- Says: The measures' places have holes or stand twice.
SELECT plan_id AS ref
FROM measure
GROUP BY plan_id
HAVING min(position) <> 0 OR max(position) <> count(*) - 1 OR count(DISTINCT position) <> count(*)
ORDER BY ALL

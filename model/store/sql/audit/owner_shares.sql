-- Grain: one row per measure whose owners' shares are not the whole. Must be empty.
-- Says: The owners' shares add up to {sum} and not to 1.
SELECT plan_id || '/' || measure_id AS ref, sum(share) AS sum
FROM owner_share
GROUP BY plan_id, measure_id
HAVING sum(share) <> 1
ORDER BY ALL

-- Grain: one thing that can be chosen in a poll ($poll), in its order; cost in whole öre.
SELECT option_id, name, CAST(cost * 100 AS BIGINT) AS cost
FROM poll_option
WHERE poll_id = $poll
ORDER BY position

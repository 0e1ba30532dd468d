-- Grain: one row per answer to a poll that is not there or that has no such choice. Must be empty.
-- Says: An answer of the poll {poll} chooses “{choice}”, which the poll does not have.
SELECT v.poll_id AS ref, v.poll_id AS poll, c.choice
FROM vote AS v
LEFT JOIN UNNEST(CASE WHEN v.chosen = [] THEN [NULL::VARCHAR] ELSE v.chosen END) AS c(choice) ON true
LEFT JOIN poll AS p ON p.poll_id = v.poll_id
LEFT JOIN poll_option AS o ON o.poll_id = v.poll_id AND o.option_id = c.choice
WHERE p.poll_id IS NULL OR (c.choice IS NOT NULL AND o.option_id IS NULL)
ORDER BY ALL

-- Grain: one row per plan whose version is not that of its last journal entry. Must be empty.
-- Says: The plan is at version {version}, but the journal ends at version {journal}.
SELECT plan_id AS ref, plan.version, coalesce(journal.version, 0) AS journal
FROM plan
LEFT JOIN (
    SELECT plan_id, max(version) AS version
    FROM journal
    GROUP BY plan_id
) AS journal USING (plan_id)
WHERE journal.version IS DISTINCT FROM plan.version
ORDER BY ALL

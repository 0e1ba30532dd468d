-- Grain: one row per journal entry that does not raise its plan's version by one. Must be empty.
-- Says: Journal entry {seq} makes version {version}: expected version {expected}.
SELECT plan_id AS ref, seq, version, expected
FROM (
    SELECT
        plan_id, seq, version,
        row_number() OVER (PARTITION BY plan_id ORDER BY seq) AS expected
    FROM journal
)
WHERE version <> expected
ORDER BY seq

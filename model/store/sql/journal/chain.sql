-- Grain: one row per change of any plan, oldest first, with the hashes that chain them.
SELECT
    seq, changed_at, who, command, plan_id, version, subject, old, new, source, previous_hash, hash
FROM journal
ORDER BY seq

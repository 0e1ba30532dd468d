-- Grain: one row per change of a plan ($plan), oldest first.
SELECT seq, changed_at, who, command, plan_id, version, subject, old, new, source
FROM journal
WHERE plan_id = $plan
ORDER BY seq

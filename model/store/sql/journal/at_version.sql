-- Grain: the change that made version $version of a plan ($plan).
SELECT seq, changed_at, who, command, plan_id, version, subject, old, new, source
FROM journal
WHERE plan_id = $plan AND version = $version

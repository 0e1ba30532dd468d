-- Grain: one row per imported file of a plan ($plan; of all plans where it is NULL), with the
-- journal entry of its import, the latest first.
SELECT f.plan_id, f.version, f.name, f.sha256, j.changed_at, j.who
FROM imported_file AS f
JOIN journal AS j ON j.plan_id = f.plan_id AND j.version = f.version
WHERE $plan IS NULL OR f.plan_id = $plan
ORDER BY j.seq DESC

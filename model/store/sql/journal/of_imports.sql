-- Grain: one row per import of a plan ($plan), per import taken back and per removal of the plan,
-- newest first.
SELECT seq, changed_at, who, command, plan_id, version, subject, old, new, source
FROM journal
WHERE plan_id = $plan AND command IN ('import_measures', 'undo_import', 'delete_plan')
ORDER BY seq DESC

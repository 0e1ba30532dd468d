-- Grain: one row per change of a plan ($plan), newest first, at most $limit; with $measure only
-- those that touched that measure.
SELECT seq, changed_at, who, command, plan_id, version, subject, old, new, source
FROM journal
WHERE
    plan_id = $plan
    AND (
        $measure IS NULL
        OR list_contains(json_keys(old, '$.measures'), $measure)
        OR list_contains(json_keys(new, '$.measures'), $measure)
    )
ORDER BY seq DESC
LIMIT $limit

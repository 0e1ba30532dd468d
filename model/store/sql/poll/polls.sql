-- Grain: one poll: the one of $poll, or those of $plan, the latest first.
SELECT
    poll_id,
    plan_id,
    plan_version,
    kind,
    seen,
    CAST(budget * 100 AS BIGINT) AS budget,
    figure,
    answer,
    opened_at,
    closed_at
FROM poll
WHERE poll_id = $poll OR plan_id = $plan
ORDER BY opened_at DESC, poll_id

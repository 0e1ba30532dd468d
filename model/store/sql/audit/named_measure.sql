-- Grain: one row per loan, agency's grant or interaction that names a measure the plan has not. Must be empty.
-- Says: {named_by} names the measure {measure_id}, which the plan does not have.
WITH named AS (
    SELECT plan_id, loan_id AS named_by, unnest(allocations).measure AS measure_id FROM loan
    UNION ALL
    SELECT plan_id, agency_grant_id, measure FROM agency_grant WHERE measure <> ''
    UNION ALL
    SELECT plan_id, "first" || '-' || "second", unnest(["first", "second"]) FROM interaction
)
SELECT plan_id || '/' || named_by AS ref, named_by, measure_id
FROM named
ANTI JOIN measure USING (plan_id, measure_id)
ORDER BY ALL

-- Grain: one row per plan that does not exist and the table that has rows of it. Must be empty.
-- Says: {table} has rows of a plan that does not exist.
WITH row_of AS (
    SELECT 'measure' AS "table", plan_id FROM measure
    UNION ALL SELECT 'programme', plan_id FROM programme
    UNION ALL SELECT 'prerequisite', plan_id FROM prerequisite
    UNION ALL SELECT 'loan', plan_id FROM loan
    UNION ALL SELECT 'internal_flow', plan_id FROM internal_flow
    UNION ALL SELECT 'fee_year', plan_id FROM fee_year
    UNION ALL SELECT 'financial_target', plan_id FROM financial_target
    UNION ALL SELECT 'agency_grant', plan_id FROM agency_grant
    UNION ALL SELECT 'green_report', plan_id FROM green_report
    UNION ALL SELECT 'local_value', plan_id FROM local_value
    UNION ALL SELECT 'baseline_year', plan_id FROM baseline_year
    UNION ALL SELECT 'business_as_usual', plan_id FROM business_as_usual
    UNION ALL SELECT 'emission_series', plan_id FROM emission_series
    UNION ALL SELECT 'emission_target', plan_id FROM emission_target
    UNION ALL SELECT 'interaction', plan_id FROM interaction
    UNION ALL SELECT 'emission_budget', plan_id FROM emission_budget
    UNION ALL SELECT 'spend', plan_id FROM spend
    UNION ALL SELECT 'intensity', plan_id FROM intensity
    UNION ALL SELECT 'department_budget', plan_id FROM department_budget
    UNION ALL SELECT 'scenario', plan_id FROM scenario
    UNION ALL SELECT 'workshop', plan_id FROM workshop
)
SELECT DISTINCT plan_id AS ref, "table"
FROM row_of
ANTI JOIN plan USING (plan_id)
ORDER BY ALL

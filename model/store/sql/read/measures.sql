-- One row per measure of a plan, in the plan's order: its tags.
SELECT
    measure_id, name, sector, owner, coalesce(owner_kind, '') AS owner_kind, department,
    coalesce(readiness, '') AS readiness, green_category, green_framework, financing_form,
    project_number, source_ref,
    coalesce(CAST(green_share AS DOUBLE), 'nan'::DOUBLE) AS green_share,
    CASE WHEN in_service = '' THEN 0 ELSE CAST(left(in_service, 4) AS INTEGER) END AS in_service
FROM measure
WHERE plan_id = $plan_id
ORDER BY position

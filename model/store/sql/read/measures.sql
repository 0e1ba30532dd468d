-- One row per measure of a plan, in the plan's order: its tags and its asset. Amounts in öre.
-- 0, -1 and NaN stand for not stated.
SELECT
    measure_id, name, sector, owner, coalesce(owner_kind, '') AS owner_kind, department, district,
    coalesce(readiness, '') AS readiness, green_category, green_framework, financing_form, investment_type,
    project_number, source_ref,
    coalesce(CAST(green_share AS DOUBLE), 'nan'::DOUBLE) AS green_share,
    CASE WHEN in_service = '' THEN 0 ELSE CAST(left(in_service, 4) AS INTEGER) END AS in_service,
    CASE WHEN in_service = '' THEN 0 ELSE CAST(right(in_service, 2) AS INTEGER) END AS service_month,
    coalesce(lifetime_years, 0) AS lifetime,
    coalesce(CAST(replaced_book_value * 100 AS BIGINT), -1) AS replaced,
    coalesce(CAST(alternative_investment * 100 AS BIGINT), -1) AS alternative,
    coalesce(CAST(climate_share AS DOUBLE), 'nan'::DOUBLE) AS climate_share,
    coalesce(CAST(climate_marked AS INTEGER), -1) AS climate_marked
FROM measure
WHERE plan_id = $plan_id
ORDER BY position

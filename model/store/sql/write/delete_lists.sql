-- Grain: none; empties the named lists ($lists) of a plan ($plan).
DELETE FROM programme WHERE plan_id = $plan AND list_contains($lists, 'programmes');
DELETE FROM prerequisite WHERE plan_id = $plan AND list_contains($lists, 'prerequisites');
DELETE FROM loan WHERE plan_id = $plan AND list_contains($lists, 'loans');
DELETE FROM internal_flow WHERE plan_id = $plan AND list_contains($lists, 'internal_flows');
DELETE FROM fee_year WHERE plan_id = $plan AND list_contains($lists, 'fee_years');
DELETE FROM financial_target WHERE plan_id = $plan AND list_contains($lists, 'financial_targets');
DELETE FROM agency_grant WHERE plan_id = $plan AND list_contains($lists, 'agency_grants');
DELETE FROM green_report WHERE plan_id = $plan AND list_contains($lists, 'green_reports');
DELETE FROM local_value WHERE plan_id = $plan AND list_contains($lists, 'local_values');
DELETE FROM spend WHERE plan_id = $plan AND list_contains($lists, 'spend');
DELETE FROM intensity WHERE plan_id = $plan AND list_contains($lists, 'intensities');
DELETE FROM department_budget WHERE plan_id = $plan AND list_contains($lists, 'department_budgets');

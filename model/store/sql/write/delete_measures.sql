-- Grain: none; removes measures ($measures, a list of ids) of a plan ($plan) with all their lines.
DELETE FROM grant_payment WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM grants WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM appropriation WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM activity WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM effect WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM running_cost WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM expenditure WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM owner_share WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM component WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM green_step WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM green_answer WHERE plan_id = $plan AND list_contains($measures, measure_id);
DELETE FROM measure WHERE plan_id = $plan AND list_contains($measures, measure_id);

-- One row per plan, in the order in which they were made.
SELECT plan_id, name, municipality, version, example FROM plan ORDER BY position, plan_id

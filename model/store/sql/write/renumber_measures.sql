-- Grain: none; closes the holes in the positions of a plan's measures ($plan).
UPDATE measure
SET position = moved.position
FROM (
    SELECT measure_id, row_number() OVER (ORDER BY position) - 1 AS position
    FROM measure
    WHERE plan_id = $plan
) AS moved
WHERE
    measure.plan_id = $plan
    AND measure.measure_id = moved.measure_id
    AND measure.position <> moved.position

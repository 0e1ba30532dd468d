-- Grain: none; puts a plan's measures ($plan) in an order of ids ($measures), the others after them.
UPDATE measure
SET position = moved.position
FROM (
    SELECT
        measure_id,
        row_number() OVER (
            ORDER BY nullif(list_position($measures, measure_id), 0) NULLS LAST, position
        ) - 1 AS position
    FROM measure
    WHERE plan_id = $plan
) AS moved
WHERE
    measure.plan_id = $plan
    AND measure.measure_id = moved.measure_id
    AND measure.position <> moved.position

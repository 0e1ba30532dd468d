-- One row per effect line; NaN where not known.
SELECT
    m.position AS measure, e.indicator, e.unit, e.basis, e.gas, e.boundary, e.effect_group,
    coalesce(e.year, 0) AS year,
    coalesce(CAST(e.low AS DOUBLE), 'nan'::DOUBLE) AS low,
    coalesce(CAST(e.mid AS DOUBLE), 'nan'::DOUBLE) AS mid,
    coalesce(CAST(e.high AS DOUBLE), 'nan'::DOUBLE) AS high
FROM effect AS e
JOIN measure AS m USING (plan_id, measure_id)
WHERE plan_id = $plan_id
ORDER BY m.position, e.line

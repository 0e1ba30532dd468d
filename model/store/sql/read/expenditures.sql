-- One row per known amount of expenditure, öre, with the measure's place in the plan. Amounts against
-- business as usual (scope incremental) are another scale and never summed with the total ones. An
-- amount that does not say in what prices it is stands in those of its plan.
SELECT
    m.position AS measure, e.kind, e.scope, e.year, e.paid, e.vat,
    CAST(coalesce(e.low, e.mid) * 100 AS BIGINT) AS low,
    CAST(e.mid * 100 AS BIGINT) AS mid,
    CAST(coalesce(e.high, e.mid) * 100 AS BIGINT) AS high,
    e.low IS NOT NULL AND e.high IS NULL AS lower_bound,
    e.price_level = 'real' AS is_real,
    coalesce(e.price_year, 0) AS price_year,
    CASE WHEN e.price_level = 'unknown' THEN p.price_level ELSE e.price_level END AS price_level
FROM expenditure AS e
JOIN measure AS m USING (plan_id, measure_id)
JOIN plan AS p USING (plan_id)
WHERE plan_id = $plan_id AND e.mid IS NOT NULL
ORDER BY m.position, e.year

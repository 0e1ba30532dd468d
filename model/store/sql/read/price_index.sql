-- One row per year with a price index of the municipality's own.
SELECT year, CAST(price_index AS DOUBLE) AS price_index
FROM prerequisite
WHERE plan_id = $plan_id AND level = 'municipality' AND price_index IS NOT NULL
ORDER BY year

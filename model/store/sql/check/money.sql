-- Grain: one row per measure (its position) and year of a plan ($plan), every year of the plan for
-- every measure: what a reading ($reading, secured or planned) matches, in öre.
-- Earlier years are counted as 0 (before), later ones as 9999. What is paid already needs no money.
-- A real amount is made nominal by the municipality's own price index where that has both years.
WITH
head AS (
    SELECT plan_id, first_year, last_year
    FROM plan
    WHERE plan_id = $plan
),
axis AS (
    SELECT unnest([0] || range(first_year, last_year + 1) || [9999]) AS year
    FROM head
),
price AS (
    SELECT year, CAST(price_index AS DOUBLE) AS level
    FROM prerequisite
    WHERE plan_id = $plan AND level = 'municipality' AND price_index IS NOT NULL
),
spent AS (
    SELECT
        e.measure_id, e.kind, e.paid,
        CASE WHEN e.year < first_year THEN 0 WHEN e.year > last_year THEN 9999 ELSE e.year END AS year,
        CAST(e.mid * 100 AS HUGEINT) AS ore,
        CASE
            WHEN e.price_level = 'real' AND due.level IS NOT NULL AND based.level IS NOT NULL
                THEN CAST(round_even(due.level / based.level * 1000000, 0) AS HUGEINT)
            ELSE 1000000
        END AS millionths
    FROM head
    JOIN expenditure AS e USING (plan_id)
    LEFT JOIN price AS due ON due.year = e.year
    LEFT JOIN price AS based ON based.year = e.price_year
    WHERE e.kind <> 'avoided_investment' AND e.scope = 'total' AND e.mid IS NOT NULL
),
need AS (
    SELECT measure_id, year, sum((ore * millionths + 500000) // 1000000) AS amount
    FROM spent
    WHERE kind = 'investment' AND NOT paid
    GROUP BY ALL
),
whole AS (
    SELECT measure_id, sum((ore * millionths + 500000) // 1000000) AS amount
    FROM spent
    GROUP BY ALL
),
paid_out AS (
    SELECT
        p.measure_id, p.grant_id,
        CASE WHEN p.year < first_year THEN 0 WHEN p.year > last_year THEN 9999 ELSE p.year END AS year,
        sum(CAST(p.amount * 100 AS HUGEINT)) AS amount
    FROM head
    JOIN grant_payment AS p USING (plan_id)
    JOIN grants AS g USING (plan_id, measure_id, grant_id)
    WHERE g.status = 'granted'
    GROUP BY ALL
),
-- The grant is the lower of its amount and its share of what is eligible, or of the measure's whole
-- expenditure where that is not stated. A cut one keeps its timing: what is reached so far is cut pro rata and rounded, so that the parts make up the whole.
eligible AS (
    SELECT
        g.measure_id, g.grant_id,
        (
            coalesce(
                CAST(g.eligible_expenditure * 100 AS HUGEINT),
                CASE WHEN whole.amount > 0 THEN whole.amount END
            ) * CAST(g.share * 1000000 AS HUGEINT) + 500000
        ) // 1000000 AS most
    FROM grants AS g
    LEFT JOIN whole USING (measure_id)
    WHERE g.plan_id = $plan
),
reached AS (
    SELECT
        measure_id, year, grant_id,
        sum(amount) OVER (PARTITION BY measure_id, grant_id) AS stated,
        sum(amount) OVER (PARTITION BY measure_id, grant_id ORDER BY year) AS so_far
    FROM paid_out
),
cut AS (
    SELECT
        r.measure_id, r.year, r.grant_id,
        CASE
            WHEN e.most IS NULL OR r.stated <= e.most THEN r.so_far
            ELSE (2 * e.most * r.so_far + r.stated) // (2 * r.stated)
        END AS so_far
    FROM reached AS r
    JOIN eligible AS e USING (measure_id, grant_id)
),
granted AS (
    SELECT measure_id, year, sum(amount) AS amount
    FROM (
        SELECT
            measure_id, year,
            so_far - lag(so_far, 1, 0) OVER (PARTITION BY measure_id, grant_id ORDER BY year)
                AS amount
        FROM cut
    )
    GROUP BY ALL
),
given AS (
    SELECT
        a.measure_id,
        CASE WHEN a.year < first_year THEN 0 WHEN a.year > last_year THEN 9999 ELSE a.year END AS year,
        sum(CASE WHEN a.basis = 'gross' THEN CAST(a.amount * 100 AS HUGEINT) ELSE 0 END) AS gross,
        sum(CASE WHEN a.basis = 'net' THEN CAST(a.amount * 100 AS HUGEINT) ELSE 0 END) AS net,
        sum(CASE WHEN a.status = 'decided' THEN CAST(a.carry_over * 100 AS HUGEINT) ELSE 0 END)
            AS carry_over
    FROM head
    JOIN appropriation AS a USING (plan_id)
    WHERE a.status = 'decided' OR (a.status = 'planned' AND $reading = 'planned')
    GROUP BY ALL
)
SELECT
    CAST(m.position AS BIGINT) AS measure,
    CAST(axis.year AS BIGINT) AS year,
    CAST(coalesce(need.amount, 0) AS BIGINT) AS need,
    CAST(coalesce(granted.amount, 0) AS BIGINT) AS grants,
    CAST(coalesce(given.gross, 0) AS BIGINT) AS gross,
    CAST(coalesce(given.net, 0) AS BIGINT) AS net,
    CAST(coalesce(given.carry_over, 0) AS BIGINT) AS carry_over
FROM measure AS m
CROSS JOIN axis
LEFT JOIN need ON need.measure_id = m.measure_id AND need.year = axis.year
LEFT JOIN granted ON granted.measure_id = m.measure_id AND granted.year = axis.year
LEFT JOIN given ON given.measure_id = m.measure_id AND given.year = axis.year
WHERE m.plan_id = $plan
ORDER BY m.position, axis.year

-- Grain: one row per measure and year of the relation money (measure, year, need, grants, gross,
-- net, carry_over; öre; every year for every measure): the gap, by running sums and not by a loop.
-- Saved grants are what came in less what was needed, never below zero, which is the running sum
-- less its lowest point so far; need is unmet by as much as that lowest point sinks.
WITH RECURSIVE
flow AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY measure ORDER BY year) AS step,
        sum(CAST(grants AS HUGEINT) - need) OVER (PARTITION BY measure ORDER BY year) AS balance
    FROM money
),
low AS (
    SELECT
        *,
        least(0, min(balance) OVER (PARTITION BY measure ORDER BY year)) AS lowest
    FROM flow
),
forward AS (
    SELECT
        *,
        lag(lowest, 1, 0) OVER by_year - lowest AS unmet,
        last_value(balance - lowest) OVER (
            by_year ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS saved
    FROM low
    WINDOW by_year AS (PARTITION BY measure ORDER BY year)
),
-- What is left in the end pays the earliest unmet years: with grants alone, so that a gross
-- appropriation can be made net of what they pay.
alone AS (
    SELECT
        *,
        sum(unmet) OVER (PARTITION BY measure ORDER BY year) AS until
    FROM forward
),
own AS (
    SELECT
        measure, year, step, unmet, saved, carry_over,
        net + greatest(
            gross - (need - unmet + least(until, saved) - least(until - unmet, saved)), 0
        ) AS amount
    FROM alone
),
-- An appropriation pays its own year; only what is decided to be carried over reaches the next.
spent AS (
    SELECT
        measure, year, step, saved,
        unmet - least(unmet, amount) AS unmet,
        least(amount - least(unmet, amount), carry_over) AS carried
    FROM own
    WHERE step = 1
    UNION ALL
    SELECT
        own.measure, own.year, own.step, own.saved,
        own.unmet - least(own.unmet, own.amount + spent.carried),
        least(
            own.amount + spent.carried - least(own.unmet, own.amount + spent.carried),
            own.carry_over
        )
    FROM spent
    JOIN own ON own.measure = spent.measure AND own.step = spent.step + 1
),
arrears AS (
    SELECT
        *,
        sum(unmet) OVER (PARTITION BY measure ORDER BY year) AS until
    FROM spent
)
SELECT
    measure, year,
    CAST(unmet - (least(until, saved) - least(until - unmet, saved)) AS BIGINT) AS gap
FROM arrears
ORDER BY measure, year

-- One row per key of the asked breakdown (and per measure when asked): need, covered and gap in öre,
-- in whole öre per owner where shares are known. Relations: matched (measure, year with need, gap),
-- tag (one row per measure), part (owner parts of a measure as from and to millionths).
WITH shared_out AS (
    SELECT
        matched.measure, matched.year, tag.*, part.owner AS part_owner,
        part.owner_kind AS part_owner_kind, part.actor_group AS part_actor_group,
        -- What is reached so far is rounded, so that the parts add up to the whole.
        CAST(matched.need AS HUGEINT) * part.until // 1000000
            - CAST(matched.need AS HUGEINT) * part.since // 1000000 AS need,
        CAST(matched.gap AS HUGEINT) * part.until // 1000000
            - CAST(matched.gap AS HUGEINT) * part.since // 1000000 AS gap,
        CAST(matched.one_off AS HUGEINT) * part.until // 1000000
            - CAST(matched.one_off AS HUGEINT) * part.since // 1000000 AS one_off,
        CAST(matched.one_off_gap AS HUGEINT) * part.until // 1000000
            - CAST(matched.one_off_gap AS HUGEINT) * part.since // 1000000 AS one_off_gap
    FROM matched
    JOIN tag ON tag.place = matched.measure
    JOIN part ON part.measure = matched.measure
),
keyed AS (
    SELECT
        *,
        CASE $by
            WHEN 'year' THEN CAST(year AS VARCHAR)
            WHEN 'sector' THEN sector
            WHEN 'owner' THEN part_owner
            WHEN 'owner_kind' THEN part_owner_kind
            WHEN 'actor_group' THEN part_actor_group
            WHEN 'department' THEN department
            WHEN 'readiness' THEN readiness
            WHEN 'green_category' THEN green_category
            WHEN 'measure' THEN id
            ELSE ''
        END AS key
    FROM shared_out
)
SELECT
    key,
    CASE WHEN $per_measure THEN measure ELSE -1 END AS measure,
    CAST(sum(need) AS BIGINT) AS need,
    CAST(sum(need) - sum(gap) AS BIGINT) AS covered,
    CAST(sum(gap) AS BIGINT) AS gap,
    CAST(sum(one_off) AS BIGINT) AS one_off,
    CAST(sum(one_off_gap) AS BIGINT) AS one_off_gap
FROM keyed
WHERE ($actor_group IS NULL OR part_actor_group = $actor_group) AND ($key IS NULL OR key = $key)
GROUP BY ALL
ORDER BY need DESC, key, measure

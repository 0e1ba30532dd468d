-- One row per key of the asked breakdown (and per measure when asked): need, covered and gap in öre,
-- in whole öre per owner where shares are known. Relations: matched (measure, year with need, gap),
-- tag (one row per measure), part (owner parts of a measure as from and to millionths).
WITH shared_out AS (
    SELECT
        matched.measure, matched.year, tag.*, part.owner AS part_owner,
        part.owner_kind AS part_owner_kind, part.actor_group AS part_actor_group,
        -- amount * until // million - amount * since // million, so that the parts add up to the
        -- whole; millions and the rest apart, so that no product leaves 64 bits.
        matched.need // 1000000 * (part.until - part.since)
            + matched.need % 1000000 * part.until // 1000000
            - matched.need % 1000000 * part.since // 1000000 AS need,
        matched.gap // 1000000 * (part.until - part.since)
            + matched.gap % 1000000 * part.until // 1000000
            - matched.gap % 1000000 * part.since // 1000000 AS gap,
        matched.one_off // 1000000 * (part.until - part.since)
            + matched.one_off % 1000000 * part.until // 1000000
            - matched.one_off % 1000000 * part.since // 1000000 AS one_off,
        matched.one_off_gap // 1000000 * (part.until - part.since)
            + matched.one_off_gap % 1000000 * part.until // 1000000
            - matched.one_off_gap % 1000000 * part.since // 1000000 AS one_off_gap
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
            WHEN 'district' THEN district
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

-- One row per key of the asked breakdown, status and source: what covers the need, in öre.
-- Relations: cover (measure, year, status, source, amount, and what gap and lines have reached with
-- this one, so that an owner's lines add up to its need less its gap), tag and part as in gap.sql.
WITH shared_out AS (
    SELECT
        cover.measure, cover.year, cover.status, cover.source, tag.sector, tag.department,
        tag.district, tag.readiness, tag.green_category, tag.id, part.owner, part.owner_kind, part.actor_group,
        (reached // 1000000 - (reached - amount) // 1000000) * (part.until - part.since)
            + reached % 1000000 * part.until // 1000000
            - reached % 1000000 * part.since // 1000000
            - (reached - amount) % 1000000 * part.until // 1000000
            + (reached - amount) % 1000000 * part.since // 1000000 AS amount
    FROM cover
    JOIN tag ON tag.place = cover.measure
    JOIN part ON part.measure = cover.measure
),
keyed AS (
    SELECT
        *,
        CASE $by
            WHEN 'year' THEN CAST(year AS VARCHAR)
            WHEN 'sector' THEN sector
            WHEN 'owner' THEN owner
            WHEN 'owner_kind' THEN owner_kind
            WHEN 'actor_group' THEN actor_group
            WHEN 'department' THEN department
            WHEN 'district' THEN district
            WHEN 'readiness' THEN readiness
            WHEN 'green_category' THEN green_category
            WHEN 'source' THEN source
            WHEN 'measure' THEN id
            ELSE ''
        END AS key
    FROM shared_out
)
SELECT
    key, status, source,
    CASE WHEN $per_measure THEN measure ELSE -1 END AS measure,
    CAST(sum(amount) AS BIGINT) AS amount
FROM keyed
WHERE ($actor_group IS NULL OR actor_group = $actor_group) AND ($key IS NULL OR key = $key)
GROUP BY ALL
HAVING sum(amount) <> 0
ORDER BY key, status, source, measure

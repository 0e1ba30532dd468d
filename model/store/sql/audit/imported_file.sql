-- Grain: one row per kept file that is not what was imported, or that no entry tells of. Must be
-- empty.
-- Says: The kept file {name} is not the one that the journal tells of.
SELECT f.plan_id || '/' || f.version AS ref, f.name
FROM imported_file AS f
LEFT JOIN journal AS j
    ON j.plan_id = f.plan_id AND j.version = f.version AND j.subject = f.sha256
WHERE j.seq IS NULL OR sha256(f.content) <> f.sha256
ORDER BY ALL

-- Grain: the latest confirmed way of reading headings with a fingerprint ($fingerprint).
SELECT name, content, who, saved_at
FROM layout
WHERE fingerprint = $fingerprint
ORDER BY saved_at DESC
LIMIT 1

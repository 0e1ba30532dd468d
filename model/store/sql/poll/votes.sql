-- Grain: one device's answer in a poll ($poll), of one device ($device) or of all.
SELECT chosen, estimate
FROM vote
WHERE poll_id = $poll AND (device = $device OR $device IS NULL)
ORDER BY device

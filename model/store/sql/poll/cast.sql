-- Grain: one device's answer in a poll: written, or over the one that stands.
INSERT INTO vote VALUES ($poll, $device, $chosen, $estimate)
ON CONFLICT (poll_id, device) DO UPDATE SET chosen = excluded.chosen, estimate = excluded.estimate

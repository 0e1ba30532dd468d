-- Grain: the one imported file of a plan ($plan), hash ($sha256) and version ($version).
SELECT content
FROM imported_file
WHERE plan_id = $plan AND sha256 = $sha256 AND version = $version

-- Grain: the part of the municipality that each measure is for, empty where nobody has said.
-- What stands already is given its value by UPDATE: see 0004.
ALTER TABLE measure ADD COLUMN district VARCHAR;
UPDATE measure SET district = '';

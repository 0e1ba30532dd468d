-- Grain: one row per activity of a measure, from which effects follow; quantities are yearly, NULL is
-- not known. And what the emission factors of each plan count.
CREATE TABLE activity (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    low DECIMAL(24, 6),
    mid DECIMAL(24, 6),
    high DECIMAL(24, 6),
    per DECIMAL(24, 6) CHECK (per >= 0),
    first_year INTEGER,
    last_year INTEGER,
    from_carrier VARCHAR NOT NULL,
    to_carrier VARCHAR NOT NULL,
    from_rate DECIMAL(24, 6) CHECK (from_rate >= 0),
    to_rate DECIMAL(24, 6) CHECK (to_rate >= 0),
    from_factor VARCHAR NOT NULL,
    to_factor VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, line)
);

-- What stands already is given its value by UPDATE: see 0004.
ALTER TABLE plan ADD COLUMN emission_boundary VARCHAR;
UPDATE plan SET emission_boundary = '';

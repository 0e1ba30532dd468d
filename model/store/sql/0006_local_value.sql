-- What a plan states itself of an assumption that others share.

-- One row per assumption and year from which the plan's own value holds.
CREATE TABLE local_value (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    assumption VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    low DECIMAL(24, 6),
    mid DECIMAL(24, 6),
    high DECIMAL(24, 6),
    unit VARCHAR NOT NULL,
    price_year INTEGER,
    source VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, assumption, year)
);

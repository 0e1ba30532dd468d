-- Grain: one row per yearly report of green finance and edition, as it was made.
CREATE TABLE green_report (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    year INTEGER NOT NULL,
    edition INTEGER NOT NULL CHECK (edition > 0),
    mode VARCHAR NOT NULL CHECK (mode IN ('approved_projects', 'own_programme')),
    "on" VARCHAR NOT NULL,
    denominator VARCHAR NOT NULL CHECK (denominator IN ('gross', 'net_of_grants')),
    grid_factor VARCHAR NOT NULL,
    factor DECIMAL(24, 6),
    allocated DECIMAL(18, 2) CHECK (allocated >= 0),
    outstanding DECIMAL(18, 2) CHECK (outstanding >= 0),
    project_tonnes DECIMAL(24, 6),
    tonnes DECIMAL(24, 6),
    "by" VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, mode, year, edition)
);

-- Grain: the tables of what is emitted and aimed for, one row each as its comment says. Tonnes.

-- One row per sector, year, gas and boundary of what was emitted.
CREATE TABLE baseline_year (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sector VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    boundary VARCHAR NOT NULL,
    tonnes DECIMAL(24, 6) NOT NULL CHECK (tonnes >= 0),
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, gas, boundary, sector, year)
);

-- One row per sector, gas and boundary whose path without the plan somebody has chosen.
CREATE TABLE business_as_usual (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sector VARCHAR NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    boundary VARCHAR NOT NULL,
    method VARCHAR NOT NULL CHECK (method IN ('trend', 'level', 'driver', 'given')),
    first_year INTEGER,
    last_year INTEGER,
    series VARCHAR NOT NULL,
    elasticity DECIMAL(24, 6),
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, gas, boundary, sector)
);

-- One row per year of a series that business as usual follows.
CREATE TABLE emission_series (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    series VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    "value" DECIMAL(24, 6) NOT NULL CHECK ("value" > 0),
    unit VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, series, year)
);

-- One row per target of the plan's own.
CREATE TABLE emission_target (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    boundary VARCHAR NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    reduction DECIMAL(9, 6) CHECK (reduction BETWEEN 0 AND 1),
    base_year INTEGER,
    tonnes DECIMAL(24, 6) CHECK (tonnes >= 0),
    net_zero BOOLEAN NOT NULL,
    decision VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, name)
);

-- One row per pair of measures that do less together.
CREATE TABLE interaction (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    "first" VARCHAR NOT NULL,
    "second" VARCHAR NOT NULL,
    share DECIMAL(9, 6) NOT NULL CHECK (share BETWEEN 0 AND 1),
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, "first", "second")
);

-- One row per carbon budget, by gas and boundary.
CREATE TABLE emission_budget (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    boundary VARCHAR NOT NULL,
    remaining DECIMAL(24, 6) NOT NULL CHECK (remaining > 0),
    from_year INTEGER NOT NULL,
    first_year_emission DECIMAL(24, 6) CHECK (first_year_emission > 0),
    last_year INTEGER,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, gas, boundary)
);

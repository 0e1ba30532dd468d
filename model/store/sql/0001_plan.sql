-- Grain: the tables of a plan, one row each as its comment says. Amounts are kronor.
-- year 0 is "before the first year", 9999 "after the last". NULL means not known, never zero.
-- position and line keep the order in which the rows were given and count from 0 without a hole.

-- One row per plan.
CREATE TABLE plan (
    plan_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    name VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    base_year INTEGER NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    price_level VARCHAR NOT NULL,
    price_year INTEGER,
    vat VARCHAR NOT NULL,
    system_boundary VARCHAR NOT NULL,
    calculation_rate DECIMAL(9, 6) NOT NULL,
    example BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    CHECK (base_year <= first_year AND first_year <= last_year)
);

-- One row per measure of a plan, in the plan's order.
CREATE TABLE measure (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    owner_kind VARCHAR CHECK (owner_kind IN ('public', 'private', 'mixed')),
    department VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    stakeholders VARCHAR NOT NULL,
    project_number VARCHAR NOT NULL,
    financing_form VARCHAR NOT NULL,
    investment_type VARCHAR NOT NULL,
    readiness VARCHAR,
    decision VARCHAR NOT NULL,
    lifetime_years INTEGER CHECK (lifetime_years > 0),
    in_service VARCHAR NOT NULL,
    decided_total DECIMAL(18, 2),
    forecast_total DECIMAL(18, 2),
    spent DECIMAL(18, 2),
    replaced_book_value DECIMAL(18, 2),
    climate_marked BOOLEAN,
    green BOOLEAN,
    green_category VARCHAR NOT NULL,
    green_framework VARCHAR NOT NULL,
    green_share DECIMAL(9, 6) CHECK (green_share BETWEEN 0 AND 1),
    flags VARCHAR[] NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id)
);

-- One row per owner of a measure whose shares are known.
CREATE TABLE owner_share (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    owner VARCHAR NOT NULL,
    share DECIMAL(9, 6) NOT NULL CHECK (share BETWEEN 0 AND 1),
    PRIMARY KEY (plan_id, measure_id, owner)
);

-- One row per measure, kind, scope and year; what is already paid stands apart.
CREATE TABLE expenditure (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('investment', 'avoided_investment', 'one_off_operating')),
    scope VARCHAR NOT NULL CHECK (scope IN ('total', 'incremental')),
    year INTEGER NOT NULL,
    low DECIMAL(18, 2),
    mid DECIMAL(18, 2) CHECK (mid >= 0),
    high DECIMAL(18, 2),
    paid BOOLEAN NOT NULL,
    price_level VARCHAR NOT NULL,
    price_year INTEGER,
    vat VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, kind, scope, year, paid)
);

-- One row per line of yearly change in running cost; negative is a saving.
CREATE TABLE running_cost (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    amount DECIMAL(18, 2) NOT NULL,
    in_frame BOOLEAN,
    price_level VARCHAR NOT NULL,
    price_year INTEGER,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, line)
);

-- One row per effect line of a measure.
CREATE TABLE effect (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    indicator VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    year INTEGER,
    low DECIMAL(24, 6),
    mid DECIMAL(24, 6),
    high DECIMAL(24, 6),
    basis VARCHAR NOT NULL CHECK (basis IN ('per_year', 'once', 'unclear')),
    gas VARCHAR NOT NULL,
    boundary VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    effect_group VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, line)
);

-- One row per grant of a measure.
CREATE TABLE grants (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('granted', 'applied', 'idea')),
    probability DECIMAL(9, 6) CHECK (probability BETWEEN 0 AND 1),
    eligible_expenditure DECIMAL(18, 2) CHECK (eligible_expenditure >= 0),
    share DECIMAL(9, 6) CHECK (share BETWEEN 0 AND 1),
    reference VARCHAR NOT NULL,
    decided_on VARCHAR NOT NULL,
    last_claim VARCHAR NOT NULL,
    conditions VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, grant_id)
);

-- One row per grant and year in which its money arrives.
CREATE TABLE grant_payment (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    grant_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    year INTEGER NOT NULL,
    amount DECIMAL(18, 2) NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (plan_id, measure_id, grant_id, year)
);

-- One row per measure, year, basis and status of a decision to spend.
CREATE TABLE appropriation (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    year INTEGER NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('gross', 'net')),
    status VARCHAR NOT NULL CHECK (status IN ('decided', 'planned', 'requested')),
    amount DECIMAL(18, 2) NOT NULL CHECK (amount >= 0),
    carry_over DECIMAL(18, 2) NOT NULL CHECK (carry_over >= 0),
    decision VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, year, basis, status)
);

-- One row per programme: money for a group of measures, not yet shared out.
CREATE TABLE programme (
    plan_id VARCHAR NOT NULL,
    programme_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    amount DECIMAL(18, 2) NOT NULL CHECK (amount >= 0),
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, programme_id)
);

-- One row per level and year: the municipality's own figures.
CREATE TABLE prerequisite (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('municipality', 'group')),
    year INTEGER NOT NULL,
    taxes_and_grants DECIMAL(18, 2),
    result DECIMAL(18, 2),
    depreciation DECIMAL(18, 2),
    dissolved_grants DECIMAL(18, 2),
    other_funds DECIMAL(18, 2),
    opening_debt DECIMAL(18, 2),
    debt_ceiling DECIMAL(18, 2),
    internal_interest DECIMAL(9, 6),
    average_interest DECIMAL(9, 6),
    price_index DECIMAL(18, 6),
    tax_krona DECIMAL(18, 2),
    residents INTEGER,
    water_customers INTEGER,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, level, year)
);

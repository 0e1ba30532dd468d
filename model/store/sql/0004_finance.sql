-- Grain: the tables of the municipality's own money, one row each as its comment says, and what a
-- measure says of its parts and its way to green finance. Amounts are kronor, NULL is not known.

-- What stands already is given its value by UPDATE: a default that is an expression cannot be
-- replayed from the write-ahead log.
ALTER TABLE measure ADD COLUMN starts VARCHAR;
ALTER TABLE measure ADD COLUMN asset VARCHAR;
ALTER TABLE measure ADD COLUMN alternative_investment DECIMAL(18, 2);
ALTER TABLE measure ADD COLUMN climate_share DECIMAL(9, 6);
UPDATE measure SET starts = '', asset = '';
ALTER TABLE grants ADD COLUMN apply_by VARCHAR;
ALTER TABLE grants ADD COLUMN applied_on VARCHAR;
ALTER TABLE grants ADD COLUMN final_report VARCHAR;
ALTER TABLE grants ADD COLUMN aid_basis VARCHAR;
ALTER TABLE grants ADD COLUMN aid_bonuses VARCHAR[];
UPDATE grants SET apply_by = '', applied_on = '', final_report = '', aid_basis = '', aid_bonuses = [];

-- One row per component of a measure's asset.
CREATE TABLE component (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    share DECIMAL(9, 6) NOT NULL CHECK (share BETWEEN 0 AND 1),
    lifetime_years INTEGER CHECK (lifetime_years > 0),
    land BOOLEAN NOT NULL,
    reinvested BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, name)
);

-- One row per step of a measure towards green finance under a framework.
CREATE TABLE green_step (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    framework VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    "on" VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, framework, step)
);

-- One row per answer of a measure to a framework's screening question.
CREATE TABLE green_answer (
    plan_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    framework VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    answer VARCHAR NOT NULL CHECK (answer IN ('yes', 'no', 'unclear')),
    "by" VARCHAR NOT NULL,
    "on" VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, measure_id, framework, question)
);

-- One row per loan or bond, with what of it stands on which measure.
CREATE TABLE loan (
    plan_id VARCHAR NOT NULL,
    loan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    instrument VARCHAR NOT NULL CHECK (instrument IN ('loan', 'bond')),
    level VARCHAR NOT NULL CHECK (level IN ('municipality', 'group')),
    lender VARCHAR NOT NULL,
    framework VARCHAR NOT NULL,
    approved_on VARCHAR NOT NULL,
    issued_on VARCHAR NOT NULL,
    matures_on VARCHAR NOT NULL,
    approved DECIMAL(18, 2) CHECK (approved >= 0),
    disbursed DECIMAL(18, 2) CHECK (disbursed >= 0),
    outstanding DECIMAL(18, 2) CHECK (outstanding >= 0),
    repayment VARCHAR NOT NULL CHECK (repayment IN ('serial', 'annuity', 'bullet', '')),
    term_years INTEGER CHECK (term_years > 0),
    interest DECIMAL(9, 6),
    refinances VARCHAR NOT NULL,
    unallocated_place VARCHAR NOT NULL,
    allocations STRUCT(measure VARCHAR, amount DECIMAL(18, 2), "on" VARCHAR, note VARCHAR)[] NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, loan_id)
);

-- One row per flow of money within the municipal group in a year.
CREATE TABLE internal_flow (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('lending', 'contribution', 'rent', 'interest')),
    payer VARCHAR NOT NULL,
    receiver VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    amount DECIMAL(18, 2) NOT NULL CHECK (amount >= 0),
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, position)
);

-- One row per fee-financed operation and year, before the plan's measures.
CREATE TABLE fee_year (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    form VARCHAR NOT NULL CHECK (form IN ('water', 'waste', 'district_heating')),
    year INTEGER NOT NULL,
    customers INTEGER CHECK (customers > 0),
    income DECIMAL(18, 2),
    cost DECIMAL(18, 2),
    surplus DECIMAL(18, 2),
    interest DECIMAL(9, 6),
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, form, year)
);

-- One row per financial target of the council.
CREATE TABLE financial_target (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('municipality', 'group')),
    kind VARCHAR NOT NULL,
    "limit" DECIMAL(24, 6) NOT NULL CHECK ("limit" >= 0),
    from_year INTEGER,
    decision VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, level, kind)
);

-- One row per grant of an agency to somebody in the municipality.
CREATE TABLE agency_grant (
    plan_id VARCHAR NOT NULL,
    agency_grant_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    agency VARCHAR NOT NULL,
    programme VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    amount DECIMAL(18, 2) CHECK (amount >= 0),
    granted_on VARCHAR NOT NULL,
    ends_on VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, agency_grant_id)
);

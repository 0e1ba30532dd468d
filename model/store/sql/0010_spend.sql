-- Grain: one row per department, category, account and year of what was bought.
CREATE TABLE spend (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    department VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    amount DECIMAL(18, 2) NOT NULL,
    credited DECIMAL(18, 2) NOT NULL CHECK (credited >= 0),
    lines INTEGER NOT NULL CHECK (lines > 0),
    vat VARCHAR NOT NULL CHECK (vat IN ('excluded', 'included', 'unknown')),
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, position)
);

-- One row per factor: what a krona of a category or of a range of accounts emits.
CREATE TABLE intensity (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    category VARCHAR NOT NULL,
    account_from VARCHAR NOT NULL,
    account_to VARCHAR NOT NULL,
    kg_per_krona DECIMAL(24, 6) NOT NULL CHECK (kg_per_krona >= 0),
    price_year INTEGER NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    boundary VARCHAR NOT NULL CHECK (boundary IN ('consumption', 'organisation')),
    vat VARCHAR NOT NULL CHECK (vat IN ('excluded', 'included', 'unknown')),
    source VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, position)
);

-- One row per department and kind of emissions that it has a budget for.
CREATE TABLE department_budget (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    department VARCHAR NOT NULL,
    gas VARCHAR NOT NULL CHECK (gas IN ('co2e', 'fossil_co2')),
    boundary VARCHAR NOT NULL CHECK (boundary IN ('territorial', 'consumption', 'organisation')),
    base_year INTEGER NOT NULL,
    base_tonnes DECIMAL(24, 6) CHECK (base_tonnes >= 0),
    target_year INTEGER NOT NULL,
    reduction DECIMAL(9, 6) NOT NULL CHECK (reduction BETWEEN 0 AND 1),
    path VARCHAR NOT NULL CHECK (path IN ('linear', 'exponential')),
    decision VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, department, gas, boundary)
);

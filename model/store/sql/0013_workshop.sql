-- Grain: one row per workshop of a plan, with its steps in their order. A toggle is one parameter
-- of an address and its value; an empty reading is the scenario's own.
CREATE TABLE workshop (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    workshop_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    steps STRUCT(
        shows VARCHAR, scenario VARCHAR, toggles VARCHAR[], reading VARCHAR,
        title VARCHAR, speaker VARCHAR, offers VARCHAR[]
    )[] NOT NULL,
    PRIMARY KEY (plan_id, workshop_id)
);

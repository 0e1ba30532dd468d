-- Grain: one row per scenario that somebody has saved in a plan. "content" is YAML.
CREATE TABLE scenario (
    plan_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    scenario_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    note_en VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, scenario_id)
);

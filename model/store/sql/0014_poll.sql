-- Grain: one row per question that was put to a room, as it was put: later changes of the plan do
-- not move it. What participants answer is no change of a plan and stands in no journal.
CREATE TABLE poll (
    poll_id VARCHAR PRIMARY KEY,
    plan_id VARCHAR NOT NULL,
    plan_version INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('budget', 'scenario', 'estimate')),
    seen VARCHAR NOT NULL,
    budget DECIMAL(18, 2) CHECK (budget > 0),
    figure VARCHAR NOT NULL,
    answer DECIMAL(24, 6),
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);

-- One row per thing that can be chosen, with its name and cost as they were when it was asked.
CREATE TABLE poll_option (
    poll_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    option_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    cost DECIMAL(18, 2) NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (poll_id, option_id)
);

-- One row per device that has answered: a later answer stands instead of an earlier one. The device
-- is a digest that is another one in every poll.
CREATE TABLE vote (
    poll_id VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    chosen VARCHAR[] NOT NULL,
    estimate DECIMAL(24, 6),
    PRIMARY KEY (poll_id, device)
);

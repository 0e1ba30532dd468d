-- Grain: one row per change of a plan, appended in the transaction of the change and never altered.
-- hash covers the row and the hash of the row before it, so that a changed or lost row shows.
CREATE TABLE journal (
    seq BIGINT PRIMARY KEY,
    changed_at TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    command VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    old JSON,
    new JSON,
    source VARCHAR NOT NULL,
    previous_hash VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);

-- One row per imported workbook file, kept as it came.
CREATE TABLE imported_file (
    sha256 VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (plan_id, sha256, version)
);

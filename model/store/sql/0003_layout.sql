-- Grain: one row per confirmed way of reading a workbook's headings. Later rows of a fingerprint
-- stand instead of earlier ones, which are kept.
CREATE TABLE layout (
    fingerprint VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    who VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    PRIMARY KEY (fingerprint, saved_at)
);

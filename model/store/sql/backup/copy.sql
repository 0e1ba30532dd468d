-- Grain: none; copies schema and rows of the database (:own) into the attached, empty one.
COPY FROM DATABASE :own TO copy

-- Grain: none; opens a second database file (:file) beside the first under a name (:name).
ATTACH :file AS :name

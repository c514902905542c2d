-- Who has no phone is not missed while the paper list of the day may still come; he is a figure of his own.

ALTER TABLE monitor_counter ADD COLUMN paper_awaited INTEGER NOT NULL DEFAULT 0;

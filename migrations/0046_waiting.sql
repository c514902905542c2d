-- What waits for a decision and what has notes is found by person, however old it is: each index holds nothing else.
-- And when a phone without a signal says that a report was handed in.

CREATE INDEX reports_daily_waiting ON reports_daily (government_id, employee_id, state, day) WHERE state = 2;
CREATE INDEX reports_daily_noted ON reports_daily (government_id, employee_id, day, notes) WHERE notes > 0;

ALTER TABLE reports_daily ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;              -- when it was handed in; submitted_at: when it came
UPDATE reports_daily SET made_at = submitted_at;

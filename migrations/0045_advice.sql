-- What the team lead advised of a version of a report; it holds while that version waits.
ALTER TABLE reports_daily ADD COLUMN advice INTEGER NOT NULL DEFAULT 0;              -- enum report_advice: none, verify, return
ALTER TABLE reports_daily ADD COLUMN advised_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reports_daily ADD COLUMN advised_version INTEGER NOT NULL DEFAULT 0;

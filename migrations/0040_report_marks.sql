-- What a superior should look at, the task a report speaks of, and the thread of a report.
ALTER TABLE reports_daily ADD COLUMN mode INTEGER NOT NULL DEFAULT -1;               -- enum work_mode of the day when it was handed in; -1: not known
ALTER TABLE reports_item ADD COLUMN task_id BIGINT NOT NULL DEFAULT 0;               -- a task of its writer that it speaks of; 0: none
ALTER TABLE reports_daily ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;               -- how many notes are in its thread (reports_event)
CREATE TABLE reports_seen (                        -- how many notes of a report somebody has seen
	government_id BIGINT  NOT NULL,
	reader_id     BIGINT  NOT NULL,
	report_id     BIGINT  NOT NULL,
	notes         INTEGER NOT NULL,
	PRIMARY KEY (government_id, reader_id, report_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX reports_item_task ON reports_item (government_id, task_id) WHERE task_id <> 0;
ALTER TABLE reports_plan_item ADD COLUMN task_id BIGINT NOT NULL DEFAULT 0;          -- a task he means to work on

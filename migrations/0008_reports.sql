-- The daily report (LKH): what was done, how much of it, with what evidence, and who checked it.

CREATE TABLE reports_daily (
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	report_id     BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum report_state: draft, submitted, verified, returned
	version       INTEGER NOT NULL,                -- rises with each change; a decision names the one it saw
	obstacle      TEXT    NOT NULL,
	submitted_at  BIGINT  NOT NULL,
	is_late       INTEGER NOT NULL,                -- after the day it speaks of
	decided_by    BIGINT  NOT NULL,
	decided_for   BIGINT  NOT NULL,                -- delegate: in whose place
	decided_at    BIGINT  NOT NULL,
	reason        TEXT    NOT NULL,                -- of a return
	counted_unit  BIGINT  NOT NULL,                -- what the board counts this report as: its unit and state
	counted_state INTEGER NOT NULL,                -- enum report_state; none before the first count
	PRIMARY KEY (government_id, employee_id, day)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX reports_daily_id ON reports_daily (government_id, report_id);

CREATE TABLE reports_item (
	government_id   BIGINT  NOT NULL,
	report_id       BIGINT  NOT NULL,
	item            INTEGER NOT NULL,              -- 1..20
	starts          INTEGER NOT NULL,              -- minute of day
	ends            INTEGER NOT NULL,
	description     TEXT    NOT NULL,
	volume          INTEGER NOT NULL,
	unit_of_measure TEXT    NOT NULL,
	target          TEXT    NOT NULL,              -- RHK it serves, in words
	evidence_sha256 TEXT    NOT NULL,
	evidence_name   TEXT    NOT NULL,
	evidence_link   TEXT    NOT NULL,
	PRIMARY KEY (government_id, report_id, item)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_event (                       -- the thread: submitted, verified, returned
	government_id BIGINT  NOT NULL,
	report_id     BIGINT  NOT NULL,
	event_id      BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,
	actor_id      BIGINT  NOT NULL,
	at            BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, report_id, event_id)
) /*sqlite WITHOUT ROWID*/;

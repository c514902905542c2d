-- What people say about evidence: a verdict asks the superior of that day, silence counts for the employee.
-- The event counts meanwhile. What a decision changes about a day is a row of the journal, as with corrections.

CREATE TABLE attendance_confirmation (
	government_id BIGINT  NOT NULL,
	confirmation_id BIGINT NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,                -- the day of work the event belongs to
	unit_id       BIGINT  NOT NULL,                -- of that day; 0 not placed
	punch_day     INTEGER NOT NULL,                -- where in the journal ...
	event_id      BYTEA   NOT NULL,                -- ... the event stands
	punch_id      BIGINT  NOT NULL,
	direction     INTEGER NOT NULL,                -- enum direction
	happened_at   BIGINT  NOT NULL,                -- what the event claims
	received_at   BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum confirmation_kind: why it is asked
	marks         BIGINT  NOT NULL,                -- enum evidence_mark bits when it was asked
	asked_at      BIGINT  NOT NULL,
	due_day       INTEGER NOT NULL,                -- silence until its end confirms
	to_officer    INTEGER NOT NULL,                -- the agency's officer decides: nobody answers for him, or the month is closed
	state         INTEGER NOT NULL,                -- enum confirmation_state: waiting, confirmed, denied, silent
	consequence   INTEGER NOT NULL,                -- enum confirmation_consequence of a denial
	version       INTEGER NOT NULL,
	explanation   TEXT    NOT NULL,                -- of the employee, before or after; "" none
	explained_at  BIGINT  NOT NULL,                -- 0 never
	decided_by    BIGINT  NOT NULL,                -- 0: nobody yet, or silence
	decided_for   BIGINT  NOT NULL,                -- in whose place
	decided_at    BIGINT  NOT NULL,
	decision      TEXT    NOT NULL,                -- reason of a denial
	PRIMARY KEY (government_id, confirmation_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX attendance_confirmation_once ON attendance_confirmation (government_id, punch_id);
CREATE INDEX attendance_confirmation_day ON attendance_confirmation (government_id, employee_id, day);
CREATE INDEX attendance_confirmation_due ON attendance_confirmation (government_id, state, due_day, confirmation_id);
CREATE INDEX attendance_confirmation_outcome ON attendance_confirmation (government_id, day, state, unit_id, employee_id, kind, marks);

CREATE TABLE attendance_signal_run (               -- days whose events were looked at beside their history
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	run_at        BIGINT  NOT NULL,                -- later arrivals of the day are looked at again
	PRIMARY KEY (government_id, day)
) /*sqlite WITHOUT ROWID*/;

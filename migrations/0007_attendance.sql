-- Punches are an append-only journal; the day is a projection that can be rebuilt with an identical result.
-- The journal is clustered by person within the day: the fold reads a person's punches in one place, and
-- an event id is unique for its owner, who is the session's employee.

CREATE TABLE attendance_punch (
	government_id BIGINT  NOT NULL,
	punch_day     INTEGER NOT NULL,                -- civil day of the event's own claimed time, never of receipt
	employee_id   BIGINT  NOT NULL,
	event_id      BYTEA   NOT NULL,                -- UUIDv7 given by the phone
	punch_id      BIGINT  NOT NULL,                -- ours, in order of receipt
	direction     INTEGER NOT NULL,                -- enum direction: in, out
	received_at   BIGINT  NOT NULL,                -- server time: the fact
	phone_at      BIGINT  NOT NULL,                -- what the phone says; beside it
	offset_ms     BIGINT  NOT NULL,                -- server minus phone as the phone measured it; -9223372036854775808 unknown
	lat_e7        INTEGER NOT NULL,                -- 2147483647: no position
	lon_e7        INTEGER NOT NULL,
	accuracy_metres INTEGER NOT NULL,
	place_error   INTEGER NOT NULL,                -- enum place_error: none, denied, unavailable, timeout, unsupported
	flags         INTEGER NOT NULL,                -- enum punch_flag bits: unsigned, quarantined, ...
	note          TEXT    NOT NULL,
	source        INTEGER NOT NULL DEFAULT 0,      -- enum punch_source: phone, external, paper, correction
	refers_to     BIGINT  NOT NULL DEFAULT 0,      -- punch_id it voids or confirms, which then is all it says; 0 none
	PRIMARY KEY (government_id, punch_day, employee_id, event_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_day (
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	employee_id   BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- unit of that day
	mode          INTEGER NOT NULL,                -- enum work_mode
	mode_source   INTEGER NOT NULL,                -- enum mode_source: default, policy, exempt, roster, status
	state         INTEGER NOT NULL,                -- enum day_state
	starts        INTEGER NOT NULL,                -- minute of day; -1 no work
	ends          INTEGER NOT NULL,
	in_at         BIGINT  NOT NULL,                -- first in, server time; -9223372036854775808 none
	in_phone_at   BIGINT  NOT NULL,
	out_at        BIGINT  NOT NULL,                -- last out
	out_phone_at  BIGINT  NOT NULL,
	late_minutes  INTEGER NOT NULL,                -- by server time
	claim_late_minutes INTEGER NOT NULL,           -- by the phone's time
	early_minutes INTEGER NOT NULL,
	worked_minutes INTEGER NOT NULL,
	in_place      INTEGER NOT NULL,                -- enum place_verdict: none, within, outside, unknown
	out_place     INTEGER NOT NULL,
	in_distance   INTEGER NOT NULL,                -- enum distance_bucket
	duty          INTEGER NOT NULL,                -- enum report_duty of that day
	flags         INTEGER NOT NULL,                -- enum day_flag bits
	status        INTEGER NOT NULL DEFAULT 0,      -- enum status_kind that decides the day; 0 none
	basis         INTEGER NOT NULL DEFAULT 0,      -- enum day_basis bits: what else it rests on
	relieved_minutes INTEGER NOT NULL DEFAULT 0,   -- of the lateness, taken away by an incident
	made_up_minutes INTEGER NOT NULL DEFAULT 0,    -- of the lateness, made up the same day
	PRIMARY KEY (government_id, day, employee_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_day_employee ON attendance_day (government_id, employee_id, day);

CREATE TABLE attendance_opened (                   -- days whose rows exist for everyone
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	opened_at     BIGINT  NOT NULL,
	settled_at    BIGINT  NOT NULL DEFAULT 0,      -- when, this morning, the days before were settled; 0 not yet
	PRIMARY KEY (government_id, day)
) /*sqlite WITHOUT ROWID*/;

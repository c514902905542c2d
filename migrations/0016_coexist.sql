-- Coexistence: which system an agency's attendance comes from, and what other systems say of a day.

CREATE TABLE attendance_source (                   -- dated per agency; ended, never edited; no row at all: Luwes
	government_id BIGINT  NOT NULL,
	source_id     BIGINT  NOT NULL,
	agency_id     BIGINT  NOT NULL,
	source        INTEGER NOT NULL,                -- enum attendance_source: luwes, external, both, none
	system        INTEGER NOT NULL,                -- enum external_system of external and both
	tolerance_minutes INTEGER NOT NULL,            -- both: times further apart are a difference
	letter        TEXT    NOT NULL,                -- "" only of the row that says what held before the first letter
	note          TEXT    NOT NULL,
	set_by        BIGINT  NOT NULL,
	set_at        BIGINT  NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,                -- before valid_from: replaced before it held
	PRIMARY KEY (government_id, source_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_external (                 -- projection: a day by the punches of other systems alone
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	employee_id   BIGINT  NOT NULL,
	in_at         BIGINT  NOT NULL,                -- -9223372036854775808 none
	out_at        BIGINT  NOT NULL,
	late_minutes  INTEGER NOT NULL,
	early_minutes INTEGER NOT NULL,
	PRIMARY KEY (government_id, day, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_arrived (                  -- units whose punches of a day some file has brought
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	unit_id       BIGINT  NOT NULL,
	import_id     BIGINT  NOT NULL,                -- the first one
	PRIMARY KEY (government_id, day, unit_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_simpegnas (                -- a person's month as SIMPEGNAS has it; a new month replaces, the old one stays
	government_id BIGINT  NOT NULL,
	month         INTEGER NOT NULL,                -- its first day
	employee_id   BIGINT  NOT NULL,
	version       INTEGER NOT NULL,                -- from 1
	record_id     BIGINT  NOT NULL,
	import_id     BIGINT  NOT NULL,
	made_at       BIGINT  NOT NULL,
	replaced_at   BIGINT  NOT NULL,                -- 0: this one holds
	days          TEXT    NOT NULL,                -- per day "code in out" by ';', local time, - where nothing is said
	PRIMARY KEY (government_id, month, employee_id, version)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_code (                     -- what a code of another system means; dated, local
	government_id BIGINT  NOT NULL,
	code_id       BIGINT  NOT NULL,
	code          TEXT    NOT NULL,                -- upper case
	meaning       INTEGER NOT NULL,                -- enum code_meaning
	from_minute   INTEGER NOT NULL,                -- of a class of lateness or early leave; -1 not said
	to_minute     INTEGER NOT NULL,                -- -1 open
	label         TEXT    NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "": example
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, code_id)
) /*sqlite WITHOUT ROWID*/;

-- Working time as dated data (Perpres 21/2023; decrees of holidays; local patterns).

CREATE TABLE calendar_pattern (
	government_id BIGINT  NOT NULL,
	pattern_id    BIGINT  NOT NULL,
	code          TEXT    NOT NULL,                -- "5HARI", "RS-SIF-3", "PW-4JAM"
	name          TEXT    NOT NULL,
	cycle_days    INTEGER NOT NULL,                -- 7: a week from Monday; else a shift cycle
	anchor_day    INTEGER NOT NULL,                -- first day of a cycle (a Monday when cycle_days is 7)
	works_holidays INTEGER NOT NULL,               -- shifts go on through holidays
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, pattern_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_pattern_day (
	government_id BIGINT  NOT NULL,
	pattern_id    BIGINT  NOT NULL,
	regime        INTEGER NOT NULL,                -- 0 normal, 1 Ramadan
	cycle_day     INTEGER NOT NULL,                -- 0 .. cycle_days-1; absent: day off
	starts        INTEGER NOT NULL,                -- minute of day
	ends          INTEGER NOT NULL,                -- > 1440: the next day
	break_starts  INTEGER NOT NULL,                -- -1: none
	break_ends    INTEGER NOT NULL,
	PRIMARY KEY (government_id, pattern_id, regime, cycle_day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_assignment (                 -- most specific first: person, then the nearest unit upwards, then unit 0
	government_id BIGINT  NOT NULL,
	assignment_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,                -- 0: the unit's
	unit_id       BIGINT  NOT NULL,                -- 0 with employee 0: everyone
	pattern_id    BIGINT  NOT NULL,
	cycle_offset  INTEGER NOT NULL,                -- days the person's cycle is shifted
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, assignment_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX calendar_assignment_employee ON calendar_assignment (government_id, employee_id, valid_from);

CREATE TABLE calendar_regime (                     -- Ramadan, decided by sidang isbat: editable on the eve
	government_id BIGINT  NOT NULL,
	regime        INTEGER NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	source        TEXT    NOT NULL,
	PRIMARY KEY (government_id, regime, valid_from)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_holiday (
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	kind          INTEGER NOT NULL,                -- 0 national, 1 joint leave, 2 local
	name          TEXT    NOT NULL,
	source        TEXT    NOT NULL,                -- number of the decree
	PRIMARY KEY (government_id, day)
) /*sqlite WITHOUT ROWID*/;

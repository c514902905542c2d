-- Work patterns as offices have them: turns of wards, semester breaks, a floating start, assemblies; and since
-- when each of it is known, so that a day judged by an older table is judged again and says so.
--
-- recorded_at, ended_at: when it was said, and when its end was said (0 not yet); first_to: the last day that had
-- been said before that. A row that holds on no day any more has valid_to = valid_from - 1.

ALTER TABLE calendar_pattern ADD COLUMN recorded_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calendar_pattern ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calendar_pattern ADD COLUMN first_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calendar_pattern_day ADD COLUMN asked_minutes INTEGER NOT NULL DEFAULT 0;      -- of a dynamic day: hours asked between starts and ends; 0 all of them
ALTER TABLE calendar_assignment ADD COLUMN recorded_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calendar_assignment ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calendar_assignment ADD COLUMN first_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calendar_assignment ADD COLUMN was_pattern_id BIGINT NOT NULL DEFAULT 0;       -- of a person: what he had before
ALTER TABLE calendar_assignment ADD COLUMN was_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calendar_holiday ADD COLUMN recorded_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX calendar_assignment_unit ON calendar_assignment (government_id, unit_id, assignment_id);

CREATE TABLE calendar_regime_span (                -- Ramadan, decided by sidang isbat: editable on the eve
	government_id BIGINT  NOT NULL,
	span_id       BIGINT  NOT NULL,
	regime        INTEGER NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	source        TEXT    NOT NULL,
	recorded_at   BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,
	first_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, span_id)
) /*sqlite WITHOUT ROWID*/;
INSERT INTO calendar_regime_span (government_id, span_id, regime, valid_from, valid_to, source, recorded_at, ended_at, first_to)
	SELECT government_id, CAST(regime AS BIGINT) * 1000000 + valid_from, regime, valid_from, valid_to, source, 0, 0, 0 FROM calendar_regime;
DROP TABLE calendar_regime;

CREATE TABLE calendar_break (                      -- of a school between semesters: neither leave nor absence
	government_id BIGINT  NOT NULL,
	break_id      BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- it and those below it; 0: everyone
	pattern_id    BIGINT  NOT NULL,                -- only who follows this pattern; 0: every pattern
	name          TEXT    NOT NULL,
	source        TEXT    NOT NULL,                -- number of the school calendar
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	recorded_at   BIGINT  NOT NULL,
	recorded_by   BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,
	first_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, break_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_band (                       -- the start floats, the end follows the same day
	government_id BIGINT  NOT NULL,
	band_id       BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	pattern_id    BIGINT  NOT NULL,
	before_minutes INTEGER NOT NULL,
	after_minutes INTEGER NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	recorded_at   BIGINT  NOT NULL,
	recorded_by   BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,
	first_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, band_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_turn_kind (                  -- pagi, sore, malam, lepas of a unit
	government_id BIGINT  NOT NULL,
	kind_no       INTEGER NOT NULL,                -- 1 .. 127: two of them and three days fit into one number
	unit_id       BIGINT  NOT NULL,                -- it and those below it; 0: everyone
	code          TEXT    NOT NULL,                -- "P", "S", "M", "L"
	name          TEXT    NOT NULL,
	starts        INTEGER NOT NULL,                -- -1: free after a night
	ends          INTEGER NOT NULL,
	break_starts  INTEGER NOT NULL,
	break_ends    INTEGER NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	recorded_at   BIGINT  NOT NULL,
	recorded_by   BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,
	first_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, kind_no)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_turn (                       -- one person, one day
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	first_kind    INTEGER NOT NULL,                -- 0: taken back, the pattern holds again
	second_kind   INTEGER NOT NULL,                -- 0: one turn
	was_first     INTEGER NOT NULL,                -- before `set_at`
	was_second    INTEGER NOT NULL,
	set_at        BIGINT  NOT NULL,
	set_by        BIGINT  NOT NULL,
	PRIMARY KEY (government_id, employee_id, day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_event (                      -- apel, upacara
	government_id BIGINT  NOT NULL,
	event_id      BIGINT  NOT NULL,
	name          TEXT    NOT NULL,
	place         TEXT    NOT NULL,
	site_unit_id  BIGINT  NOT NULL,                -- punches outside its sites do not count; 0: anywhere
	letter        TEXT    NOT NULL,
	day           INTEGER NOT NULL,
	opens         INTEGER NOT NULL,                -- minutes of the day
	starts        INTEGER NOT NULL,
	closes        INTEGER NOT NULL,
	excuses       INTEGER NOT NULL,                -- mask of enum event_excuse
	recorded_at   BIGINT  NOT NULL,
	recorded_by   BIGINT  NOT NULL,
	cancelled_at  BIGINT  NOT NULL,
	reason        TEXT    NOT NULL,
	PRIMARY KEY (government_id, event_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE calendar_event_unit (
	government_id BIGINT NOT NULL,
	event_id      BIGINT NOT NULL,
	unit_id       BIGINT NOT NULL,                 -- it and those below it; 0: everyone
	PRIMARY KEY (government_id, event_id, unit_id)
) /*sqlite WITHOUT ROWID*/;

ALTER TABLE attendance_day ADD COLUMN event INTEGER NOT NULL DEFAULT 0;                    -- enum event_verdict: attendance at an assembly
ALTER TABLE attendance_day ADD COLUMN event_minutes INTEGER NOT NULL DEFAULT 0;            -- late for it

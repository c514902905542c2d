-- Holidays one by one: for whom (a unit and those below it, 0 everyone), by which letter, and withdrawn when entered wrongly.

CREATE TABLE calendar_holiday_before (
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	kind          INTEGER NOT NULL,
	name          TEXT    NOT NULL,
	source        TEXT    NOT NULL,
	recorded_at   BIGINT  NOT NULL,
	PRIMARY KEY (government_id, day)
) /*sqlite WITHOUT ROWID*/;
INSERT INTO calendar_holiday_before SELECT government_id, day, kind, name, source, recorded_at FROM calendar_holiday;
DROP TABLE calendar_holiday;

CREATE TABLE calendar_holiday (
	government_id BIGINT  NOT NULL,
	holiday_id    BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- for it and those below; 0: everyone
	day           INTEGER NOT NULL,
	kind          INTEGER NOT NULL,                -- 0 national, 1 joint leave, 2 local
	name          TEXT    NOT NULL,
	source        TEXT    NOT NULL,                -- number of the decree or letter
	issued        INTEGER NOT NULL,                -- its date; 0: came with an import
	issuer        TEXT    NOT NULL,                -- who set it; "": came with an import
	recorded_by   BIGINT  NOT NULL,                -- 0: came with an import
	recorded_at   BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,                -- 0: in force; else withdrawn at this instant
	withdrawn_by  BIGINT  NOT NULL,
	withdrawn_why TEXT    NOT NULL,
	PRIMARY KEY (government_id, holiday_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX calendar_holiday_day ON calendar_holiday (government_id, day);
INSERT INTO calendar_holiday
	SELECT government_id, day, 0, day, kind, name, source, 0, '', 0, recorded_at, 0, 0, '' FROM calendar_holiday_before;
DROP TABLE calendar_holiday_before;

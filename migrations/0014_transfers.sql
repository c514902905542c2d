-- Transfers: who entered a decree, and what a late decree may not change by itself.

ALTER TABLE org_placement ADD COLUMN entered_by BIGINT NOT NULL DEFAULT 0;  -- 0: came with an import
ALTER TABLE org_placement ADD COLUMN entered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_relation ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE org_relation ADD COLUMN entered_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_relation ADD COLUMN entered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reports_daily ADD COLUMN decided_as INTEGER NOT NULL DEFAULT 0; -- enum stand: own, delegate, office, vacancy

CREATE TABLE org_case (                            -- a late decree over days that somebody decided
	government_id BIGINT  NOT NULL,
	case_id       BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum case_kind: placement, supervisor
	decree        TEXT    NOT NULL,
	effective     INTEGER NOT NULL,                -- TMT
	first_day     INTEGER NOT NULL,                -- of the days it lists
	unit_id       BIGINT  NOT NULL,                -- of that day, as it was decided: whose officer decides
	days          INTEGER NOT NULL,
	open_days     INTEGER NOT NULL,                -- not decided yet; 0: the case is closed
	opened_by     BIGINT  NOT NULL,                -- who entered or imported the decree
	opened_at     BIGINT  NOT NULL,
	PRIMARY KEY (government_id, case_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_case_employee ON org_case (government_id, employee_id);

CREATE TABLE org_case_day (
	government_id BIGINT  NOT NULL,
	case_id       BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	employee_id   BIGINT  NOT NULL,
	grounds       INTEGER NOT NULL,                -- enum decided_ground bits: who decided what
	was_unit      BIGINT  NOT NULL,                -- placement: as the day stands
	was_position  TEXT    NOT NULL,
	was_level     INTEGER NOT NULL,
	was_superior  BIGINT  NOT NULL,                -- supervisor: as the day stands
	new_unit      BIGINT  NOT NULL,                -- as the decree would have it
	new_position  TEXT    NOT NULL,
	new_level     INTEGER NOT NULL,
	new_superior  BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum case_state: open, accepted, kept
	reason        TEXT    NOT NULL,
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, case_id, day)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_case_day_person ON org_case_day (government_id, employee_id, day);

CREATE TABLE org_pin (                             -- what holds for a decided day against the dated rows
	government_id  BIGINT  NOT NULL,
	employee_id    BIGINT  NOT NULL,
	day            INTEGER NOT NULL,
	unit_id        BIGINT  NOT NULL,               -- 0: the placement is not pinned
	position       TEXT    NOT NULL,
	position_level INTEGER NOT NULL,
	posts          TEXT    NOT NULL,               -- service posts of that day, comma separated ids
	superior_id    BIGINT  NOT NULL,               -- 0: the supervisor is not pinned
	PRIMARY KEY (government_id, employee_id, day)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_pin_superior ON org_pin (government_id, superior_id, day);

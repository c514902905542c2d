-- Who works where on which day: one line per employee and period, one letter per day; a version flips as a whole.

CREATE TABLE roster_version (
	government_id BIGINT  NOT NULL,
	version_id    BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- the planning node
	period_from   INTEGER NOT NULL,
	period_to     INTEGER NOT NULL,
	state         INTEGER NOT NULL,                -- enum roster_state: draft, set, acknowledged, published, replaced
	source        INTEGER NOT NULL,                -- enum roster_source: generated, imported
	instrument_id BIGINT  NOT NULL,                -- the policy it carries out; 0 none
	note          TEXT    NOT NULL,
	made_by       BIGINT  NOT NULL,
	made_at       BIGINT  NOT NULL,
	published_by  BIGINT  NOT NULL,
	published_at  BIGINT  NOT NULL,
	PRIMARY KEY (government_id, version_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX roster_version_unit ON roster_version (government_id, unit_id, period_from);

CREATE TABLE roster_line (
	government_id BIGINT  NOT NULL,
	version_id    BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	days          TEXT    NOT NULL,                -- from period_from on: K office, R home, A anywhere, D outside duty, C leave, L off, - not set
	PRIMARY KEY (government_id, version_id, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE roster_current (                      -- published line that counts, so that a day is found by one key
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	period_from   INTEGER NOT NULL,
	period_to     INTEGER NOT NULL,
	version_id    BIGINT  NOT NULL,
	days          TEXT    NOT NULL,
	PRIMARY KEY (government_id, employee_id, period_from)
) /*sqlite WITHOUT ROWID*/;

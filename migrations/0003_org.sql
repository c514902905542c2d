-- Government > agency > unit; people and where they stood on each day.
-- Rows with valid_from/valid_to hold from the first to the last day inclusive; open end is 2932896 (9999-12-31).

CREATE TABLE org_unit (
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	parent_id     BIGINT  NOT NULL,                -- 0: an agency
	agency_id     BIGINT  NOT NULL,                -- itself for an agency
	path          TEXT    NOT NULL,                -- "/agency/.../unit/": prefix = subtree
	code          TEXT    NOT NULL,                -- stable short code used by imports: "DISDIK-KCD3-SMAN1"
	name          TEXT    NOT NULL,
	kind          INTEGER NOT NULL,                -- enum unit_kind
	character     INTEGER NOT NULL,                -- enum unit_character: office, service, field, ...
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, unit_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_unit_code ON org_unit (government_id, code);

CREATE TABLE org_employee (
	government_id   BIGINT  NOT NULL,
	employee_id     BIGINT  NOT NULL,
	nip             TEXT    NOT NULL,
	name            TEXT    NOT NULL,
	name_folded     TEXT    NOT NULL,
	title_before    TEXT    NOT NULL,
	title_after     TEXT    NOT NULL,
	employment_kind INTEGER NOT NULL,              -- enum employment_kind
	has_phone       INTEGER NOT NULL,
	valid_from      INTEGER NOT NULL,              -- in service
	valid_to        INTEGER NOT NULL,
	PRIMARY KEY (government_id, employee_id),
	UNIQUE (government_id, nip)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_employee_name ON org_employee (government_id, name_folded);

CREATE TABLE org_placement (
	government_id  BIGINT  NOT NULL,
	employee_id    BIGINT  NOT NULL,
	valid_from     INTEGER NOT NULL,               -- TMT
	valid_to       INTEGER NOT NULL,
	unit_id        BIGINT  NOT NULL,
	position       TEXT    NOT NULL,
	position_level INTEGER NOT NULL,               -- enum position_level
	decree         TEXT    NOT NULL,               -- number of the SK
	PRIMARY KEY (government_id, employee_id, valid_from)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_placement_unit ON org_placement (government_id, unit_id, valid_from);

CREATE TABLE org_relation (                        -- supervisor and team lead: dated relations, not the org tree
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum relation_kind
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	superior_id   BIGINT  NOT NULL,
	PRIMARY KEY (government_id, employee_id, kind, valid_from)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_relation_superior ON org_relation (government_id, superior_id, kind);

CREATE TABLE org_role (
	government_id BIGINT  NOT NULL,
	role_id       BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	role          INTEGER NOT NULL,                -- enum role
	unit_id       BIGINT  NOT NULL,                -- scope: this node and below; 0 the whole government
	acting        INTEGER NOT NULL,                -- enum acting: definitive, plt, plh, delegate
	for_id        BIGINT  NOT NULL,                -- delegate: in place of this employee; else 0
	letter        TEXT    NOT NULL,                -- number of the letter it rests on
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	granted_by    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, role_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_role_employee ON org_role (government_id, employee_id);
CREATE INDEX org_role_unit ON org_role (government_id, unit_id, role);

CREATE TABLE org_site (                            -- a place where presence counts, for a unit and those below it
	government_id BIGINT  NOT NULL,
	site_id       BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	name          TEXT    NOT NULL,
	zone          INTEGER NOT NULL,
	lat_e7        INTEGER NOT NULL,                -- circle: centre; polygon: first corner
	lon_e7        INTEGER NOT NULL,
	radius_metres INTEGER NOT NULL,                -- 0: polygon
	cosine        INTEGER NOT NULL,                -- geo_cosine(lat)
	corners       TEXT    NOT NULL,                -- polygon: "lat_e7 lon_e7;..."; circle: ""
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, site_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_post (                            -- service post (loket)
	government_id BIGINT  NOT NULL,
	post_id       BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	code          TEXT    NOT NULL,
	name          TEXT    NOT NULL,
	is_direct     INTEGER NOT NULL,                -- serves citizens face to face
	skills        TEXT    NOT NULL,                -- comma separated
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, post_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_post_period (                     -- when it is open and how many must be there
	government_id BIGINT  NOT NULL,
	post_id       BIGINT  NOT NULL,
	weekday       INTEGER NOT NULL,                -- 1 Monday ... 7 Sunday
	opens         INTEGER NOT NULL,                -- minute of day
	closes        INTEGER NOT NULL,
	minimum       INTEGER NOT NULL,
	PRIMARY KEY (government_id, post_id, weekday, opens)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_post_member (
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	post_id       BIGINT  NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, employee_id, post_id, valid_from)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_post_member_post ON org_post_member (government_id, post_id);

CREATE TABLE org_status (                          -- leave, outside duty, training: overrides the roster
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	valid_from    INTEGER NOT NULL,
	status_id     BIGINT  NOT NULL,
	valid_to      INTEGER NOT NULL,
	kind          INTEGER NOT NULL,                -- enum status_kind
	letter        TEXT    NOT NULL,
	ended_at      BIGINT  NOT NULL,                -- 0: in force; else withdrawn at this instant
	from_minute   INTEGER NOT NULL DEFAULT -1,     -- part of the day, minutes; -1: whole days
	to_minute     INTEGER NOT NULL DEFAULT -1,
	PRIMARY KEY (government_id, employee_id, valid_from, status_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_status_id ON org_status (government_id, status_id);

CREATE TABLE org_import (
	government_id BIGINT  NOT NULL,
	import_id     BIGINT  NOT NULL,
	job_id        BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum import_kind
	sha256        TEXT    NOT NULL,                -- hex
	file_name     TEXT    NOT NULL,
	effective     INTEGER NOT NULL,
	dry_run       INTEGER NOT NULL,
	state         INTEGER NOT NULL,                -- enum import_state: waiting, checked, applied, refused
	rows          INTEGER NOT NULL,
	created       INTEGER NOT NULL,
	updated       INTEGER NOT NULL,
	unchanged     INTEGER NOT NULL,
	errors        INTEGER NOT NULL,
	actor_id      BIGINT  NOT NULL,
	created_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, import_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_import_error (
	government_id BIGINT  NOT NULL,
	import_id     BIGINT  NOT NULL,
	line          INTEGER NOT NULL,
	error_column  TEXT    NOT NULL,
	reason        TEXT    NOT NULL,                -- code the web app words
	value         TEXT    NOT NULL,
	PRIMARY KEY (government_id, import_id, line, error_column)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_import_row (                      -- staged until one set-wise transaction applies the file
	government_id BIGINT  NOT NULL,
	import_id     BIGINT  NOT NULL,
	line          INTEGER NOT NULL,
	action        INTEGER NOT NULL,                -- 0 unchanged, 1 create, 2 update
	subject_id    BIGINT  NOT NULL,
	i1 BIGINT NOT NULL, i2 BIGINT NOT NULL, i3 BIGINT NOT NULL, i4 BIGINT NOT NULL, i5 BIGINT NOT NULL, i6 BIGINT NOT NULL,
	t1 TEXT NOT NULL, t2 TEXT NOT NULL, t3 TEXT NOT NULL, t4 TEXT NOT NULL, t5 TEXT NOT NULL,
	PRIMARY KEY (government_id, import_id, line)
) /*sqlite WITHOUT ROWID*/;

-- How a roster comes to hold: who plans for himself, by which procedure, each step, wishes; and what the planner set.

ALTER TABLE roster_version ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';   -- of the planner: struct roster_settings as JSON
ALTER TABLE roster_version ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;   -- raised by each change of the draft
ALTER TABLE roster_version ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;      -- set: from then on silence lets it through; 0 never
ALTER TABLE roster_version ADD COLUMN bound_from INTEGER NOT NULL DEFAULT 0; -- first day it holds for: never one that had begun
UPDATE roster_version SET bound_from = period_from WHERE state >= 3;
ALTER TABLE roster_line ADD COLUMN locked TEXT NOT NULL DEFAULT '';          -- per day: x the planner keeps the letter; '' none
ALTER TABLE roster_line ADD COLUMN share INTEGER NOT NULL DEFAULT 0;          -- home days of the period that were fair when it was solved

CREATE TABLE roster_step (                         -- what happened to a version: appended, never changed
	government_id BIGINT  NOT NULL,
	version_id    BIGINT  NOT NULL,
	step_id       BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum roster_step_kind
	by_id         BIGINT  NOT NULL,                -- 0: the program, when silence let it through
	at            BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, version_id, step_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE roster_node (                         -- units that plan for themselves; else the agency does
	government_id BIGINT  NOT NULL,
	node_id       BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	letter        TEXT    NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	set_by        BIGINT  NOT NULL,
	set_at        BIGINT  NOT NULL,
	PRIMARY KEY (government_id, node_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE roster_procedure (                    -- what happens to rosters of an agency; the latest recorded in force holds
	government_id BIGINT  NOT NULL,
	procedure_id  BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- agency; 0 the whole government
	receipt       INTEGER NOT NULL,                -- enum roster_receipt: none, acknowledge, approve
	review_days   INTEGER NOT NULL,                -- working days of the board to answer
	due_days      INTEGER NOT NULL,                -- the roster is to be set so many days before its month begins
	swap_receipt  INTEGER NOT NULL,                -- 1: a swap also waits for the superior
	wishes        INTEGER NOT NULL,                -- days a month an employee may wish for; 0 none
	columns       TEXT    NOT NULL,                -- of the file for the old attendance app, comma separated
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "": example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	set_by        BIGINT  NOT NULL,
	set_at        BIGINT  NOT NULL,
	PRIMARY KEY (government_id, procedure_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE roster_wish (                         -- days an employee would like to be at home, or in the office; no reason is asked
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	wish          INTEGER NOT NULL,                -- 1 home, 2 office
	PRIMARY KEY (government_id, employee_id, day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE roster_swap (                         -- two of one post give each other their days
	government_id BIGINT  NOT NULL,
	swap_id       BIGINT  NOT NULL,
	asker_id      BIGINT  NOT NULL,
	other_id      BIGINT  NOT NULL,
	asker_day     INTEGER NOT NULL,                -- a day the asker is at home, which the other would be
	other_day     INTEGER NOT NULL,                -- and the other way round
	state         INTEGER NOT NULL,                -- enum roster_swap_state: asked, accepted, approved, refused, withdrawn
	asked_at      BIGINT  NOT NULL,
	answered_at   BIGINT  NOT NULL,
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	version_id    BIGINT  NOT NULL,                -- that carries it out; 0 not yet
	PRIMARY KEY (government_id, swap_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX roster_swap_asker ON roster_swap (government_id, asker_id);
CREATE INDEX roster_swap_other ON roster_swap (government_id, other_id);

CREATE TABLE roster_feed (                         -- who may read a calendar without signing in: the hash of his token
	government_id BIGINT  NOT NULL,
	feed_id       BIGINT  NOT NULL,
	token_sha256  TEXT    NOT NULL,
	kind          INTEGER NOT NULL,                -- enum roster_feed_kind: own, unit, post
	subject_id    BIGINT  NOT NULL,                -- employee, unit or post
	owner_id      BIGINT  NOT NULL,
	made_at       BIGINT  NOT NULL,
	revoked_at    BIGINT  NOT NULL,                -- 0: in force
	PRIMARY KEY (government_id, feed_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX roster_feed_token ON roster_feed (token_sha256);
CREATE INDEX roster_feed_owner ON roster_feed (government_id, owner_id);

-- Presence checks drawn by lot, and calls of superiors. What became of one is worked out from punches and these facts
-- whenever it is asked (attendance_check_rules.c) and stored nowhere: a late signed answer changes nothing but the view.

CREATE TABLE attendance_check_day (                -- the lot of a day: its seed is drawn, and its commitment a leaf, the day before
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	commitment    BYTEA   NOT NULL,                -- SHA-256 over the seed
	committed_at  BIGINT  NOT NULL,
	leaf_index    BIGINT  NOT NULL,                -- of the leaf over the commitment
	seed          BYTEA,                           -- NULL until the lots are drawn, on the day itself
	percent       INTEGER NOT NULL,                -- the numbers of the draw
	minutes       INTEGER NOT NULL,
	edge_minutes  INTEGER NOT NULL,
	week_max      INTEGER NOT NULL,
	drawn_at      BIGINT  NOT NULL,                -- 0: not yet, or not to its end
	PRIMARY KEY (government_id, day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_check (
	government_id BIGINT  NOT NULL,
	check_id      BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,                -- of work
	unit_id       BIGINT  NOT NULL,                -- of that day
	kind          INTEGER NOT NULL,                -- enum check_kind: lot, answer, come
	opens_at      BIGINT  NOT NULL,
	closes_at     BIGINT  NOT NULL,                -- an answer until then is in time
	until_at      BIGINT  NOT NULL,                -- ... and until then late; of a lot the same as closes_at
	note          TEXT    NOT NULL,                -- of a call: what is asked; "" of a lot
	asked_at      BIGINT  NOT NULL,                -- when it was drawn or asked
	asked_by      BIGINT  NOT NULL,                -- 0: the lot
	asked_for     BIGINT  NOT NULL,                -- in whose place
	shown_at      BIGINT  NOT NULL,                -- a session of the person fetched it first; 0 never
	seen_at       BIGINT  NOT NULL,                -- a superior saw him himself; 0 nobody
	seen_by       BIGINT  NOT NULL,
	seen_note     TEXT    NOT NULL,
	PRIMARY KEY (government_id, check_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_check_employee ON attendance_check (government_id, employee_id, day);
CREATE INDEX attendance_check_of_day ON attendance_check (government_id, day, employee_id);
CREATE UNIQUE INDEX attendance_check_lot ON attendance_check (government_id, employee_id, day) WHERE kind = 0;

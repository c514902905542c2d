-- Where somebody was is personal data: the position of a punch is sealed, judges its day, and is taken out when nobody can need
-- it any more; what it was judged as stays. Who needs it longer has a hold. Who was told so is a row.

ALTER TABLE attendance_punch ADD COLUMN sealed_position BYTEA;                           -- latitude, longitude, accuracy; NULL: none, or taken out
ALTER TABLE attendance_punch ADD COLUMN position_erased_at BIGINT NOT NULL DEFAULT 0;    -- 0: not taken out; then the columns below hold
ALTER TABLE attendance_punch ADD COLUMN place_unit BIGINT NOT NULL DEFAULT 0;            -- judged against the sites of this unit
ALTER TABLE attendance_punch ADD COLUMN place_verdict INTEGER NOT NULL DEFAULT 0;        -- enum place_verdict, as if a site was asked for
ALTER TABLE attendance_punch ADD COLUMN place_reason INTEGER NOT NULL DEFAULT 0;         -- enum place_reason
ALTER TABLE attendance_punch ADD COLUMN place_bucket INTEGER NOT NULL DEFAULT 0;         -- enum distance_bucket
ALTER TABLE attendance_punch ADD COLUMN place_site BIGINT NOT NULL DEFAULT 0;            -- the nearest
ALTER TABLE attendance_punch ADD COLUMN event_unit BIGINT NOT NULL DEFAULT 0;            -- where the assembly of the day was; 0 none
ALTER TABLE attendance_punch ADD COLUMN event_place INTEGER NOT NULL DEFAULT 0;          -- enum place_verdict there

ALTER TABLE attendance_evidence ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;          -- position and random bytes of the event were taken out

CREATE TABLE attendance_position_day (             -- civil days whose punches may hold positions
	government_id BIGINT  NOT NULL,
	punch_day     INTEGER NOT NULL,
	is_plain      INTEGER NOT NULL,                -- some are of before positions were sealed
	is_open       INTEGER NOT NULL,                -- some may not have been looked at
	erased        BIGINT  NOT NULL,                -- positions taken out so far
	looked_at     BIGINT  NOT NULL,                -- when last
	swept_at      BIGINT  NOT NULL,                -- when, on this day, the days before were gone through; 0 not
	PRIMARY KEY (government_id, punch_day)
) /*sqlite WITHOUT ROWID*/;
INSERT INTO attendance_position_day (government_id, punch_day, is_plain, is_open, erased, looked_at, swept_at)
	SELECT DISTINCT government_id, punch_day, 1, 1, 0, 0, 0 FROM attendance_punch WHERE lat_e7 <> 2147483647;

CREATE TABLE attendance_position_held (            -- passed over because of a hold or a dispute; looked at again every night
	government_id BIGINT  NOT NULL,
	punch_day     INTEGER NOT NULL,
	employee_id   BIGINT  NOT NULL,
	PRIMARY KEY (government_id, punch_day, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_hold (                     -- evidence of these days is kept while a case needs it
	government_id BIGINT  NOT NULL,
	hold_id       BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	first_day     INTEGER NOT NULL,
	last_day      INTEGER NOT NULL,
	reason        TEXT    NOT NULL,
	letter        TEXT    NOT NULL,
	set_by        BIGINT  NOT NULL,
	set_at        BIGINT  NOT NULL,
	lifted_by     BIGINT  NOT NULL,
	lifted_at     BIGINT  NOT NULL,                -- 0: holds
	lift_reason   TEXT    NOT NULL,
	PRIMARY KEY (government_id, hold_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_hold_employee ON attendance_hold (government_id, employee_id, first_day);

CREATE TABLE attendance_privacy_shown (            -- who was shown which text about positions; never a consent
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	version       INTEGER NOT NULL,                -- of the text
	shown_at      BIGINT  NOT NULL,                -- first time
	days          INTEGER NOT NULL,                -- how long positions are kept, as the text said
	PRIMARY KEY (government_id, employee_id, version)
) /*sqlite WITHOUT ROWID*/;

CREATE INDEX platform_access_subject ON platform_access (government_id, subject_id, access_id);

-- Leaves of punches committed to the position itself until now: without its salt a leaf stands in the tree and tells nothing.
-- From now on they commit to the sealed bytes, or to the event.
UPDATE trust_leaf SET salt = NULL WHERE kind = 1;

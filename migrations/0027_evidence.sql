-- Signed events: the phones that may sign, the exact bytes they signed, and the dated numbers that judge them.
-- Bytes of events hold positions: they are sealed (platform/keys.h) until the retention takes the position out.

ALTER TABLE platform_store ADD COLUMN key_fingerprint BYTEA;   -- of the key file this store was made with

ALTER TABLE attendance_punch ADD COLUMN time_grade INTEGER NOT NULL DEFAULT 0;  -- enum time_grade: arrival, proven ...

CREATE TABLE attendance_device (                   -- a key on a phone; never more than one active per employee
	government_id BIGINT  NOT NULL,
	device_id     BYTEA   NOT NULL,                -- 16 random bytes
	employee_id   BIGINT  NOT NULL,
	public_key    BYTEA   NOT NULL,                -- P-256 x, y
	install_id    BYTEA   NOT NULL,                -- 16 bytes the phone drew once: two employees on one phone have the same
	label         TEXT    NOT NULL,                -- "Chrome di Android"
	is_installed  INTEGER NOT NULL,                -- enrolled within the installed app
	is_shared     INTEGER NOT NULL,                -- another employee's key lives on the same phone
	state         INTEGER NOT NULL,                -- enum device_state: active, replaced, lost, revoked
	enrolled_at   BIGINT  NOT NULL,
	enrolled_by   BIGINT  NOT NULL,                -- officer who showed the code
	unit_id       BIGINT  NOT NULL,                -- of the employee on that day
	ended_at      BIGINT  NOT NULL,                -- 0: not ended
	ended_by      BIGINT  NOT NULL,
	end_reason    TEXT    NOT NULL,
	credential_id  BYTEA,                          -- passkey on the same phone; NULL: none
	credential_key BYTEA,                          -- P-256 x, y
	sign_count    BIGINT  NOT NULL DEFAULT 0,
	is_backed_up  INTEGER NOT NULL DEFAULT 0,      -- BE flag at its registration: a note, never a gate
	PRIMARY KEY (government_id, device_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_device_employee ON attendance_device (government_id, employee_id, enrolled_at);
CREATE INDEX attendance_device_install ON attendance_device (government_id, install_id);

CREATE TABLE attendance_device_code (              -- shown in person, used once
	government_id BIGINT  NOT NULL,
	code_hash     BYTEA   NOT NULL,                -- SHA-256
	code_id       BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	issued_by     BIGINT  NOT NULL,
	issued_at     BIGINT  NOT NULL,
	expires_at    BIGINT  NOT NULL,
	reason        TEXT    NOT NULL,                -- why a change so soon; "" when none was asked
	approved_by   BIGINT  NOT NULL,                -- second officer of a change within 30 days; 0 none needed or not yet
	needs_second  INTEGER NOT NULL,
	used_at       BIGINT  NOT NULL,                -- 0: not used
	PRIMARY KEY (government_id, code_hash)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_device_code_age ON attendance_device_code (government_id, expires_at);
CREATE INDEX attendance_device_code_id ON attendance_device_code (government_id, code_id);

CREATE TABLE attendance_evidence (                 -- beside its row in the journal, by the same key
	government_id BIGINT  NOT NULL,
	punch_day     INTEGER NOT NULL,
	employee_id   BIGINT  NOT NULL,
	event_id      BYTEA   NOT NULL,
	device_id     BYTEA   NOT NULL,
	seq           BIGINT  NOT NULL,
	event_hash    BYTEA   NOT NULL,
	punch_id      BIGINT  NOT NULL,
	received_at   BIGINT  NOT NULL,
	claimed_at    BIGINT  NOT NULL,                -- as the event says
	skew_ms       BIGINT  NOT NULL,                -- receipt minus the phone's clock at sending; -9223372036854775808 unknown
	sealed        BYTEA,                           -- event bytes, then signature 64, then the assertion's parts; NULL once purged
	leaf_index    BIGINT  NOT NULL,
	marks         BIGINT  NOT NULL,                -- enum evidence_mark bits: what was found
	score         INTEGER NOT NULL,
	verdict       INTEGER NOT NULL,                -- enum evidence_verdict
	PRIMARY KEY (government_id, punch_day, employee_id, event_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_evidence_chain ON attendance_evidence (government_id, device_id, seq);

CREATE TABLE attendance_parameter (                -- weights, thresholds, limits of evidence; where no row speaks the program's default holds
	government_id BIGINT  NOT NULL,
	parameter_id  BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum parameter (attendance_parameter.def)
	value         INTEGER NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "": example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, parameter_id)
) /*sqlite WITHOUT ROWID*/;

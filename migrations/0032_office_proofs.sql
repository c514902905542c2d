-- Proofs of presence given by the office: screens and kiosks, who stands at a kiosk, printed cards and PINs of people
-- without a phone, what kiosks countersigned, and the networks of offices.

CREATE TABLE attendance_station (                  -- a screen in the lobby or a kiosk: a device of the office, not of a person
	government_id BIGINT  NOT NULL,
	station_id    BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum station_kind: display, kiosk
	unit_id       BIGINT  NOT NULL,
	site_id       BIGINT  NOT NULL,                -- where it stands; 0: the unit has no site
	name          TEXT    NOT NULL,                -- "Lobi utama"
	state         INTEGER NOT NULL,                -- enum station_state: waiting, active, ended
	added_at      BIGINT  NOT NULL,
	added_by      BIGINT  NOT NULL,
	code_hash     BYTEA,                           -- SHA-256 of the one-time code; NULL after the end
	code_until    BIGINT  NOT NULL,
	kiosk_key     BYTEA,                           -- 16 bytes drawn at enrolment: what a kiosk's records name
	public_key    BYTEA,                           -- P-256 x, y of the device
	sealed_key    BYTEA,                           -- of a screen: its HMAC key, sealed
	label         TEXT    NOT NULL,                -- "Chrome di Android"
	enrolled_at   BIGINT  NOT NULL,                -- 0: not yet
	seen_at       BIGINT  NOT NULL,                -- 0: never; written every few minutes
	head_seq      BIGINT  NOT NULL,                -- last record of the kiosk's chain
	head_hash     BYTEA,
	ended_at      BIGINT  NOT NULL,                -- 0: not ended
	ended_by      BIGINT  NOT NULL,
	end_reason    TEXT    NOT NULL,
	PRIMARY KEY (government_id, station_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_station_unit ON attendance_station (government_id, unit_id);
CREATE INDEX attendance_station_code ON attendance_station (government_id, code_hash);
CREATE INDEX attendance_station_kiosk ON attendance_station (government_id, kiosk_key);

CREATE TABLE attendance_station_officer (          -- who may stand at a kiosk, named by an officer of its unit
	government_id BIGINT  NOT NULL,
	station_id    BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	named_by      BIGINT  NOT NULL,
	named_at      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, station_id, employee_id, valid_from)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_station_officer_employee ON attendance_station_officer (government_id, employee_id);

CREATE TABLE attendance_card (                     -- a printed QR; one in force per person
	government_id BIGINT  NOT NULL,
	card_hash     BYTEA   NOT NULL,                -- SHA-256 of the token, which is only on the paper
	employee_id   BIGINT  NOT NULL,
	issued_at     BIGINT  NOT NULL,
	issued_by     BIGINT  NOT NULL,
	ended_at      BIGINT  NOT NULL,                -- 0: in force
	ended_by      BIGINT  NOT NULL,
	end_reason    TEXT    NOT NULL,
	PRIMARY KEY (government_id, card_hash)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_card_employee ON attendance_card (government_id, employee_id);

CREATE TABLE attendance_pin (                      -- set by the person himself, typed at a kiosk before an officer
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	phc           TEXT    NOT NULL,                -- argon2id
	set_at        BIGINT  NOT NULL,
	PRIMARY KEY (government_id, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_countersign (              -- what a kiosk signed, as it came: never changed
	government_id BIGINT  NOT NULL,
	record_hash   BYTEA   NOT NULL,
	station_id    BIGINT  NOT NULL,
	seq           BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum countersign_kind
	employee_id   BIGINT  NOT NULL,                -- 0 of an officer's turn
	officer_id    BIGINT  NOT NULL,
	wall_at       BIGINT  NOT NULL,                -- the kiosk's time
	received_at   BIGINT  NOT NULL,
	subject       BYTEA   NOT NULL,                -- hash of the event, ticket, card or answer
	record        BYTEA   NOT NULL,                -- 173 bytes, then the signature 64, then of a turn the answer 88
	marks         BIGINT  NOT NULL,                -- enum evidence_mark bits: what was found
	time_grade    INTEGER NOT NULL,                -- enum time_grade of the kiosk's time
	punch_day     INTEGER NOT NULL,                -- its own row of the journal (kinds 2, 3); 0 none
	punch_id      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, record_hash)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_countersign_chain ON attendance_countersign (government_id, station_id, seq);
CREATE INDEX attendance_countersign_subject ON attendance_countersign (government_id, subject);

CREATE TABLE attendance_network (                  -- addresses from which an office reaches us
	government_id BIGINT  NOT NULL,
	network_id    BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- this one and below
	site_id       BIGINT  NOT NULL,                -- 0: of no particular site
	label         TEXT    NOT NULL,
	range_text    TEXT    NOT NULL,                -- "203.0.113.0/24"
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	added_by      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, network_id)
) /*sqlite WITHOUT ROWID*/;

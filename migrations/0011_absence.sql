-- Absence: what may be asked for, who decides, what it rests on. org_status holds only what is decided.

CREATE TABLE org_status_kind (                     -- the enum says how a day is judged, the row says the local rule
	government_id BIGINT  NOT NULL,
	kind_id       BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum status_kind
	name          TEXT    NOT NULL,                -- "Cuti sakit 2 sampai 14 hari"
	decided_by    INTEGER NOT NULL,                -- enum decider: supervisor, agency_head, bkd, nobody
	document      INTEGER NOT NULL,                -- enum document_need: none, may, must
	document_days INTEGER NOT NULL,                -- working days after the last day in which it may follow
	least_days    INTEGER NOT NULL,                -- the row speaks of spans of so many days ...
	longest_days  INTEGER NOT NULL,                -- ... to so many; 0 not said
	back_days     INTEGER NOT NULL,                -- told at most so many working days after the first day; later: the officer
	sensitive     INTEGER NOT NULL,                -- health: restricted document, kind masked
	part_of_day   INTEGER NOT NULL,
	recap_class   INTEGER NOT NULL,                -- enum recap_class
	for_kinds     INTEGER NOT NULL,                -- mask of employment_kind
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, kind_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_notice (                          -- "I shall not be there": asked from the phone or entered by an officer
	government_id   BIGINT  NOT NULL,
	employee_id     BIGINT  NOT NULL,
	valid_from      INTEGER NOT NULL,
	notice_id       BIGINT  NOT NULL,
	valid_to        INTEGER NOT NULL,
	kind            INTEGER NOT NULL,
	from_minute     INTEGER NOT NULL,              -- -1: whole days
	to_minute       INTEGER NOT NULL,
	state           INTEGER NOT NULL,              -- enum notice_state: waiting, accepted, refused, withdrawn
	version         INTEGER NOT NULL,
	reason          TEXT    NOT NULL,
	route           TEXT    NOT NULL,              -- places of outside duty, one per line
	event_id        BYTEA   NOT NULL,              -- UUIDv7 of the phone: sending again is safe, also after weeks
	made_at         BIGINT  NOT NULL,              -- as the phone says
	received_at     BIGINT  NOT NULL,
	entered_by      BIGINT  NOT NULL,
	document_sha256 TEXT    NOT NULL,
	document_name   TEXT    NOT NULL,
	document_due    INTEGER NOT NULL,              -- day; 0 none is asked
	document_at     BIGINT  NOT NULL,
	decided_by      BIGINT  NOT NULL,
	decided_for     BIGINT  NOT NULL,              -- delegate: in whose place
	decided_at      BIGINT  NOT NULL,
	decision        TEXT    NOT NULL,              -- reason
	status_id       BIGINT  NOT NULL,              -- what it became
	PRIMARY KEY (government_id, employee_id, valid_from, notice_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX org_notice_id ON org_notice (government_id, notice_id);
CREATE UNIQUE INDEX org_notice_once ON org_notice (government_id, employee_id, event_id);
CREATE INDEX org_notice_state ON org_notice (government_id, state, document_due);

CREATE TABLE org_notice_event (                    -- the thread
	government_id BIGINT  NOT NULL,
	notice_id     BIGINT  NOT NULL,
	event_id      BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum notice_event: told, document, accepted, refused, withdrawn, reminded
	actor_id      BIGINT  NOT NULL,
	at            BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, notice_id, event_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_letter (                          -- one surat tugas for many
	government_id BIGINT  NOT NULL,
	letter_id     BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum status_kind
	number        TEXT    NOT NULL,
	issued        INTEGER NOT NULL,
	signer        TEXT    NOT NULL,
	subject       TEXT    NOT NULL,
	route         TEXT    NOT NULL,
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	from_minute   INTEGER NOT NULL,
	to_minute     INTEGER NOT NULL,
	file_sha256   TEXT    NOT NULL,
	file_name     TEXT    NOT NULL,
	entered_by    BIGINT  NOT NULL,
	entered_at    BIGINT  NOT NULL,
	withdrawn_at  BIGINT  NOT NULL,
	PRIMARY KEY (government_id, letter_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_letter_unit ON org_letter (government_id, unit_id, letter_id);
CREATE UNIQUE INDEX org_letter_number ON org_letter (government_id, unit_id, number, issued);

CREATE TABLE org_letter_member (
	government_id BIGINT NOT NULL,
	letter_id     BIGINT NOT NULL,
	employee_id   BIGINT NOT NULL,
	status_id     BIGINT NOT NULL,
	PRIMARY KEY (government_id, letter_id, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_balance (                         -- from SIMPEG; shown, never counted here
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	year          INTEGER NOT NULL,
	kind          INTEGER NOT NULL,
	days          INTEGER NOT NULL,
	as_of         INTEGER NOT NULL,
	source        TEXT    NOT NULL,
	PRIMARY KEY (government_id, employee_id, year, kind)
) /*sqlite WITHOUT ROWID*/;


-- What people state where no phone did: corrections, paper lists, incidents of the server; and the dated limits.
-- The journal stays the truth: what is stated waits there as a row kept apart, what is decided is a row that refers to it.

CREATE TABLE attendance_limit (                    -- local policy; where no row speaks the program's default holds
	government_id BIGINT  NOT NULL,
	limit_id      BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum limit_kind
	days          INTEGER NOT NULL,                -- working days after the day
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	PRIMARY KEY (government_id, limit_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_correction (
	government_id BIGINT  NOT NULL,
	correction_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- of that day
	kind          INTEGER NOT NULL,                -- enum correction_kind
	direction     INTEGER NOT NULL,                -- enum direction
	stated_at     BIGINT  NOT NULL,                -- instant the person states; of a punch: what it claims
	punch_day     INTEGER NOT NULL,                -- where in the journal ...
	punch_id      BIGINT  NOT NULL,                -- ... the row stands that is stated or spoken of
	cause         INTEGER NOT NULL,                -- enum correction_cause
	reason        TEXT    NOT NULL,
	file_sha256   TEXT    NOT NULL,
	file_name     TEXT    NOT NULL,
	event_id      BYTEA   NOT NULL,                -- UUIDv7 of the phone: sending again is safe, also after weeks
	received_at   BIGINT  NOT NULL,
	entered_by    BIGINT  NOT NULL,
	is_late       INTEGER NOT NULL,                -- past the limit: the agency officer decides
	state         INTEGER NOT NULL,                -- enum correction_state
	version       INTEGER NOT NULL,
	proposal_id   BIGINT  NOT NULL,                -- of many at once that waits for a second person; 0 none
	decided_by    BIGINT  NOT NULL,
	decided_for   BIGINT  NOT NULL,                -- delegate: in whose place
	decided_at    BIGINT  NOT NULL,
	decision      TEXT    NOT NULL,                -- reason
	PRIMARY KEY (government_id, correction_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX attendance_correction_once ON attendance_correction (government_id, employee_id, event_id);
CREATE INDEX attendance_correction_day ON attendance_correction (government_id, employee_id, day);
CREATE INDEX attendance_correction_state ON attendance_correction (government_id, state, correction_id);

CREATE TABLE attendance_proposal (                 -- many corrections at once: one proposes, another confirms
	government_id BIGINT  NOT NULL,
	proposal_id   BIGINT  NOT NULL,
	accepts       INTEGER NOT NULL,
	reason        TEXT    NOT NULL,
	proposed_by   BIGINT  NOT NULL,
	proposed_at   BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum proposal_state
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, proposal_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_proposal_state ON attendance_proposal (government_id, state, proposal_id);

CREATE TABLE attendance_paper (                    -- a day's daftar hadir of a unit
	government_id BIGINT  NOT NULL,
	paper_id      BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	state         INTEGER NOT NULL,                -- enum paper_state
	version       INTEGER NOT NULL,
	is_late       INTEGER NOT NULL,                -- past the limit: the agency officer confirms
	late_reason   TEXT    NOT NULL,
	people        INTEGER NOT NULL,
	file_sha256   TEXT    NOT NULL,                -- photo of the paper
	file_name     TEXT    NOT NULL,
	entered_by    BIGINT  NOT NULL,
	entered_at    BIGINT  NOT NULL,
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	decision      TEXT    NOT NULL,
	PRIMARY KEY (government_id, paper_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_paper_unit ON attendance_paper (government_id, unit_id, day);
CREATE INDEX attendance_paper_state ON attendance_paper (government_id, state, paper_id);

CREATE TABLE attendance_paper_row (
	government_id BIGINT  NOT NULL,
	paper_id      BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	in_minute     INTEGER NOT NULL,                -- of the day; -1 none
	out_minute    INTEGER NOT NULL,                -- may exceed 1440
	in_punch      BIGINT  NOT NULL,                -- their rows in the journal; 0 none
	in_day        INTEGER NOT NULL,
	out_punch     BIGINT  NOT NULL,
	out_day       INTEGER NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, paper_id, employee_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_paper_row_day ON attendance_paper_row (government_id, employee_id, day);

CREATE TABLE attendance_incident (                 -- the server was not there: dispensasi gangguan
	government_id BIGINT  NOT NULL,
	incident_id   BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- scope: this unit and below; 0 the whole government
	begins_at     BIGINT  NOT NULL,
	ends_at       BIGINT  NOT NULL,
	cause         INTEGER NOT NULL,                -- enum incident_cause
	reason        TEXT    NOT NULL,
	file_sha256   TEXT    NOT NULL,
	file_name     TEXT    NOT NULL,
	is_detected   INTEGER NOT NULL,                -- the program itself proposes it
	declared_by   BIGINT  NOT NULL,                -- 0: the program
	declared_at   BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum incident_state
	version       INTEGER NOT NULL,
	number        TEXT    NOT NULL,                -- of the Berita Acara
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	decision      TEXT    NOT NULL,
	PRIMARY KEY (government_id, incident_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX attendance_incident_state ON attendance_incident (government_id, state, incident_id);

CREATE TABLE attendance_beat (                     -- the tick's last sign of life, and how busy the server was
	government_id BIGINT  NOT NULL,
	beat_at       BIGINT  NOT NULL,
	shed          BIGINT  NOT NULL,                -- requests answered 503 since the program started
	busy_from     BIGINT  NOT NULL,                -- since when it sheds; 0 it does not
	PRIMARY KEY (government_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE attendance_refusal (                  -- what phones tell: the server answered, but did not take it
	government_id BIGINT  NOT NULL,
	slot          BIGINT  NOT NULL,                -- instant, cut to five minutes
	phones        INTEGER NOT NULL,
	PRIMARY KEY (government_id, slot)
) /*sqlite WITHOUT ROWID*/;

-- Punches kept apart are few; who decides finds them by person.
CREATE INDEX attendance_punch_apart ON attendance_punch (government_id, employee_id, punch_day) WHERE (flags & 2) = 2;

-- Tenants, accounts, sessions, idempotency, jobs, files, the access log: what every slice stands on.
-- Conventions of all migrations: docs/HACKING.md. Days are days since 1970-01-01, instants UTC ms.

CREATE TABLE platform_government (
	government_id BIGINT NOT NULL PRIMARY KEY,
	code          TEXT   NOT NULL UNIQUE,          -- "jabar": sign-in, tokens, public URLs
	name          TEXT   NOT NULL,                 -- "Pemerintah Provinsi Jawa Barat"
	short_name    TEXT   NOT NULL,                 -- "Jawa Barat"
	kind          INTEGER NOT NULL,                -- 0 province, 1 regency, 2 city
	zone          INTEGER NOT NULL,                -- enum zone
	board_label   TEXT   NOT NULL,                 -- what the personnel board is called here: "BKD", "BKPSDM"
	agency_label  TEXT   NOT NULL,                 -- "Perangkat daerah", "OPD", "SKPD"
	head_label    TEXT   NOT NULL,                 -- "Gubernur", "Bupati", "Wali Kota"
	is_demo       INTEGER NOT NULL,
	generation    BIGINT NOT NULL                  -- rises with every change of org, calendar, policy
);

CREATE TABLE platform_store (
	one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	id_floor BIGINT  NOT NULL,                     -- no id at or below it will be handed out again
	is_demo  INTEGER NOT NULL
);

CREATE TABLE platform_account (
	government_id   BIGINT  NOT NULL,
	employee_id     BIGINT  NOT NULL,              -- an operator's account has an id of its own
	nip             TEXT    NOT NULL,
	phc             TEXT,                          -- NULL: to be activated by a one-time code
	failed          INTEGER NOT NULL DEFAULT 0,
	disabled_at     BIGINT,                        -- by an operator
	ends_at         BIGINT,                        -- end of service, known beforehand or not; NULL: none
	PRIMARY KEY (government_id, employee_id),
	UNIQUE (government_id, nip)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE platform_code (
	government_id BIGINT NOT NULL,
	employee_id   BIGINT NOT NULL,
	code_hash     BYTEA  NOT NULL,
	issued_by     BIGINT NOT NULL,
	issued_at     BIGINT NOT NULL,
	expires_at    BIGINT NOT NULL,
	tries         INTEGER NOT NULL,
	PRIMARY KEY (government_id, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE platform_session (
	government_id BIGINT NOT NULL,
	token_hash    BYTEA  NOT NULL,
	session_id    BIGINT NOT NULL,
	employee_id   BIGINT NOT NULL,
	created_at    BIGINT NOT NULL,
	expires_at    BIGINT NOT NULL,
	seen_at       BIGINT NOT NULL,                 -- written at most every five minutes
	PRIMARY KEY (government_id, token_hash)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX platform_session_employee ON platform_session (government_id, employee_id);
CREATE INDEX platform_session_age ON platform_session (government_id, expires_at);

CREATE TABLE platform_browser (                    -- browsers that signed in to an account before
	government_id BIGINT NOT NULL,
	browser_hash  BYTEA  NOT NULL,                 -- SHA-256 of the cookie
	employee_id   BIGINT NOT NULL,
	seen_at       BIGINT NOT NULL,                 -- last sign-in
	PRIMARY KEY (government_id, browser_hash, employee_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX platform_browser_age ON platform_browser (government_id, seen_at);

CREATE TABLE platform_demo_login (                 -- sign-ins shown to visitors; filled in demo stores only
	government_id BIGINT  NOT NULL,
	ordering      INTEGER NOT NULL,
	role          TEXT    NOT NULL,
	nip           TEXT    NOT NULL,
	password      TEXT    NOT NULL,
	name          TEXT    NOT NULL,
	PRIMARY KEY (government_id, ordering)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE platform_idempotency (
	government_id BIGINT  NOT NULL,
	key           BYTEA   NOT NULL,
	actor_id      BIGINT  NOT NULL,
	body_hash     BYTEA   NOT NULL,
	status        INTEGER NOT NULL,
	reply         BYTEA   NOT NULL,
	created_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, key, actor_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX platform_idempotency_age ON platform_idempotency (government_id, created_at);

CREATE TABLE platform_job (
	government_id BIGINT  NOT NULL,
	job_id        BIGINT  NOT NULL,
	kind          TEXT    NOT NULL,
	owner_id      BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum job_state
	percent       INTEGER NOT NULL,
	input         TEXT    NOT NULL,
	result        TEXT,
	created_at    BIGINT  NOT NULL,
	ended_at      BIGINT,
	PRIMARY KEY (government_id, job_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX platform_job_state ON platform_job (state, job_id);

CREATE TABLE platform_file (
	government_id BIGINT NOT NULL,
	sha256        BYTEA  NOT NULL,
	owner_id      BIGINT NOT NULL,                 -- key columns first: SQLite 3.40 checks NOT NULL by position
	size_bytes    BIGINT NOT NULL,
	type          TEXT   NOT NULL,
	created_at    BIGINT NOT NULL,
	PRIMARY KEY (government_id, sha256, owner_id)  -- two people may attach the same content
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE platform_chunk (                      -- PostgreSQL keeps the bytes here; SQLite beside its file
	sha256     BYTEA   NOT NULL,
	part       INTEGER NOT NULL,
	bytes      BYTEA   NOT NULL,
	written_at BIGINT  NOT NULL,                   -- last time somebody brought these bytes
	PRIMARY KEY (sha256, part)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE platform_access (                     -- who saw whose data (UU 27/2022 art. 7, 31)
	government_id BIGINT NOT NULL,
	access_id     BIGINT NOT NULL,
	actor_id      BIGINT NOT NULL,
	subject_id    BIGINT NOT NULL,
	route         TEXT   NOT NULL,
	at            BIGINT NOT NULL,
	PRIMARY KEY (government_id, access_id)
) /*sqlite WITHOUT ROWID*/;

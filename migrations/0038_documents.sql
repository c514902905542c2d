-- Papers that were issued. Their bytes lie in the files (platform_file names them); here is what each is, whose, and
-- what became of it. Of one subject at most one paper is in force.

CREATE TABLE org_document (
	government_id  BIGINT  NOT NULL,
	document_id    BIGINT  NOT NULL,
	kind           INTEGER NOT NULL,               -- enum print_kind
	subject_id     BIGINT  NOT NULL,               -- version of a roster, part of a recap, incident
	employee_id    BIGINT  NOT NULL,               -- an order to one person; 0: about several
	unit_id        BIGINT  NOT NULL,               -- whom it is about, who may read it; 0: the whole government
	sender_id      BIGINT  NOT NULL,               -- whose paper it is, who may withdraw it; 0: the whole government
	code           TEXT    NOT NULL,               -- 128 random bits in hex, printed on it
	number         TEXT    NOT NULL,               -- as it stands on it; "" when it has none
	title          TEXT    NOT NULL,               -- "SURAT PENGANTAR"
	about          TEXT    NOT NULL,               -- unit and period; names no person
	agency         TEXT    NOT NULL,               -- of the letterhead
	office         TEXT    NOT NULL,               -- that signs it, "Plh. Kepala ..."; no name
	content_sha256 BYTEA   NOT NULL,               -- of what was issued, before code and signature: the same is issued once
	sha256         BYTEA   NOT NULL,               -- of the file
	size_bytes     BIGINT  NOT NULL,
	signature      INTEGER NOT NULL,               -- enum signature_standing
	signer         TEXT    NOT NULL,               -- name in the certificate; "" unsigned
	certificate    TEXT    NOT NULL,               -- SHA-256 of it in hex; "" unsigned
	leaf_index     BIGINT  NOT NULL,               -- of the leaf that says it was issued
	issued_at      BIGINT  NOT NULL,
	issued_by      BIGINT  NOT NULL,
	state          INTEGER NOT NULL,               -- enum issued_state
	ended_at       BIGINT  NOT NULL,               -- 0: in force
	ended_by       BIGINT  NOT NULL,
	reason         TEXT    NOT NULL,               -- why it was withdrawn; "" else
	replaced_by    BIGINT  NOT NULL,               -- 0: by none
	PRIMARY KEY (government_id, document_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX org_document_code ON org_document (code);
CREATE INDEX org_document_subject ON org_document (government_id, kind, subject_id, employee_id, document_id);
CREATE UNIQUE INDEX org_document_in_force ON org_document (government_id, kind, subject_id, employee_id) WHERE state = 0;

-- What a kind of paper is before the law, from a day on: whether the program's own signature is enough for it.
CREATE TABLE org_document_kind (
	government_id BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum print_kind
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	class         INTEGER NOT NULL,                -- enum document_class
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- who read it
	entered_by    BIGINT  NOT NULL,
	entered_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, kind, valid_from)
) /*sqlite WITHOUT ROWID*/;

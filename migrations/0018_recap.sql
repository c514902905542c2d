-- The monthly recap: what a month came to, closed by the head of the unit, never changed afterwards.

CREATE INDEX attendance_day_unit ON attendance_day (government_id, unit_id, day); -- the unit of that day, whoever it was

CREATE TABLE attendance_closed (                   -- months of a unit that are closed; asked by whoever changes a day
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	month         INTEGER NOT NULL,                -- its first day
	closed_at     BIGINT  NOT NULL,
	closed_by     BIGINT  NOT NULL,
	PRIMARY KEY (government_id, unit_id, month)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_recap (                       -- a sealed recap (part 0) and its numbered supplements (1, 2, ...)
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	month         INTEGER NOT NULL,
	part          INTEGER NOT NULL,
	recap_id      BIGINT  NOT NULL,
	people        INTEGER NOT NULL,                -- lines of this part
	sha256        BYTEA   NOT NULL,                -- of its canonical content, which the leaf commits to
	totals        TEXT    NOT NULL,                -- figures of the unit after this part, in the order of reports_recap.def
	sealed_by     BIGINT  NOT NULL,
	acting        INTEGER NOT NULL,                -- enum acting of the head
	letter        TEXT    NOT NULL,                -- of his office
	sealed_at     BIGINT  NOT NULL,
	reason        TEXT    NOT NULL,                -- of a supplement
	PRIMARY KEY (government_id, unit_id, month, part)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX reports_recap_id ON reports_recap (government_id, recap_id);
CREATE INDEX reports_recap_month ON reports_recap (government_id, month, unit_id);

CREATE TABLE reports_recap_line (                  -- a person in it; of a supplement only who changed, whole
	government_id BIGINT  NOT NULL,
	recap_id      BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	nip           TEXT    NOT NULL,
	name          TEXT    NOT NULL,                -- with titles, as it was
	position      TEXT    NOT NULL,
	days          TEXT    NOT NULL,                -- a cell for each day, see reports_recap_rules.c
	PRIMARY KEY (government_id, recap_id, employee_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_recap_change (                -- what a supplement changes, day by day
	government_id BIGINT  NOT NULL,
	recap_id      BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	cell_before   TEXT    NOT NULL,                -- "" : the day was not here
	cell_after    TEXT    NOT NULL,
	why           TEXT    NOT NULL,                -- reason of the decision behind it, "" unknown
	decided_by    BIGINT  NOT NULL,                -- 0 nobody in particular
	decided_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, recap_id, employee_id, day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_band (                        -- classes of lateness and of leaving early: local, dated
	government_id BIGINT  NOT NULL,
	band_id       BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum band_kind: late, early
	first_to      INTEGER NOT NULL,                -- class 1 is 1 to so many minutes ...
	second_to     INTEGER NOT NULL,                -- ... 0: there is no further class
	third_to      INTEGER NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	entered_by    BIGINT  NOT NULL,
	entered_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, band_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_print_template (                        -- how papers look: letterhead, number, signers, foot; per kind and agency
	government_id   BIGINT  NOT NULL,
	template_id     BIGINT  NOT NULL,
	kind            INTEGER NOT NULL,              -- enum print_kind
	unit_id         BIGINT  NOT NULL,              -- agency; 0: every agency without its own
	government_line TEXT    NOT NULL,              -- "PEMERINTAH DAERAH PROVINSI JAWA BARAT"
	agency_line     TEXT    NOT NULL,              -- "": the name of the agency
	address         TEXT    NOT NULL,
	logo_sha256     TEXT    NOT NULL,              -- a PNG, or ""
	number_format   TEXT    NOT NULL,              -- "800.1.6/{nomor}/{unit}/{bulan_romawi}/{tahun}"
	place           TEXT    NOT NULL,              -- "Bandung"
	left_caption    TEXT    NOT NULL,              -- "Mengetahui,"
	left_office     TEXT    NOT NULL,              -- "Kepala {perangkat_daerah}", where the signer's own is not said
	right_office    TEXT    NOT NULL,              -- "Kepala {unit}"
	footer          TEXT    NOT NULL,
	legal_basis     TEXT    NOT NULL,
	verified_by     TEXT    NOT NULL,              -- "" : example, not law
	valid_from      INTEGER NOT NULL,
	valid_to        INTEGER NOT NULL,
	entered_by      BIGINT  NOT NULL,
	entered_at      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, template_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_print_template_kind ON org_print_template (government_id, kind, unit_id, valid_from);

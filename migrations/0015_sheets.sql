-- Sheets: where a fault stands in a workbook, and how the sheet of an office becomes one of ours.

ALTER TABLE org_import_error ADD COLUMN cell TEXT NOT NULL DEFAULT '';
ALTER TABLE org_import ADD COLUMN mapping_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_import ADD COLUMN mapping TEXT NOT NULL DEFAULT '';

CREATE TABLE org_mapping (                         -- a saved mapping; never edited: saved anew under its name, the old one ends
	government_id BIGINT  NOT NULL,
	mapping_id    BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum import_subject
	name          TEXT    NOT NULL,                -- "Data utama SIASN"
	dates         INTEGER NOT NULL,                -- enum date_order
	ends_at_blank INTEGER NOT NULL,                -- the table ends at the first blank row: signatures follow
	created_by    BIGINT  NOT NULL,
	created_at    BIGINT  NOT NULL,
	ended_by      BIGINT  NOT NULL,                -- 0: in force
	ended_at      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, mapping_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_mapping_kind ON org_mapping (government_id, kind, ended_at);

CREATE TABLE org_mapping_column (                  -- columns of the sheet that no row names are not read and never stored
	government_id BIGINT  NOT NULL,
	mapping_id    BIGINT  NOT NULL,
	kind_column   TEXT    NOT NULL,                -- of our own file
	heading       TEXT    NOT NULL,                -- in the sheet; '' none
	fixed         TEXT    NOT NULL,                -- where the sheet says nothing
	PRIMARY KEY (government_id, mapping_id, kind_column)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE org_mapping_value (                   -- "Guru Ahli Pertama" means ...
	government_id BIGINT  NOT NULL,
	mapping_id    BIGINT  NOT NULL,
	kind_column   TEXT    NOT NULL,
	said          TEXT    NOT NULL,
	meant         TEXT    NOT NULL,
	PRIMARY KEY (government_id, mapping_id, kind_column, said)
) /*sqlite WITHOUT ROWID*/;

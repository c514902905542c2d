-- Instruments (law and circulars) and their rules, as dated data that is ended, never edited.

CREATE TABLE policy_instrument (
	government_id BIGINT  NOT NULL,
	instrument_id BIGINT  NOT NULL,
	rank          INTEGER NOT NULL,                -- enum instrument_rank: uu, pp, perpres, permen, perda, perkada, keputusan, se, surat_perintah
	number        TEXT    NOT NULL,
	title         TEXT    NOT NULL,
	issued        INTEGER NOT NULL,                -- day
	signer        TEXT    NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- scope: 0 the whole government
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	file_sha256   TEXT    NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, instrument_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE policy_rule (
	government_id  BIGINT  NOT NULL,
	rule_id        BIGINT  NOT NULL,
	instrument_id  BIGINT  NOT NULL,
	kind           INTEGER NOT NULL,               -- enum rule_kind: mode, roster, by_order, exempt, weekly_cap, report, place, window
	article        TEXT    NOT NULL,
	weekdays       INTEGER NOT NULL,               -- mask, 127 every day
	unit_id        BIGINT  NOT NULL,               -- whom: node and below; 0 everyone
	unit_character INTEGER NOT NULL,               -- -1 any
	position_level INTEGER NOT NULL,               -- -1 any; this level (see enum position_level)
	position       TEXT    NOT NULL,               -- '' any; folded name of the position
	post_kind      INTEGER NOT NULL,               -- 0 any, 1 members of a direct-service post, 2 members of post_id
	post_id        BIGINT  NOT NULL,
	for_mode       INTEGER NOT NULL,               -- report, place, window: the mode it speaks of; -1 any
	mode           INTEGER NOT NULL,               -- kind mode: the work mode; roster, by_order: the mode given away; else -1
	bound          INTEGER NOT NULL,               -- roster: enum share_bound at_most, exactly, at_least; -1 none
	percent        INTEGER NOT NULL,               -- roster: 0..100
	base           INTEGER NOT NULL,               -- roster: enum share_base all, eligible, present
	level          INTEGER NOT NULL,               -- roster: enum share_level government, agency, division, unit
	days_per_week  INTEGER NOT NULL,               -- weekly_cap
	duty           INTEGER NOT NULL,               -- report: enum report_duty none, daily, weekly; -1
	place          INTEGER NOT NULL,               -- place: enum place_rule site, home, anywhere, none; -1
	window_kind    INTEGER NOT NULL,               -- window: 0 in, 1 out, 2 check; -1
	opens          INTEGER NOT NULL,               -- window: minute of day
	closes         INTEGER NOT NULL,
	valid_from     INTEGER NOT NULL,
	valid_to       INTEGER NOT NULL,
	PRIMARY KEY (government_id, rule_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX policy_rule_instrument ON policy_rule (government_id, instrument_id);

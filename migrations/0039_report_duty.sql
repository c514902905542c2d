-- A day that needs no writing: where a rule says so (duty daily_confirm), one tap hands in that the day went by its schedule, in the
-- words of the rule. And reports that start from what their writer wrote before: templates.
ALTER TABLE policy_rule ADD COLUMN words TEXT NOT NULL DEFAULT '';                   -- duty daily_confirm: what the report says; else ''
ALTER TABLE reports_daily ADD COLUMN is_confirmed INTEGER NOT NULL DEFAULT 0;        -- handed in by one tap: its one item is made of shift and rule
CREATE TABLE reports_template (
	government_id BIGINT  NOT NULL,
	template_id   BIGINT  NOT NULL,
	owner_id      BIGINT  NOT NULL,                -- whose; 0: of a position, kept by the officer of its agency
	unit_id       BIGINT  NOT NULL,                -- the agency; 0: one's own
	position      TEXT    NOT NULL,                -- name of the position as it was written; '': one's own
	position_key  TEXT    NOT NULL,                -- folded: what is compared
	name          TEXT    NOT NULL,
	changed_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, template_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX reports_template_of ON reports_template (government_id, owner_id, unit_id, position_key);
CREATE TABLE reports_template_item (
	government_id   BIGINT  NOT NULL,
	template_id     BIGINT  NOT NULL,
	place           INTEGER NOT NULL,              -- 1..20
	starts          INTEGER NOT NULL,              -- minutes of day
	ends            INTEGER NOT NULL,
	description     TEXT    NOT NULL,
	volume          INTEGER NOT NULL,
	unit_of_measure TEXT    NOT NULL,
	PRIMARY KEY (government_id, template_id, place)
) /*sqlite WITHOUT ROWID*/;

-- A decree entered wrongly is withdrawn: it leaves the dated rows, and stays here with who, when and why.

CREATE TABLE org_withdrawn (
	government_id  BIGINT  NOT NULL,
	withdrawn_id   BIGINT  NOT NULL,
	employee_id    BIGINT  NOT NULL,
	kind           INTEGER NOT NULL,               -- enum withdrawn_kind: placement, supervisor, team_lead
	valid_from     INTEGER NOT NULL,               -- as it was entered
	valid_to       INTEGER NOT NULL,
	unit_id        BIGINT  NOT NULL,               -- placement; else 0
	position       TEXT    NOT NULL,
	position_level INTEGER NOT NULL,
	superior_id    BIGINT  NOT NULL,               -- supervisor, team lead; else 0
	number         TEXT    NOT NULL,               -- of the decree or letter
	entered_by     BIGINT  NOT NULL,               -- 0: came with an import
	entered_at     BIGINT  NOT NULL,
	withdrawn_by   BIGINT  NOT NULL,
	withdrawn_at   BIGINT  NOT NULL,
	why            TEXT    NOT NULL,
	PRIMARY KEY (government_id, withdrawn_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX org_withdrawn_employee ON org_withdrawn (government_id, employee_id, withdrawn_id);

ALTER TABLE org_role ADD COLUMN withdrawn_by  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_role ADD COLUMN withdrawn_at  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_role ADD COLUMN withdrawn_why TEXT   NOT NULL DEFAULT '';

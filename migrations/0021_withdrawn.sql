-- What was recorded wrongly is withdrawn, never erased: by whom and why stays beside it.

ALTER TABLE org_status ADD COLUMN withdrawn_by  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_status ADD COLUMN withdrawn_why TEXT   NOT NULL DEFAULT '';

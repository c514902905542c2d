-- What a notice was judged by when it was told, and files that are read by the few.

ALTER TABLE org_notice ADD COLUMN kind_id   BIGINT  NOT NULL DEFAULT 0; -- the row of org_status_kind it was told under
ALTER TABLE org_notice ADD COLUMN decider   INTEGER NOT NULL DEFAULT 0; -- enum decider: who is to decide; late ones the officer
ALTER TABLE org_notice ADD COLUMN sensitive INTEGER NOT NULL DEFAULT 0; -- kind masked, reason and document for the few
ALTER TABLE org_letter ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT '';
ALTER TABLE org_letter_member ADD COLUMN withdrawn_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE platform_file ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0; -- health: P_FILE_READ is not enough

CREATE INDEX org_notice_decider ON org_notice (government_id, decider, state);
CREATE INDEX org_letter_member_employee ON org_letter_member (government_id, employee_id, letter_id);

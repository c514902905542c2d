-- Closed months: who entered or withdrew a status, and what an import changed in them.

ALTER TABLE org_status ADD COLUMN entered_by BIGINT NOT NULL DEFAULT 0; -- 0: before it was kept
ALTER TABLE org_status ADD COLUMN entered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE org_import ADD COLUMN closed_days INTEGER NOT NULL DEFAULT 0; -- days of closed months it touches
ALTER TABLE org_import ADD COLUMN applied_at BIGINT NOT NULL DEFAULT 0;   -- 0: it was not
CREATE INDEX org_import_applied ON org_import (government_id, kind, applied_at);

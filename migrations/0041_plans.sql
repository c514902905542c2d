-- Plans: of a day, when they were said first; of results, when their period was closed and which file a draft came from.
ALTER TABLE reports_plan_item ADD COLUMN said_at BIGINT NOT NULL DEFAULT 0;          -- when a plan of that day was said first; planned_at: when last
UPDATE reports_plan_item SET said_at = planned_at;
ALTER TABLE reports_target_plan ADD COLUMN closed_by BIGINT NOT NULL DEFAULT 0;      -- who closed it when its period was over; 0: nobody yet
ALTER TABLE reports_target_plan ADD COLUMN closed_for BIGINT NOT NULL DEFAULT 0;     -- in whose place
ALTER TABLE reports_target_plan ADD COLUMN closed_as INTEGER NOT NULL DEFAULT 0;     -- enum stand
ALTER TABLE reports_target_plan ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reports_target_plan ADD COLUMN import_id BIGINT NOT NULL DEFAULT 0;      -- draft from this file; 0: written here

-- The report of a week is handed in for the day it is due; its items may say of which day of that week they are.
ALTER TABLE reports_item ADD COLUMN day INTEGER NOT NULL DEFAULT 0;                  -- 0: the day of the report

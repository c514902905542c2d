-- What a person's reports said of a planned result stands in one place: the superior's list reads it for each report.

CREATE INDEX reports_item_target ON reports_item (government_id, target_id, report_id, item, unit_of_measure, volume)
	WHERE target_id <> 0;

-- What boards and superiors' pages look up again and again: the units below a unit, and the counters of a unit over days.

CREATE INDEX org_unit_parent ON org_unit (government_id, parent_id);
CREATE INDEX monitor_counter_unit ON monitor_counter (government_id, unit_id, day);

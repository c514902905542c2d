-- The plan of a quarter stands in the place of that of the year: what plans of the year mean of those who have one of the
-- quarter is summed by the quarter's first day, as period 2. And what the figures of a board open to: the days of a unit
-- on which reports wait, however old, and the reports counted at a unit.

INSERT INTO reports_unit_planned (government_id, unit_id, first_day, period, unit_key, amount)
SELECT p.government_id, a.unit_id, q.first_day, 2, m.unit_key, sum(m.amount)
FROM reports_target_plan p
JOIN reports_target_plan q ON q.government_id = p.government_id AND q.employee_id = p.employee_id AND q.period = 1
	AND q.first_day <= p.last_day AND q.last_day >= p.first_day AND q.state IN (2, 5)
JOIN reports_target_measure m ON m.government_id = p.government_id AND m.plan_id = p.plan_id AND m.aspect = 0
JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id
JOIN (SELECT government_id, unit_id, path FROM org_unit UNION ALL SELECT DISTINCT government_id, 0, '' FROM org_unit) AS a
ON a.government_id = u.government_id AND substr(u.path, 1, length(a.path)) = a.path
WHERE p.period = 0 AND p.state IN (2, 5)
GROUP BY p.government_id, a.unit_id, q.first_day, m.unit_key;

CREATE INDEX monitor_counter_waiting ON monitor_counter (government_id, unit_id, day, report_filed, report_verified,
	report_returned) WHERE report_filed > report_verified + report_returned;
CREATE INDEX reports_daily_counted ON reports_daily (government_id, counted_unit, day);
CREATE INDEX reports_daily_counted_waiting ON reports_daily (government_id, counted_unit, day) WHERE counted_state = 2;

-- Live performance: what the people of a unit and all below it bring about, kept by moves in the transaction of the
-- facts; and how long verified reports waited.

CREATE TABLE reports_unit_output (
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- 0: the whole government
	day           INTEGER NOT NULL,
	unit_key      TEXT    NOT NULL,                -- unit of measure; amounts of different ones are never added
	handed_in     BIGINT  NOT NULL,                -- waiting or verified
	verified      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, unit_id, day, unit_key)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_unit_planned (
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- of the owner on the plan's first day, and all above it; 0 the government
	first_day     INTEGER NOT NULL,                -- of the period of the plans
	period        INTEGER NOT NULL,                -- enum target_period
	unit_key      TEXT    NOT NULL,
	amount        BIGINT  NOT NULL,                -- of agreed and closed plans together
	PRIMARY KEY (government_id, unit_id, first_day, period, unit_key)
) /*sqlite WITHOUT ROWID*/;

ALTER TABLE reports_daily ADD COLUMN counted_wait INTEGER NOT NULL DEFAULT 0;   -- days until it was decided, as the board counts it
ALTER TABLE monitor_counter ADD COLUMN report_wait INTEGER NOT NULL DEFAULT 0;  -- ... summed

INSERT INTO reports_unit_output (government_id, unit_id, day, unit_key, handed_in, verified)
SELECT f.government_id, a.unit_id, f.day, f.unit_key, sum(f.handed_in), sum(f.verified)
FROM (SELECT o.government_id, d.counted_unit AS at_unit, o.day, o.unit_key, o.handed_in, o.verified
	FROM reports_output o JOIN reports_daily d
	ON d.government_id = o.government_id AND d.employee_id = o.employee_id AND d.day = o.day) AS f
JOIN org_unit u ON u.government_id = f.government_id AND u.unit_id = f.at_unit
JOIN (SELECT government_id, unit_id, path FROM org_unit UNION ALL SELECT DISTINCT government_id, 0, '' FROM org_unit) AS a
ON a.government_id = u.government_id AND substr(u.path, 1, length(a.path)) = a.path
GROUP BY f.government_id, a.unit_id, f.day, f.unit_key;

INSERT INTO reports_unit_planned (government_id, unit_id, first_day, period, unit_key, amount)
SELECT p.government_id, a.unit_id, p.first_day, p.period, m.unit_key, sum(m.amount)
FROM reports_target_plan p
JOIN reports_target_measure m ON m.government_id = p.government_id AND m.plan_id = p.plan_id AND m.aspect = 0
JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id
JOIN (SELECT government_id, unit_id, path FROM org_unit UNION ALL SELECT DISTINCT government_id, 0, '' FROM org_unit) AS a
ON a.government_id = u.government_id AND substr(u.path, 1, length(a.path)) = a.path
WHERE p.state IN (2, 5)
GROUP BY p.government_id, a.unit_id, p.first_day, p.period, m.unit_key;

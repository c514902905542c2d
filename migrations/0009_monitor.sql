-- Counters per unit and day, moved by the projections in the same transaction as the facts.

CREATE TABLE monitor_counter (
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	unit_id       BIGINT  NOT NULL,                -- 0: the whole government
	expected      INTEGER NOT NULL,
	office        INTEGER NOT NULL,
	home          INTEGER NOT NULL,
	anywhere      INTEGER NOT NULL,
	outside_duty  INTEGER NOT NULL,
	on_leave      INTEGER NOT NULL,
	day_off       INTEGER NOT NULL,
	present       INTEGER NOT NULL,                -- of the expected, clocked in
	present_office INTEGER NOT NULL,
	present_home  INTEGER NOT NULL,
	late          INTEGER NOT NULL,
	unconfirmed   INTEGER NOT NULL,                -- place or time waits for a person
	left_work     INTEGER NOT NULL,
	report_due    INTEGER NOT NULL,
	report_filed  INTEGER NOT NULL,
	report_verified INTEGER NOT NULL,
	report_returned INTEGER NOT NULL,
	excused       INTEGER NOT NULL DEFAULT 0,      -- of the expected, not seen: outside duty, or a decision is awaited
	changed_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, day, unit_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE monitor_slot (                        -- first arrivals of the government per five minutes, for the chart
	government_id BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	slot          INTEGER NOT NULL,                -- minute of day / 5, WIB/WITA/WIT of the government
	present_office INTEGER NOT NULL,
	present_home  INTEGER NOT NULL,
	late          INTEGER NOT NULL,
	PRIMARY KEY (government_id, day, slot)
) /*sqlite WITHOUT ROWID*/;

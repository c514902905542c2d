-- Targets (SKP, PermenPANRB 6/2022): what a person is expected to bring about in a period, agreed by both sides, and
-- what his reports brought about of it. Report items name the target they serve.

CREATE TABLE reports_target_plan (
	government_id BIGINT  NOT NULL,
	plan_id       BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,                -- whose
	unit_id       BIGINT  NOT NULL,                -- his on the first day
	period        INTEGER NOT NULL,                -- enum target_period: annual, quarterly
	first_day     INTEGER NOT NULL,
	last_day      INTEGER NOT NULL,
	revision      INTEGER NOT NULL,                -- 1, 2, ...: an agreed plan is changed by the next one
	state         INTEGER NOT NULL,                -- enum plan_state: draft, proposed, agreed, returned, replaced, closed
	version       INTEGER NOT NULL,                -- rises with each change; a decision names the one it saw
	superior_id   BIGINT  NOT NULL,                -- who answers for the owner when it was proposed
	proposed_at   BIGINT  NOT NULL,                -- 0: never
	decided_by    BIGINT  NOT NULL,                -- who agreed or returned it
	decided_for   BIGINT  NOT NULL,                -- in whose place
	decided_as    INTEGER NOT NULL,                -- enum stand
	decided_at    BIGINT  NOT NULL,
	note          TEXT    NOT NULL,                -- of the dialogue: why it was returned, what was agreed
	PRIMARY KEY (government_id, plan_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX reports_target_plan_owner ON reports_target_plan (government_id, employee_id, period, first_day, revision);
CREATE INDEX reports_target_plan_superior ON reports_target_plan (government_id, superior_id, state);

CREATE TABLE reports_target (                      -- a planned result (RHK); keeps its id from revision to revision
	government_id BIGINT  NOT NULL,
	plan_id       BIGINT  NOT NULL,
	place         INTEGER NOT NULL,                -- 1..20
	target_id     BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum target_kind: main, additional
	result        TEXT    NOT NULL,
	parent_id     BIGINT  NOT NULL,                -- the superior's target it is derived from; 0 none
	PRIMARY KEY (government_id, plan_id, place)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX reports_target_id ON reports_target (government_id, target_id);

CREATE TABLE reports_target_measure (
	government_id   BIGINT  NOT NULL,
	plan_id         BIGINT  NOT NULL,
	target_id       BIGINT  NOT NULL,
	place           INTEGER NOT NULL,              -- 1..8
	aspect          INTEGER NOT NULL,              -- enum target_aspect: quantity, quality, time, cost
	indicator       TEXT    NOT NULL,
	amount          BIGINT  NOT NULL,
	unit_of_measure TEXT    NOT NULL,
	unit_key        TEXT    NOT NULL,              -- without case, spaces as one: what is compared
	PRIMARY KEY (government_id, plan_id, target_id, place)
) /*sqlite WITHOUT ROWID*/;

ALTER TABLE reports_item ADD COLUMN target_id BIGINT NOT NULL DEFAULT 0;             -- of a plan of its owner; 0: none
ALTER TABLE reports_item ADD COLUMN effective_minutes INTEGER NOT NULL DEFAULT 0;    -- 0: the whole span
ALTER TABLE reports_item ADD COLUMN reference TEXT NOT NULL DEFAULT '';              -- number of a letter, a case, a register: suffices as evidence

CREATE TABLE reports_output (                      -- volume a day's report brought to a target; of the report alone, whatever plan holds
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,
	day           INTEGER NOT NULL,
	target_id     BIGINT  NOT NULL,
	unit_key      TEXT    NOT NULL,                -- amounts of different units are never added
	handed_in     INTEGER NOT NULL,                -- waiting or verified
	verified      INTEGER NOT NULL,
	PRIMARY KEY (government_id, employee_id, day, target_id, unit_key)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_plan_item (                   -- what a person means to do on a day, said the evening before
	government_id   BIGINT  NOT NULL,
	employee_id     BIGINT  NOT NULL,
	day             INTEGER NOT NULL,
	place           INTEGER NOT NULL,              -- 1..10
	description     TEXT    NOT NULL,
	target_id       BIGINT  NOT NULL,
	volume          BIGINT  NOT NULL,              -- 0: not said
	unit_of_measure TEXT    NOT NULL,
	planned_at      BIGINT  NOT NULL,
	PRIMARY KEY (government_id, employee_id, day, place)
) /*sqlite WITHOUT ROWID*/;

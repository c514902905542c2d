-- Work that moves: dispositions and assignments, checklists of documents, meetings and what they decided.
-- A party is an employee, or minus the unit whose head it is, whoever that is on the day.

CREATE TABLE tasks_task (
	government_id BIGINT  NOT NULL,
	task_id       BIGINT  NOT NULL,
	year          INTEGER NOT NULL,                -- the number runs within it
	number        INTEGER NOT NULL,
	parent_id     BIGINT  NOT NULL,                -- 0: sent, not passed on
	depth         INTEGER NOT NULL,                -- how often it was passed on
	kind          INTEGER NOT NULL,                -- enum task_kind: disposition, assignment, decision
	subject       TEXT    NOT NULL,
	body          TEXT    NOT NULL,
	from_party    BIGINT  NOT NULL,
	from_id       BIGINT  NOT NULL,                -- who sent it
	from_unit     BIGINT  NOT NULL,
	to_party      BIGINT  NOT NULL,
	to_unit       BIGINT  NOT NULL,                -- where it counts
	sent_at       BIGINT  NOT NULL,
	sent_day      INTEGER NOT NULL,
	due           INTEGER NOT NULL,
	state         INTEGER NOT NULL,                -- enum task_state: sent, accepted, done, returned, closed, withdrawn
	version       INTEGER NOT NULL,
	changed_at    BIGINT  NOT NULL,
	result        TEXT    NOT NULL,                -- what the holder says was done
	letter_number TEXT    NOT NULL,                -- of the letter register (SRIKANDI), where it stands in one
	letter_link   TEXT    NOT NULL,
	meeting_id    BIGINT  NOT NULL,                -- whose decision it is; 0
	counted_unit  BIGINT  NOT NULL,                -- what the backlog counts it as; 0: not
	PRIMARY KEY (government_id, task_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tasks_task_to ON tasks_task (government_id, to_party, state, due);
CREATE INDEX tasks_task_from ON tasks_task (government_id, from_party, state, due);
CREATE INDEX tasks_task_parent ON tasks_task (government_id, parent_id);
CREATE INDEX tasks_task_unit ON tasks_task (government_id, counted_unit, due);
CREATE UNIQUE INDEX tasks_task_number ON tasks_task (government_id, year, number);

CREATE TABLE tasks_event (                         -- the thread of a task, a checklist or a meeting
	government_id BIGINT  NOT NULL,
	subject_id    BIGINT  NOT NULL,
	event_id      BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum task_event
	actor_id      BIGINT  NOT NULL,
	for_party     BIGINT  NOT NULL,                -- in whose place; 0: his own
	at            BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, subject_id, event_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE tasks_backlog (                       -- open tasks of a unit and all below it; 0: the whole government
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	due           INTEGER NOT NULL,
	sent_day      INTEGER NOT NULL,
	open_tasks    INTEGER NOT NULL,
	PRIMARY KEY (government_id, unit_id, due, sent_day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE tasks_check (                         -- a document that several look at
	government_id BIGINT  NOT NULL,
	check_id      BIGINT  NOT NULL,
	title         TEXT    NOT NULL,
	reference     TEXT    NOT NULL,                -- its number where it is registered
	link          TEXT    NOT NULL,
	file_sha256   TEXT    NOT NULL,                -- "": a reference suffices
	file_name     TEXT    NOT NULL,
	owner_id      BIGINT  NOT NULL,
	made_at       BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum check_state: open, objected, verified, withdrawn
	edition       INTEGER NOT NULL,                -- rises when the document is replaced; what was verified was the one before
	version       INTEGER NOT NULL,
	PRIMARY KEY (government_id, check_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tasks_check_owner ON tasks_check (government_id, owner_id, check_id);

CREATE TABLE tasks_check_line (
	government_id BIGINT  NOT NULL,
	check_id      BIGINT  NOT NULL,
	line          INTEGER NOT NULL,                -- 1..20
	text          TEXT    NOT NULL,
	party         BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum line_state: waiting, verified, objected
	decided_by    BIGINT  NOT NULL,
	decided_at    BIGINT  NOT NULL,
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, check_id, line)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tasks_check_line_party ON tasks_check_line (government_id, party, state, check_id);

CREATE TABLE tasks_meeting (
	government_id BIGINT  NOT NULL,
	meeting_id    BIGINT  NOT NULL,
	title         TEXT    NOT NULL,
	agenda        TEXT    NOT NULL,
	place         TEXT    NOT NULL,                -- "": online alone
	link          TEXT    NOT NULL,                -- "": on site alone
	starts_at     BIGINT  NOT NULL,
	ends_at       BIGINT  NOT NULL,
	party         BIGINT  NOT NULL,                -- the convenor
	convenor_id   BIGINT  NOT NULL,                -- who called it
	unit_id       BIGINT  NOT NULL,
	letter_number TEXT    NOT NULL,
	called_at     BIGINT  NOT NULL,
	state         INTEGER NOT NULL,                -- enum meeting_state: called, minuted, cancelled
	version       INTEGER NOT NULL,
	minutes       TEXT    NOT NULL,
	minutes_by    BIGINT  NOT NULL,
	minutes_at    BIGINT  NOT NULL,                -- 0: none
	PRIMARY KEY (government_id, meeting_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tasks_meeting_party ON tasks_meeting (government_id, party, starts_at);

CREATE TABLE tasks_invited (
	government_id BIGINT  NOT NULL,
	meeting_id    BIGINT  NOT NULL,
	invited       INTEGER NOT NULL,                -- 1..100
	party         BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	named_id      BIGINT  NOT NULL,                -- whom the head sends in his place; 0: nobody
	attended_id   BIGINT  NOT NULL,                -- who came; 0: nobody yet
	attended_at   BIGINT  NOT NULL,
	attended_as   INTEGER NOT NULL,                -- enum meeting_way: on_site, online
	PRIMARY KEY (government_id, meeting_id, invited)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX tasks_invited_party ON tasks_invited (government_id, party, meeting_id);
CREATE INDEX tasks_invited_named ON tasks_invited (government_id, named_id, meeting_id);

CREATE TABLE tasks_decision (                      -- what a meeting decided
	government_id BIGINT  NOT NULL,
	meeting_id    BIGINT  NOT NULL,
	decision      INTEGER NOT NULL,                -- 1..30
	text          TEXT    NOT NULL,
	task_id       BIGINT  NOT NULL,                -- what became of it; 0: nothing
	PRIMARY KEY (government_id, meeting_id, decision)
) /*sqlite WITHOUT ROWID*/;

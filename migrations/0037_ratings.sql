-- Ratings of work: feedback during the period, the rating of a period, its objection, and the dated numbers around it.

CREATE TABLE reports_feedback (                    -- what was said about somebody's work, by whom; it only grows
	government_id BIGINT  NOT NULL,
	employee_id   BIGINT  NOT NULL,                -- whose work it is about
	feedback_id   BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum feedback_kind: given, asked, answer, dialogue
	day           INTEGER NOT NULL,                -- the day it speaks of
	author_id     BIGINT  NOT NULL,
	author_for    BIGINT  NOT NULL,                -- in whose place
	author_as     INTEGER NOT NULL,                -- enum stand; none: the person himself, or his team lead
	reply_to      BIGINT  NOT NULL,                -- 0: none
	partner_id    BIGINT  NOT NULL,                -- author of what it answers
	answered_at   BIGINT  NOT NULL,                -- of a question; 0: waits
	said          TEXT    NOT NULL,
	at            BIGINT  NOT NULL,
	PRIMARY KEY (government_id, employee_id, feedback_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX reports_feedback_day ON reports_feedback (government_id, employee_id, day);

CREATE TABLE reports_rating (                      -- one person, one period
	government_id   BIGINT  NOT NULL,
	rating_id       BIGINT  NOT NULL,
	employee_id     BIGINT  NOT NULL,
	period          INTEGER NOT NULL,              -- enum rating_period: annual, quarterly
	first_day       INTEGER NOT NULL,
	last_day        INTEGER NOT NULL,
	unit_id         BIGINT  NOT NULL,              -- his on the last day
	superior_id     BIGINT  NOT NULL,              -- direct superior, in whose name it is given
	state           INTEGER NOT NULL,              -- enum rating_state: draft, rated, objected, locked
	version         INTEGER NOT NULL,
	work            INTEGER NOT NULL,              -- enum expectation; -1: not said yet
	behaviour       INTEGER NOT NULL,
	predicate       INTEGER NOT NULL,              -- enum predicate, by the matrix; -1
	reason          TEXT    NOT NULL,
	rated_by        BIGINT  NOT NULL,
	rated_for       BIGINT  NOT NULL,
	rated_as        INTEGER NOT NULL,              -- enum stand
	rated_at        BIGINT  NOT NULL,              -- told to the person; 0: not yet
	seen_at         BIGINT  NOT NULL,              -- a session of his fetched it first; 0: never
	object_until    INTEGER NOT NULL,              -- last day of an objection
	objection       TEXT    NOT NULL,
	objected_at     BIGINT  NOT NULL,
	decide_until    INTEGER NOT NULL,              -- last day of its decision, as promised
	answering_id    BIGINT  NOT NULL,              -- whose superior decides about the objection
	first_work      INTEGER NOT NULL,              -- as it was told before the decision
	first_behaviour INTEGER NOT NULL,
	decided_by      BIGINT  NOT NULL,
	decided_for     BIGINT  NOT NULL,
	decided_as      INTEGER NOT NULL,
	decided_at      BIGINT  NOT NULL,
	decision        TEXT    NOT NULL,              -- its reason
	outcome         INTEGER NOT NULL,              -- enum rating_outcome: open, accepted, undisputed, upheld, changed
	locked_at       BIGINT  NOT NULL,
	leaf_index      BIGINT  NOT NULL,              -- of the leaf over `sealed`; -1: not locked
	sealed          TEXT    NOT NULL,              -- what that leaf commits to
	PRIMARY KEY (government_id, rating_id)
) /*sqlite WITHOUT ROWID*/;
CREATE UNIQUE INDEX reports_rating_person ON reports_rating (government_id, employee_id, last_day, period);
CREATE INDEX reports_rating_unit ON reports_rating (government_id, period, last_day, unit_id, predicate);
CREATE INDEX reports_rating_open ON reports_rating (government_id, state, object_until);
CREATE INDEX reports_rating_answering ON reports_rating (government_id, answering_id, state);

CREATE TABLE reports_rating_note (                 -- what was seen of each value of conduct (BerAKHLAK)
	government_id BIGINT  NOT NULL,
	rating_id     BIGINT  NOT NULL,
	conduct       INTEGER NOT NULL,                -- enum conduct
	note          TEXT    NOT NULL,
	PRIMARY KEY (government_id, rating_id, conduct)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_rating_result (               -- what an agency achieved in a period, as its government assessed it
	government_id BIGINT  NOT NULL,
	unit_id       BIGINT  NOT NULL,
	period        INTEGER NOT NULL,
	last_day      INTEGER NOT NULL,
	result        INTEGER NOT NULL,                -- enum organisation_result
	basis         TEXT    NOT NULL,                -- decision or minutes it comes from
	set_by        BIGINT  NOT NULL,
	set_at        BIGINT  NOT NULL,
	PRIMARY KEY (government_id, unit_id, period, last_day)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_rating_rule (                 -- days and curves: local, dated
	government_id BIGINT  NOT NULL,
	rule_id       BIGINT  NOT NULL,
	rate_days     INTEGER NOT NULL,                -- after the period, until a rating is expected
	object_days   INTEGER NOT NULL,                -- after it was told, for an objection
	decide_days   INTEGER NOT NULL,                -- after the objection, for its decision
	legal_basis   TEXT    NOT NULL,
	verified_by   TEXT    NOT NULL,                -- "" : example, not law
	valid_from    INTEGER NOT NULL,
	valid_to      INTEGER NOT NULL,
	entered_by    BIGINT  NOT NULL,
	entered_at    BIGINT  NOT NULL,
	PRIMARY KEY (government_id, rule_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE reports_rating_curve (                -- percent of people per predicate that a result of the organisation suggests
	government_id BIGINT  NOT NULL,
	rule_id       BIGINT  NOT NULL,
	result        INTEGER NOT NULL,                -- enum organisation_result
	very_good     INTEGER NOT NULL,
	good          INTEGER NOT NULL,
	needs_work    INTEGER NOT NULL,
	poor          INTEGER NOT NULL,
	very_poor     INTEGER NOT NULL,
	PRIMARY KEY (government_id, rule_id, result)
) /*sqlite WITHOUT ROWID*/;

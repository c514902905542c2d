/* Private to absence: rows of kinds, notices, letters and balances, and the statements on them. */
#ifndef LUWES_ORG_ORG_ABSENCE_DB_H
#define LUWES_ORG_ORG_ABSENCE_DB_H

#include "org/org_absence.h"
#include "org/org_db.h"

enum notice_state { NOTICE_WAITING, NOTICE_ACCEPTED, NOTICE_REFUSED, NOTICE_WITHDRAWN };
extern const char *const notice_state_names[];
enum notice_event {
	EVENT_TOLD,
	EVENT_DOCUMENT,
	EVENT_ACCEPTED,
	EVENT_REFUSED,
	EVENT_NOTICE_WITHDRAWN,
	EVENT_REMINDED,
	EVENT_STATUS_WITHDRAWN /* an officer withdrew what was accepted */
};
extern const char *const notice_event_names[];

/* ---- kinds (org_kind_db.c) ---- */

/* Adds the row with a new id and its leaf; kind_id of `row` is ignored. */
enum err org_add_kind(struct tx *tx, const struct org_kind *row, int64_t *ret_kind);
enum err org_load_kind(struct tx *tx, int64_t kind_id, struct org_kind *ret);
/* Ends a row after `last_day`, with its leaf. */
enum err org_end_kind(struct tx *tx, const struct org_kind *row, int32_t last_day);

/* ---- notices (org_notice_db.c) ---- */

struct org_notice {
	int64_t notice_id, kind_id;
	struct employee_id employee, entered_by;
	int32_t kind, from, to, from_minute, to_minute;
	int32_t state, version, decider;
	bool sensitive;
	const char *reason, *route;
	struct uuid event_id;
	int64_t made_at, received_at;
	const char *document_sha256, *document_name;
	int32_t document_due;
	int64_t document_at;
	struct employee_id decided_by, decided_for;
	int64_t decided_at;
	const char *decision;
	int64_t status_id;
};
/* Adds it with the first line of its thread and marks its days. */
enum err org_add_notice(struct tx *tx, const struct org_notice *notice);
enum err org_load_notice(struct tx *tx, int64_t notice_id, struct org_notice *ret);
/* E_NOT_FOUND when the phone never told it. */
enum err org_load_notice_by_event(struct tx *tx, struct employee_id employee,
	const struct uuid *event_id, struct org_notice *ret);
/* Writes what changes: state, version, document, decision, status; a line of the thread; a leaf;
 * its days are marked. */
enum err org_set_notice(struct tx *tx, const struct org_notice *notice, enum notice_event event,
	struct employee_id actor, const char *note);
/* A waiting notice of the employee that overlaps `part`, other than `except`; E_NOT_FOUND: none. */
enum err org_find_notice_overlap(struct tx *tx, struct employee_id employee,
	const struct status_part *part, int64_t except, struct org_notice *ret);

/* The thread of the notice this status came from, if it came from one, says that it was withdrawn.
 */
enum err org_note_status_withdrawn(
	struct tx *tx, const struct org_status_row *row, struct employee_id actor, const char *why);

struct org_notice_line { /* as lists show it */
	struct org_notice notice;
	const char *full_name, *position, *unit_name, *unit_path, *entered_by_name,
		*decided_by_name;
	struct unit_id unit;
	int64_t status_ended_at; /* what it became was withdrawn then; 0 not */
	bool is_supervised;      /* the one who asks is supervisor or delegate on its first day */
};
#define NOTICES_PAGE 50
/* One of them as `actor` sees it. */
enum err org_load_notice_line(
	struct tx *tx, int64_t notice_id, struct employee_id actor, struct org_notice_line *ret);
/* Notices of an employee with ids below `before` (0: all), newest first. */
enum err org_list_notices(struct tx *tx, struct employee_id employee, int64_t before,
	struct org_notice_line *ret, int max, int *ret_count);
/* Those that `superior` decides as supervisor of their first day or as delegate, in `state`. */
enum err org_list_team_notices(struct tx *tx, struct employee_id superior, int32_t state,
	int64_t before, struct org_notice_line *ret, int max, int *ret_count);
struct notice_filter {
	int32_t state, decider; /* -1: any */
	bool overdue;
	int32_t today;
	int64_t before;
};
/* Those of people placed below `path` on their first day. */
enum err org_list_scope_notices(struct tx *tx, const char *path, const struct notice_filter *filter,
	struct employee_id actor, struct org_notice_line *ret, int max, int *ret_count);

struct org_notice_event_line {
	int32_t kind;
	int64_t at;
	struct employee_id actor; /* 0: the program itself */
	const char *actor_name, *note;
};
#define NOTICE_EVENTS_MAX 50
enum err org_list_notice_events(struct tx *tx, int64_t notice_id, struct org_notice_event_line *ret,
	int max, int *ret_count);
/* Reminds of documents that are overdue since at most two weeks, once each. */
enum err org_remind_documents(struct tx *tx, int32_t today);

/* ---- letters (org_letter_db.c) ---- */

struct org_letter {
	int64_t letter_id;
	struct unit_id unit;
	int32_t kind;
	const char *number;
	int32_t issued;
	const char *signer, *subject, *route;
	int32_t from, to, from_minute, to_minute;
	const char *file_sha256, *file_name;
	struct employee_id entered_by;
	int64_t entered_at, withdrawn_at;
	const char *withdrawn_why;
	int32_t members; /* still in it */
};
struct org_letter_member {
	struct employee_id employee;
	int64_t status_id, withdrawn_at;
	const char *full_name, *position;
};
#define LETTER_MEMBERS_MAX 500
/* Adds letter and members with their statuses, one leaf for all, and marks the days. */
enum err org_add_letter(
	struct tx *tx, struct org_letter *letter, struct org_letter_member *member, int members);
enum err org_load_letter(struct tx *tx, int64_t letter_id, struct org_letter *ret);
/* Whether the unit entered a letter of this number and date already. */
enum err org_is_letter_known(
	struct tx *tx, struct unit_id unit, const char *number, int32_t issued, bool *ret_known);
enum err org_list_letters(struct tx *tx, const char *path, int64_t before, struct org_letter *ret,
	int max, int *ret_count);
enum err org_list_letter_members(
	struct tx *tx, int64_t letter_id, struct org_letter_member *ret, int max, int *ret_count);
/* Ends one membership with its status. */
enum err org_end_letter_member(struct tx *tx, const struct org_letter *letter,
	const struct org_letter_member *member, struct employee_id by, const char *why);
/* The letter itself is withdrawn; its members were ended before. */
enum err org_end_letter(struct tx *tx, const struct org_letter *letter, const char *why);

/* ---- balances (org_balance_db.c) ---- */

struct org_balance {
	int32_t year, kind, days, as_of;
	const char *source;
};
#define BALANCES_MAX 60
/* Takes the place of what was said of the year and kind before. */
enum err org_set_balance(
	struct tx *tx, struct employee_id employee, const struct org_balance *balance);
/* Of an employee, the latest year first. */
enum err org_list_balances(struct tx *tx, struct employee_id employee, struct org_balance *ret,
	int max, int *ret_count);

/* ---- statuses ---- */

/* A status in force of the employee that overlaps `part`; E_NOT_FOUND: none. */
enum err org_find_status_overlap(struct tx *tx, struct employee_id employee,
	const struct status_part *part, struct org_status_row *ret);

#endif

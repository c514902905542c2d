/*
 * Private to attendance: the paper daftar hadir of a unit's day, entered by one person and
 * confirmed by another.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_PAPER_H
#define LUWES_ATTENDANCE_ATTENDANCE_PAPER_H

#include "attendance/attendance_stated.h"

#define PAPER_PEOPLE_MAX 300

enum paper_state { PAPER_WAITS, PAPER_CONFIRMED, PAPER_REFUSED, PAPER_WITHDRAWN };
extern const char *const paper_state_names[]; /* waiting confirmed refused withdrawn */

struct paper {
	int64_t id;
	struct unit_id unit;
	int32_t day;
	enum paper_state state;
	int32_t version;
	bool is_late;
	const char *late_reason;
	int32_t people;
	const char *file_sha256, *file_name;
	struct employee_id entered_by;
	int64_t entered_at;
	struct employee_id decided_by;
	int64_t decided_at;
	const char *decision;
};

struct paper_row {
	struct employee_id employee;
	int32_t in_minute, out_minute; /* MINUTE_NONE: not on the list */
	int64_t in_punch, out_punch;   /* 0 none */
	int32_t in_day, out_day;
	const char *note;
	const char *full_name; /* filled by lists */
};

/* ---- rules: pure ---- */

struct paper_fault {
	enum err e;
	const char *field, *reason; /* field NULL: nothing is wrong */
};
/* A list as a whole: its day, and whether it comes late and then says why. */
struct paper_fault attendance_check_paper(
	int32_t day, int32_t today, bool is_late, const char *late_reason);
/* What the store says about the person of a row. */
struct paper_person {
	bool is_of_unit;       /* placed in the unit or below it on that day */
	bool is_listed;        /* on another list of that day that waits or was confirmed */
	bool is_repeated;      /* an earlier row of this list */
	int64_t from, to;      /* window of his day */
	int64_t in_at, out_at; /* as the row states; NO_INSTANT none */
};
struct paper_fault attendance_check_paper_row(const struct paper_person *p, int64_t now_ms);
/* Four eyes, and never about oneself: who entered it does not confirm it, nor does anybody on it;
 * late ones are the agency officer's. */
enum err attendance_decide_paper(const struct paper *p, struct employee_id actor, bool is_on_it,
	bool is_officer, int32_t version_seen);

/* ---- statements ---- */

enum err attendance_add_paper(struct tx *tx, const struct paper *p);
enum err attendance_add_paper_row(
	struct tx *tx, const struct paper *p, const struct paper_row *row);
enum err attendance_load_paper(struct tx *tx, int64_t id, struct paper *ret);
enum err attendance_set_paper(struct tx *tx, struct paper *p);
enum err attendance_list_paper_rows(
	struct tx *tx, int64_t paper, struct paper_row *ret, int max, int *ret_count);
/* Of the units below `path`, newest first, ids below `before` (0: all), only waiting ones if asked.
 */
enum err attendance_list_papers(struct tx *tx, const char *path, bool waiting, int64_t before,
	struct paper *ret, int max, int *ret_count);
/* How many other lists that wait or were confirmed name the person for the day. */
enum err attendance_count_listed(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t *ret);
/* A person of the unit or below it on a day, for the blank list. */
struct sheet_person {
	struct employee_id employee;
	const char *full_name, *nip, *position;
	bool has_phone;
};
enum err attendance_list_sheet(struct tx *tx, const char *path, int32_t day,
	struct sheet_person *ret, int max, int *ret_count);
/* Lists that name the person for the day, oldest first. */
enum err attendance_list_day_papers(struct tx *tx, struct employee_id employee, int32_t day,
	struct paper *ret, int max, int *ret_count);

#define PAPER_STMTS 9
extern struct db_stmt *const attendance_paper_stmts[PAPER_STMTS];

/* ---- for routes and the demo ---- */

/* Records the list: every stated time waits in the journal. Fills ids; one leaf. */
enum err attendance_enter_paper(
	struct tx *tx, const struct policy_book *book, struct paper *p, struct paper_row *row);
/* The verdict on every time of the list; one leaf. */
enum err attendance_settle_paper(struct tx *tx, struct paper *p, enum paper_state state,
	struct employee_id by, const char *reason);

#endif

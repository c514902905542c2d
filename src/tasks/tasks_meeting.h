/* Meetings as rows, and what their routes share. Private to tasks/. */
#ifndef LUWES_TASKS_TASKS_MEETING_H
#define LUWES_TASKS_TASKS_MEETING_H

#include "tasks/tasks_routes.h"

#define INVITED_MAX   100
#define DECISIONS_MAX 30
#define AGENDA_MAX    2000
#define MINUTES_MAX   8000
#define DECISION_MAX  500
#define PLACE_MAX     200

struct invited_row {
	int32_t invited;
	struct party party;
	struct unit_id unit;
	struct employee_id named, attended;
	int64_t attended_at;
	int32_t attended_as;
	const char *person_name, *position, *named_name, *attended_name; /* NULL: none */
};
struct decision_row {
	int32_t decision;
	const char *text;
	int64_t task;
};
struct meeting_row {
	int64_t id;
	const char *title, *agenda, *place, *link, *letter_number;
	int64_t starts_at, ends_at, called_at;
	struct party party;
	struct employee_id convenor;
	struct unit_id unit;
	int32_t state, version;
	const char *minutes;
	struct employee_id minutes_by;
	int64_t minutes_at;
	const char *convenor_name, *minutes_by_name;
	int32_t invited, attended; /* of a list */
};

/* Adds it with who is invited, an event and a leaf; gives it its id. */
enum err tasks_add_meeting(
	struct tx *tx, struct meeting_row *meeting, const struct invited_row *invited, int count);
enum err tasks_load_meeting(struct tx *tx, int64_t meeting, struct meeting_row *ret);
/* Writes state, version and minutes. */
enum err tasks_put_meeting(struct tx *tx, const struct meeting_row *meeting);
/* Those a party calls, is invited to or is named for: to come (end at `now` or later, the next
 * first) or past (newest first), after the row of the cursor. */
struct meeting_page {
	bool is_past;
	int64_t now, cursor, cursor_at;
	int max;
};
enum err tasks_list_meetings(struct tx *tx, struct party party, const struct meeting_page *page,
	struct meeting_row *ret, int *ret_count);
/* In order of invitation. */
enum err tasks_list_invited(
	struct tx *tx, int64_t meeting, int32_t day, struct invited_row *ret, int *ret_count);
/* Writes whom the head names and who came. */
enum err tasks_put_invited(struct tx *tx, int64_t meeting, const struct invited_row *row);
enum err tasks_list_decisions(
	struct tx *tx, int64_t meeting, struct decision_row *ret, int *ret_count);
/* Adds it or writes its text and task. */
enum err tasks_put_decision(struct tx *tx, int64_t meeting, const struct decision_row *row);
/* Takes away those after the first `kept`. */
enum err tasks_cut_decisions(struct tx *tx, int64_t meeting, int kept);

#define TASKS_MEETING_STMTS 11
extern struct db_stmt *const tasks_meeting_stmts[TASKS_MEETING_STMTS];

/* The invitation by which somebody may attend: his own, one he is named for, one of an office or
 * person in whose place he stands and for whom nobody is named; NULL: none. Pure. */
struct invited_row *tasks_find_invitation(
	struct invited_row *row, int count, const struct places *places);

/* Everybody who has part in it; else it is its convenor's. Every path begins with its id. */
enum err tasks_find_meeting(struct req *rq, struct object *ret_object);
/* When it may be attended: by the numbers of its day. */
enum err tasks_load_window(
	struct req *rq, const struct meeting_row *meeting, struct meeting_window *ret);

extern const struct shape tasks_meeting_key_shape, tasks_meeting_attend_shape,
	tasks_meeting_name_shape, tasks_meeting_minutes_shape, tasks_meeting_cancel_shape,
	tasks_meeting_task_shape;
enum err tasks_reply_meeting(struct req *rq, const struct meeting_row *meeting);
enum err tasks_post_attend(struct req *rq);
enum err tasks_post_name(struct req *rq);
enum err tasks_put_minutes(struct req *rq);
enum err tasks_post_cancel(struct req *rq);
enum err tasks_post_decision_task(struct req *rq);

#endif

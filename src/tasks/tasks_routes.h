/* Private to tasks: what its routes share. Handlers and shapes stand in a file for each concern. */
#ifndef LUWES_TASKS_TASKS_ROUTES_H
#define LUWES_TASKS_TASKS_ROUTES_H

#include "org/org_access.h"
#include "platform/slice.h"
#include "tasks/tasks_int.h"

/* ---- seeing (tasks_view.c) ---- */

struct task_item {
	int64_t task, parent, meeting;
	int32_t year, number, kind;
	const char *subject, *from_name, *from_unit_name, *to_name, *to_unit_name, *for_name;
	bool from_office;
	int64_t sent_at;
	int32_t due, state, version;
	bool past_due, is_left;
	const char *letter_number, *letter_link;
};
extern const struct shape tasks_item_shape;
struct task_item tasks_make_item(
	const struct org_tree *tree, const struct task_row *row, int32_t today);

struct event_item {
	int32_t kind;
	int64_t at;
	const char *actor_name, *for_name, *note;
};
extern const struct shape tasks_event_shape;
/* The thread of a subject; offices in whose place somebody acted by the name of their unit. */
enum err tasks_load_thread(
	struct req *rq, int64_t subject, struct event_item **ret, int *ret_count);

/* "" when unknown. */
const char *tasks_unit_name(const struct org_tree *tree, struct unit_id unit);
/* What the reader may act for today. */
enum err tasks_load_own_places(struct req *rq, struct places *ret);
/* Of the event: in whose place, 0 when it is one's own. */
struct party tasks_for(const struct places *places, struct party party);
/* Optional texts: NULL when empty, and "" when absent. */
const char *tasks_optional(const char *text);
const char *tasks_text(const char *text);
/* Refuses what is no https address of at most TASK_LINK_MAX bytes; "" is good. */
enum err tasks_check_link(struct req *rq, const char *link, const char *pointer);

/* ---- reports (tasks_report.c) ---- */

extern const struct shape tasks_reportable_query_shape, tasks_reportable_shape, tasks_fact_shape;
enum err tasks_get_reportable(struct req *rq);
/* The task as a report names it: report_task_source. */
enum err tasks_load_for_report(struct tx *tx, int64_t task, struct employee_id actor, int32_t day,
	struct report_task *ret, bool *ret_may);

/* ---- sending (tasks_send.c) ---- */

/* Whom it goes to, as asked: one of the two. */
struct address {
	struct employee_id employee;
	struct unit_id unit;
};
struct sending {
	enum task_kind kind;
	struct party from;      /* found: as whom one sends */
	struct party for_party; /* of the event */
	struct unit_id from_unit, to_unit;
	struct party to;
	bool is_invited; /* to the meeting that decided it */
	bool is_passed;  /* not sent anew */
};
/* Finds the facts, refuses at `pointer` what the rule refuses. */
enum err tasks_find_sending(struct req *rq, const struct places *places,
	const struct address *address, const char *pointer, struct sending *ret);
/* The due day: asked, or so many working days of the unit from today. Refuses one in the past, more
 * than a year ahead, or after `last` (0: no bound). */
enum err tasks_find_due(
	struct req *rq, struct unit_id unit, int32_t asked, int32_t last, int32_t *ret_due);

/* The party of an address that is asked to verify or to come; refuses at `pointer`. */
enum err tasks_find_near(struct req *rq, const struct places *places, const struct address *address,
	bool needs_head, const char *pointer, struct party *ret, struct unit_id *ret_unit);
extern const struct shape tasks_input_shape, tasks_added_shape;
enum err tasks_reply_added(struct req *rq, const struct task_row *task);
enum err tasks_post(struct req *rq);

/* ---- the object ---- */

/* A task one has part in is one's own; else it is its holder's. Every path begins with its id. */
enum err tasks_find_object(struct req *rq, struct object *ret_object);

/* ---- acting (tasks_act_routes.c) ---- */

extern const struct shape tasks_act_shape, tasks_note_act_shape, tasks_reason_act_shape,
	tasks_result_act_shape, tasks_pass_shape, tasks_state_shape, tasks_note_shape;
enum err tasks_post_accept(struct req *rq);
enum err tasks_post_pass(struct req *rq);
enum err tasks_post_return(struct req *rq);
enum err tasks_post_done(struct req *rq);
enum err tasks_post_close(struct req *rq);
enum err tasks_post_withdraw(struct req *rq);
enum err tasks_post_note(struct req *rq);
/* How the reader stands to a task; children are counted. */
enum err tasks_load_stand(struct req *rq, const struct places *places, const struct task_row *task,
	struct task_stand *ret);

/* ---- lists (tasks_list_routes.c) ---- */

extern const struct shape tasks_list_query_shape, tasks_list_shape, tasks_path_shape,
	tasks_detail_shape, tasks_recipients_query_shape, tasks_recipients_shape,
	tasks_backlog_query_shape, tasks_backlog_shape, tasks_open_query_shape, tasks_open_shape;
enum err tasks_get_inbox(struct req *rq);
enum err tasks_get_sent(struct req *rq);
enum err tasks_get_one(struct req *rq);
enum err tasks_get_recipients(struct req *rq);
enum err tasks_find_backlog_unit(struct req *rq, struct object *ret_object);
enum err tasks_get_backlog(struct req *rq);
enum err tasks_find_open_unit(struct req *rq, struct object *ret_object);
enum err tasks_get_open(struct req *rq);

#endif

/*
 * Private to tasks: parties, the rules of sending, acting and attending, and the rows.
 *
 * A party is an employee or an office: minus the unit whose head it is on the day. So a disposition
 * to a head finds his successor, his plh and, while the office is vacant, who stands one level up.
 */
#ifndef LUWES_TASKS_TASKS_INT_H
#define LUWES_TASKS_TASKS_INT_H

#include "org/org_stand.h"
#include "platform/db.h"
#include "platform/http.h"
#include "reports/reports.h"
#include "tasks/tasks.h"

/* ---- parties ---- */

struct party {
	int64_t v; /* above 0 an employee, below 0 the office of a unit, 0 nobody */
};
static inline struct party party_of_person(struct employee_id e)
{
	return (struct party){e.v};
}
static inline struct party party_of_office(struct unit_id u)
{
	return (struct party){-u.v};
}
/* The employee, or 0 when it is an office. */
static inline struct employee_id party_person(struct party p)
{
	return (struct employee_id){p.v > 0 ? p.v : 0};
}
/* The unit whose office it is, or 0 when it is a person. */
static inline struct unit_id party_office(struct party p)
{
	return (struct unit_id){p.v < 0 ? -p.v : 0};
}

/* What somebody may act for on a day: himself first, the offices he holds, those he stands in for.
 */
struct place {
	struct party party;
	bool is_own; /* himself, or an office that is his: as plt and plh it is another's */
};
#define PLACES_MAX (2 * SEATS_MAX + ROLES_MAX)
struct places {
	struct employee_id actor;
	struct place place[PLACES_MAX];
	int count;
};
enum err tasks_load_places(
	struct tx *tx, struct employee_id actor, int32_t day, struct places *ret);
/* Whether the party is among them; NULL when not. Pure. */
const struct place *tasks_find_place(const struct places *places, struct party party);

/* ---- sending: tasks_rules.c ---- */

enum task_kind { TASK_DISPOSITION, TASK_ASSIGNMENT, TASK_DECISION };
extern const char *const task_kind_names[];
#define TASK_LIVE_LAST TASK_RETURNED /* up to here somebody still has to do something */

/* How the one addressed stands to the sender, on the day of sending. */
struct send_facts {
	enum task_kind kind;
	bool is_serving; /* the person works here today; of an office: somebody heads it */
	bool is_self;
	bool is_below;    /* the sender, or whom he stands in for, is his superior */
	bool is_led;      /* the sender leads his team */
	bool is_peer;     /* both have one superior */
	bool is_own_unit; /* his unit is one the sender heads: nobody stands between */
	bool is_office;
	bool is_head;                 /* the sender speaks for an office */
	bool is_own_office, is_above; /* the office is the sender's, or lies above his */
	bool is_invited;              /* to the meeting that decided it */
};
enum send_fault {
	SEND_SOUND,
	SEND_NOT_SERVING,
	SEND_NO_HEAD,
	SEND_OWN_OFFICE,
	SEND_UPWARDS,
	SEND_NOT_HEAD,      /* only who heads a unit turns to another unit */
	SEND_NOT_IN_LINE,   /* a person of another unit: through its head */
	SEND_NOT_DOWNWARDS, /* a disposition goes down the line */
	SEND_FAULTS
};
enum send_fault tasks_check_send(const struct send_facts *facts);
#define TASK_DEPTH_MAX 12

/* Who may be asked to verify a document, or to come to a meeting. */
struct near_facts {
	bool is_serving; /* as in send_facts */
	bool is_self;
	bool is_near; /* along a line of send_facts, his superior or team lead, of a unit he heads
		       */
	bool is_office, is_own_office;
	bool needs_head, is_head; /* a meeting across units is called by who heads one */
};
enum near_fault {
	NEAR_SOUND,
	NEAR_NOT_SERVING,
	NEAR_SELF,
	NEAR_FAR, /* of another unit: through its head */
	NEAR_NO_HEAD,
	NEAR_OWN_OFFICE,
	NEAR_NOT_HEAD,
	NEAR_FAULTS
};
enum near_fault tasks_check_near(const struct near_facts *facts);

/* ---- acting ---- */

enum task_act { ACT_ACCEPT, ACT_PASS, ACT_RETURN, ACT_DONE, ACT_CLOSE, ACT_WITHDRAW };
enum task_event {
	EVENT_SENT,
	EVENT_ACCEPTED,
	EVENT_PASSED,
	EVENT_RETURNED, /* by the holder */
	EVENT_DONE,
	EVENT_GIVEN_BACK, /* by the sender: not done yet */
	EVENT_CLOSED,
	EVENT_WITHDRAWN,
	EVENT_NOTED,
	EVENT_LINE_VERIFIED,
	EVENT_LINE_OBJECTED,
	EVENT_REPLACED, /* the document */
	EVENT_CALLED,
	EVENT_NAMED,
	EVENT_MINUTED,
	EVENT_CANCELLED
};
extern const char *const task_event_names[];
struct task_stand {
	bool is_holder, is_sender;         /* himself or in somebody's place */
	bool is_own_holder, is_own_sender; /* himself */
	struct party hand;                 /* of tasks_load_hand */
	int open_children;
};
enum act_fault { ACT_SOUND, ACT_NOT_YOURS, ACT_STATE, ACT_CHILDREN, ACT_OWN, ACT_FAULTS };
/* What the act makes of the task, and what the thread says of it. */
enum act_fault tasks_decide(enum task_act act, enum task_state state,
	const struct task_stand *stand, enum task_state *ret_state, enum task_event *ret_event);
/* Late: still with the holder after its day. */
bool tasks_is_overdue(enum task_state state, int32_t due, int32_t today);

/* Whether a report of `day` may say that the task was worked on: it was open then. Pure. */
bool tasks_may_report(enum task_state state, int32_t sent_day, int32_t changed_day, int32_t day);

/* ---- checklists ---- */

enum document_state { CHECK_OPEN, CHECK_OBJECTED, CHECK_VERIFIED, CHECK_WITHDRAWN };
extern const char *const document_state_names[];
enum line_state { LINE_WAITING, LINE_VERIFIED, LINE_OBJECTED };
extern const char *const line_state_names[];
#define CHECK_LINES_MAX 20
/* The whole is verified when all lines are, and objected when one is. */
enum document_state tasks_decide_check(const int32_t *line_state, int lines);

/* ---- meetings ---- */

enum meeting_state { MEETING_CALLED, MEETING_MINUTED, MEETING_CANCELLED };
extern const char *const meeting_state_names[];
enum meeting_way { WAY_ON_SITE, WAY_ONLINE };
extern const char *const meeting_way_names[];
struct meeting_window {
	int64_t starts_at, ends_at;
	int32_t opens_minutes, closes_minutes; /* before its start, after its end: parameters */
	bool has_place, has_link, is_cancelled;
};
enum attend_fault {
	ATTEND_SOUND,
	ATTEND_CANCELLED,
	ATTEND_EARLY,
	ATTEND_LATE,
	ATTEND_NO_PLACE,
	ATTEND_NO_LINK,
	ATTEND_FAULTS
};
enum attend_fault tasks_check_attendance(
	const struct meeting_window *window, enum meeting_way way, int64_t now);

/* ---- rows: tasks_db.c ---- */

#define TASK_SUBJECT_MAX  200
#define TASK_BODY_MAX     2000
#define TASK_NOTE_MAX     1000
#define TASK_LETTER_MAX   100
#define TASK_LINK_MAX     300
#define TASK_EVENTS_MAX   200
#define TASK_CHILDREN_MAX 50
#define TASK_FACTS_MAX    50
#define TASKS_PAGE        50

struct task_row {
	int64_t id, parent;
	int32_t year, number, depth, kind;
	const char *subject, *body;
	struct party from, to;
	struct employee_id from_id;
	struct unit_id from_unit, to_unit;
	int64_t sent_at;
	int32_t sent_day, due, state, version;
	int64_t changed_at;
	const char *result, *letter_number, *letter_link;
	int64_t meeting;
	struct unit_id counted_unit;
	/* of a list: names, NULL when it is an office */
	const char *from_name, *to_name;
	bool is_left; /* of tasks_list_left */
};

/* Gives it its id and number, adds the first event and the leaf, marks it for the backlog. */
enum err tasks_add(struct tx *tx, struct task_row *task, struct employee_id actor,
	struct party for_party, const char *note);
enum err tasks_load(struct tx *tx, int64_t task, struct task_row *ret);
/* Writes state, version and result; adds the event and the leaf, marks it for the backlog. */
enum err tasks_put(struct tx *tx, const struct task_row *task, enum task_event event,
	struct employee_id actor, struct party for_party, const char *note);
/* Writes what the backlog counts it as. */
enum err tasks_put_counted(struct tx *tx, int64_t task, struct unit_id unit);
/*
 * Of a party, to it or from it: what somebody still has to do with, by due day, after the row of
 * `cursor`; or with is_past what is over, newest first.
 */
struct task_page {
	bool is_sent, is_past;
	int64_t cursor;     /* 0: the first page */
	int32_t cursor_due; /* of its row; -1 on the first page */
	int max;
};
enum err tasks_list(struct tx *tx, struct party party, const struct task_page *page,
	struct task_row *ret, int *ret_count);
/* Open ones of a unit, and of units below it that nobody heads, given to persons who work there
 * no more on the day; by due day. */
enum err tasks_list_left(struct tx *tx, struct unit_id unit, int32_t day,
	const struct task_page *page, struct task_row *ret, int *ret_count);
/* What it was passed on as, in that order; at most TASK_CHILDREN_MAX. */
enum err tasks_list_children(struct tx *tx, int64_t task, struct task_row *ret, int *ret_count);
enum err tasks_count_open_children(struct tx *tx, int64_t task, int *ret_count);
/* Open ones of a unit and those below it, by due day, after the row of the page's cursor. */
enum err tasks_list_open(struct tx *tx, const char *unit_path, const struct task_page *page,
	struct task_row *ret, int *ret_count);

struct task_event_row {
	int32_t kind;
	int64_t at;
	struct employee_id actor;
	struct party for_party;
	const char *actor_name, *for_name, *note;
};
enum err tasks_add_event(struct tx *tx, int64_t subject, enum task_event event,
	struct employee_id actor, struct party for_party, const char *note);
/* In their order; at most `max`. */
enum err tasks_list_events(
	struct tx *tx, int64_t subject, struct task_event_row *ret, int max, int *ret_count);
enum err tasks_count_events(struct tx *tx, int64_t subject, int *ret_count);
/* The leaf of a decision: its words, and what they are about. */
void tasks_add_leaf(struct tx *tx, int64_t subject, const char *what, struct employee_id actor,
	struct party for_party, const char *note);

/* ---- people: tasks_people_db.c ---- */

struct task_person {
	struct employee_id id;
	const char *full_name, *position;
	struct unit_id unit;
};
/* Somebody of a unit or below it whose folded name holds `name`, by name; at most `max`. */
enum err tasks_find_people(struct tx *tx, const char *unit_path, int32_t day, const char *name,
	struct task_person *ret, int max, int *ret_count);
/* Those in the unit itself, by name. */
enum err tasks_list_unit_people(struct tx *tx, struct unit_id unit, int32_t day,
	struct task_person *ret, int max, int *ret_count);
/* Whether somebody heads the unit on the day, and his name. */
enum err tasks_load_head(
	struct tx *tx, struct unit_id unit, int32_t day, bool *ret_has, const char **ret_name);
/* In whose hand the task is beside who was given it: while that person works in its unit, his own;
 * else that of the office of the unit, or of the nearest one above that has a head or is among the
 * places. */
enum err tasks_load_hand(struct tx *tx, const struct places *places, const struct task_row *task,
	int32_t day, struct party *ret);
/* Name of a person with titles; "" when unknown. */
enum err tasks_load_name(
	struct tx *tx, struct employee_id employee, int32_t day, const char **ret_name);

/* ---- the backlog ---- */

/* Adds `delta` open tasks to the row of a unit and of the days; a row of none is taken away. */
enum err tasks_add_backlog(
	struct tx *tx, struct unit_id unit, int32_t due, int32_t sent_day, int delta);
/* Counts what the batch marked with CHANGE_TASK. */
enum err tasks_project(struct tx *tx);

#define TASKS_STMTS         16
#define TASKS_PEOPLE_STMTS  4
#define TASKS_BACKLOG_STMTS 5
extern struct db_stmt *const tasks_stmts[TASKS_STMTS],
	*const tasks_people_stmts[TASKS_PEOPLE_STMTS],
		*const tasks_backlog_stmts[TASKS_BACKLOG_STMTS];

#endif

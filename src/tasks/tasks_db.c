/*
 * Tasks and threads as rows. Every act is a line of the thread and a leaf of the log; what changes
 * the backlog is marked, so that the projection counts it once in the same transaction.
 */
#include "tasks/tasks_int.h"

#include "platform/changes.h"
#include "platform/clock.h"
#include "trust/trust.h"

/* ---- the thread ---- */

static struct db_stmt ADD_EVENT = {"tasks_add_event",
	"INSERT INTO tasks_event (government_id, subject_id, event_id, kind, actor_id, for_party, "
	"at, note)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err tasks_add_event(struct tx *tx, int64_t subject, enum task_event event,
	struct employee_id actor, struct party for_party, const char *note)
{
	return db_exec(tx, &ADD_EVENT,
		BIND(db_int(tx->government.v), db_int(subject), db_int(id_next()), db_int(event),
			db_int(actor.v), db_int(for_party.v), db_int(tx->now_ms), db_text(note)),
		NULL);
}

void tasks_add_leaf(struct tx *tx, int64_t subject, const char *what, struct employee_id actor,
	struct party for_party, const char *note)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "%s by %lld for %lld: %s", what, (long long)actor.v,
		(long long)for_party.v, note);
	trust_add_leaf(tx, LEAF_TASK, subject, fact.p, fact.n);
}

static struct db_stmt LIST_EVENTS = {"tasks_list_events",
	"SELECT v.kind, v.at, v.actor_id, v.for_party, v.note, coalesce(a.name, ''),"
	" coalesce(a.title_before, ''), coalesce(a.title_after, ''), coalesce(f.name, ''),"
	" coalesce(f.title_before, ''), coalesce(f.title_after, '') FROM tasks_event v"
	" LEFT JOIN org_employee a ON a.government_id = v.government_id AND a.employee_id = "
	"v.actor_id"
	" LEFT JOIN org_employee f ON f.government_id = v.government_id AND f.employee_id = "
	"v.for_party"
	" WHERE v.government_id = $1 AND v.subject_id = $2 ORDER BY v.event_id LIMIT $3",
	0};

enum err tasks_list_events(
	struct tx *tx, int64_t subject, struct task_event_row *ret, int max, int *ret_count)
{
	struct task_event_row v = {0};
	struct employee_row actor = {0}, other = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_EVENTS, BIND(db_int(tx->government.v), db_int(subject), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int32(&v.kind), to_int64(&v.at), to_int64(&v.actor.v),
				to_int64(&v.for_party.v), to_text(&v.note), to_text(&actor.name),
				to_text(&actor.title_before), to_text(&actor.title_after),
				to_text(&other.name), to_text(&other.title_before),
				to_text(&other.title_after)))) {
		v.actor_name = org_full_name(tx->arena, &actor);
		v.for_name = v.for_party.v > 0 ? org_full_name(tx->arena, &other) : NULL;
		ret[n++] = v;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt COUNT_EVENTS = {"tasks_count_events",
	"SELECT count(*) FROM tasks_event WHERE government_id = $1 AND subject_id = $2", 0};

enum err tasks_count_events(struct tx *tx, int64_t subject, int *ret_count)
{
	int32_t n = 0;
	enum err e = db_load(tx, &COUNT_EVENTS, BIND(db_int(tx->government.v), db_int(subject)),
		INTO(to_int32(&n)));

	*ret_count = n;
	return e;
}

/* ---- rows ---- */

#define COLUMNS                                                                                    \
	"t.task_id, t.parent_id, t.year, t.number, t.depth, t.kind, t.subject, t.body,"            \
	" t.from_party, t.to_party, t.from_id, t.from_unit, t.to_unit, t.sent_at, t.sent_day,"     \
	" t.due, t.state, t.version, t.changed_at, t.result, t.letter_number, t.letter_link,"      \
	" t.meeting_id, t.counted_unit, coalesce(f.name, ''), coalesce(f.title_before, ''),"       \
	" coalesce(f.title_after, ''), coalesce(r.name, ''), coalesce(r.title_before, ''),"        \
	" coalesce(r.title_after, '')"
#define TABLES                                                                                     \
	" FROM tasks_task t LEFT JOIN org_employee f ON f.government_id = t.government_id"         \
	" AND f.employee_id = t.from_id LEFT JOIN org_employee r"                                  \
	" ON r.government_id = t.government_id AND r.employee_id = t.to_party"

static bool next_task(struct db_rows *rows, struct task_row *t)
{
	struct employee_row from = {0}, to = {0};

	if (!db_next(rows,
		    INTO(to_int64(&t->id), to_int64(&t->parent), to_int32(&t->year),
			    to_int32(&t->number), to_int32(&t->depth), to_int32(&t->kind),
			    to_text(&t->subject), to_text(&t->body), to_int64(&t->from.v),
			    to_int64(&t->to.v), to_int64(&t->from_id.v), to_int64(&t->from_unit.v),
			    to_int64(&t->to_unit.v), to_int64(&t->sent_at), to_int32(&t->sent_day),
			    to_int32(&t->due), to_int32(&t->state), to_int32(&t->version),
			    to_int64(&t->changed_at), to_text(&t->result),
			    to_text(&t->letter_number), to_text(&t->letter_link),
			    to_int64(&t->meeting), to_int64(&t->counted_unit.v),
			    to_text(&from.name), to_text(&from.title_before),
			    to_text(&from.title_after), to_text(&to.name),
			    to_text(&to.title_before), to_text(&to.title_after))))
		return false;
	t->from_name = org_full_name(rows->tx->arena, &from);
	t->to_name = t->to.v > 0 ? org_full_name(rows->tx->arena, &to) : NULL;
	return true;
}

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct task_row *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max && next_task(&rows, &ret[n]))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_TASK = {"tasks_load_task",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.task_id = $2", 0};

enum err tasks_load(struct tx *tx, int64_t task, struct task_row *ret)
{
	int count;
	enum err e = list(
		tx, &LOAD_TASK, BIND(db_int(tx->government.v), db_int(task)), ret, 1, &count);

	return e ? e : count ? OK : E_NOT_FOUND;
}

static struct db_stmt NEXT_NUMBER = {"tasks_next_number",
	"SELECT coalesce(max(number), 0) + 1 FROM tasks_task WHERE government_id = $1 AND year = "
	"$2",
	0};
static struct db_stmt ADD_TASK = {"tasks_add_task",
	"INSERT INTO tasks_task (government_id, task_id, year, number, parent_id, depth, kind, "
	"subject, body,"
	" from_party, from_id, from_unit, to_party, to_unit, sent_at, sent_day, due, state, "
	"version,"
	" changed_at, result, letter_number, letter_link, meeting_id, counted_unit) VALUES ($1, "
	"$2, $3, $4,"
	" $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 1, $15, '', $18, $19, "
	"$20, 0)",
	0};

enum err tasks_add(struct tx *tx, struct task_row *task, struct employee_id actor,
	struct party for_party, const char *note)
{
	int year, month, day;
	enum err e;

	_Static_assert(TASK_SENT == 0, "number of the statement");
	day_to_civil(task->sent_day, &year, &month, &day);
	task->id = id_next();
	task->year = year;
	task->sent_at = tx->now_ms;
	task->state = TASK_SENT;
	task->version = 1;
	e = db_load(tx, &NEXT_NUMBER, BIND(db_int(tx->government.v), db_int(year)),
		INTO(to_int32(&task->number)));
	if (!e)
		e = db_exec(tx, &ADD_TASK,
			BIND(db_int(tx->government.v), db_int(task->id), db_int(year),
				db_int(task->number), db_int(task->parent), db_int(task->depth),
				db_int(task->kind), db_text(task->subject), db_text(task->body),
				db_int(task->from.v), db_int(task->from_id.v),
				db_int(task->from_unit.v), db_int(task->to.v),
				db_int(task->to_unit.v), db_int(task->sent_at),
				db_int(task->sent_day), db_int(task->due),
				db_text(task->letter_number), db_text(task->letter_link),
				db_int(task->meeting)),
			NULL);
	if (!e)
		e = tasks_add_event(tx, task->id, EVENT_SENT, actor, for_party, note);
	if (e)
		return e;
	tasks_add_leaf(tx, task->id,
		arena_printf(tx->arena, "task %lld %s to %lld due %d: %s: %s", (long long)task->id,
			task_kind_names[task->kind], (long long)task->to.v, task->due,
			task->subject, task->body),
		actor, for_party, note);
	changes_add(tx->changes, CHANGE_TASK, task->id, 0);
	return OK;
}

static struct db_stmt PUT_TASK = {"tasks_put_task",
	"UPDATE tasks_task SET state = $3, version = $4, changed_at = $5, result = $6"
	" WHERE government_id = $1 AND task_id = $2",
	0};

enum err tasks_put(struct tx *tx, const struct task_row *task, enum task_event event,
	struct employee_id actor, struct party for_party, const char *note)
{
	enum err e = db_exec(tx, &PUT_TASK,
		BIND(db_int(tx->government.v), db_int(task->id), db_int(task->state),
			db_int(task->version), db_int(tx->now_ms), db_text(task->result)),
		NULL);

	if (!e)
		e = tasks_add_event(tx, task->id, event, actor, for_party, note);
	if (e)
		return e;
	tasks_add_leaf(tx, task->id,
		arena_printf(tx->arena, "task %lld %s version %d", (long long)task->id,
			task_event_names[event], task->version),
		actor, for_party, note);
	changes_add(tx->changes, CHANGE_TASK, task->id, 0);
	return OK;
}

static struct db_stmt PUT_COUNTED = {"tasks_put_counted",
	"UPDATE tasks_task SET counted_unit = $3 WHERE government_id = $1 AND task_id = $2", 0};

enum err tasks_put_counted(struct tx *tx, int64_t task, struct unit_id unit)
{
	return db_exec(tx, &PUT_COUNTED,
		BIND(db_int(tx->government.v), db_int(task), db_int(unit.v)), NULL);
}

/* ---- lists ---- */

#define BY_DUE                                                                                     \
	" AND t.state <= $3 AND (t.due > $4 OR (t.due = $4 AND t.task_id > $5))"                   \
	" ORDER BY t.due, t.task_id LIMIT $6"
#define NEWEST " AND t.state > $3 AND ($4 = 0 OR t.task_id < $4) ORDER BY t.task_id DESC LIMIT $5"

static struct db_stmt LIST_TO = {"tasks_list_to",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.to_party = $2" BY_DUE, 0};
static struct db_stmt LIST_FROM = {"tasks_list_from",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.from_party = $2" BY_DUE, 0};
static struct db_stmt LIST_TO_PAST = {"tasks_list_to_past",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.to_party = $2" NEWEST, 0};
static struct db_stmt LIST_FROM_PAST = {"tasks_list_from_past",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.from_party = $2" NEWEST, 0};

enum err tasks_list(struct tx *tx, struct party party, const struct task_page *page,
	struct task_row *ret, int *ret_count)
{
	const enum task_state last = page->is_sent ? TASK_LIVE_LAST : TASK_OPEN_LAST;

	if (page->is_past)
		return list(tx, page->is_sent ? &LIST_FROM_PAST : &LIST_TO_PAST,
			BIND(db_int(tx->government.v), db_int(party.v), db_int(last),
				db_int(page->cursor), db_int(page->max)),
			ret, page->max, ret_count);
	return list(tx, page->is_sent ? &LIST_FROM : &LIST_TO,
		BIND(db_int(tx->government.v), db_int(party.v), db_int(last),
			db_int(page->cursor_due), db_int(page->cursor), db_int(page->max)),
		ret, page->max, ret_count);
}

static struct db_stmt LIST_OPEN = {"tasks_list_open",
	"SELECT " COLUMNS TABLES " JOIN org_unit u ON u.government_id = t.government_id"
	" AND u.unit_id = t.counted_unit WHERE t.government_id = $1 AND t.counted_unit <> 0"
	" AND substr(u.path, 1, length(CAST($2 AS TEXT))) = $2" BY_DUE,
	0};

enum err tasks_list_open(struct tx *tx, const char *unit_path, const struct task_page *page,
	struct task_row *ret, int *ret_count)
{
	return list(tx, &LIST_OPEN,
		BIND(db_int(tx->government.v), db_text(unit_path), db_int(TASK_OPEN_LAST),
			db_int(page->cursor_due), db_int(page->cursor), db_int(page->max)),
		ret, page->max, ret_count);
}

/* The unit, and those below it down to the next that has a head: definitive, plt or plh, and in
 * service, as in LOAD_HEAD. */
static struct db_stmt LIST_LEFT = {"tasks_list_left",
	"WITH RECURSIVE kept (unit_id, depth) AS (SELECT CAST($2 AS BIGINT), 0 UNION ALL"
	" SELECT u.unit_id, k.depth + 1 FROM kept k JOIN org_unit u ON u.government_id = $1"
	" AND u.parent_id = k.unit_id WHERE k.depth < 40 AND NOT EXISTS (SELECT 1 FROM org_role h"
	" JOIN org_employee w ON w.government_id = $1 AND w.employee_id = h.employee_id"
	" AND w.valid_from <= $7 AND w.valid_to >= $7 WHERE h.government_id = $1"
	" AND h.unit_id = u.unit_id AND h.role IN (3, 4) AND h.acting <> 3"
	" AND h.valid_from <= $7 AND h.valid_to >= $7)) SELECT " COLUMNS TABLES
	" WHERE t.government_id = $1 AND t.counted_unit IN (SELECT unit_id FROM kept)"
	" AND t.to_party > 0 AND NOT EXISTS (SELECT 1 FROM org_placement p"
	" WHERE p.government_id = $1 AND p.employee_id = t.to_party AND p.unit_id = t.to_unit"
	" AND p.valid_from <= $7 AND p.valid_to >= $7"
	" AND r.valid_from <= $7 AND r.valid_to >= $7)" BY_DUE,
	0};

enum err tasks_list_left(struct tx *tx, struct unit_id unit, int32_t day,
	const struct task_page *page, struct task_row *ret, int *ret_count)
{
	enum err e = list(tx, &LIST_LEFT,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(TASK_OPEN_LAST),
			db_int(page->cursor_due), db_int(page->cursor), db_int(page->max),
			db_int(day)),
		ret, page->max, ret_count);

	for (int i = 0; !e && i < *ret_count; i++)
		ret[i].is_left = true;
	return e;
}

static struct db_stmt LIST_CHILDREN = {"tasks_list_children",
	"SELECT " COLUMNS TABLES " WHERE t.government_id = $1 AND t.parent_id = $2"
	" ORDER BY t.task_id LIMIT $3",
	0};

enum err tasks_list_children(struct tx *tx, int64_t task, struct task_row *ret, int *ret_count)
{
	return list(tx, &LIST_CHILDREN,
		BIND(db_int(tx->government.v), db_int(task), db_int(TASK_CHILDREN_MAX)), ret,
		TASK_CHILDREN_MAX, ret_count);
}

static struct db_stmt COUNT_OPEN_CHILDREN = {"tasks_count_open_children",
	"SELECT count(*) FROM tasks_task WHERE government_id = $1 AND parent_id = $2 AND state <= "
	"$3",
	0};

enum err tasks_count_open_children(struct tx *tx, int64_t task, int *ret_count)
{
	int32_t n = 0;
	enum err e = db_load(tx, &COUNT_OPEN_CHILDREN,
		BIND(db_int(tx->government.v), db_int(task), db_int(TASK_OPEN_LAST)),
		INTO(to_int32(&n)));

	*ret_count = n;
	return e;
}

struct db_stmt *const tasks_stmts[TASKS_STMTS] = {&ADD_EVENT, &LIST_EVENTS, &COUNT_EVENTS,
	&LOAD_TASK, &NEXT_NUMBER, &ADD_TASK, &PUT_TASK, &PUT_COUNTED, &LIST_TO, &LIST_FROM,
	&LIST_TO_PAST, &LIST_FROM_PAST, &LIST_OPEN, &LIST_CHILDREN, &COUNT_OPEN_CHILDREN,
	&LIST_LEFT};

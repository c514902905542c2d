/*
 * Reports, their items and their thread in the store.
 *
 * A report is found by person and day, or by its id. Items are replaced as a whole with each
 * version; the thread only grows.
 */
#include "reports/reports_lead.h"
#include "reports/reports_mark.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <stdlib.h>
#include <string.h>

#define REPORT_COLUMNS                                                                             \
	"r.report_id, r.employee_id, r.day, r.state, r.version, r.obstacle, r.submitted_at, "      \
	"r.is_late, "                                                                              \
	"r.decided_by, r.decided_for, r.decided_at, r.reason, r.counted_unit, r.counted_state, "   \
	"r.counted_wait, r.decided_as, r.is_confirmed, r.mode, r.notes, "                          \
	"r.advice, r.advised_by, r.advised_version, r.made_at "
#define INTO_REPORT(r)                                                                             \
	to_int64(&(r)->id.v), to_int64(&(r)->employee.v), to_int32(&(r)->day),                     \
		to_int32(&(r)->state), to_int32(&(r)->version), to_text(&(r)->obstacle),           \
		to_int64(&(r)->submitted_at), to_bool(&(r)->is_late),                              \
		to_int64(&(r)->decided_by.v), to_int64(&(r)->decided_for.v),                       \
		to_int64(&(r)->decided_at), to_text(&(r)->reason), to_int64(&(r)->counted_unit.v), \
		to_int32(&(r)->counted_state), to_int32(&(r)->counted_wait),                       \
		to_int32(&(r)->decided_as), to_bool(&(r)->is_confirmed), to_int32(&(r)->mode),     \
		to_int32(&(r)->notes), to_int32(&(r)->advice), to_int64(&(r)->advised_by.v),       \
		to_int32(&(r)->advised_version), to_int64(&(r)->made_at)

static struct db_stmt LOAD_REPORT = {"reports_load",
	"SELECT " REPORT_COLUMNS
	"FROM reports_daily r WHERE r.government_id = $1 AND r.report_id = $2",
	0};

enum err reports_load(struct tx *tx, struct report_id id, struct daily_report *ret)
{
	*ret = (struct daily_report){0};
	return db_load(tx, &LOAD_REPORT, BIND(db_int(tx->government.v), db_int(id.v)),
		INTO(INTO_REPORT(ret)));
}

static struct db_stmt LOAD_REPORT_OF_DAY = {"reports_load_of_day",
	"SELECT " REPORT_COLUMNS
	"FROM reports_daily r WHERE r.government_id = $1 AND r.employee_id = $2 AND r.day = $3",
	0};

enum err reports_load_of_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct daily_report *ret)
{
	*ret = (struct daily_report){0};
	return db_load(tx, &LOAD_REPORT_OF_DAY,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(INTO_REPORT(ret)));
}

enum err reports_load_state(
	struct tx *tx, struct employee_id employee, int32_t day, enum report_state *ret)
{
	struct daily_report r;
	enum err e = reports_load_of_day(tx, employee, day, &r);
	if (e && e != E_NOT_FOUND)
		return e;
	*ret = e ? REPORT_NONE : (enum report_state)r.state;
	return OK;
}

static struct db_stmt SET_REPORT = {"reports_set",
	"INSERT INTO reports_daily (government_id, employee_id, day, report_id, state, version, "
	"obstacle, "
	"submitted_at, is_late, decided_by, decided_for, decided_at, reason, counted_unit, "
	"counted_state, decided_as, is_confirmed, mode, made_at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, $14, $15, $16, $17) "
	"ON CONFLICT (government_id, employee_id, day) DO UPDATE SET state = excluded.state, "
	"version = excluded.version, obstacle = excluded.obstacle, submitted_at = "
	"excluded.submitted_at, "
	"is_late = excluded.is_late, decided_by = excluded.decided_by, "
	"decided_for = excluded.decided_for, decided_at = excluded.decided_at, reason = "
	"excluded.reason, decided_as = excluded.decided_as, is_confirmed = excluded.is_confirmed, "
	"mode = excluded.mode, made_at = excluded.made_at",
	0};

enum err reports_set(struct tx *tx, const struct daily_report *r)
{
	return db_exec(tx, &SET_REPORT,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
			db_int(r->id.v), db_int(r->state), db_int(r->version), db_text(r->obstacle),
			db_int(r->submitted_at), db_int(r->is_late), db_int(r->decided_by.v),
			db_int(r->decided_for.v), db_int(r->decided_at), db_text(r->reason),
			db_int(r->decided_as), db_int(r->is_confirmed), db_int(r->mode),
			db_int(r->made_at)),
		NULL);
}

static struct db_stmt SET_COUNTED = {"reports_set_counted",
	"UPDATE reports_daily SET counted_unit = $4, counted_state = $5, counted_wait = $6 "
	"WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};

enum err reports_set_counted(struct tx *tx, const struct daily_report *r)
{
	return db_exec(tx, &SET_COUNTED,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
			db_int(r->counted_unit.v), db_int(r->counted_state),
			db_int(r->counted_wait)),
		NULL);
}

static const char *text_or_empty(const char *s)
{
	return s ? s : "";
}

static const char *text_or_none(const char *s)
{
	return *s ? s : NULL;
}

static struct db_stmt ADD_ITEM = {"reports_add_item",
	"INSERT INTO reports_item (government_id, report_id, item, starts, ends, description, "
	"volume, "
	"unit_of_measure, target, evidence_sha256, evidence_name, evidence_link, target_id, "
	"effective_minutes, reference, day, task_id) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
	0};

static enum err add_item(
	struct tx *tx, struct report_id id, int number, const struct report_item *item)
{
	return db_exec(tx, &ADD_ITEM,
		BIND(db_int(tx->government.v), db_int(id.v), db_int(number), db_int(item->starts),
			db_int(item->ends), db_text(item->description), db_int(item->volume),
			db_text(item->unit_of_measure), db_text(text_or_empty(item->target)),
			db_text(text_or_empty(item->evidence_sha256)),
			db_text(text_or_empty(item->evidence_name)),
			db_text(text_or_empty(item->evidence_link)), db_int(item->target_id),
			db_int(item->effective_minutes == INT_NONE ? 0 : item->effective_minutes),
			db_text(text_or_empty(item->reference)),
			db_int(item->day == DAY_NONE ? 0 : item->day), db_int(item->task_id)),
		NULL);
}

static struct db_stmt END_ITEMS = {"reports_end_items",
	"DELETE FROM reports_item WHERE government_id = $1 AND report_id = $2", 0};

enum err reports_set_items(
	struct tx *tx, struct report_id id, const struct report_item *item, int items)
{
	enum err e = db_exec(tx, &END_ITEMS, BIND(db_int(tx->government.v), db_int(id.v)), NULL);
	for (int i = 0; !e && i < items; i++)
		e = add_item(tx, id, i + 1, &item[i]);
	return e;
}

static struct db_stmt LIST_ITEMS = {"reports_list_items",
	"SELECT starts, ends, description, volume, unit_of_measure, target, evidence_sha256, "
	"evidence_name, "
	"evidence_link, target_id, effective_minutes, reference, day, task_id FROM reports_item "
	"WHERE "
	"government_id = $1 AND report_id = $2 ORDER BY item",
	0};

enum err reports_list_items(
	struct tx *tx, struct report_id id, struct report_item *ret_item, int *ret_count)
{
	struct db_rows rows;
	struct report_item i = {0};
	int n = 0;
	db_query(tx, &LIST_ITEMS, BIND(db_int(tx->government.v), db_int(id.v)), &rows);
	while (n < REPORT_ITEMS_MAX &&
		db_next(&rows,
			INTO(to_int32(&i.starts), to_int32(&i.ends), to_text(&i.description),
				to_int32(&i.volume), to_text(&i.unit_of_measure),
				to_text(&i.target), to_text(&i.evidence_sha256),
				to_text(&i.evidence_name), to_text(&i.evidence_link),
				to_int64(&i.target_id), to_int32(&i.effective_minutes),
				to_text(&i.reference), to_int32(&i.day), to_int64(&i.task_id)))) {
		i.target = text_or_none(i.target);
		i.evidence_sha256 = text_or_none(i.evidence_sha256);
		i.evidence_name = text_or_none(i.evidence_name);
		i.evidence_link = text_or_none(i.evidence_link);
		i.reference = text_or_none(i.reference);
		if (!i.effective_minutes)
			i.effective_minutes = INT_NONE;
		if (!i.day)
			i.day = DAY_NONE;
		ret_item[n++] = i;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt ADD_EVENT = {"reports_add_event",
	"INSERT INTO reports_event (government_id, report_id, event_id, kind, actor_id, at, note) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

enum err reports_add_event(struct tx *tx, struct report_id id, int64_t event_id,
	enum report_event_kind kind, struct employee_id actor, const char *note)
{
	return db_exec(tx, &ADD_EVENT,
		BIND(db_int(tx->government.v), db_int(id.v), db_int(event_id), db_int(kind),
			db_int(actor.v), db_int(tx->now_ms), db_text(note)),
		NULL);
}

static struct db_stmt COUNT_EVENTS = {"reports_count_events",
	"SELECT count(*) FROM reports_event WHERE government_id = $1 AND report_id = $2", 0};

static struct db_stmt LIST_EVENTS = {"reports_list_events",
	"SELECT v.kind, v.at, v.note, e.name, e.title_before, e.title_after FROM reports_event v "
	"JOIN org_employee e ON e.government_id = v.government_id AND e.employee_id = v.actor_id "
	"WHERE v.government_id = $1 AND v.report_id = $2 ORDER BY v.event_id",
	0};

enum err reports_list_events(
	struct tx *tx, struct report_id id, struct report_event **ret_event, int *ret_count)
{
	struct db_rows rows;
	struct report_event v = {0};
	struct employee_row actor = {0};
	int64_t room;
	int n = 0;
	enum err e = db_load(tx, &COUNT_EVENTS, BIND(db_int(tx->government.v), db_int(id.v)),
		INTO(to_int64(&room)));
	if (e)
		return e;
	*ret_event = ARENA_ARRAY(tx->arena, (size_t)room, struct report_event);
	db_query(tx, &LIST_EVENTS, BIND(db_int(tx->government.v), db_int(id.v)), &rows);
	while (n < room &&
		db_next(&rows, INTO(to_int32(&v.kind), to_int64(&v.at), to_text(&v.note),
				       to_text(&actor.name), to_text(&actor.title_before),
				       to_text(&actor.title_after)))) {
		v.actor_name = org_full_name(tx->arena, &actor);
		(*ret_event)[n++] = v;
	}
	*ret_count = n;
	return db_end(&rows);
}

/*
 * Of one superior's people, on the days each relation held or the supervisor is pinned. CROSS JOIN
 * keeps SQLite from walking through everybody's reports: people of the superior come first, then
 * (w) where their reports stand, and what waits is found in an index that holds nothing else.
 */
#define TEAM_OF(which)                                                                             \
	"SELECT " REPORT_COLUMNS ", e.name, e.title_before, e.title_after, e.name_folded, "        \
	"s.valid_from, coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0) "                              \
	"FROM (SELECT employee_id, valid_from, valid_to FROM org_relation WHERE government_id = "  \
	"$1 AND kind = 0 AND superior_id = $2 UNION ALL SELECT employee_id, day, day FROM "        \
	"org_pin WHERE government_id = $1 AND superior_id = $2) AS s "                             \
	"CROSS JOIN reports_daily w CROSS JOIN reports_daily r CROSS JOIN org_employee e "         \
	"LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = r.employee_id "     \
	"AND p.valid_from <= r.day AND p.valid_to >= r.day "                                       \
	"LEFT JOIN org_pin x ON x.government_id = $1 AND x.employee_id = r.employee_id "           \
	"AND x.day = r.day "                                                                       \
	"WHERE w.government_id = $1 AND w.employee_id = s.employee_id AND w.employee_id <> $3 "    \
	"AND w.day >= s.valid_from AND w.day <= s.valid_to AND " which                             \
	" AND r.government_id = $1 AND r.employee_id = w.employee_id AND r.day = w.day "           \
	"AND (coalesce(x.superior_id, 0) = 0 OR x.superior_id = $2) "                              \
	"AND e.government_id = $1 AND e.employee_id = r.employee_id "                              \
	"ORDER BY r.day, e.name_folded, r.employee_id LIMIT $4"

static struct db_stmt LIST_TEAM_WAITING = {
	"reports_list_team_waiting", TEAM_OF("w.state = 2 AND w.day >= $5 AND w.day <= $6"), 0};
static struct db_stmt LIST_TEAM_DECIDED = {
	"reports_list_team_decided", TEAM_OF("w.day = $5 AND w.state >= $6 AND w.state <= $7"), 0};

struct team_list {
	struct arena *arena;
	struct team_report *row;
	int rows;
};

struct team_asked {
	struct employee_id actor;
	int32_t first, last;
	int state;
};

/* Of these rows what the actor may decide on in the place of one superior. */
static enum err add_of_seat(struct db_rows *rows, const struct org_tree *tree,
	const struct org_seat *seat, struct employee_id actor, struct team_list *list)
{
	struct team_report t = {0};
	struct employee_row owner = {0};
	struct org_bond bond = {.relation = RELATION_SUPERVISOR};

	while (list->rows < 2 * REPORT_TEAM_MAX &&
		db_next(rows, INTO(INTO_REPORT(&t.report), to_text(&owner.name),
				      to_text(&owner.title_before), to_text(&owner.title_after),
				      to_text(&t.folded), to_int32(&bond.from),
				      to_int64(&bond.unit.v)))) {
		bond.employee = t.report.employee;
		t.stand = org_decide_stand(tree, seat, &bond, actor, t.report.day);
		if (!t.stand)
			continue;
		t.full_name = org_full_name(list->arena, &owner);
		t.superior = seat->superior;
		list->row[list->rows++] = t;
	}
	return db_end(rows);
}

static enum err add_waiting(struct tx *tx, const struct org_tree *tree, const struct org_seat *seat,
	const struct team_asked *asked, struct team_list *list)
{
	struct db_rows rows;

	if (asked->state >= 0 && asked->state != REPORT_SUBMITTED)
		return OK;
	db_query(tx, &LIST_TEAM_WAITING,
		BIND(db_int(tx->government.v), db_int(seat->superior.v), db_int(asked->actor.v),
			db_int(REPORT_TEAM_MAX), db_int(asked->first), db_int(asked->last)),
		&rows);
	return add_of_seat(&rows, tree, seat, asked->actor, list);
}

static enum err add_decided(struct tx *tx, const struct org_tree *tree, const struct org_seat *seat,
	const struct team_asked *asked, struct team_list *list)
{
	struct db_rows rows;

	if (asked->state == REPORT_SUBMITTED)
		return OK;
	db_query(tx, &LIST_TEAM_DECIDED,
		BIND(db_int(tx->government.v), db_int(seat->superior.v), db_int(asked->actor.v),
			db_int(REPORT_TEAM_MAX), db_int(asked->last),
			db_int(asked->state < 0 ? REPORT_VERIFIED : asked->state),
			db_int(asked->state < 0 ? REPORT_RETURNED : asked->state)),
		&rows);
	return add_of_seat(&rows, tree, seat, asked->actor, list);
}

/* As one list is ordered: undecided first, then by day and name. */
static int compare_team(const void *a, const void *b)
{
	const struct team_report *x = a, *y = b;
	int order = (x->report.state != REPORT_SUBMITTED) - (y->report.state != REPORT_SUBMITTED);

	if (!order)
		order = (x->report.day > y->report.day) - (x->report.day < y->report.day);
	if (!order)
		order = strcmp(x->folded, y->folded);
	if (!order)
		order = (x->report.id.v > y->report.id.v) - (x->report.id.v < y->report.id.v);
	return order ? order : (int)x->stand - (int)y->stand;
}

enum err reports_list_team(struct tx *tx, struct employee_id superior, int32_t first, int32_t last,
	int state, struct team_report **ret_report, int *ret_count)
{
	_Static_assert(REPORT_SUBMITTED == 2 && REPORT_RETURNED == REPORT_VERIFIED + 1,
		"numbers of the statements");
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct team_list list = {
		tx->arena, ARENA_ARRAY(tx->arena, 2 * REPORT_TEAM_MAX, struct team_report), 0};
	const struct team_asked asked = {superior, first, last, state};
	const struct org_tree *tree;
	int seats = 0, n = 0;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		e = org_list_seats(tx, superior, first, last, seat, &seats);
	for (int i = 0; i < seats && !e; i++)
		if (!(e = add_waiting(tx, tree, &seat[i], &asked, &list)))
			e = add_decided(tx, tree, &seat[i], &asked, &list);
	qsort(list.row, (size_t)list.rows, sizeof(*list.row), compare_team);
	for (int i = 0; i < list.rows; i++)
		if (n == 0 || list.row[n - 1].report.id.v != list.row[i].report.id.v)
			list.row[n++] = list.row[i];
	*ret_report = list.row;
	*ret_count = n < REPORT_TEAM_MAX ? n : REPORT_TEAM_MAX;
	return e;
}

/* Whoever is entered as both decides; he does not advise himself. */
static struct db_stmt LIST_LED = {"reports_list_led",
	"SELECT " REPORT_COLUMNS ", e.name, e.title_before, e.title_after FROM org_relation s "
	"CROSS JOIN reports_daily w CROSS JOIN reports_daily r CROSS JOIN org_employee e "
	"WHERE s.government_id = $1 AND s.kind = 1 AND s.superior_id = $2 AND w.government_id = $1"
	" AND w.employee_id = s.employee_id AND w.employee_id <> $2 AND w.state = 2"
	" AND w.day >= s.valid_from AND w.day <= s.valid_to AND w.day >= $3 AND w.day <= $4"
	" AND r.government_id = $1 AND r.employee_id = w.employee_id AND r.day = w.day"
	" AND e.government_id = $1 AND e.employee_id = r.employee_id AND NOT EXISTS (SELECT 1 "
	"FROM org_relation b WHERE b.government_id = $1 AND b.employee_id = r.employee_id"
	" AND b.kind = 0 AND b.superior_id = $2 AND b.valid_from <= r.day AND b.valid_to >= r.day)"
	" ORDER BY r.day, e.name_folded, r.employee_id LIMIT $5",
	0};

enum err reports_list_led(struct tx *tx, struct employee_id lead, int32_t first, int32_t last,
	struct team_report **ret_report, int *ret_count)
{
	_Static_assert(
		RELATION_TEAM_LEAD == 1 && REPORT_SUBMITTED == 2, "numbers of the statement");
	struct team_report *list = ARENA_ARRAY(tx->arena, REPORT_TEAM_MAX, struct team_report);
	struct employee_row owner = {0};
	struct team_report t = {.stand = STAND_NONE};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_LED,
		BIND(db_int(tx->government.v), db_int(lead.v), db_int(first), db_int(last),
			db_int(REPORT_TEAM_MAX)),
		&rows);
	while (n < REPORT_TEAM_MAX &&
		db_next(&rows,
			INTO(INTO_REPORT(&t.report), to_text(&owner.name),
				to_text(&owner.title_before), to_text(&owner.title_after)))) {
		t.full_name = org_full_name(tx->arena, &owner);
		list[n++] = t;
	}
	*ret_report = list;
	*ret_count = n;
	return db_end(&rows);
}

/* CROSS JOIN keeps the order of the look-ups: the results of the report, the person's last reports,
 * and what each says of a result, which stands in one place of the index on results. */
static struct db_stmt LIST_HABIT = {"reports_list_habit",
	"SELECT i.target_id, i.unit_of_measure, i.volume FROM (SELECT DISTINCT target_id FROM "
	"reports_item WHERE government_id = $1 AND report_id = $2 AND target_id <> 0) AS t CROSS "
	"JOIN "
	"(SELECT report_id, day FROM reports_daily WHERE government_id = $1 AND employee_id = $3"
	" AND day < $4 AND state = 3 ORDER BY day DESC LIMIT $5) AS r CROSS JOIN reports_item i"
	" WHERE i.government_id = $1 AND i.target_id = t.target_id AND i.report_id = r.report_id"
	" AND i.target_id <> 0 ORDER BY r.day DESC, i.item LIMIT $6",
	0};

enum err reports_list_habit(
	struct tx *tx, const struct daily_report *r, struct habit *ret, int *ret_count)
{
	_Static_assert(REPORT_VERIFIED == 3, "number of the statement");
	struct db_rows rows;
	const char *unit;
	int n = 0;

	db_query(tx, &LIST_HABIT,
		BIND(db_int(tx->government.v), db_int(r->id.v), db_int(r->employee.v),
			db_int(r->day), db_int(HABIT_REPORTS), db_int(HABIT_MAX)),
		&rows);
	while (n < HABIT_MAX && db_next(&rows, INTO(to_int64(&ret[n].target), to_text(&unit),
						       to_int32(&ret[n].volume))))
		ret[n++].unit_key = reports_unit_key(tx->arena, unit);
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_TASK_FACTS = {"reports_list_task_facts",
	"SELECT e.name, e.title_before, e.title_after, r.day, i.description, i.unit_of_measure, "
	"i.volume, r.state FROM reports_item i JOIN reports_daily r ON r.government_id = $1"
	" AND r.report_id = i.report_id JOIN org_employee e ON e.government_id = $1"
	" AND e.employee_id = r.employee_id WHERE i.government_id = $1 AND i.task_id = $2"
	" AND i.task_id <> 0 AND r.state IN (2, 3, 4)"
	" ORDER BY r.day DESC, e.name_folded, r.report_id, i.item LIMIT $3",
	0};

enum err reports_list_task_facts(
	struct tx *tx, int64_t task, struct report_task_fact *ret, int max, int *ret_count)
{
	struct employee_row who = {0};
	struct report_task_fact f = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_TASK_FACTS, BIND(db_int(tx->government.v), db_int(task), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_text(&who.name), to_text(&who.title_before),
				       to_text(&who.title_after), to_int32(&f.day),
				       to_text(&f.description), to_text(&f.unit_of_measure),
				       to_int32(&f.volume), to_int32(&f.state)))) {
		f.name = org_full_name(tx->arena, &who);
		ret[n++] = f;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* A report somebody verified or returned: the day was decided about. */
static struct db_stmt LIST_DECIDED = {"reports_list_decided",
	"SELECT day FROM reports_daily WHERE government_id = $1 AND employee_id = $2 AND day >= $3"
	" AND day <= $4 AND state IN (3, 4) ORDER BY day LIMIT $5",
	0};

enum err reports_list_decided(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_DECIDED,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret_day[n].day))))
		ret_day[n++].grounds = GROUND_REPORT;
	*ret_count = n;
	return db_end(&rows);
}

enum err reports_check_file(
	struct tx *tx, struct employee_id owner, const char *sha256_hex, const char **ret_fault)
{
	struct hash sha256;
	struct platform_file file;
	enum err e = E_NOT_FOUND;

	*ret_fault = NULL;
	if (hex_decode(sha256_hex, sha256.b, sizeof(sha256.b)))
		e = platform_load_file(tx, &sha256, owner, &file);
	if (e == E_NOT_FOUND)
		*ret_fault = "not a file you uploaded";
	else if (!e && !blob_is_evidence(file.type))
		*ret_fault = BLOB_NO_EVIDENCE;
	return e == E_NOT_FOUND ? OK : e;
}

struct db_stmt *const reports_stmts[] = {&LOAD_REPORT, &LOAD_REPORT_OF_DAY, &SET_REPORT,
	&SET_COUNTED, &ADD_ITEM, &END_ITEMS, &LIST_ITEMS, &ADD_EVENT, &COUNT_EVENTS, &LIST_EVENTS,
	&LIST_TEAM_WAITING, &LIST_TEAM_DECIDED, &LIST_LED, &LIST_HABIT, &LIST_TASK_FACTS,
	&LIST_DECIDED};

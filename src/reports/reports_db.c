/*
 * Reports, their items and their thread in the store.
 *
 * A report is found by person and day, or by its id. Items are replaced as a whole with each
 * version; the thread only grows. What "of my team" means is read from org as of the day of each
 * report.
 */
#include "reports/reports_int.h"

#include "base/str.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#define REPORT_COLUMNS                                                                             \
	"r.report_id, r.employee_id, r.day, r.state, r.version, r.obstacle, r.submitted_at, "      \
	"r.is_late, "                                                                              \
	"r.decided_by, r.decided_for, r.decided_at, r.reason, r.counted_unit, r.counted_state "
#define INTO_REPORT(r)                                                                             \
	to_int64(&(r)->id.v), to_int64(&(r)->employee.v), to_int32(&(r)->day),                     \
		to_int32(&(r)->state), to_int32(&(r)->version), to_text(&(r)->obstacle),           \
		to_int64(&(r)->submitted_at), to_bool(&(r)->is_late),                              \
		to_int64(&(r)->decided_by.v), to_int64(&(r)->decided_for.v),                       \
		to_int64(&(r)->decided_at), to_text(&(r)->reason), to_int64(&(r)->counted_unit.v), \
		to_int32(&(r)->counted_state)

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
	"counted_state) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0) "
	"ON CONFLICT (government_id, employee_id, day) DO UPDATE SET state = excluded.state, "
	"version = excluded.version, obstacle = excluded.obstacle, submitted_at = "
	"excluded.submitted_at, "
	"is_late = excluded.is_late, decided_by = excluded.decided_by, "
	"decided_for = excluded.decided_for, decided_at = excluded.decided_at, reason = "
	"excluded.reason",
	0};

enum err reports_set(struct tx *tx, const struct daily_report *r)
{
	return db_exec(tx, &SET_REPORT,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
			db_int(r->id.v), db_int(r->state), db_int(r->version), db_text(r->obstacle),
			db_int(r->submitted_at), db_int(r->is_late), db_int(r->decided_by.v),
			db_int(r->decided_for.v), db_int(r->decided_at), db_text(r->reason)),
		NULL);
}

static struct db_stmt SET_COUNTED = {"reports_set_counted",
	"UPDATE reports_daily SET counted_unit = $4, counted_state = $5 "
	"WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};

enum err reports_set_counted(struct tx *tx, const struct daily_report *r)
{
	return db_exec(tx, &SET_COUNTED,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
			db_int(r->counted_unit.v), db_int(r->counted_state)),
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
	"unit_of_measure, target, evidence_sha256, evidence_name, evidence_link) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
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
			db_text(text_or_empty(item->evidence_link))),
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
	"evidence_link FROM reports_item WHERE government_id = $1 AND report_id = $2 ORDER BY item",
	0};

enum err reports_list_items(
	struct tx *tx, struct report_id id, struct report_item *ret_item, int *ret_count)
{
	struct db_rows rows;
	struct report_item i = {0};
	int n = 0;
	db_query(tx, &LIST_ITEMS, BIND(db_int(tx->government.v), db_int(id.v)), &rows);
	while (n < REPORT_ITEMS_MAX &&
		db_next(&rows, INTO(to_int32(&i.starts), to_int32(&i.ends), to_text(&i.description),
				       to_int32(&i.volume), to_text(&i.unit_of_measure),
				       to_text(&i.target), to_text(&i.evidence_sha256),
				       to_text(&i.evidence_name), to_text(&i.evidence_link)))) {
		i.target = text_or_none(i.target);
		i.evidence_sha256 = text_or_none(i.evidence_sha256);
		i.evidence_name = text_or_none(i.evidence_name);
		i.evidence_link = text_or_none(i.evidence_link);
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
 * Relation kind 0 is the supervisor, role 1 his office, acting 3 a delegate: as in
 * org_load_authority. CROSS JOIN keeps SQLite from walking through everybody's reports: people of
 * the superior come first.
 */
static struct db_stmt LIST_TEAM = {"reports_list_team",
	"SELECT " REPORT_COLUMNS ", e.name, e.title_before, e.title_after "
	"FROM org_relation s CROSS JOIN reports_daily r CROSS JOIN org_employee e "
	"WHERE s.government_id = $1 AND s.kind = 0 AND s.superior_id IN (SELECT CAST($2 AS BIGINT) "
	"UNION SELECT for_id FROM org_role WHERE government_id = $1 AND employee_id = $2 "
	"AND role = 1 AND acting = 3) "
	"AND r.government_id = $1 AND r.employee_id = s.employee_id AND r.employee_id <> $2 "
	"AND r.day >= s.valid_from AND r.day <= s.valid_to AND r.day >= $3 AND r.day <= $4 "
	"AND (s.superior_id = $2 OR EXISTS (SELECT 1 FROM org_role d WHERE d.government_id = $1 "
	"AND d.employee_id = $2 AND d.role = 1 AND d.acting = 3 AND d.for_id = s.superior_id "
	"AND d.valid_from <= r.day AND d.valid_to >= r.day)) "
	"AND (r.day = $4 OR r.state = 2) AND r.state IN (2, 3, 4) "
	"AND (CAST($5 AS INTEGER) < 0 OR r.state = CAST($5 AS INTEGER)) "
	"AND e.government_id = $1 AND e.employee_id = r.employee_id "
	"ORDER BY CASE r.state WHEN 2 THEN 0 ELSE 1 END, r.day, e.name_folded, r.employee_id LIMIT "
	"$6",
	0};

enum err reports_list_team(struct tx *tx, struct employee_id superior, int32_t first, int32_t last,
	int state, struct team_report **ret_report, int *ret_count)
{
	struct db_rows rows;
	struct team_report t = {0};
	struct employee_row owner = {0};
	int n = 0;
	*ret_report = ARENA_ARRAY(tx->arena, REPORT_TEAM_MAX, struct team_report);
	db_query(tx, &LIST_TEAM,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(first), db_int(last),
			db_int(state), db_int(REPORT_TEAM_MAX)),
		&rows);
	while (n < REPORT_TEAM_MAX &&
		db_next(&rows,
			INTO(INTO_REPORT(&t.report), to_text(&owner.name),
				to_text(&owner.title_before), to_text(&owner.title_after)))) {
		t.full_name = org_full_name(tx->arena, &owner);
		(*ret_report)[n++] = t;
	}
	*ret_count = n;
	return db_end(&rows);
}

enum err reports_is_own_file(
	struct tx *tx, struct employee_id owner, const char *sha256_hex, bool *ret)
{
	struct hash sha256;
	struct platform_file file;
	*ret = false;
	if (!hex_decode(sha256_hex, sha256.b, sizeof(sha256.b)))
		return OK;
	enum err e = platform_load_file(tx, &sha256, owner, &file);
	*ret = e == OK;
	return e == E_NOT_FOUND ? OK : e;
}

struct db_stmt *const reports_stmts[] = {&LOAD_REPORT, &LOAD_REPORT_OF_DAY, &SET_REPORT,
	&SET_COUNTED, &ADD_ITEM, &END_ITEMS, &LIST_ITEMS, &ADD_EVENT, &COUNT_EVENTS, &LIST_EVENTS,
	&LIST_TEAM};

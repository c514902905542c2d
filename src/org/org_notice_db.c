/*
 * Notices: told once by the phone's own id, decided once, every step a line of the thread and a
 * leaf of the log. A change of what waits marks its days, so that the day says it at once.
 */
#include "org/org_absence_db.h"

#include "platform/clock.h"
#include "trust/trust.h"

#include <string.h>

#define REMIND_DAYS 14
#define REMIND_MAX  100
#define EVENT_BYTES sizeof(((struct uuid *)0)->b)

const char *const notice_state_names[] = {"waiting", "accepted", "refused", "withdrawn", NULL};
const char *const notice_event_names[] = {"told", "document", "accepted", "refused", "withdrawn",
	"reminded", "status_withdrawn", NULL};

#define NOTICE_COLUMNS                                                                             \
	"n.notice_id, n.kind_id, n.employee_id, n.entered_by, n.kind, n.valid_from, n.valid_to, "  \
	"n.from_minute, n.to_minute, n.state, n.version, n.decider, n.sensitive, n.reason, "       \
	"n.route, n.event_id, n.made_at, n.received_at, n.document_sha256, n.document_name, "      \
	"n.document_due, n.document_at, n.decided_by, n.decided_for, n.decided_at, n.decision, "   \
	"n.status_id"
#define TO_NOTICE(n, event)                                                                        \
	to_int64(&(n)->notice_id), to_int64(&(n)->kind_id), to_int64(&(n)->employee.v),            \
		to_int64(&(n)->entered_by.v), to_int32(&(n)->kind), to_int32(&(n)->from),          \
		to_int32(&(n)->to), to_int32(&(n)->from_minute), to_int32(&(n)->to_minute),        \
		to_int32(&(n)->state), to_int32(&(n)->version), to_int32(&(n)->decider),           \
		to_bool(&(n)->sensitive), to_text(&(n)->reason), to_text(&(n)->route),             \
		to_bytes(event), to_int64(&(n)->made_at), to_int64(&(n)->received_at),             \
		to_text(&(n)->document_sha256), to_text(&(n)->document_name),                      \
		to_int32(&(n)->document_due), to_int64(&(n)->document_at),                         \
		to_int64(&(n)->decided_by.v), to_int64(&(n)->decided_for.v),                       \
		to_int64(&(n)->decided_at), to_text(&(n)->decision), to_int64(&(n)->status_id)

static void keep_event(struct org_notice *notice, struct bytes event)
{
	if (event.n == EVENT_BYTES)
		memcpy(notice->event_id.b, event.p, EVENT_BYTES);
}

static enum err load(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct org_notice *ret)
{
	struct bytes event = {0};
	enum err e = db_load(tx, stmt, bind, INTO(TO_NOTICE(ret, &event)));

	keep_event(ret, event);
	return e;
}

struct db_stmt ORG_LOAD_NOTICE = {"org_load_notice",
	"SELECT " NOTICE_COLUMNS
	" FROM org_notice n WHERE n.government_id = $1 AND n.notice_id = $2",
	0};

enum err org_load_notice(struct tx *tx, int64_t notice_id, struct org_notice *ret)
{
	return load(tx, &ORG_LOAD_NOTICE, BIND(db_int(tx->government.v), db_int(notice_id)), ret);
}

struct db_stmt ORG_LOAD_NOTICE_BY_EVENT = {"org_load_notice_by_event",
	"SELECT " NOTICE_COLUMNS " FROM org_notice n WHERE n.government_id = $1"
	" AND n.employee_id = $2 AND n.event_id = $3",
	0};

enum err org_load_notice_by_event(struct tx *tx, struct employee_id employee,
	const struct uuid *event_id, struct org_notice *ret)
{
	return load(tx, &ORG_LOAD_NOTICE_BY_EVENT,
		BIND(db_int(tx->government.v), db_int(employee.v),
			db_bytes(event_id->b, EVENT_BYTES)),
		ret);
}

struct db_stmt ORG_FIND_NOTICE_OVERLAP = {"org_find_notice_overlap",
	"SELECT " NOTICE_COLUMNS " FROM org_notice n WHERE n.government_id = $1"
	" AND n.employee_id = $2 AND n.state = 0 AND n.valid_from <= $4 AND n.valid_to >= $3"
	" AND ($5 < 0 OR n.from_minute < 0 OR (n.from_minute < $6 AND n.to_minute > $5))"
	" AND n.notice_id <> $7 ORDER BY n.valid_from, n.notice_id LIMIT 1",
	0};

enum err org_find_notice_overlap(struct tx *tx, struct employee_id employee,
	const struct status_part *part, int64_t except, struct org_notice *ret)
{
	return load(tx, &ORG_FIND_NOTICE_OVERLAP,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(part->from),
			db_int(part->to), db_int(part->from_minute), db_int(part->to_minute),
			db_int(except)),
		ret);
}

/* ---- the thread ---- */

struct db_stmt ORG_ADD_NOTICE_EVENT = {"org_add_notice_event",
	"INSERT INTO org_notice_event (government_id, notice_id, event_id, kind, actor_id, at, "
	"note) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

/* The words of a notice are committed to with the fact, its document by its hash. */
static enum err note_event(struct tx *tx, const struct org_notice *n, enum notice_event event,
	struct employee_id actor, const char *note)
{
	struct buf fact;
	enum err e = db_exec(tx, &ORG_ADD_NOTICE_EVENT,
		BIND(db_int(tx->government.v), db_int(n->notice_id), db_int(id_next()),
			db_int(event), db_int(actor.v), db_int(tx->now_ms), db_text(note)),
		NULL);

	if (e)
		return e;
	buf_init(&fact, tx->arena, 512);
	buf_printf(&fact,
		"notice %lld %s by %lld for %lld: %s of %lld from %d to %d minutes %d to %d "
		"reason %s route %s document %s status %lld note %s",
		(long long)n->notice_id, notice_event_names[event], (long long)actor.v,
		(long long)n->decided_for.v, status_kind_names[n->kind], (long long)n->employee.v,
		n->from, n->to, n->from_minute, n->to_minute, n->reason, n->route,
		n->document_sha256, (long long)n->status_id, note);
	trust_add_leaf(tx, LEAF_STATUS, n->notice_id, fact.p, fact.n);
	return OK;
}

struct db_stmt ORG_ADD_NOTICE = {"org_add_notice",
	"INSERT INTO org_notice (government_id, notice_id, kind_id, employee_id, entered_by, kind, "
	"valid_from, valid_to, from_minute, to_minute, state, version, decider, sensitive, reason, "
	"route, event_id, made_at, received_at, document_sha256, document_name, document_due, "
	"document_at, decided_by, decided_for, decided_at, decision, status_id) VALUES ($1, $2, "
	"$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
	"$22, $23, 0, 0, 0, '', 0)",
	0};

enum err org_add_notice(struct tx *tx, const struct org_notice *n)
{
	enum err e = db_exec(tx, &ORG_ADD_NOTICE,
		BIND(db_int(tx->government.v), db_int(n->notice_id), db_int(n->kind_id),
			db_int(n->employee.v), db_int(n->entered_by.v), db_int(n->kind),
			db_int(n->from), db_int(n->to), db_int(n->from_minute),
			db_int(n->to_minute), db_int(n->state), db_int(n->version),
			db_int(n->decider), db_int(n->sensitive), db_text(n->reason),
			db_text(n->route), db_bytes(n->event_id.b, EVENT_BYTES), db_int(n->made_at),
			db_int(n->received_at), db_text(n->document_sha256),
			db_text(n->document_name), db_int(n->document_due), db_int(n->document_at)),
		NULL);

	if (!e)
		e = note_event(tx, n, EVENT_TOLD, n->entered_by, "");
	return e ? e : org_mark_days(tx, n->employee, n->from, n->to);
}

struct db_stmt ORG_SET_NOTICE = {"org_set_notice",
	"UPDATE org_notice SET state = $5, version = $6, document_sha256 = $7, document_name = $8,"
	" document_at = $9, decided_by = $10, decided_for = $11, decided_at = $12, decision = $13,"
	" status_id = $14 WHERE government_id = $1 AND employee_id = $2 AND valid_from = $3"
	" AND notice_id = $4",
	0};

enum err org_set_notice(struct tx *tx, const struct org_notice *n, enum notice_event event,
	struct employee_id actor, const char *note)
{
	enum err e = db_exec(tx, &ORG_SET_NOTICE,
		BIND(db_int(tx->government.v), db_int(n->employee.v), db_int(n->from),
			db_int(n->notice_id), db_int(n->state), db_int(n->version),
			db_text(n->document_sha256), db_text(n->document_name),
			db_int(n->document_at), db_int(n->decided_by.v), db_int(n->decided_for.v),
			db_int(n->decided_at), db_text(n->decision), db_int(n->status_id)),
		NULL);

	if (!e)
		e = note_event(tx, n, event, actor, note);
	if (e || event == EVENT_DOCUMENT || event == EVENT_REMINDED)
		return e;
	return org_mark_days(tx, n->employee, n->from, n->to);
}

struct db_stmt ORG_LOAD_NOTICE_OF_STATUS = {"org_load_notice_of_status",
	"SELECT " NOTICE_COLUMNS " FROM org_notice n WHERE n.government_id = $1"
	" AND n.employee_id = $2 AND n.valid_from = $3 AND n.status_id = $4",
	0};

enum err org_note_status_withdrawn(
	struct tx *tx, const struct org_status_row *row, struct employee_id actor, const char *why)
{
	struct org_notice n;
	enum err e = load(tx, &ORG_LOAD_NOTICE_OF_STATUS,
		BIND(db_int(tx->government.v), db_int(row->employee.v), db_int(row->valid_from),
			db_int(row->status_id)),
		&n);

	if (e == E_NOT_FOUND)
		return OK;
	return e ? e : note_event(tx, &n, EVENT_STATUS_WITHDRAWN, actor, why);
}

struct db_stmt ORG_LIST_NOTICE_EVENTS = {"org_list_notice_events",
	"SELECT v.kind, v.at, v.actor_id, v.note, coalesce(e.name, ''), "
	"coalesce(e.title_before, ''), coalesce(e.title_after, '')"
	" FROM org_notice_event v LEFT JOIN org_employee e ON e.government_id = v.government_id"
	" AND e.employee_id = v.actor_id WHERE v.government_id = $1 AND v.notice_id = $2"
	" ORDER BY v.event_id LIMIT $3",
	0};

enum err org_list_notice_events(struct tx *tx, int64_t notice_id, struct org_notice_event_line *ret,
	int max, int *ret_count)
{
	struct org_notice_event_line v = {0};
	struct employee_row who = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_NOTICE_EVENTS,
		BIND(db_int(tx->government.v), db_int(notice_id), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int32(&v.kind), to_int64(&v.at), to_int64(&v.actor.v),
				       to_text(&v.note), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after)))) {
		v.actor_name = v.actor.v ? org_full_name(tx->arena, &who) : NULL;
		ret[n++] = v;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* ---- lists ---- */

/* $2 is who asks: he supervises, himself or as delegate, on the notice's first day. */
#define LINE_COLUMNS                                                                               \
	NOTICE_COLUMNS ", e.name, e.title_before, e.title_after, coalesce(p.position, ''), "       \
		       "coalesce(p.unit_id, 0), coalesce(u.name, ''), coalesce(u.path, ''),"       \
		       " coalesce((SELECT s.ended_at FROM org_status s WHERE s.government_id = "   \
		       "n.government_id AND s.status_id = n.status_id), 0),"                       \
		       " coalesce(b.name, ''), coalesce(b.title_before, ''), "                     \
		       "coalesce(b.title_after, ''), a.name, a.title_before, a.title_after,"       \
		       " CASE WHEN EXISTS (SELECT 1 FROM org_relation r WHERE r.government_id = "  \
		       "n.government_id AND r.employee_id = n.employee_id AND r.kind = 0"          \
		       " AND r.valid_from <= n.valid_from AND r.valid_to >= n.valid_from"          \
		       " AND (r.superior_id = $2 OR EXISTS (SELECT 1 FROM org_role d WHERE "       \
		       "d.government_id = n.government_id AND d.employee_id = $2 AND d.for_id = "  \
		       "r.superior_id AND d.role = 1 AND d.acting = 3 AND d.valid_from <= "        \
		       "n.valid_from AND d.valid_to >= n.valid_from))) THEN 1 ELSE 0 END"
#define LINE_TABLES                                                                                \
	" FROM org_notice n JOIN org_employee e ON e.government_id = n.government_id"              \
	" AND e.employee_id = n.employee_id LEFT JOIN org_placement p"                             \
	" ON p.government_id = n.government_id AND p.employee_id = n.employee_id"                  \
	" AND p.valid_from <= n.valid_from AND p.valid_to >= n.valid_from"                         \
	" LEFT JOIN org_unit u ON u.government_id = n.government_id AND u.unit_id = p.unit_id"     \
	" LEFT JOIN org_employee b ON b.government_id = n.government_id"                           \
	" AND b.employee_id = n.decided_by JOIN org_employee a"                                    \
	" ON a.government_id = n.government_id AND a.employee_id = n.entered_by"                   \
	" WHERE n.government_id = $1"

static bool next_line(struct db_rows *rows, struct arena *arena, struct org_notice_line *line)
{
	struct employee_row who = {0}, by = {0}, teller = {0};
	struct bytes event = {0};

	if (!db_next(rows, INTO(TO_NOTICE(&line->notice, &event), to_text(&who.name),
				   to_text(&who.title_before), to_text(&who.title_after),
				   to_text(&line->position), to_int64(&line->unit.v),
				   to_text(&line->unit_name), to_text(&line->unit_path),
				   to_int64(&line->status_ended_at), to_text(&by.name),
				   to_text(&by.title_before), to_text(&by.title_after),
				   to_text(&teller.name), to_text(&teller.title_before),
				   to_text(&teller.title_after), to_bool(&line->is_supervised))))
		return false;
	keep_event(&line->notice, event);
	line->full_name = org_full_name(arena, &who);
	line->entered_by_name = org_full_name(arena, &teller);
	line->decided_by_name = line->notice.decided_by.v ? org_full_name(arena, &by) : NULL;
	return true;
}

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct org_notice_line *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max && next_line(&rows, tx->arena, &ret[n]))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_NOTICE_LINE = {
	"org_load_notice_line", "SELECT " LINE_COLUMNS LINE_TABLES " AND n.notice_id = $3", 0};

enum err org_load_notice_line(
	struct tx *tx, int64_t notice_id, struct employee_id actor, struct org_notice_line *ret)
{
	int count;
	enum err e = list(tx, &ORG_LOAD_NOTICE_LINE,
		BIND(db_int(tx->government.v), db_int(actor.v), db_int(notice_id)), ret, 1, &count);

	return e ? e : count ? OK : E_NOT_FOUND;
}

struct db_stmt ORG_LIST_NOTICES = {"org_list_notices",
	"SELECT " LINE_COLUMNS LINE_TABLES " AND n.employee_id = $2 AND (n.notice_id < $3 OR $3 = "
	"0) ORDER BY n.notice_id DESC LIMIT $4",
	0};

enum err org_list_notices(struct tx *tx, struct employee_id employee, int64_t before,
	struct org_notice_line *ret, int max, int *ret_count)
{
	return list(tx, &ORG_LIST_NOTICES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(before), db_int(max)),
		ret, max, ret_count);
}

/* First who answers to the superior, then their notices: each by its key. */
struct db_stmt ORG_LIST_TEAM_NOTICES = {"org_list_team_notices",
	"SELECT " LINE_COLUMNS LINE_TABLES " AND n.employee_id IN (SELECT q.employee_id FROM "
	"org_relation q WHERE q.government_id = $1 AND q.kind = 0 AND q.superior_id IN"
	" (SELECT CAST($2 AS BIGINT) UNION SELECT d.for_id FROM org_role d WHERE"
	" d.government_id = $1 AND d.employee_id = $2 AND d.role = 1 AND d.acting = 3))"
	" AND EXISTS (SELECT 1 FROM org_relation r WHERE r.government_id = n.government_id"
	" AND r.employee_id = n.employee_id AND r.kind = 0 AND r.valid_from <= n.valid_from"
	" AND r.valid_to >= n.valid_from AND (r.superior_id = $2 OR EXISTS (SELECT 1 FROM org_role"
	" d WHERE d.government_id = n.government_id AND d.employee_id = $2 AND d.for_id ="
	" r.superior_id AND d.role = 1 AND d.acting = 3 AND d.valid_from <= n.valid_from"
	" AND d.valid_to >= n.valid_from)))"
	" AND n.employee_id <> $2 AND (n.state = $3 OR $3 < 0) AND (n.notice_id < $4 OR $4 = 0)"
	" ORDER BY n.notice_id DESC LIMIT $5",
	0};

enum err org_list_team_notices(struct tx *tx, struct employee_id superior, int32_t state,
	int64_t before, struct org_notice_line *ret, int max, int *ret_count)
{
	return list(tx, &ORG_LIST_TEAM_NOTICES,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(state), db_int(before),
			db_int(max)),
		ret, max, ret_count);
}

struct db_stmt ORG_LIST_SCOPE_NOTICES = {"org_list_scope_notices",
	"SELECT " LINE_COLUMNS LINE_TABLES " AND (substr(u.path, 1, CAST($4 AS INTEGER)) = $3"
	" OR $4 = 1) AND (n.state = $5 OR $5 < 0) AND (n.decider = $6 OR $6 < 0)"
	" AND ($7 = 0 OR (n.document_due > 0 AND n.document_due < $7 AND n.document_at = 0"
	" AND n.state IN (0, 1))) AND (n.notice_id < $8 OR $8 = 0)"
	" ORDER BY n.notice_id DESC LIMIT $9",
	0};

enum err org_list_scope_notices(struct tx *tx, const char *path, const struct notice_filter *filter,
	struct employee_id actor, struct org_notice_line *ret, int max, int *ret_count)
{
	return list(tx, &ORG_LIST_SCOPE_NOTICES,
		BIND(db_int(tx->government.v), db_int(actor.v), db_text(path),
			db_int((int64_t)strlen(path)), db_int(filter->state),
			db_int(filter->decider), db_int(filter->overdue ? filter->today : 0),
			db_int(filter->before), db_int(max)),
		ret, max, ret_count);
}

/* ---- reminders ---- */

struct db_stmt ORG_LIST_OVERDUE_NOTICES = {"org_list_overdue_notices",
	"SELECT " NOTICE_COLUMNS " FROM org_notice n WHERE n.government_id = $1"
	" AND n.state IN (0, 1) AND n.document_due BETWEEN $2 AND $3 AND n.document_at = 0"
	" AND NOT EXISTS (SELECT 1 FROM org_notice_event v WHERE v.government_id = n.government_id"
	" AND v.notice_id = n.notice_id AND v.kind = 5) ORDER BY n.notice_id LIMIT $4",
	0};

enum err org_remind_documents(struct tx *tx, int32_t today)
{
	_Static_assert(EVENT_REMINDED == 5, "the number in the statement");
	struct org_notice *due = ARENA_ARRAY(tx->arena, REMIND_MAX, struct org_notice);
	struct bytes event;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_OVERDUE_NOTICES,
		BIND(db_int(tx->government.v), db_int(today - REMIND_DAYS), db_int(today - 1),
			db_int(REMIND_MAX)),
		&rows);
	while (n < REMIND_MAX && db_next(&rows, INTO(TO_NOTICE(&due[n], &event))))
		n++;
	enum err e = db_end(&rows);
	for (int i = 0; i < n && !e; i++)
		e = org_set_notice(tx, &due[i], EVENT_REMINDED, (struct employee_id){0}, "");
	return e;
}

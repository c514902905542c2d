/*
 * Statements of corrections and of proposals about many of them. What waits for a superior is
 * looked for in every seat he may stand in (org_stand.h) and shown when he may decide on it.
 */
#include "attendance/attendance_correction.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))
#define CORRECTION_COLUMNS                                                                         \
	"c.correction_id, c.employee_id, c.day, c.unit_id, c.kind, c.direction, c.stated_at, "     \
	"c.punch_day, c.punch_id, c.cause, c.reason, c.file_sha256, c.file_name, c.event_id, "     \
	"c.received_at, c.entered_by, c.is_late, c.state, c.version, c.proposal_id, "              \
	"c.decided_by, c.decided_for, c.decided_at, c.decision"
#define INTO_CORRECTION(c, event)                                                                  \
	to_int64(&(c)->id), to_int64(&(c)->employee.v), to_int32(&(c)->day),                       \
		to_int64(&(c)->unit.v), TO_ENUM((c)->kind), TO_ENUM((c)->direction),               \
		to_int64(&(c)->stated_at), to_int32(&(c)->punch_day), to_int64(&(c)->punch_id),    \
		TO_ENUM((c)->cause), to_text(&(c)->reason), to_text(&(c)->file_sha256),            \
		to_text(&(c)->file_name), to_bytes(event), to_int64(&(c)->received_at),            \
		to_int64(&(c)->entered_by.v), to_bool(&(c)->is_late), TO_ENUM((c)->state),         \
		to_int32(&(c)->version), to_int64(&(c)->proposal_id),                              \
		to_int64(&(c)->decided_by.v), to_int64(&(c)->decided_for.v),                       \
		to_int64(&(c)->decided_at), to_text(&(c)->decision)

static struct db_stmt ADD_CORRECTION = {"attendance_add_correction",
	"INSERT INTO attendance_correction (government_id, correction_id, employee_id, day, "
	"unit_id, kind, direction, stated_at, punch_day, punch_id, cause, reason, file_sha256, "
	"file_name, event_id, received_at, entered_by, is_late, state, version, proposal_id, "
	"decided_by, decided_for, decided_at, decision)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
	" $19, $20, 0, 0, 0, 0, '')",
	0};

enum err attendance_add_correction(struct tx *tx, const struct correction *c)
{
	return db_exec(tx, &ADD_CORRECTION,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->employee.v), db_int(c->day),
			db_int(c->unit.v), db_int(c->kind), db_int(c->direction),
			db_int(c->stated_at), db_int(c->punch_day), db_int(c->punch_id),
			db_int(c->cause), db_text(c->reason), db_text(c->file_sha256),
			db_text(c->file_name), db_bytes(c->event_id.b, sizeof(c->event_id.b)),
			db_int(c->received_at), db_int(c->entered_by.v), db_int(c->is_late),
			db_int(c->state), db_int(c->version)),
		NULL);
}

static void take_event(struct correction *c, struct bytes event)
{
	if (event.n == sizeof(c->event_id.b))
		memcpy(c->event_id.b, event.p, event.n);
}

static struct db_stmt LOAD_CORRECTION = {"attendance_load_correction",
	"SELECT " CORRECTION_COLUMNS
	" FROM attendance_correction c WHERE c.government_id = $1 AND c.correction_id = $2",
	0};

enum err attendance_load_correction(struct tx *tx, int64_t id, struct correction *ret)
{
	struct bytes event = {0};
	enum err e;

	*ret = (struct correction){0};
	e = db_load(tx, &LOAD_CORRECTION, BIND(db_int(tx->government.v), db_int(id)),
		INTO(INTO_CORRECTION(ret, &event)));
	take_event(ret, event);
	return e;
}

static struct db_stmt LOAD_EVENT = {"attendance_load_correction_event",
	"SELECT " CORRECTION_COLUMNS " FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND c.event_id = $3",
	0};

enum err attendance_load_correction_event(struct tx *tx, struct employee_id employee,
	const struct uuid *event_id, struct correction *ret)
{
	struct bytes event = {0};
	enum err e;

	*ret = (struct correction){0};
	e = db_load(tx, &LOAD_EVENT,
		BIND(db_int(tx->government.v), db_int(employee.v),
			db_bytes(event_id->b, sizeof(event_id->b))),
		INTO(INTO_CORRECTION(ret, &event)));
	take_event(ret, event);
	return e;
}

static struct db_stmt SET_CORRECTION = {"attendance_set_correction",
	"UPDATE attendance_correction SET state = $3, version = $4, proposal_id = $5, "
	"decided_by = $6, decided_for = $7, decided_at = $8, decision = $9"
	" WHERE government_id = $1 AND correction_id = $2",
	0};

enum err attendance_set_correction(struct tx *tx, struct correction *c)
{
	c->version++;
	return db_exec(tx, &SET_CORRECTION,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->state), db_int(c->version),
			db_int(c->proposal_id), db_int(c->decided_by.v), db_int(c->decided_for.v),
			db_int(c->decided_at), db_text(c->decision)),
		NULL);
}

/* Rows of corrections alone. */
static enum err list_corrections(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct correction *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes event = {0};
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max) {
		ret[n] = (struct correction){0};
		if (!db_next(&rows, INTO(INTO_CORRECTION(&ret[n], &event))))
			break;
		take_event(&ret[n++], event);
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_OWN = {"attendance_list_own_corrections",
	"SELECT " CORRECTION_COLUMNS " FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND (c.correction_id < $3 OR $3 = 0)"
	" ORDER BY c.correction_id DESC LIMIT $4",
	0};

enum err attendance_list_own_corrections(struct tx *tx, struct employee_id employee, int64_t before,
	struct correction *ret, int max, int *ret_count)
{
	return list_corrections(tx, &LIST_OWN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(before), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt LIST_DAY_CORRECTIONS = {"attendance_list_day_corrections",
	"SELECT " CORRECTION_COLUMNS " FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.employee_id = $2 AND c.day = $3 ORDER BY c.correction_id LIMIT $4",
	0};

enum err attendance_list_day_corrections(struct tx *tx, struct employee_id employee, int32_t day,
	struct correction *ret, int max, int *ret_count)
{
	return list_corrections(tx, &LIST_DAY_CORRECTIONS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(max)), ret,
		max, ret_count);
}

static struct db_stmt LIST_ITEMS = {"attendance_list_proposal_items",
	"SELECT " CORRECTION_COLUMNS " FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.state = 0 AND c.proposal_id = $2 ORDER BY c.correction_id LIMIT $3",
	0};

enum err attendance_list_proposal_items(
	struct tx *tx, int64_t proposal, struct correction *ret, int max, int *ret_count)
{
	return list_corrections(tx, &LIST_ITEMS,
		BIND(db_int(tx->government.v), db_int(proposal), db_int(max)), ret, max, ret_count);
}

/* The same with whose they are. */
static enum err list_named(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct correction *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes event = {0};
	struct employee_row owner = {0};
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max) {
		ret[n] = (struct correction){0};
		if (!db_next(&rows,
			    INTO(INTO_CORRECTION(&ret[n], &event), to_text(&owner.name),
				    to_text(&owner.title_before), to_text(&owner.title_after))))
			break;
		ret[n].full_name = org_full_name(tx->arena, &owner);
		take_event(&ret[n++], event);
	}
	*ret_count = n;
	return db_end(&rows);
}

/* The people of one superior on the days each relation held, or the supervisor is pinned. */
#define PEOPLE_OF_SUPERIOR                                                                         \
	"(SELECT employee_id, valid_from, valid_to FROM org_relation WHERE government_id = $1"     \
	" AND kind = 0 AND superior_id = $2 UNION SELECT employee_id, day, day FROM org_pin"       \
	" WHERE government_id = $1 AND superior_id = $2) AS s"

static struct db_stmt LIST_TEAM = {"attendance_list_team_corrections",
	"SELECT " CORRECTION_COLUMNS ", e.name, e.title_before, e.title_after"
	" FROM " PEOPLE_OF_SUPERIOR " JOIN attendance_correction c ON c.government_id = $1"
	" AND c.employee_id = s.employee_id AND c.day >= s.valid_from AND c.day <= s.valid_to"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = c.employee_id"
	" WHERE c.state = 0 AND c.is_late = 0 AND c.proposal_id = 0 AND c.correction_id > $3"
	" AND c.employee_id <> $4 ORDER BY c.correction_id LIMIT $5",
	0};

/* Superiors in whose place the actor may stand on days of the last year. */
enum err attendance_list_seats(
	struct tx *tx, struct employee_id actor, struct org_seat *ret_seat, int *ret_count)
{
	const struct org_tree *tree;
	int32_t today;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	today = instant_day(tx->now_ms, tree->zone);
	return org_list_seats(tx, actor, today - 366, today, ret_seat, ret_count);
}

struct own_list {
	struct correction *row;
	int rows, max;
};

/* Keeps what the actor may decide on that day, until the list is full or the superior's end. */
static enum err add_of_superior(struct tx *tx, struct employee_id superior,
	struct employee_id actor, int64_t after, struct own_list *list)
{
	struct correction *page = ARENA_ARRAY(tx->arena, (size_t)list->max, struct correction);
	struct employee_id acts_for;
	int kept = 0, count = list->max;
	bool may;
	enum err e = OK;

	while (!e && count == list->max && kept < list->max) {
		e = list_named(tx, &LIST_TEAM,
			BIND(db_int(tx->government.v), db_int(superior.v), db_int(after),
				db_int(actor.v), db_int(list->max)),
			page, list->max, &count);
		for (int i = 0; i < count && !e && kept < list->max; i++) {
			e = org_load_authority(
				tx, actor, page[i].employee, page[i].day, &may, &acts_for);
			if (!e && may) {
				list->row[list->rows++] = page[i];
				kept++;
			}
		}
		after = count ? page[count - 1].id : after;
	}
	return e;
}

static int compare_ids(const void *a, const void *b)
{
	const struct correction *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

enum err attendance_list_team_corrections(struct tx *tx, struct employee_id actor, int64_t after,
	struct correction *ret, int max, int *ret_count)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct own_list list = {.max = max};
	int seats = 0, n = 0;
	enum err e = attendance_list_seats(tx, actor, seat, &seats);

	list.row = ARENA_ARRAY(tx->arena, (size_t)max * (size_t)(seats + 1), struct correction);
	for (int i = 0; i < seats && !e; i++)
		e = add_of_superior(tx, seat[i].superior, actor, after, &list);
	qsort(list.row, (size_t)list.rows, sizeof(*list.row), compare_ids);
	for (int i = 0; i < list.rows && n < max; i++)
		if (n == 0 || ret[n - 1].id != list.row[i].id)
			ret[n++] = list.row[i];
	*ret_count = e ? 0 : n;
	return e;
}

static struct db_stmt LIST_UNIT = {"attendance_list_unit_corrections",
	"SELECT " CORRECTION_COLUMNS ", e.name, e.title_before, e.title_after"
	" FROM attendance_correction c"
	" JOIN org_unit u ON u.government_id = $1 AND u.unit_id = c.unit_id"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = c.employee_id"
	" WHERE c.government_id = $1 AND c.state = 0 AND c.proposal_id = 0 AND c.correction_id > $2"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3 ORDER BY c.correction_id LIMIT $5",
	0};

enum err attendance_list_unit_corrections(struct tx *tx, const char *path, int64_t after,
	struct correction *ret, int max, int *ret_count)
{
	return list_named(tx, &LIST_UNIT,
		BIND(db_int(tx->government.v), db_int(after), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		ret, max, ret_count);
}

/* ---- proposals ---- */

#define PROPOSAL_COLUMNS                                                                           \
	"proposal_id, accepts, reason, proposed_by, proposed_at, state, decided_by, decided_at"
#define INTO_PROPOSAL(p)                                                                           \
	INTO(to_int64(&(p)->id), to_bool(&(p)->accepts), to_text(&(p)->reason),                    \
		to_int64(&(p)->proposed_by.v), to_int64(&(p)->proposed_at), TO_ENUM((p)->state),   \
		to_int64(&(p)->decided_by.v), to_int64(&(p)->decided_at))

static struct db_stmt ADD_PROPOSAL = {"attendance_add_proposal",
	"INSERT INTO attendance_proposal (government_id, " PROPOSAL_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0)",
	0};

enum err attendance_add_proposal(struct tx *tx, const struct proposal *p)
{
	return db_exec(tx, &ADD_PROPOSAL,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->accepts),
			db_text(p->reason), db_int(p->proposed_by.v), db_int(p->proposed_at)),
		NULL);
}

static struct db_stmt LOAD_PROPOSAL = {"attendance_load_proposal",
	"SELECT " PROPOSAL_COLUMNS
	" FROM attendance_proposal WHERE government_id = $1 AND proposal_id = $2",
	0};

enum err attendance_load_proposal(struct tx *tx, int64_t id, struct proposal *ret)
{
	*ret = (struct proposal){0};
	return db_load(
		tx, &LOAD_PROPOSAL, BIND(db_int(tx->government.v), db_int(id)), INTO_PROPOSAL(ret));
}

static struct db_stmt SET_PROPOSAL = {"attendance_set_proposal",
	"UPDATE attendance_proposal SET state = $3, decided_by = $4, decided_at = $5"
	" WHERE government_id = $1 AND proposal_id = $2",
	0};

enum err attendance_set_proposal(struct tx *tx, const struct proposal *p)
{
	return db_exec(tx, &SET_PROPOSAL,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->state),
			db_int(p->decided_by.v), db_int(p->decided_at)),
		NULL);
}

static struct db_stmt LIST_PROPOSALS = {"attendance_list_proposals",
	"SELECT " PROPOSAL_COLUMNS " FROM attendance_proposal WHERE government_id = $1"
	" AND state = 0 AND proposal_id > $2 ORDER BY proposal_id LIMIT $3",
	0};

enum err attendance_list_proposals(
	struct tx *tx, int64_t after, struct proposal *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PROPOSALS, BIND(db_int(tx->government.v), db_int(after), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_PROPOSAL(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* ---- days that wait for a superior's word ---- */

/* A punch kept apart on the day it names, about which nothing was said. */
#define IS_HELD                                                                                    \
	"EXISTS (SELECT 1 FROM attendance_punch p"                                                 \
	" WHERE p.government_id = $1 AND p.employee_id = d.employee_id AND p.punch_day = d.day"    \
	" AND (p.flags & 2) = 2 AND p.source = 0"                                                  \
	" AND p.received_at >= CAST(p.punch_day AS BIGINT) * 86400000"                             \
	" AND NOT EXISTS (SELECT 1 FROM attendance_punch v"                                        \
	" WHERE v.government_id = $1 AND v.punch_day = p.punch_day"                                \
	" AND v.employee_id = p.employee_id AND v.refers_to = p.punch_id))"

/* Flags 2, 8 and 16: lateness that only the server says, a place outside or unknown.
 * What was asked already stands in the list of corrections, or of confirmations. */
static struct db_stmt LIST_UNDECIDED = {"attendance_list_undecided",
	"SELECT DISTINCT d.employee_id, d.day, e.name_folded, e.name, e.title_before, "
	"e.title_after,"
	" d.unit_id, d.flags, CASE WHEN " IS_HELD " THEN 1 ELSE 0 END"
	" FROM " PEOPLE_OF_SUPERIOR
	" JOIN attendance_day d ON d.government_id = $1 AND d.employee_id = s.employee_id"
	" AND d.day >= $3 AND d.day <= $4 AND d.day >= s.valid_from AND d.day <= s.valid_to"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = s.employee_id"
	" WHERE s.employee_id <> $5 AND ((d.flags & 26) <> 0 OR " IS_HELD ")"
	" AND NOT EXISTS (SELECT 1 FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.employee_id = d.employee_id AND c.day = d.day AND c.state = 0)"
	" AND NOT EXISTS (SELECT 1 FROM attendance_confirmation q WHERE q.government_id = $1"
	" AND q.employee_id = d.employee_id AND q.day = d.day AND q.state = 0)"
	" ORDER BY d.day, e.name_folded, d.employee_id LIMIT $6",
	0};

/* Those whose phone named a day that had not begun when they arrived: they wait on the day of
 * their arrival, the other ones on the day they name. */
static struct db_stmt LIST_UNDECIDED_AHEAD = {"attendance_list_undecided_ahead",
	"SELECT DISTINCT p.employee_id, p.received_at, e.name_folded, e.name, e.title_before,"
	" e.title_after FROM " PEOPLE_OF_SUPERIOR
	" JOIN attendance_punch p ON p.government_id = $1 AND p.employee_id = s.employee_id"
	" AND (p.flags & 2) = 2 AND p.source = 0 AND p.received_at >= $3 AND p.received_at <= $4"
	" AND p.received_at < CAST(p.punch_day AS BIGINT) * 86400000"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = s.employee_id"
	" WHERE s.employee_id <> $5 AND NOT EXISTS (SELECT 1 FROM attendance_punch v"
	" WHERE v.government_id = $1 AND v.punch_day = p.punch_day"
	" AND v.employee_id = p.employee_id AND v.refers_to = p.punch_id)"
	" AND NOT EXISTS (SELECT 1 FROM attendance_correction c WHERE c.government_id = $1"
	" AND c.employee_id = p.employee_id AND c.punch_id = p.punch_id AND c.state = 0)"
	" AND NOT EXISTS (SELECT 1 FROM attendance_confirmation q WHERE q.government_id = $1"
	" AND q.punch_id = p.punch_id AND q.state = 0)"
	" ORDER BY p.received_at, e.name_folded, p.employee_id LIMIT $6",
	0};

struct undecided_row {
	struct undecided_day day;
	const char *folded;
};

/* The day a punch arrived in: the night before ends where the window of the civil day begins. */
static enum err find_arrival(struct tx *tx, int64_t received_at, struct undecided_day *ret)
{
	struct day_view *view = ARENA_NEW(tx->arena, struct day_view);
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	ret->day = instant_day(received_at, tree->zone);
	e = attendance_view_day(tx, ret->employee, ret->day, view);
	if (!e && received_at < view->from)
		ret->day--;
	if (!e)
		ret->unit = view->facts.unit;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err list_ahead_of(struct tx *tx, struct employee_id superior, struct employee_id actor,
	int32_t since, struct undecided_row *ret, int max, int *ret_count)
{
	int64_t *at = ARENA_ARRAY(tx->arena, (size_t)max, int64_t);
	struct db_rows rows;
	struct employee_row owner = {0};
	int n = 0;

	db_query(tx, &LIST_UNDECIDED_AHEAD,
		BIND(db_int(tx->government.v), db_int(superior.v),
			db_int((int64_t)since * MS_PER_DAY), db_int(tx->now_ms), db_int(actor.v),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].day.employee.v), to_int64(&at[n]),
						 to_text(&ret[n].folded), to_text(&owner.name),
						 to_text(&owner.title_before),
						 to_text(&owner.title_after)))) {
		ret[n].day.late_unconfirmed = ret[n].day.place_unconfirmed = false;
		ret[n].day.held = ret[n].day.clock_ahead = true;
		ret[n++].day.full_name = org_full_name(tx->arena, &owner);
	}
	*ret_count = n;
	enum err e = db_end(&rows);
	for (int i = 0; i < n && !e; i++)
		e = find_arrival(tx, at[i], &ret[i].day);
	return e;
}

static enum err list_undecided_of(struct tx *tx, struct employee_id superior,
	struct employee_id actor, int32_t since, int32_t today, struct undecided_row *ret, int max,
	int *ret_count)
{
	struct db_rows rows;
	struct employee_row owner = {0};
	int32_t flags;
	int n = 0;

	db_query(tx, &LIST_UNDECIDED,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(since), db_int(today),
			db_int(actor.v), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].day.employee.v), to_int32(&ret[n].day.day),
				       to_text(&ret[n].folded), to_text(&owner.name),
				       to_text(&owner.title_before), to_text(&owner.title_after),
				       to_int64(&ret[n].day.unit.v), to_int32(&flags),
				       to_bool(&ret[n].day.held)))) {
		ret[n].day.clock_ahead = false;
		ret[n].day.late_unconfirmed = (flags & DAY_LATE_UNCONFIRMED) != 0;
		ret[n].day.place_unconfirmed = (flags & (DAY_PLACE_OUTSIDE | DAY_PLACE_UNKNOWN)) !=
					       0;
		ret[n++].day.full_name = org_full_name(tx->arena, &owner);
	}
	*ret_count = n;
	return db_end(&rows);
}

static int compare_undecided(const void *a, const void *b)
{
	const struct undecided_row *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	if (x->day.day != y->day.day)
		return x->day.day < y->day.day ? -1 : 1;
	if (order)
		return order;
	if (x->day.employee.v != y->day.employee.v)
		return x->day.employee.v < y->day.employee.v ? -1 : 1;
	return y->day.clock_ahead - x->day.clock_ahead;
}

static bool is_same_day(const struct undecided_row *x, const struct undecided_row *y)
{
	return x->day.day == y->day.day && x->day.employee.v == y->day.employee.v;
}

enum err attendance_list_undecided(struct tx *tx, struct employee_id actor, int32_t since,
	int32_t today, struct undecided_day *ret, int max, int *ret_count)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct undecided_row *row;
	int seats = 0, rows = 0, n = 0, count;
	enum err e = attendance_list_seats(tx, actor, seat, &seats);

	row = ARENA_ARRAY(tx->arena, (size_t)max * 2 * (size_t)(seats + 1), struct undecided_row);
	for (int i = 0; i < seats && !e; i++) {
		e = list_undecided_of(
			tx, seat[i].superior, actor, since, today, row + rows, max, &count);
		rows += e ? 0 : count;
		if (!e)
			e = list_ahead_of(
				tx, seat[i].superior, actor, since, row + rows, max, &count);
		rows += e ? 0 : count;
	}
	qsort(row, (size_t)rows, sizeof(*row), compare_undecided);
	for (int i = 0; i < rows && n < max && !e; i++) {
		struct employee_id acts_for;
		bool may;

		if (i && is_same_day(&row[i], &row[i - 1]))
			continue;
		e = org_load_authority(
			tx, actor, row[i].day.employee, row[i].day.day, &may, &acts_for);
		if (!e && may)
			ret[n++] = row[i].day;
	}
	*ret_count = e ? 0 : n;
	return e;
}

struct db_stmt *const attendance_correction_stmts[CORRECTION_STMTS] = {&ADD_CORRECTION,
	&LOAD_CORRECTION, &LOAD_EVENT, &SET_CORRECTION, &LIST_OWN, &LIST_DAY_CORRECTIONS,
	&LIST_ITEMS, &LIST_TEAM, &LIST_UNIT, &ADD_PROPOSAL, &LOAD_PROPOSAL, &SET_PROPOSAL,
	&LIST_PROPOSALS, &LIST_UNDECIDED, &LIST_UNDECIDED_AHEAD};

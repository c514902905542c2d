/*
 * Swaps as they are stored, and carried out: a version of two lines, published in the transaction
 * that decides.
 */
#include "roster/roster_swap.h"

#include "platform/clock.h"
#include "platform/db.h"
#include "roster/roster_procedure.h"
#include "roster/roster_swap_stmts.h"
#include "trust/trust.h"

#define WEEK 7

/* ---- a side ---- */

/* Home days of the week of `day`, as if the person were home on `taken` and not on `given`. */
static enum err count_week(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t day, int32_t given, int32_t taken, int *ret_home,
	int *ret_cap)
{
	int32_t monday = day - (int32_t)(day_weekday(day) - MONDAY);
	*ret_home = 0;
	*ret_cap = -1;
	for (int32_t d = monday; d < monday + WEEK; d++) {
		struct person_day facts;
		struct day_ruling ruling;
		enum err e = roster_load_person_day(tx, employee, d, &facts);
		if (e == E_NOT_FOUND)
			continue;
		if (e)
			return e;
		facts.letter = d == given ? 'K' : d == taken ? 'R' : facts.letter;
		policy_decide_day(book, &facts, &ruling);
		*ret_home += policy_is_away(ruling.mode);
		if (ruling.cap_rule >= 0)
			*ret_cap = book->rule[ruling.cap_rule].days_per_week;
	}
	return OK;
}

static bool is_at_work(const struct day_ruling *r)
{
	return r->mode == MODE_OFFICE || policy_is_away(r->mode);
}

static enum err load_day(struct tx *tx, const struct policy_book *book, struct employee_id employee,
	int32_t day, struct person_day *facts, bool *ret_works, bool *ret_may_home)
{
	struct day_ruling ruling;
	enum err e = roster_load_person_day(tx, employee, day, facts);
	if (e)
		return e;
	policy_decide_day(book, facts, &ruling);
	*ret_works = is_at_work(&ruling) && !facts->covers;
	*ret_may_home = *ret_works && policy_may_be(book, &ruling, MODE_HOME) &&
			!calendar_find_event(book->calendar, book->tree, facts->unit, day);
	return OK;
}

enum err roster_load_swap_side(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t given, int32_t taken, struct swap_side *ret)
{
	struct person_day facts;
	bool may_home;
	enum err e = load_day(tx, book, employee, given, &facts, &ret->may_give, &may_home);
	if (e)
		return e;
	ret->on_given = facts.letter;
	ret->unit = facts.unit;
	ret->posts = facts.posts;
	for (int i = 0; i < facts.posts; i++)
		ret->post[i] = facts.post[i];
	if ((e = load_day(tx, book, employee, taken, &facts, &may_home, &ret->may_take)))
		return e;
	ret->on_taken = facts.letter;
	if ((e = count_week(
		     tx, book, employee, given, given, taken, &ret->gives_week, &ret->gives_cap)))
		return e;
	return count_week(
		tx, book, employee, taken, given, taken, &ret->takes_week, &ret->takes_cap);
}

/* ---- rows ---- */

#define COLUMNS                                                                                    \
	"s.swap_id, s.asker_id, s.other_id, coalesce(a.name, ''), coalesce(o.name, ''),"           \
	" s.asker_day, s.other_day, s.state, s.asked_at, s.answered_at, s.decided_at,"             \
	" s.decided_by, coalesce(d.name, ''), s.note, s.version_id"
#define TABLES                                                                                     \
	" FROM roster_swap s LEFT JOIN org_employee a"                                             \
	" ON a.government_id = s.government_id AND a.employee_id = s.asker_id"                     \
	" LEFT JOIN org_employee o"                                                                \
	" ON o.government_id = s.government_id AND o.employee_id = s.other_id"                     \
	" LEFT JOIN org_employee d"                                                                \
	" ON d.government_id = s.government_id AND d.employee_id = s.decided_by"
#define INTO_SWAP(s)                                                                               \
	to_int64(&(s)->swap_id), to_int64(&(s)->asker.v), to_int64(&(s)->other.v),                 \
		to_text(&(s)->asker_name), to_text(&(s)->other_name), to_int32(&(s)->asker_day),   \
		to_int32(&(s)->other_day), to_int32(&(s)->state), to_int64(&(s)->asked_at),        \
		to_int64(&(s)->answered_at), to_int64(&(s)->decided_at),                           \
		to_int64(&(s)->decided_by.v), to_text(&(s)->decided_by_name), to_text(&(s)->note), \
		to_int64(&(s)->version)

static struct db_stmt ADD_SWAP = {"roster_add_swap",
	"INSERT INTO roster_swap (government_id, swap_id, asker_id, other_id, asker_day, other_day,"
	" state, asked_at, answered_at, decided_by, decided_at, note, version_id)"
	" VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0, 0, 0, '', 0)",
	0};

enum err roster_add_swap(struct tx *tx, const struct roster_swap *s, int64_t *ret_id)
{
	_Static_assert(SWAP_ASKED == 0, "number of the statement");
	*ret_id = id_next();
	return db_exec(tx, &ADD_SWAP,
		BIND(db_int(tx->government.v), db_int(*ret_id), db_int(s->asker.v),
			db_int(s->other.v), db_int(s->asker_day), db_int(s->other_day),
			db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt LOAD_SWAP = {"roster_load_swap",
	"SELECT " COLUMNS TABLES " WHERE s.government_id = $1 AND s.swap_id = $2", 0};

enum err roster_load_swap(struct tx *tx, int64_t swap_id, struct roster_swap *ret)
{
	return db_load(tx, &LOAD_SWAP, BIND(db_int(tx->government.v), db_int(swap_id)),
		INTO(INTO_SWAP(ret)));
}

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct roster_swap *ret, int *ret_count)
{
	struct db_rows rows;
	struct roster_swap row;
	int count = 0;
	db_query(tx, stmt, bind, &rows);
	while (db_next(&rows, INTO(INTO_SWAP(&row))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt LIST_SWAPS = {"roster_list_swaps",
	"SELECT " COLUMNS TABLES " WHERE s.government_id = $1"
	" AND (s.asker_id = $2 OR s.other_id = $2) ORDER BY s.swap_id DESC LIMIT $3",
	0};

enum err roster_list_swaps(struct tx *tx, struct employee_id employee, struct roster_swap *ret,
	int max, int *ret_count)
{
	return list(tx, &LIST_SWAPS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), ret, ret_count);
}

static struct db_stmt LIST_WAITING = {"roster_list_waiting_swaps",
	"SELECT " COLUMNS TABLES " WHERE s.government_id = $1 AND s.state = $2"
	" AND s.asker_day > $4 AND s.other_day > $4 AND s.swap_id > $5"
	" ORDER BY s.swap_id LIMIT $3",
	0};

enum err roster_list_waiting_swaps(struct tx *tx, int32_t today, int64_t after,
	struct roster_swap *ret, int max, int *ret_count)
{
	return list(tx, &LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(SWAP_ACCEPTED), db_int(max), db_int(today),
			db_int(after)),
		ret, ret_count);
}

static struct db_stmt PUT_SWAP = {"roster_put_swap",
	"UPDATE roster_swap SET state = $3, answered_at = $4, decided_by = $5, decided_at = $6,"
	" note = $7, version_id = $8 WHERE government_id = $1 AND swap_id = $2",
	0};

enum err roster_put_swap(struct tx *tx, const struct roster_swap *s)
{
	struct buf content;
	buf_init(&content, tx->arena, 128);
	buf_printf(&content, "roster swap %lld %lld/%d %lld/%d %s by %lld: %s\n",
		(long long)s->swap_id, (long long)s->asker.v, (int)s->asker_day,
		(long long)s->other.v, (int)s->other_day, roster_swap_names[s->state],
		(long long)s->decided_by.v, s->note);
	trust_add_leaf(tx, LEAF_ROSTER, s->swap_id, content.p, content.n);
	return db_exec(tx, &PUT_SWAP,
		BIND(db_int(tx->government.v), db_int(s->swap_id), db_int(s->state),
			db_int(s->answered_at), db_int(s->decided_by.v), db_int(s->decided_at),
			db_text(s->note), db_int(s->version)),
		NULL);
}

/* ---- carrying it out ---- */

/* The two days alone: what holds between them stays what it is. */
static struct roster_line make_line(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, int32_t given, int32_t taken)
{
	char *days = ARENA_ARRAY(tx->arena, (size_t)(to - from) + 2, char);
	memset(days, '-', (size_t)(to - from) + 1);
	days[given - from] = 'K';
	days[taken - from] = 'R';
	return (struct roster_line){employee, days, NULL};
}

static enum err find_node(struct tx *tx, const struct roster_swap *s, struct unit_id *ret)
{
	struct db_rows rows;
	db_query(tx, &ROSTER_FIND_PUBLISHED_NODE,
		BIND(db_int(tx->government.v), db_int(s->asker.v), db_int(s->asker_day)), &rows);
	bool found = db_next(&rows, INTO(to_int64(&ret->v)));
	enum err e = db_end(&rows);
	return e ? e : found ? OK : E_NOT_FOUND;
}

enum err roster_do_swap(
	struct tx *tx, const struct roster_swap *s, struct employee_id by, int64_t *ret_version)
{
	int32_t from = s->asker_day < s->other_day ? s->asker_day : s->other_day;
	int32_t to = s->asker_day < s->other_day ? s->other_day : s->asker_day;
	const struct roster_line line[2] = {
		make_line(tx, s->asker, from, to, s->asker_day, s->other_day),
		make_line(tx, s->other, from, to, s->other_day, s->asker_day)};
	struct unit_id node;
	enum err e = find_node(tx, s, &node);
	if (e || (e = roster_add_version(tx, node, from, to, ROSTER_SWAPPED,
			  (struct instrument_id){0}, "", s->asker, line, 2, ret_version)))
		return e;
	return roster_publish(tx, *ret_version, by);
}

/* The planning node of the version that is in force for a person and day. */
struct db_stmt ROSTER_FIND_PUBLISHED_NODE = {"roster_find_published_node",
	"SELECT v.unit_id FROM roster_current c JOIN roster_version v"
	" ON v.government_id = c.government_id AND v.version_id = c.version_id"
	" WHERE c.government_id = $1 AND c.employee_id = $2 AND c.period_from <= $3"
	" AND c.period_to >= $3",
	0};

/* ---- colleagues ---- */

static struct db_stmt LIST_COLLEAGUES = {"roster_list_colleagues",
	"SELECT e.employee_id, e.name, '' FROM org_placement p JOIN org_employee e"
	" ON e.government_id = p.government_id AND e.employee_id = p.employee_id"
	" WHERE p.government_id = $1 AND p.valid_from <= $3 AND p.valid_to >= $3"
	" AND e.valid_from <= $3 AND e.valid_to >= $3 AND p.employee_id <> $2"
	" AND p.unit_id IN (SELECT q.unit_id FROM org_placement q WHERE q.government_id = $1"
	" AND q.employee_id = $2 AND q.valid_from <= $3 AND q.valid_to >= $3)"
	" ORDER BY e.name, e.employee_id LIMIT $4",
	0};

enum err roster_list_colleagues(struct tx *tx, struct employee_id employee, int32_t day,
	struct roster_line_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_line_row row;
	int count = 0;
	db_query(tx, &LIST_COLLEAGUES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(max)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&row.employee.v), to_text(&row.name), to_text(&row.days))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

struct db_stmt *const roster_swap_stmts[ROSTER_SWAP_STMTS] = {&ADD_SWAP, &LOAD_SWAP, &LIST_SWAPS,
	&LIST_WAITING, &PUT_SWAP, &ROSTER_FIND_PUBLISHED_NODE, &LIST_COLLEAGUES};

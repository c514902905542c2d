/*
 * Sums of units over what reports bring and plans mean to bring: moved once per batch, at the unit
 * and at all above it, and counted again from the facts.
 *
 * A report row remembers the unit it is counted at and reports_output what it brought there, so
 * that a move takes away exactly what was added before.
 */
#include "reports/reports_target.h"

#include "base/hash.h"
#include "org/org_count.h"
#include "platform/slice.h"
#include "reports/reports_output.h"

#include <stdlib.h>
#include <string.h>

/* ---- moves ---- */

void reports_move_output(struct arena *arena, struct output_moves *m, struct unit_id unit,
	int32_t day, const struct target_output *output, int outputs, int times)
{
	for (int i = 0; i < outputs && unit.v; i++) {
		if (m->count == m->max) {
			const int max = m->max ? 2 * m->max : 64;
			struct output_move *more = ARENA_ARRAY(
				arena, (size_t)max, struct output_move);

			if (m->count)
				memcpy(more, m->move, (size_t)m->count * sizeof *more);
			m->move = more;
			m->max = max;
		}
		m->move[m->count++] = (struct output_move){unit, day, output[i].unit_key,
			times * output[i].handed_in, times * output[i].verified};
	}
}

static int compare_moves(const void *a, const void *b)
{
	const struct output_move *x = a, *y = b;

	if (x->unit.v != y->unit.v)
		return x->unit.v < y->unit.v ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return strcmp(x->unit_key, y->unit_key);
}

static struct db_stmt ADD_UNIT_OUTPUT = {"reports_add_unit_output",
	"INSERT INTO reports_unit_output (government_id, unit_id, day, unit_key, handed_in, "
	"verified)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (government_id, unit_id, day, unit_key)"
	" DO UPDATE SET handed_in = reports_unit_output.handed_in + excluded.handed_in,"
	" verified = reports_unit_output.verified + excluded.verified",
	0};

static enum err add_unit_output(struct tx *tx, struct unit_id unit, const struct output_move *move)
{
	return db_exec(tx, &ADD_UNIT_OUTPUT,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(move->day),
			db_text(move->unit_key), db_int(move->handed_in), db_int(move->verified)),
		NULL);
}

static enum err write_move(
	struct tx *tx, const struct org_tree *tree, const struct output_move *move)
{
	enum err e = OK;

	for (const struct org_unit *u = org_find_unit(tree, move->unit); u && !e;
		u = org_find_unit(tree, u->parent))
		e = add_unit_output(tx, u->id, move);
	return e ? e : add_unit_output(tx, (struct unit_id){0}, move);
}

enum err reports_write_moves(struct tx *tx, const struct org_tree *tree, struct output_moves *m)
{
	enum err e = OK;

	if (m->count)
		qsort(m->move, (size_t)m->count, sizeof *m->move, compare_moves);
	for (int i = 0, to; i < m->count && !e; i = to) {
		struct output_move sum = m->move[i];

		for (to = i + 1; to < m->count && compare_moves(&sum, &m->move[to]) == 0; to++) {
			sum.handed_in += m->move[to].handed_in;
			sum.verified += m->move[to].verified;
		}
		if (sum.handed_in || sum.verified)
			e = write_move(tx, tree, &sum);
	}
	return e;
}

/* ---- plans ---- */

/* Beside the periods of plans in reports_unit_planned, by the first day of a quarter: what plans of
 * the year mean of those who have one of this quarter, which stands in its place. */
#define ANNUAL_GIVEN_WAY 2
_Static_assert(PERIOD_ANNUAL == 0 && PERIOD_QUARTERLY == 1, "a value of its own");

static struct db_stmt ADD_UNIT_PLANNED = {"reports_add_unit_planned",
	"INSERT INTO reports_unit_planned (government_id, unit_id, first_day, period, unit_key,"
	" amount) VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (government_id, unit_id, first_day, period, unit_key)"
	" DO UPDATE SET amount = reports_unit_planned.amount + excluded.amount",
	0};

static enum err add_planned(struct tx *tx, struct unit_id unit, int32_t first_day, int period,
	const struct target_measure *m, int times)
{
	return db_exec(tx, &ADD_UNIT_PLANNED,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(first_day), db_int(period),
			db_text(reports_unit_key(tx->arena, m->unit_of_measure)),
			db_int((int64_t)times * m->amount)),
		NULL);
}

/* At its unit and at all above; `first_day` and `period` say which sums. */
static enum err add_targets(struct tx *tx, struct unit_id unit, int32_t first_day, int period,
	const struct target *target, int targets, int times)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e || !unit.v)
		return e;
	org_touch_work(tx, tree, unit);
	for (int i = 0; i < targets && !e; i++) {
		const struct target_measure *m = reports_counting_measure(&target[i]);

		if (!m)
			continue;
		for (const struct org_unit *u = org_find_unit(tree, unit); u && !e;
			u = org_find_unit(tree, u->parent))
			e = add_planned(tx, u->id, first_day, period, m, times);
		if (!e)
			e = add_planned(tx, (struct unit_id){0}, first_day, period, m, times);
	}
	return e;
}

static struct db_stmt LIST_COUNTED_PLANS = {"reports_list_counted_plans",
	"SELECT plan_id, unit_id, first_day FROM reports_target_plan WHERE government_id = $1"
	" AND employee_id = $2 AND period = $3 AND first_day <= $5 AND last_day >= $4"
	" AND (state = $6 OR state = $7) ORDER BY first_day, plan_id LIMIT $8",
	0};

#define QUARTERS 4

/* The owner's counted plans of the other period that touch this one: one of a year, or its
 * quarters'. */
static enum err list_others(struct tx *tx, const struct target_plan *p,
	struct target_plan ret[QUARTERS], int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_COUNTED_PLANS,
		BIND(db_int(tx->government.v), db_int(p->owner.v),
			db_int(p->period == PERIOD_ANNUAL ? PERIOD_QUARTERLY : PERIOD_ANNUAL),
			db_int(p->first_day), db_int(p->last_day), db_int(PLAN_AGREED),
			db_int(PLAN_CLOSED), db_int(QUARTERS)),
		&rows);
	while (n < QUARTERS && db_next(&rows, INTO(to_int64(&ret[n].id), to_int64(&ret[n].unit.v),
						      to_int32(&ret[n].first_day))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* The plan of a quarter divides that of the year, so in its quarter it stands in its place. */
static enum err give_way(struct tx *tx, const struct target_plan *p, const struct target *target,
	int targets, int times)
{
	struct target_plan other[QUARTERS];
	struct target *of_year;
	int others, n;
	enum err e = list_others(tx, p, other, &others);

	for (int i = 0; i < others && !e; i++) {
		if (p->period == PERIOD_ANNUAL)
			e = add_targets(tx, p->unit, other[i].first_day, ANNUAL_GIVEN_WAY, target,
				targets, times);
		else if (!(e = reports_list_targets(tx, other[i].id, &of_year, &n)))
			e = add_targets(tx, other[i].unit, p->first_day, ANNUAL_GIVEN_WAY, of_year,
				n, times);
	}
	return e;
}

enum err reports_count_plan(struct tx *tx, const struct target_plan *p, const struct target *target,
	int targets, int times)
{
	enum err e = add_targets(tx, p->unit, p->first_day, p->period, target, targets, times);

	return e ? e : give_way(tx, p, target, targets, times);
}

/* ---- reading ---- */

/* A unit and those in force directly below it. */
#define THESE_UNITS                                                                                \
	" AND s.unit_id IN (SELECT $2 UNION ALL SELECT u.unit_id FROM org_unit u"                  \
	" WHERE u.government_id = $1 AND u.parent_id = $2 AND u.valid_from <= $4"                  \
	" AND u.valid_to >= $4)"

/* Rows by unit, day and unit of measure; summed here: sorting them by unit of measure alone takes
 * longer than reading them. */
static struct db_stmt LIST_UNIT_OUTPUT = {"reports_list_unit_output",
	"SELECT s.unit_id, s.unit_key, s.day, s.handed_in, s.verified FROM reports_unit_output s"
	" WHERE s.government_id = $1 AND s.day >= $3 AND s.day <= $4" THESE_UNITS " LIMIT $5",
	0};
static struct db_stmt LIST_UNIT_PLANNED = {"reports_list_unit_planned",
	"SELECT s.unit_id, s.unit_key, s.period, s.amount FROM reports_unit_planned s"
	" WHERE s.government_id = $1 AND (s.first_day = $3 AND s.period = $5"
	" OR s.first_day = $6 AND s.period <> $5)" THESE_UNITS " LIMIT $7",
	0};

#define BUCKETS 4096

/* A sum and the one before it in its bucket and of all. */
struct kept_sum {
	struct unit_output sum;
	struct kept_sum *of_bucket, *before;
};

struct output_sums {
	struct arena *arena;
	struct kept_sum *bucket[BUCKETS], *last;
	int count;
	bool is_cut;
};

static struct kept_sum **find_bucket(
	struct output_sums *s, struct unit_id unit, const char *unit_key)
{
	uint64_t hash = hash_fnv(unit_key, strlen(unit_key)) ^ hash_fnv(&unit.v, sizeof unit.v);

	return &s->bucket[hash % BUCKETS];
}

/* The sum of a unit in a unit of measure; NULL: there is none yet. */
static struct unit_output *find_sum(
	struct output_sums *s, struct unit_id unit, const char *unit_key)
{
	struct kept_sum *k = *find_bucket(s, unit, unit_key);

	while (k && (k->sum.unit.v != unit.v || strcmp(k->sum.unit_key, unit_key) != 0))
		k = k->of_bucket;
	return k ? &k->sum : NULL;
}

static struct unit_output *add_sum(struct output_sums *s, struct unit_id unit, const char *unit_key)
{
	struct kept_sum **bucket = find_bucket(s, unit, unit_key),
			*k = ARENA_NEW(s->arena, struct kept_sum);

	*k = (struct kept_sum){{.unit = unit, .unit_key = unit_key}, *bucket, s->last};
	*bucket = s->last = k;
	s->count++;
	return &k->sum;
}

/* What no plan names is kept of `unit` alone: of those below nobody asks it. */
static enum err add_brought(
	struct tx *tx, struct unit_id unit, int32_t from, int32_t day, struct output_sums *s)
{
	struct db_rows rows;
	struct output_move row;
	int left = BROUGHT_ROWS_MAX;

	db_query(tx, &LIST_UNIT_OUTPUT,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(from), db_int(day),
			db_int(left + 1)),
		&rows);
	while (db_next(&rows,
		       INTO(to_int64(&row.unit.v), to_text(&row.unit_key), to_int32(&row.day),
			       to_int64(&row.handed_in), to_int64(&row.verified))) &&
		left-- > 0) {
		struct unit_output *sum = find_sum(s, row.unit, row.unit_key);

		if (!sum && row.unit.v != unit.v)
			continue;
		if (!sum)
			sum = add_sum(s, row.unit, row.unit_key);
		sum->handed_in += row.handed_in;
		sum->verified += row.verified;
		sum->handed_in_today += row.day == day ? row.handed_in : 0;
		sum->verified_today += row.day == day ? row.verified : 0;
	}
	s->is_cut |= left < 0;
	return db_end(&rows);
}

static void add_amount(struct unit_output *sum, int period, int64_t amount)
{
	if (period == PERIOD_QUARTERLY)
		sum->quarterly += amount;
	else
		sum->annual += period == ANNUAL_GIVEN_WAY ? -amount : amount;
}

static enum err add_meant(struct tx *tx, struct unit_id unit, int32_t day, struct output_sums *s)
{
	int32_t year, quarter, last, period;
	struct db_rows rows;
	struct unit_id of;
	const char *unit_key;
	int64_t amount;
	int left = MEANT_ROWS_MAX;

	reports_period_of(PERIOD_ANNUAL, day, &year, &last);
	reports_period_of(PERIOD_QUARTERLY, day, &quarter, &last);
	db_query(tx, &LIST_UNIT_PLANNED,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(year), db_int(day),
			db_int(PERIOD_ANNUAL), db_int(quarter), db_int(left + 1)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&of.v), to_text(&unit_key), to_int32(&period),
				      to_int64(&amount))) &&
		left-- > 0) {
		struct unit_output *sum = find_sum(s, of, unit_key);

		add_amount(sum ? sum : add_sum(s, of, unit_key), period, amount);
	}
	s->is_cut |= left < 0;
	return db_end(&rows);
}

static int compare_sums(const void *a, const void *b)
{
	const struct unit_output *x = a, *y = b;

	if (x->unit.v != y->unit.v)
		return x->unit.v < y->unit.v ? -1 : 1;
	return strcmp(x->unit_key, y->unit_key);
}

enum err reports_list_unit_output(struct tx *tx, struct unit_id unit, int32_t from, int32_t day,
	struct unit_output **ret, int *ret_count, bool *ret_is_cut)
{
	struct output_sums *s = ARENA_NEW(tx->arena, struct output_sums);
	int n = 0;
	enum err e;

	s->arena = tx->arena;
	e = add_meant(tx, unit, day, s);
	if (!e)
		e = add_brought(tx, unit, from, day, s);
	*ret = ARENA_ARRAY(tx->arena, (size_t)s->count, struct unit_output);
	for (struct kept_sum *k = s->last; k; k = k->before)
		(*ret)[n++] = k->sum;
	if (n)
		qsort(*ret, (size_t)n, sizeof **ret, compare_sums);
	*ret_count = n;
	*ret_is_cut = s->is_cut;
	return e;
}

/* ---- counted again ---- */

/* Each fact at its unit and at all above it by the path; the government, unit 0, is above all. */
#define AT_ALL_ABOVE(columns, facts)                                                               \
	"SELECT a.unit_id, " columns " FROM (" facts ") AS f JOIN org_unit u"                      \
	" ON u.government_id = $1 AND u.unit_id = f.at_unit JOIN (SELECT unit_id, path"            \
	" FROM org_unit WHERE government_id = $1 UNION ALL SELECT 0, '') AS a"                     \
	" ON substr(u.path, 1, length(a.path)) = a.path"

#define OUTPUT_FACTS                                                                               \
	"SELECT d.counted_unit AS at_unit, o.day, o.unit_key, sum(o.handed_in) AS handed_in,"      \
	" sum(o.verified) AS verified FROM reports_output o JOIN reports_daily d"                  \
	" ON d.government_id = o.government_id AND d.employee_id = o.employee_id"                  \
	" AND d.day = o.day WHERE o.government_id = $1 GROUP BY d.counted_unit, o.day, o.unit_key"
#define OUTPUT_AT_UNITS AT_ALL_ABOVE("f.day, f.unit_key, f.handed_in, f.verified", OUTPUT_FACTS)

#define PLANNED_FACTS                                                                              \
	"SELECT p.unit_id AS at_unit, p.first_day, p.period, m.unit_key, sum(m.amount) AS amount"  \
	" FROM reports_target_plan p JOIN reports_target_measure m"                                \
	" ON m.government_id = p.government_id AND m.plan_id = p.plan_id AND m.aspect = $2"        \
	" WHERE p.government_id = $1 AND p.state IN ($3, $4)"                                      \
	" GROUP BY p.unit_id, p.first_day, p.period, m.unit_key"                                   \
	" UNION ALL SELECT p.unit_id, q.first_day, $7, m.unit_key, sum(m.amount)"                  \
	" FROM reports_target_plan p JOIN reports_target_plan q"                                   \
	" ON q.government_id = p.government_id AND q.employee_id = p.employee_id"                  \
	" AND q.period = $6 AND q.first_day <= p.last_day AND q.last_day >= p.first_day"           \
	" AND q.state IN ($3, $4) JOIN reports_target_measure m"                                   \
	" ON m.government_id = p.government_id AND m.plan_id = p.plan_id AND m.aspect = $2"        \
	" WHERE p.government_id = $1 AND p.period = $5 AND p.state IN ($3, $4)"                    \
	" GROUP BY p.unit_id, q.first_day, m.unit_key"
#define PLANNED_BIND                                                                               \
	db_int(tx->government.v), db_int(ASPECT_QUANTITY), db_int(PLAN_AGREED),                    \
		db_int(PLAN_CLOSED), db_int(PERIOD_ANNUAL), db_int(PERIOD_QUARTERLY),              \
		db_int(ANNUAL_GIVEN_WAY)
#define PLANNED_AT_UNITS AT_ALL_ABOVE("f.first_day, f.period, f.unit_key, f.amount", PLANNED_FACTS)

static struct db_stmt COUNT_WRONG_OUTPUT = {"reports_count_wrong_unit_output",
	"SELECT count(*) FROM (SELECT 1 FROM (SELECT unit_id, day, unit_key, handed_in, verified"
	" FROM reports_unit_output WHERE government_id = $1 UNION ALL SELECT unit_id, day, "
	"unit_key,"
	" -handed_in, -verified FROM (" OUTPUT_AT_UNITS ") AS facts) AS sides"
	" GROUP BY unit_id, day, unit_key HAVING sum(handed_in) <> 0 OR sum(verified) <> 0) AS "
	"wrong",
	0};
static struct db_stmt COUNT_WRONG_PLANNED = {"reports_count_wrong_unit_planned",
	"SELECT count(*) FROM (SELECT 1 FROM (SELECT unit_id, first_day, period, unit_key, amount"
	" FROM reports_unit_planned WHERE government_id = $1 UNION ALL SELECT unit_id, first_day,"
	" period, unit_key, -amount FROM (" PLANNED_AT_UNITS ") AS facts) AS sides"
	" GROUP BY unit_id, first_day, period, unit_key HAVING sum(amount) <> 0) AS wrong",
	0};

enum err reports_check_unit_output(struct tx *tx, int64_t *ret_wrong)
{
	int64_t output, planned;
	enum err e = db_load(
		tx, &COUNT_WRONG_OUTPUT, BIND(db_int(tx->government.v)), INTO(to_int64(&output)));

	if (!e)
		e = db_load(tx, &COUNT_WRONG_PLANNED, BIND(PLANNED_BIND), INTO(to_int64(&planned)));
	*ret_wrong = e ? 0 : output + planned;
	return e;
}

static struct db_stmt END_UNIT_OUTPUT = {
	"reports_end_unit_output", "DELETE FROM reports_unit_output WHERE government_id = $1", 0};
static struct db_stmt FILL_UNIT_OUTPUT = {"reports_fill_unit_output",
	"INSERT INTO reports_unit_output (government_id, unit_id, day, unit_key, handed_in, "
	"verified)"
	" SELECT $1, unit_id, day, unit_key, sum(handed_in), sum(verified) FROM (" OUTPUT_AT_UNITS
	") AS facts GROUP BY unit_id, day, unit_key",
	0};
static struct db_stmt END_UNIT_PLANNED = {
	"reports_end_unit_planned", "DELETE FROM reports_unit_planned WHERE government_id = $1", 0};
static struct db_stmt FILL_UNIT_PLANNED = {"reports_fill_unit_planned",
	"INSERT INTO reports_unit_planned (government_id, unit_id, first_day, period, unit_key,"
	" amount) SELECT $1, unit_id, first_day, period, unit_key, sum(amount) FROM "
	"(" PLANNED_AT_UNITS ") AS facts GROUP BY unit_id, first_day, period, unit_key",
	0};

enum err reports_recount_unit_output(struct tx *tx, int64_t *ret_wrong)
{
	enum err e = reports_check_unit_output(tx, ret_wrong);

	if (e || !*ret_wrong)
		return e;
	if ((e = db_exec(tx, &END_UNIT_OUTPUT, BIND(db_int(tx->government.v)), NULL)) ||
		(e = db_exec(tx, &FILL_UNIT_OUTPUT, BIND(db_int(tx->government.v)), NULL)) ||
		(e = db_exec(tx, &END_UNIT_PLANNED, BIND(db_int(tx->government.v)), NULL)))
		return e;
	return db_exec(tx, &FILL_UNIT_PLANNED, BIND(PLANNED_BIND), NULL);
}

static struct db_stmt *const stmts[] = {&ADD_UNIT_OUTPUT, &ADD_UNIT_PLANNED, &LIST_COUNTED_PLANS,
	&LIST_UNIT_OUTPUT, &LIST_UNIT_PLANNED, &COUNT_WRONG_OUTPUT, &COUNT_WRONG_PLANNED,
	&END_UNIT_OUTPUT, &FILL_UNIT_OUTPUT, &END_UNIT_PLANNED, &FILL_UNIT_PLANNED};

const struct slice reports_unit_output_slice = {
	.name = "reports_unit_output",
	.stmts = stmts,
	.stmt_count = COUNT_OF(stmts),
};

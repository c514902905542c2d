/*
 * Ratings, feedback, results of agencies and dated rules in the store.
 *
 * A rating is found by its id or by person and period; lists of persons are those of one person or
 * of one superior. Numbers of units are counted in one walk.
 */
#include "reports/reports_rating.h"

#include "platform/db.h"
#include "platform/slice.h"

/* ---- ratings ---- */

#define RATING_COLUMNS                                                                             \
	"SELECT r.rating_id, r.employee_id, r.period, r.first_day, r.last_day, r.unit_id, "        \
	"r.superior_id, r.state, r.version, r.work, r.behaviour, r.predicate, r.reason, "          \
	"r.rated_by, r.rated_for, r.rated_as, r.rated_at, r.seen_at, r.object_until, "             \
	"r.objection, r.objected_at, r.decide_until, r.answering_id, r.first_work, "               \
	"r.first_behaviour, r.decided_by, r.decided_for, r.decided_as, r.decided_at, "             \
	"r.decision, r.outcome, r.locked_at, r.leaf_index, r.sealed FROM reports_rating AS r "     \
	"WHERE r.government_id = $1 "
#define INTO_RATING(r)                                                                             \
	to_int64(&(r)->id), to_int64(&(r)->employee.v), to_int32(&(r)->period),                    \
		to_int32(&(r)->first_day), to_int32(&(r)->last_day), to_int64(&(r)->unit.v),       \
		to_int64(&(r)->superior.v), to_int32(&(r)->state), to_int32(&(r)->version),        \
		to_int32(&(r)->work), to_int32(&(r)->behaviour), to_int32(&(r)->predicate),        \
		to_text(&(r)->reason), to_int64(&(r)->rated_by.v), to_int64(&(r)->rated_for.v),    \
		to_int32(&(r)->rated_as), to_int64(&(r)->rated_at), to_int64(&(r)->seen_at),       \
		to_int32(&(r)->object_until), to_text(&(r)->objection),                            \
		to_int64(&(r)->objected_at), to_int32(&(r)->decide_until),                         \
		to_int64(&(r)->answering.v), to_int32(&(r)->first_work),                           \
		to_int32(&(r)->first_behaviour), to_int64(&(r)->decided_by.v),                     \
		to_int64(&(r)->decided_for.v), to_int32(&(r)->decided_as),                         \
		to_int64(&(r)->decided_at), to_text(&(r)->decision), to_int32(&(r)->outcome),      \
		to_int64(&(r)->locked_at), to_int64(&(r)->leaf_index), to_text(&(r)->sealed)

static struct db_stmt LIST_NOTES = {"rating_list_notes",
	"SELECT conduct, note FROM reports_rating_note WHERE government_id = $1 AND rating_id = $2"
	" ORDER BY conduct",
	0};

static enum err load_notes(struct tx *tx, struct rating *r)
{
	struct db_rows rows;
	const char *note;
	int32_t conduct;

	for (int i = 0; i < CONDUCTS; i++)
		r->note[i] = "";
	db_query(tx, &LIST_NOTES, BIND(db_int(tx->government.v), db_int(r->id)), &rows);
	while (db_next(&rows, INTO(to_int32(&conduct), to_text(&note))))
		if (conduct >= 0 && conduct < CONDUCTS)
			r->note[conduct] = note;
	return db_end(&rows);
}

static struct db_stmt LOAD_RATING = {"rating_load", RATING_COLUMNS "AND r.rating_id = $2", 0};

enum err rating_load(struct tx *tx, int64_t rating, struct rating *ret)
{
	enum err e;

	*ret = (struct rating){0};
	e = db_load(tx, &LOAD_RATING, BIND(db_int(tx->government.v), db_int(rating)),
		INTO(INTO_RATING(ret)));
	return e ? e : load_notes(tx, ret);
}

static struct db_stmt LOAD_RATING_OF = {"rating_load_of",
	RATING_COLUMNS "AND r.employee_id = $2 AND r.last_day = $3 AND r.period = $4", 0};

enum err rating_load_of(struct tx *tx, struct employee_id employee, enum report_period period,
	int32_t last_day, struct rating *ret)
{
	enum err e;

	*ret = (struct rating){0};
	e = db_load(tx, &LOAD_RATING_OF,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(last_day),
			db_int(period)),
		INTO(INTO_RATING(ret)));
	return e ? e : load_notes(tx, ret);
}

static struct db_stmt ADD_NOTE = {"rating_add_note",
	"INSERT INTO reports_rating_note (government_id, rating_id, conduct, note) "
	"VALUES ($1, $2, $3, $4) ON CONFLICT (government_id, rating_id, conduct) "
	"DO UPDATE SET note = excluded.note",
	0};

static enum err set_notes(struct tx *tx, const struct rating *r)
{
	enum err e = OK;

	for (int i = 0; i < CONDUCTS && !e; i++)
		e = db_exec(tx, &ADD_NOTE,
			BIND(db_int(tx->government.v), db_int(r->id), db_int(i),
				db_text(r->note[i] ? r->note[i] : "")),
			NULL);
	return e;
}

static struct db_stmt ADD_RATING = {"rating_add",
	"INSERT INTO reports_rating (government_id, rating_id, employee_id, period, first_day, "
	"last_day, unit_id, superior_id, state, version, work, behaviour, predicate, reason, "
	"rated_by, rated_for, rated_as, rated_at, seen_at, object_until, objection, objected_at, "
	"decide_until, answering_id, first_work, first_behaviour, decided_by, decided_for, "
	"decided_as, decided_at, decision, outcome, locked_at, leaf_index, sealed) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, -1, -1, -1, '', 0, 0, 0, 0, 0, $11, '', "
	"0, $11, 0, -1, -1, 0, 0, 0, 0, '', 0, 0, -1, '')",
	0};

enum err rating_add(struct tx *tx, const struct rating *r)
{
	enum err e = db_exec(tx, &ADD_RATING,
		BIND(db_int(tx->government.v), db_int(r->id), db_int(r->employee.v),
			db_int(r->period), db_int(r->first_day), db_int(r->last_day),
			db_int(r->unit.v), db_int(r->superior.v), db_int(r->state),
			db_int(r->version), db_int(DAY_NONE)),
		NULL);

	return e ? e : rating_set(tx, r);
}

static struct db_stmt SET_RATING = {"rating_set",
	"UPDATE reports_rating SET unit_id = $3, superior_id = $4, state = $5, version = $6, "
	"work = $7, behaviour = $8, predicate = $9, reason = $10, rated_by = $11, rated_for = $12, "
	"rated_as = $13, rated_at = $14, object_until = $15, objection = $16, objected_at = $17, "
	"decide_until = $18, answering_id = $19, first_work = $20, first_behaviour = $21, "
	"decided_by = $22, decided_for = $23, decided_as = $24, decided_at = $25, decision = $26, "
	"outcome = $27, locked_at = $28, leaf_index = $29, sealed = $30 "
	"WHERE government_id = $1 AND rating_id = $2",
	0};

enum err rating_set(struct tx *tx, const struct rating *r)
{
	enum err e = db_exec(tx, &SET_RATING,
		BIND(db_int(tx->government.v), db_int(r->id), db_int(r->unit.v),
			db_int(r->superior.v), db_int(r->state), db_int(r->version),
			db_int(r->work), db_int(r->behaviour), db_int(r->predicate),
			db_text(r->reason), db_int(r->rated_by.v), db_int(r->rated_for.v),
			db_int(r->rated_as), db_int(r->rated_at), db_int(r->object_until),
			db_text(r->objection), db_int(r->objected_at), db_int(r->decide_until),
			db_int(r->answering.v), db_int(r->first_work), db_int(r->first_behaviour),
			db_int(r->decided_by.v), db_int(r->decided_for.v), db_int(r->decided_as),
			db_int(r->decided_at), db_text(r->decision), db_int(r->outcome),
			db_int(r->locked_at), db_int(r->leaf_index), db_text(r->sealed)),
		NULL);

	return e ? e : set_notes(tx, r);
}

static enum err take_ratings(struct db_rows *rows, struct rating *ret, int max, int *ret_count)
{
	struct rating r = {0};
	int n = 0;

	while (n < max && db_next(rows, INTO(INTO_RATING(&r))))
		ret[n++] = r;
	*ret_count = n;
	return db_end(rows);
}

static struct db_stmt LIST_OWN = {"rating_list_own",
	RATING_COLUMNS "AND r.employee_id = $2 AND r.state >= 2 AND (r.last_day < $3 OR "
		       "(r.last_day = $3 AND r.period > $4)) ORDER BY r.last_day DESC, r.period "
		       "LIMIT $5",
	0};

_Static_assert(
	RATING_TOLD == 2 && RATING_OBJECTED == 3 && RATING_LOCKED == 4, "stand in the statements");

enum err rating_list_own(struct tx *tx, struct employee_id employee, int32_t before_day,
	int32_t before_period, struct rating *ret, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &LIST_OWN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(before_day),
			db_int(before_period), db_int(max)),
		&rows);
	return take_ratings(&rows, ret, max, ret_count);
}

static struct db_stmt SET_SEEN = {"rating_set_seen",
	"UPDATE reports_rating SET seen_at = $3 WHERE government_id = $1 AND employee_id = $2 AND "
	"state >= 2 AND seen_at = 0",
	0};

enum err rating_set_seen(struct tx *tx, struct employee_id employee)
{
	return db_exec(tx, &SET_SEEN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(tx->now_ms)), NULL);
}

static struct db_stmt LIST_UNDISPUTED = {"rating_list_undisputed",
	"SELECT rating_id FROM reports_rating WHERE government_id = $1 AND state = 2 AND "
	"object_until < $2 ORDER BY object_until, rating_id LIMIT $3",
	0};

enum err rating_list_undisputed(
	struct tx *tx, int32_t today, int64_t *ret_rating, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_UNDISPUTED, BIND(db_int(tx->government.v), db_int(today), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret_rating[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_OBJECTIONS = {"rating_list_objections",
	RATING_COLUMNS "AND r.answering_id = $2 AND r.state IN (3, 4) AND r.objected_at > 0 "
		       "UNION ALL " RATING_COLUMNS "AND r.state = 3 AND r.rated_by = $2 "
		       "AND r.rated_as = 2 AND r.answering_id <> $2 "
		       "ORDER BY state, objected_at DESC, rating_id LIMIT $3",
	0};

_Static_assert(STAND_DELEGATE == 2, "stands in LIST_OBJECTIONS");

enum err rating_list_objections(
	struct tx *tx, struct employee_id answering, struct rating *ret, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &LIST_OBJECTIONS,
		BIND(db_int(tx->government.v), db_int(answering.v), db_int(max)), &rows);
	return take_ratings(&rows, ret, max, ret_count);
}

static struct db_stmt LIST_FACTS = {"rating_list_facts",
	"SELECT CAST(r.day AS BIGINT) * 64 + i.item, r.report_id, r.day, i.description, i.volume, "
	"i.unit_of_measure, r.state FROM reports_daily r CROSS JOIN reports_item i"
	" WHERE r.government_id = $1 AND r.employee_id = $2 AND r.day >= $4 AND r.day <= $5"
	" AND r.state IN (2, 3) AND i.government_id = $1 AND i.report_id = r.report_id"
	" AND i.target_id = $3 AND CAST(r.day AS BIGINT) * 64 + i.item > $6"
	" ORDER BY r.day, i.item LIMIT $7",
	0};

enum err rating_list_facts(struct tx *tx, const struct rating_facts_asked *asked,
	struct rating_item *ret, int max, int *ret_count)
{
	_Static_assert(REPORT_ITEMS_MAX < 64, "an item's number fits into its key");
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_FACTS,
		BIND(db_int(tx->government.v), db_int(asked->employee.v), db_int(asked->target),
			db_int(asked->first), db_int(asked->last), db_int(asked->after),
			db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int64(&ret[n].key), to_int64(&ret[n].report), to_int32(&ret[n].day),
				to_text(&ret[n].description), to_int32(&ret[n].volume),
				to_text(&ret[n].unit_of_measure), to_int32(&ret[n].state))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* ---- rules ---- */

static struct db_stmt LIST_RULES = {"rating_list_rules",
	"SELECT rule_id, rate_days, object_days, decide_days, legal_basis, verified_by, "
	"valid_from, valid_to, entered_by, entered_at FROM reports_rating_rule WHERE "
	"government_id = $1 AND valid_to >= valid_from ORDER BY valid_from DESC, rule_id DESC "
	"LIMIT $2",
	0};

static struct db_stmt LIST_CURVES = {"rating_list_curves",
	"SELECT result, very_good, good, needs_work, poor, very_poor FROM reports_rating_curve "
	"WHERE government_id = $1 AND rule_id = $2 ORDER BY result",
	0};

static enum err load_curves(struct tx *tx, struct rating_rule *rule)
{
	struct db_rows rows;
	int32_t result, p[PREDICATES];

	db_query(tx, &LIST_CURVES, BIND(db_int(tx->government.v), db_int(rule->id)), &rows);
	while (db_next(&rows, INTO(to_int32(&result), to_int32(&p[0]), to_int32(&p[1]),
				      to_int32(&p[2]), to_int32(&p[3]), to_int32(&p[4]))))
		for (int i = 0; i < PREDICATES && result >= 0 && result < RESULTS; i++)
			rule->curve[result][i] = p[i];
	return db_end(&rows);
}

enum err rating_list_rules(struct tx *tx, struct rating_rule **ret, int *ret_count)
{
	struct rating_rule *rule = ARENA_ARRAY(tx->arena, RATING_RULES_MAX + 1, struct rating_rule);
	struct db_rows rows;
	int n = 0;
	enum err e;

	db_query(tx, &LIST_RULES, BIND(db_int(tx->government.v), db_int(RATING_RULES_MAX)), &rows);
	while (n < RATING_RULES_MAX &&
		db_next(&rows,
			INTO(to_int64(&rule[n].id), to_int32(&rule[n].rate_days),
				to_int32(&rule[n].object_days), to_int32(&rule[n].decide_days),
				to_text(&rule[n].legal_basis), to_text(&rule[n].verified_by),
				to_int32(&rule[n].valid_from), to_int32(&rule[n].valid_to),
				to_int64(&rule[n].entered_by.v), to_int64(&rule[n].entered_at))))
		n++;
	e = db_end(&rows);
	for (int i = 0; i < n && !e; i++)
		e = load_curves(tx, &rule[i]);
	*ret = rule;
	*ret_count = n;
	return e;
}

enum err rating_load_rule(struct tx *tx, int32_t day, const struct rating_rule **ret)
{
	struct rating_rule *rule;
	int rules;
	enum err e = rating_list_rules(tx, &rule, &rules);

	*ret = e ? NULL : rating_find_rule(rule, rules, day);
	return e;
}

static struct db_stmt END_RULE = {"rating_end_rule",
	"UPDATE reports_rating_rule SET valid_to = $2 WHERE government_id = $1 AND valid_to > $2",
	0};
static struct db_stmt ADD_RULE = {"rating_add_rule",
	"INSERT INTO reports_rating_rule (government_id, rule_id, rate_days, object_days, "
	"decide_days, legal_basis, verified_by, valid_from, valid_to, entered_by, entered_at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};
static struct db_stmt ADD_CURVE = {"rating_add_curve",
	"INSERT INTO reports_rating_curve (government_id, rule_id, result, very_good, good, "
	"needs_work, poor, very_poor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err rating_add_rule(struct tx *tx, const struct rating_rule *rule)
{
	enum err e = db_exec(
		tx, &END_RULE, BIND(db_int(tx->government.v), db_int(rule->valid_from - 1)), NULL);

	if (!e)
		e = db_exec(tx, &ADD_RULE,
			BIND(db_int(tx->government.v), db_int(rule->id), db_int(rule->rate_days),
				db_int(rule->object_days), db_int(rule->decide_days),
				db_text(rule->legal_basis), db_text(rule->verified_by),
				db_int(rule->valid_from), db_int(rule->valid_to),
				db_int(rule->entered_by.v), db_int(rule->entered_at)),
			NULL);
	for (int r = 0; r < RESULTS && !e; r++) {
		const int32_t *p = rule->curve[r];

		if (rating_has_curve(rule, (enum organisation_result)r))
			e = db_exec(tx, &ADD_CURVE,
				BIND(db_int(tx->government.v), db_int(rule->id), db_int(r),
					db_int(p[0]), db_int(p[1]), db_int(p[2]), db_int(p[3]),
					db_int(p[4])),
				NULL);
	}
	return e;
}

/* ---- results of agencies ---- */

static struct db_stmt LOAD_RESULT = {"rating_load_result",
	"SELECT unit_id, result, basis, set_by, set_at FROM reports_rating_result WHERE "
	"government_id = $1 AND unit_id = $2 AND period = $3 AND last_day = $4",
	0};

enum err rating_load_result(struct tx *tx, struct unit_id agency, enum report_period period,
	int32_t last_day, struct rating_result *ret)
{
	return db_load(tx, &LOAD_RESULT,
		BIND(db_int(tx->government.v), db_int(agency.v), db_int(period), db_int(last_day)),
		INTO(to_int64(&ret->unit.v), to_int32(&ret->result), to_text(&ret->basis),
			to_int64(&ret->set_by.v), to_int64(&ret->set_at)));
}

static struct db_stmt SET_RESULT = {"rating_set_result",
	"INSERT INTO reports_rating_result (government_id, unit_id, period, last_day, result, "
	"basis, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT "
	"(government_id, unit_id, period, last_day) DO UPDATE SET result = excluded.result, "
	"basis = excluded.basis, set_by = excluded.set_by, set_at = excluded.set_at",
	0};

enum err rating_set_result(
	struct tx *tx, enum report_period period, int32_t last_day, const struct rating_result *r)
{
	return db_exec(tx, &SET_RESULT,
		BIND(db_int(tx->government.v), db_int(r->unit.v), db_int(period), db_int(last_day),
			db_int(r->result), db_text(r->basis), db_int(r->set_by.v),
			db_int(r->set_at)),
		NULL);
}

static struct db_stmt LIST_RESULTS = {"rating_list_results",
	"SELECT unit_id, result, basis, set_by, set_at FROM reports_rating_result WHERE "
	"government_id = $1 AND period = $2 AND last_day = $3 ORDER BY unit_id LIMIT $4",
	0};

enum err rating_list_results(struct tx *tx, enum report_period period, int32_t last_day,
	struct rating_result *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct rating_result r = {0};
	int n = 0;

	db_query(tx, &LIST_RESULTS,
		BIND(db_int(tx->government.v), db_int(period), db_int(last_day), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&r.unit.v), to_int32(&r.result), to_text(&r.basis),
				       to_int64(&r.set_by.v), to_int64(&r.set_at))))
		ret[n++] = r;
	*ret_count = n;
	return db_end(&rows);
}

/* ---- numbers of units ---- */

static struct db_stmt COUNT_RATED = {"rating_count_rated",
	"SELECT unit_id, predicate, count(*) FROM reports_rating WHERE government_id = $1 AND "
	"period = $2 AND last_day = $3 AND state >= 2 GROUP BY unit_id, predicate",
	0};
static struct db_stmt COUNT_PLACED = {"rating_count_placed",
	"SELECT unit_id, count(*) FROM org_placement WHERE government_id = $1 AND valid_from <= $2 "
	"AND valid_to >= $2 GROUP BY unit_id",
	0};

static struct rating_count *find_count(
	const struct org_tree *tree, struct rating_count *of_unit, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	return u ? &of_unit[u - tree->unit] : NULL;
}

static enum err count_placed(
	struct tx *tx, const struct org_tree *tree, int32_t day, struct rating_count *of_unit)
{
	struct db_rows rows;
	struct unit_id unit;
	int32_t n;

	db_query(tx, &COUNT_PLACED, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(&rows, INTO(to_int64(&unit.v), to_int32(&n)))) {
		struct rating_count *c = find_count(tree, of_unit, unit);

		if (c)
			c->people += n;
	}
	return db_end(&rows);
}

enum err rating_count_units(struct tx *tx, const struct org_tree *tree, enum report_period period,
	int32_t last_day, struct rating_count *of_unit)
{
	struct db_rows rows;
	struct unit_id unit;
	int32_t predicate, n;
	enum err e;

	db_query(tx, &COUNT_RATED, BIND(db_int(tx->government.v), db_int(period), db_int(last_day)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&unit.v), to_int32(&predicate), to_int32(&n)))) {
		struct rating_count *c = find_count(tree, of_unit, unit);

		if (!c || predicate < 0 || predicate >= PREDICATES)
			continue;
		c->rated += n;
		c->of[predicate] += n;
	}
	e = db_end(&rows);
	return e ? e : count_placed(tx, tree, last_day, of_unit);
}

/* ---- feedback ---- */

#define FEEDBACK_COLUMNS                                                                           \
	"SELECT f.feedback_id, f.employee_id, f.kind, f.day, f.author_id, f.author_for, "          \
	"f.author_as, f.reply_to, f.partner_id, f.answered_at, f.said, f.at, e.name, "             \
	"e.title_before, e.title_after FROM reports_feedback AS f JOIN org_employee AS e ON "      \
	"e.government_id = f.government_id AND e.employee_id = f.author_id "                       \
	"WHERE f.government_id = $1 AND f.employee_id = $2 "
#define INTO_FEEDBACK(f, who)                                                                      \
	to_int64(&(f)->id), to_int64(&(f)->employee.v), to_int32(&(f)->kind), to_int32(&(f)->day), \
		to_int64(&(f)->author.v), to_int64(&(f)->author_for.v), to_int32(&(f)->author_as), \
		to_int64(&(f)->reply_to), to_int64(&(f)->partner.v), to_int64(&(f)->answered_at),  \
		to_text(&(f)->said), to_int64(&(f)->at), to_text(&(who)->name),                    \
		to_text(&(who)->title_before), to_text(&(who)->title_after)

static struct db_stmt LOAD_FEEDBACK = {
	"feedback_load", FEEDBACK_COLUMNS "AND f.feedback_id = $3", 0};

enum err feedback_load(
	struct tx *tx, struct employee_id employee, int64_t feedback, struct feedback *ret)
{
	struct employee_row who = {0};
	enum err e = db_load(tx, &LOAD_FEEDBACK,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(feedback)),
		INTO(INTO_FEEDBACK(ret, &who)));

	if (!e)
		ret->author_name = org_full_name(tx->arena, &who);
	return e;
}

static struct db_stmt ADD_FEEDBACK = {"feedback_add",
	"INSERT INTO reports_feedback (government_id, employee_id, feedback_id, kind, day, "
	"author_id, author_for, author_as, reply_to, partner_id, answered_at, said, at) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12)",
	0};
static struct db_stmt SET_ANSWERED = {"feedback_set_answered",
	"UPDATE reports_feedback SET answered_at = $4 WHERE government_id = $1 AND employee_id = "
	"$2 AND feedback_id = $3 AND answered_at = 0",
	0};

enum err feedback_add(struct tx *tx, const struct feedback *f)
{
	enum err e = db_exec(tx, &ADD_FEEDBACK,
		BIND(db_int(tx->government.v), db_int(f->employee.v), db_int(f->id),
			db_int(f->kind), db_int(f->day), db_int(f->author.v),
			db_int(f->author_for.v), db_int(f->author_as), db_int(f->reply_to),
			db_int(f->partner.v), db_text(f->said), db_int(f->at)),
		NULL);

	if (e || !f->reply_to)
		return e;
	return db_exec(tx, &SET_ANSWERED,
		BIND(db_int(tx->government.v), db_int(f->employee.v), db_int(f->reply_to),
			db_int(f->at)),
		NULL);
}

static struct db_stmt COUNT_FEEDBACK = {"feedback_count_today",
	"SELECT count(*) FROM reports_feedback WHERE government_id = $1 AND employee_id = $2 AND "
	"author_id = $3 AND at >= $4",
	0};

enum err feedback_count_today(struct tx *tx, struct employee_id employee, struct employee_id author,
	int64_t since, int32_t *ret_count)
{
	return db_load(tx, &COUNT_FEEDBACK,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(author.v), db_int(since)),
		INTO(to_int32(ret_count)));
}

static struct db_stmt LIST_FEEDBACK = {"feedback_list",
	FEEDBACK_COLUMNS "AND f.day >= $3 AND f.day <= $4 AND (CAST($5 AS BIGINT) = 0 OR "
			 "f.feedback_id < CAST($5 AS BIGINT)) AND (CAST($6 AS BIGINT) = 0 OR "
			 "f.author_id = CAST($6 AS BIGINT) OR f.partner_id = CAST($6 AS BIGINT)) "
			 "ORDER BY f.feedback_id DESC LIMIT $7",
	0};

enum err feedback_list(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	int64_t before, struct employee_id only, struct feedback *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct feedback f = {0};
	struct employee_row who = {0};
	int n = 0;

	db_query(tx, &LIST_FEEDBACK,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(before), db_int(only.v), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(INTO_FEEDBACK(&f, &who)))) {
		f.author_name = org_full_name(tx->arena, &who);
		ret[n++] = f;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt SUM_FEEDBACK = {"feedback_sum",
	"SELECT coalesce(sum(CASE WHEN author_id <> employee_id THEN 1 ELSE 0 END), 0), "
	"coalesce(max(CASE WHEN author_id <> employee_id THEN day END), $5), "
	"coalesce(sum(CASE WHEN kind = 1 AND answered_at = 0 THEN 1 ELSE 0 END), 0) "
	"FROM reports_feedback WHERE government_id = $1 AND employee_id = $2 AND day >= $3 AND "
	"day <= $4",
	0};

_Static_assert(FEEDBACK_ASKED == 1, "stands in SUM_FEEDBACK");

enum err feedback_sum(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct feedback_sum *ret)
{
	return db_load(tx, &SUM_FEEDBACK,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(DAY_NONE)),
		INTO(to_int32(&ret->given), to_int32(&ret->last_day), to_int32(&ret->waiting)));
}

static struct db_stmt COUNT_REPORTS = {"rating_count_reports",
	"SELECT coalesce(sum(CASE WHEN state = 4 THEN 1 ELSE 0 END), 0), "
	"coalesce(sum(CASE WHEN is_late = 1 AND submitted_at > 0 THEN 1 ELSE 0 END), 0) "
	"FROM reports_daily WHERE government_id = $1 AND employee_id = $2 AND day >= $3 AND "
	"day <= $4",
	0};

_Static_assert(REPORT_RETURNED == 4, "stands in COUNT_REPORTS");

enum err rating_count_reports(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	int32_t *ret_returned, int32_t *ret_late)
{
	return db_load(tx, &COUNT_REPORTS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		INTO(to_int32(ret_returned), to_int32(ret_late)));
}

struct db_stmt *const rating_stmts[] = {&LIST_NOTES, &LOAD_RATING, &LOAD_RATING_OF, &ADD_NOTE,
	&ADD_RATING, &SET_RATING, &LIST_OWN, &SET_SEEN, &LIST_UNDISPUTED, &LIST_OBJECTIONS,
	&LIST_FACTS, &LIST_RULES, &LIST_CURVES, &END_RULE, &ADD_RULE, &ADD_CURVE, &LOAD_RESULT,
	&SET_RESULT, &LIST_RESULTS, &COUNT_RATED, &COUNT_PLACED, &LOAD_FEEDBACK, &ADD_FEEDBACK,
	&SET_ANSWERED, &COUNT_FEEDBACK, &LIST_FEEDBACK, &SUM_FEEDBACK, &COUNT_REPORTS};

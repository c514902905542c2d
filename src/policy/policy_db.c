/*
 * The book of rules in the store: loaded whole per connection and generation, added to, ended.
 *
 * A rule row is never edited, only ended, so a day of the past is judged by what was in force then
 * and the book needs no date. Adding or ending leaves one leaf over its canonical content, raises
 * the generation, and marks the days already begun, which are then folded again. An instrument
 * without rules is allowed: a study, or a law whose content lives elsewhere (working hours in
 * calendar/).
 */
#include "policy/policy_int.h"

#include "base/str.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/db.h"
#include "platform/platform_db.h"
#include "trust/trust.h"

#include <assert.h>

static struct db_stmt COUNT_BOOK = {"policy_count_book",
	"SELECT (SELECT COUNT(*) FROM policy_instrument WHERE government_id = $1),"
	" (SELECT COUNT(*) FROM policy_rule WHERE government_id = $1)",
	0};

static enum err load_sizes(struct tx *tx, struct policy_book *book)
{
	return db_load(tx, &COUNT_BOOK, BIND(db_int(tx->government.v)),
		INTO(to_int32(&book->instruments), to_int32(&book->rules)));
}

static struct db_stmt LIST_INSTRUMENTS = {"policy_list_instruments",
	"SELECT instrument_id, rank, number, title, issued, signer, unit_id, valid_from, valid_to,"
	" legal_basis, verified_by, file_sha256, note"
	" FROM policy_instrument WHERE government_id = $1 ORDER BY instrument_id",
	0};

static enum err load_instruments(struct tx *tx, struct policy_book *book)
{
	struct db_rows rows;
	struct instrument in = {0};
	int32_t rank;
	int n = 0;
	book->instrument = ARENA_ARRAY(tx->arena, (size_t)book->instruments, struct instrument);
	db_query(tx, &LIST_INSTRUMENTS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&in.id.v), to_int32(&rank), to_text(&in.number), to_text(&in.title),
			to_int32(&in.issued), to_text(&in.signer), to_int64(&in.unit.v),
			to_int32(&in.valid_from), to_int32(&in.valid_to), to_text(&in.legal_basis),
			to_text(&in.verified_by), to_text(&in.file_sha256), to_text(&in.note)))) {
		assert(n < book->instruments);
		in.rank = (enum instrument_rank)rank;
		book->instrument[n++] = in;
	}
	return db_end(&rows);
}

const struct instrument *policy_find_instrument(
	const struct policy_book *book, struct instrument_id id)
{
	int low = 0, high = book->instruments;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (book->instrument[middle].id.v == id.v)
			return &book->instrument[middle];
		if (book->instrument[middle].id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct db_stmt LIST_RULES = {"policy_list_rules",
	"SELECT rule_id, instrument_id, kind, article, weekdays, unit_id, unit_character,"
	" position_level, position, post_kind, post_id, for_mode, mode, bound, percent, base, "
	"level,"
	" days_per_week, duty, place, window_kind, opens, closes, valid_from, valid_to, words"
	" FROM policy_rule WHERE government_id = $1 ORDER BY rule_id",
	0};

static enum err load_rules(struct tx *tx, struct policy_book *book)
{
	struct db_rows rows;
	struct rule r = {0};
	struct instrument_id instrument;
	int32_t kind, post_match;
	int n = 0;
	book->rule = ARENA_ARRAY(tx->arena, (size_t)book->rules, struct rule);
	db_query(tx, &LIST_RULES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&r.id), to_int64(&instrument.v), to_int32(&kind), to_text(&r.article),
			to_int32(&r.weekdays), to_int64(&r.unit.v), to_int32(&r.character),
			to_int32(&r.level), to_text(&r.position), to_int32(&post_match),
			to_int64(&r.post.v), to_int32(&r.for_mode), to_int32(&r.mode),
			to_int32(&r.bound), to_int32(&r.percent), to_int32(&r.base),
			to_int32(&r.share_level), to_int32(&r.days_per_week), to_int32(&r.duty),
			to_int32(&r.place), to_int32(&r.window_kind), to_int32(&r.opens),
			to_int32(&r.closes), to_int32(&r.valid_from), to_int32(&r.valid_to),
			to_text(&r.words)))) {
		const struct instrument *in = policy_find_instrument(book, instrument);
		assert(in && n < book->rules);
		r.instrument = (int)(in - book->instrument);
		r.kind = (enum rule_kind)kind;
		r.post_match = (enum post_match)post_match;
		book->any_weekly |= r.duty == DUTY_WEEKLY;
		book->rule[n++] = r;
	}
	return db_end(&rows);
}

static enum err build_book(struct tx *tx, struct policy_book *book)
{
	enum err e = load_sizes(tx, book);
	if (!e)
		e = load_instruments(tx, book);
	if (!e)
		e = load_rules(tx, book);
	if (!e)
		e = calendar_load(tx, tx->arena, &book->calendar);
	if (!e)
		book->any_crosses_midnight = calendar_crosses_midnight(book->calendar);
	return e;
}

enum err policy_load_book(struct tx *tx, const struct policy_book **ret_book)
{
	const struct org_tree *tree;
	int64_t generation;
	enum err e = org_load_tree(tx, &tree);
	if (e || (e = platform_load_generation(tx, &generation)))
		return e;
	struct policy_book *book = db_cache_get(tx->db, DB_CACHE_BOOK, tx->government, generation);
	/* The tree has a life of its own: a book that points to an older one is built again. */
	if (book && book->tree == tree) {
		*ret_book = book;
		return OK;
	}
	struct tx cached = *tx;
	cached.arena = db_cache_arena(tx->db, DB_CACHE_BOOK, tx->government);
	book = ARENA_NEW(cached.arena, struct policy_book);
	book->tree = tree;
	if ((e = build_book(&cached, book)))
		return e;
	db_cache_put(tx->db, DB_CACHE_BOOK, tx->government, generation, book);
	*ret_book = book;
	return OK;
}

/* Days from `from` to `to` that have begun already, not further back than anybody may reach. */
static enum err mark_days(struct tx *tx, int32_t from, int32_t to)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);
	if (e)
		return e;
	int32_t today = instant_day(tx->now_ms, tree->zone);
	int32_t first = from > today - POLICY_REACH_DAYS ? from : today - POLICY_REACH_DAYS;
	int32_t last = to < today ? to : today;
	if (first <= last)
		changes_add(tx->changes, CHANGE_RANGE, first, last);
	return OK;
}

static struct db_stmt ADD_INSTRUMENT = {"policy_add_instrument",
	"INSERT INTO policy_instrument (government_id, instrument_id, rank, number, title, issued,"
	" signer, unit_id, valid_from, valid_to, legal_basis, verified_by, file_sha256, note)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
	0};

static enum err add_instrument_row(struct tx *tx, const struct instrument *in)
{
	return db_exec(tx, &ADD_INSTRUMENT,
		BIND(db_int(tx->government.v), db_int(in->id.v), db_int(in->rank),
			db_text(in->number), db_text(in->title), db_int(in->issued),
			db_text(in->signer), db_int(in->unit.v), db_int(in->valid_from),
			db_int(in->valid_to), db_text(in->legal_basis), db_text(in->verified_by),
			db_text(in->file_sha256), db_text(in->note)),
		NULL);
}

static struct db_stmt ADD_RULE = {"policy_add_rule",
	"INSERT INTO policy_rule (government_id, rule_id, instrument_id, kind, article, weekdays,"
	" unit_id, unit_character, position_level, position, post_kind, post_id, for_mode, mode,"
	" bound, percent, base, level, days_per_week, duty, place, window_kind, opens, closes,"
	" valid_from, valid_to, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
	"$13, "
	"$14,"
	" $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)",
	0};

static enum err add_rule_row(struct tx *tx, struct instrument_id instrument, const struct rule *r)
{
	return db_exec(tx, &ADD_RULE,
		BIND(db_int(tx->government.v), db_int(r->id), db_int(instrument.v), db_int(r->kind),
			db_text(r->article), db_int(r->weekdays), db_int(r->unit.v),
			db_int(r->character), db_int(r->level), db_text(r->position),
			db_int(r->post_match), db_int(r->post.v), db_int(r->for_mode),
			db_int(r->mode), db_int(r->bound), db_int(r->percent), db_int(r->base),
			db_int(r->share_level), db_int(r->days_per_week), db_int(r->duty),
			db_int(r->place), db_int(r->window_kind), db_int(r->opens),
			db_int(r->closes), db_int(r->valid_from), db_int(r->valid_to),
			db_text(r->words)),
		NULL);
}

/* A text with its length before it: no two different contents have the same bytes. */
static void add_text(struct buf *out, const char *s)
{
	buf_printf(out, "%zu:%s,", strlen(s), s);
}

static void add_instrument_content(struct buf *out, const struct instrument *in)
{
	const char *const text[] = {in->number, in->title, in->signer, in->legal_basis,
		in->verified_by, in->note, in->file_sha256};
	buf_printf(out, "instrument %lld %d %d %lld %d %d\n", (long long)in->id.v, (int)in->rank,
		(int)in->issued, (long long)in->unit.v, (int)in->valid_from, (int)in->valid_to);
	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
		add_text(out, text[i]);
}

static void add_rule_content(struct buf *out, const struct rule *r)
{
	const int number[] = {r->weekdays, r->character, r->level, (int)r->post_match, r->for_mode,
		r->mode, r->bound, r->percent, r->base, r->share_level, r->days_per_week, r->duty,
		r->place, r->window_kind, r->opens, r->closes, r->valid_from, r->valid_to};
	buf_printf(out, "\nrule %lld %s %lld %lld", (long long)r->id, rule_kind_names[r->kind],
		(long long)r->unit.v, (long long)r->post.v);
	for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
		buf_printf(out, " %d", number[i]);
	add_text(out, r->article);
	add_text(out, r->position);
	if (*r->words)
		add_text(out, r->words);
}

/* The rule as it is stored: id, folded position, validity inside that of its instrument. */
static struct rule complete_rule(
	struct tx *tx, const struct instrument *in, const struct rule *rule)
{
	struct rule r = *rule;
	bool has_dates = r.valid_from || r.valid_to;
	r.id = id_next();
	r.article = r.article ? r.article : "";
	r.words = r.words ? r.words : "";
	r.position = str_fold(tx->arena, r.position ? r.position : "");
	r.valid_from = has_dates && r.valid_from > in->valid_from ? r.valid_from : in->valid_from;
	r.valid_to = has_dates && r.valid_to < in->valid_to ? r.valid_to : in->valid_to;
	return r;
}

static struct instrument complete_instrument(const struct instrument *in)
{
	struct instrument full = *in;
	full.id.v = id_next();
	full.signer = in->signer ? in->signer : "";
	full.legal_basis = in->legal_basis ? in->legal_basis : "";
	full.verified_by = in->verified_by ? in->verified_by : "";
	full.note = in->note ? in->note : "";
	full.file_sha256 = in->file_sha256 ? in->file_sha256 : "";
	return full;
}

enum err policy_add_instrument(struct tx *tx, const struct instrument *in, const struct rule *rule,
	int rules, struct instrument_id *ret)
{
	struct instrument full = complete_instrument(in);
	struct buf content;
	enum err e = add_instrument_row(tx, &full);
	buf_init(&content, tx->arena, 1024);
	add_instrument_content(&content, &full);
	for (int i = 0; i < rules && !e; i++) {
		struct rule r = complete_rule(tx, &full, &rule[i]);
		e = add_rule_row(tx, full.id, &r);
		add_rule_content(&content, &r);
	}
	if (e)
		return e;
	trust_add_leaf(tx, LEAF_INSTRUMENT, full.id.v, content.p, content.n);
	*ret = full.id;
	if ((e = mark_days(tx, full.valid_from, full.valid_to)))
		return e;
	return org_touch_generation(tx);
}

static struct db_stmt END_INSTRUMENT = {"policy_end_instrument",
	"UPDATE policy_instrument SET valid_to = $3"
	" WHERE government_id = $1 AND instrument_id = $2 AND valid_to > $3",
	0};

static enum err end_instrument_row(struct tx *tx, struct instrument_id id, int32_t last_day)
{
	return db_exec(tx, &END_INSTRUMENT,
		BIND(db_int(tx->government.v), db_int(id.v), db_int(last_day)), NULL);
}

static struct db_stmt END_RULES = {"policy_end_rules",
	"UPDATE policy_rule SET valid_to = $3"
	" WHERE government_id = $1 AND instrument_id = $2 AND valid_to > $3",
	0};

static enum err end_rule_rows(struct tx *tx, struct instrument_id id, int32_t last_day)
{
	return db_exec(tx, &END_RULES,
		BIND(db_int(tx->government.v), db_int(id.v), db_int(last_day)), NULL);
}

enum err policy_end_instrument(struct tx *tx, struct instrument_id id, int32_t last_day)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);
	if (e)
		return e;
	const struct instrument *in = policy_find_instrument(book, id);
	if (!in)
		return E_NOT_FOUND;
	if (in->valid_to <= last_day)
		return E_CONFLICT;
	char *content = arena_printf(tx->arena, "end %lld %d", (long long)id.v, (int)last_day);
	trust_add_leaf(tx, LEAF_RULE_END, id.v, content, strlen(content));
	if ((e = mark_days(tx, last_day + 1, in->valid_to)))
		return e;
	if ((e = end_instrument_row(tx, id, last_day)) || (e = end_rule_rows(tx, id, last_day)))
		return e;
	return org_touch_generation(tx);
}

struct db_stmt *const policy_stmts[POLICY_STMTS] = {&COUNT_BOOK, &LIST_INSTRUMENTS, &LIST_RULES,
	&ADD_INSTRUMENT, &ADD_RULE, &END_INSTRUMENT, &END_RULES};

/*
 * Instruments over HTTP: what is in force, entering a circular with its rules, ending one.
 *
 * Everyone signed in may read the law that binds him (product.md principle 3). Who enters an
 * instrument vouches for it and is named as `verified_by`; the rules are checked where they are
 * entered, because a wrong rule is a wrong day for thousands. Nothing is edited: a mistake is ended
 * and entered again.
 */
#include "policy/policy_int.h"

#include "base/str.h"
#include "platform/http.h"
#include "platform/slice.h"

#define RULES_MAX 50 /* of one instrument entered at once */

struct rule_view {
	int64_t id;
	int32_t kind;
	const char *article;
	int32_t *weekdays;
	int weekday_count;
	int64_t unit;
	const char *unit_name;
	int32_t character, position_level;
	const char *position;
	int32_t post_match;
	int64_t post;
	int32_t for_mode, mode, bound, percent, base, share_level, days_per_week, duty, place,
		window_kind, opens, closes;
	const char *words;
};

#define RULE_FIELDS                                                                                \
	F_ENUM(struct rule_view, kind, rule_kind_names, 0, "What the rule says."),                 \
		F_TEXT(struct rule_view, article, 0, 120, 0,                                       \
			"Article or part of the instrument."),                                     \
		F_INTS(struct rule_view, weekdays, weekday_count, 1, 7, 0,                         \
			"Days it speaks of, Monday is 1."),                                        \
		F_ID(struct rule_view, unit, OPTIONAL, "Only this unit and those below."),         \
		F_ENUM(struct rule_view, character, unit_character_names, OPTIONAL,                \
			"Only units of this character."),                                          \
		F_ENUM(struct rule_view, position_level, position_level_names, OPTIONAL,           \
			"Only positions of this level."),                                          \
		F_TEXT(struct rule_view, position, 1, 120, OPTIONAL, "Only this position."),       \
		F_ENUM(struct rule_view, post_match, post_match_names, 0,                          \
			"Only members of a direct-service post, or of one post."),                 \
		F_ID(struct rule_view, post, OPTIONAL, "The post when post_match is this."),       \
		F_ENUM(struct rule_view, for_mode, work_mode_names, OPTIONAL,                      \
			"Report, place, window: the mode it speaks of; every mode when absent."),  \
		F_ENUM(struct rule_view, mode, work_mode_names, OPTIONAL,                          \
			"The mode given, or that a roster or an order may give."),                 \
		F_ENUM(struct rule_view, bound, share_bound_names, OPTIONAL,                       \
			"How the share is meant."),                                                \
		F_INT(struct rule_view, percent, 0, 100, OPTIONAL, "The share away from office."), \
		F_ENUM(struct rule_view, base, share_base_names, OPTIONAL,                         \
			"The share is of whom."),                                                  \
		F_ENUM(struct rule_view, share_level, share_level_names, OPTIONAL,                 \
			"Where the share is counted."),                                            \
		F_INT(struct rule_view, days_per_week, 0, 7, OPTIONAL, "The weekly cap."),         \
		F_ENUM(struct rule_view, duty, rule_duty_names, OPTIONAL, "The report owed."),     \
		F_ENUM(struct rule_view, place, place_rule_names, OPTIONAL,                        \
			"Where presence counts."),                                                 \
		F_ENUM(struct rule_view, window_kind, window_kind_names, OPTIONAL,                 \
			"What the window is for."),                                                \
		F_MINUTE(struct rule_view, opens, OPTIONAL, "Window opens."),                      \
		F_MINUTE(struct rule_view, closes, OPTIONAL,                                       \
			"Window closes; kind plan: until when, on the day before."),               \
		F_TEXT(struct rule_view, words, 10, 200, OPTIONAL,                                 \
			"Duty daily_confirm: what the report says that one tap hands in; kind "    \
			"report_missing: what the regulation says of a missing one. It is told, "  \
			"and nothing is done by itself.")

static const struct field rule_input_fields[] = {RULE_FIELDS, F_END};
static const struct shape rule_input_shape = SHAPE(
	"PolicyRuleInput", struct rule_view, rule_input_fields);

static const struct field rule_fields[] = {
	F_ID(struct rule_view, id, 0, "The rule."),
	F_TEXT(struct rule_view, unit_name, 0, 200, OPTIONAL, "Name of the unit."),
	RULE_FIELDS,
	F_END,
};
static const struct shape rule_shape = SHAPE("PolicyRule", struct rule_view, rule_fields);

struct instrument_view {
	int64_t id;
	int32_t rank;
	const char *number, *title;
	int32_t issued;
	const char *signer;
	int64_t unit;
	int32_t valid_from, valid_to;
	const char *legal_basis;
	bool verified;
	const char *verified_by, *note;
	struct rule_view *rules;
	int rule_count;
};

#define INSTRUMENT_FIELDS                                                                          \
	F_ENUM(struct instrument_view, rank, instrument_rank_names, 0, "Its rank."),               \
		F_TEXT(struct instrument_view, number, 1, 120, 0, "Its number."),                  \
		F_TEXT(struct instrument_view, title, 1, 200, 0, "What it is about."),             \
		F_DAY(struct instrument_view, issued, 0, "Day of issue."),                         \
		F_TEXT(struct instrument_view, signer, 1, 160, 0, "Who signed it."),               \
		F_ID(struct instrument_view, unit, OPTIONAL, "Only this unit and those below."),   \
		F_DAY(struct instrument_view, valid_from, 0, "First day in force."),               \
		F_DAY(struct instrument_view, valid_to, OPTIONAL, "Last day in force, if known."), \
		F_TEXT(struct instrument_view, legal_basis, 1, 400, 0, "What it rests on.")

static const struct field instrument_input_fields[] = {
	INSTRUMENT_FIELDS,
	F_TEXT(struct instrument_view, note, 0, 1000, OPTIONAL, "What the rules do not say."),
	F_LIST(struct instrument_view, rules, rule_count, &rule_input_shape, 0, RULES_MAX, 0,
		"What it says."),
	F_END,
};
static const struct shape instrument_input_shape = SHAPE(
	"PolicyInstrumentInput", struct instrument_view, instrument_input_fields);

static const struct field instrument_fields[] = {
	F_ID(struct instrument_view, id, 0, "The instrument."),
	INSTRUMENT_FIELDS,
	F_BOOL(struct instrument_view, verified, 0, "Read by somebody; else an example, not law."),
	F_TEXT(struct instrument_view, verified_by, 0, 200, 0, "Who read it, or where."),
	F_TEXT(struct instrument_view, note, 0, 1000, 0, "What the rules do not say."),
	F_LIST(struct instrument_view, rules, rule_count, &rule_shape, 0, 1000, 0, "What it says."),
	F_END,
};
static const struct shape instrument_shape = SHAPE(
	"PolicyInstrument", struct instrument_view, instrument_fields);

static int32_t *show_weekdays(struct arena *arena, int mask, int *ret_count)
{
	int32_t *day = ARENA_ARRAY(arena, 7, int32_t);
	int count = 0;
	for (int32_t weekday = MONDAY; weekday <= SUNDAY; weekday++) {
		if (mask & WEEKDAY_BIT(weekday))
			day[count++] = weekday;
	}
	*ret_count = count;
	return day;
}

static struct rule_view show_rule(
	struct arena *arena, const struct policy_book *book, const struct rule *r)
{
	const struct org_unit *unit = r->unit.v ? org_find_unit(book->tree, r->unit) : NULL;
	struct rule_view view = {.id = r->id,
		.kind = (int32_t)r->kind,
		.article = r->article,
		.unit = r->unit.v,
		.unit_name = unit ? unit->name : NULL,
		.character = r->character,
		.position_level = r->level,
		.position = r->position[0] ? r->position : NULL,
		.post_match = (int32_t)r->post_match,
		.post = r->post.v,
		.for_mode = r->for_mode,
		.mode = r->mode,
		.bound = r->bound,
		.percent = r->percent >= 0 ? r->percent : INT_NONE,
		.base = r->base,
		.share_level = r->share_level,
		.days_per_week = r->days_per_week >= 0 ? r->days_per_week : INT_NONE,
		.duty = r->duty,
		.place = r->place,
		.window_kind = r->window_kind,
		.opens = r->opens,
		.closes = r->closes,
		.words = r->words[0] ? r->words : NULL};
	view.weekdays = show_weekdays(arena, r->weekdays, &view.weekday_count);
	return view;
}

static void show_rules(struct arena *arena, const struct policy_book *book, int instrument,
	struct instrument_view *view)
{
	int count = 0;
	for (int i = 0; i < book->rules; i++)
		count += book->rule[i].instrument == instrument;
	view->rules = ARENA_ARRAY(arena, (size_t)count, struct rule_view);
	for (int i = 0; i < book->rules; i++) {
		if (book->rule[i].instrument == instrument)
			view->rules[view->rule_count++] = show_rule(arena, book, &book->rule[i]);
	}
}

static struct instrument_view show_instrument(
	struct arena *arena, const struct policy_book *book, int index)
{
	const struct instrument *in = &book->instrument[index];
	struct instrument_view view = {.id = in->id.v,
		.rank = (int32_t)in->rank,
		.number = in->number,
		.title = in->title,
		.issued = in->issued,
		.signer = in->signer,
		.unit = in->unit.v,
		.valid_from = in->valid_from,
		.valid_to = in->valid_to == DAY_FOREVER ? DAY_NONE : in->valid_to,
		.legal_basis = in->legal_basis,
		.verified = in->verified_by[0] != '\0',
		.verified_by = in->verified_by,
		.note = in->note};
	show_rules(arena, book, index, &view);
	return view;
}

struct instruments_query {
	int32_t on;
};
static const struct field instruments_query_fields[] = {
	Q_DAY(struct instruments_query, on, OPTIONAL, "Only those in force on this day."),
	F_END,
};
static const struct shape instruments_query_shape = SHAPE(
	"PolicyInstrumentsQuery", struct instruments_query, instruments_query_fields);

struct instruments_view {
	struct instrument_view *items;
	int item_count;
};
static const struct field instruments_fields[] = {
	F_LIST(struct instruments_view, items, item_count, &instrument_shape, 0, 10000, 0,
		"Latest recorded first."),
	F_END,
};
static const struct shape instruments_shape = SHAPE(
	"PolicyInstruments", struct instruments_view, instruments_fields);

static enum err get_instruments(struct req *rq)
{
	const struct instruments_query *query = rq->input;
	const struct policy_book *book;
	enum err e = policy_load_book(rq->tx, &book);
	if (e)
		return e;
	struct instruments_view out = {.items = ARENA_ARRAY(rq->tx->arena,
					       (size_t)book->instruments, struct instrument_view)};
	for (int i = book->instruments - 1; i >= 0; i--) {
		const struct instrument *in = &book->instrument[i];
		if (query->on == DAY_NONE ||
			(in->valid_from <= query->on && query->on <= in->valid_to))
			out.items[out.item_count++] = show_instrument(rq->tx->arena, book, i);
	}
	return reply(rq, 200, &out);
}

static int read_weekdays(const struct rule_view *view)
{
	int mask = 0;
	for (int i = 0; i < view->weekday_count; i++) {
		if (view->weekdays[i] < MONDAY || view->weekdays[i] > SUNDAY)
			return 0;
		mask |= WEEKDAY_BIT(view->weekdays[i]);
	}
	return mask;
}

/* Sentinels of the field tables become "not said". */
static int read_said(int32_t value)
{
	return value < 0 ? -1 : value;
}

static struct rule read_rule(const struct rule_view *view)
{
	struct rule r = policy_rule_of((enum rule_kind)view->kind);
	r.article = view->article;
	r.weekdays = read_weekdays(view);
	r.unit.v = view->unit;
	r.character = read_said(view->character);
	r.level = read_said(view->position_level);
	r.position = view->position ? view->position : "";
	r.post_match = (enum post_match)view->post_match;
	r.post.v = view->post;
	r.for_mode = read_said(view->for_mode);
	r.mode = read_said(view->mode);
	r.bound = read_said(view->bound);
	r.percent = read_said(view->percent);
	r.base = read_said(view->base);
	r.share_level = read_said(view->share_level);
	r.days_per_week = read_said(view->days_per_week);
	r.duty = read_said(view->duty);
	r.place = read_said(view->place);
	r.window_kind = read_said(view->window_kind);
	r.opens = read_said(view->opens);
	r.closes = read_said(view->closes);
	r.words = view->words ? view->words : "";
	return r;
}

/* Field of a rule that names something unknown or outside the instrument; NULL when all is well. */
static const char *check_names(
	const struct org_tree *tree, const struct rule *r, struct unit_id scope)
{
	if (r->unit.v && (!org_find_unit(tree, r->unit) || !org_is_below(tree, r->unit, scope)))
		return "unit";
	if (r->post.v && !org_find_post(tree, r->post))
		return "post";
	return NULL;
}

static enum err read_rules(struct req *rq, const struct org_tree *tree,
	const struct instrument_view *in, struct rule **ret_rule)
{
	*ret_rule = ARENA_ARRAY(rq->tx->arena, (size_t)in->rule_count, struct rule);
	for (int i = 0; i < in->rule_count; i++) {
		struct rule r = read_rule(&in->rules[i]);
		const char *field = policy_check_rule(&r);
		const char *reason = "not what this kind of rule says";
		if (!field) {
			field = check_names(tree, &r, (struct unit_id){in->unit});
			reason = "unknown, or outside the scope of the instrument";
		}
		if (field)
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/rules/%d/%s", i, field), reason);
		(*ret_rule)[i] = r;
	}
	return OK;
}

static enum err check_dates(struct req *rq, const struct instrument_view *in)
{
	if (in->valid_to != DAY_NONE && in->valid_to < in->valid_from)
		return refuse(rq, E_BAD_FIELD, "/valid_to", "before valid_from");
	if (in->valid_from < req_today(rq) - POLICY_REACH_DAYS)
		return refuse(rq, E_REFUSED, "/valid_from", "too far back: those days are judged");
	return OK;
}

/* Who enters it, by name. */
static enum err load_voucher(struct req *rq, const char **ret_name)
{
	struct employee_row row;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);
	*ret_name = e ? "" : org_full_name(rq->tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

struct instrument_key {
	int64_t id;
};
static const struct field instrument_key_fields[] = {
	F_ID(struct instrument_key, id, 0, "The instrument."),
	F_END,
};
static const struct shape instrument_key_shape = SHAPE(
	"PolicyInstrumentKey", struct instrument_key, instrument_key_fields);

static enum err post_instrument(struct req *rq)
{
	const struct instrument_view *in = rq->input;
	const struct org_tree *tree;
	struct instrument_id id;
	struct rule *rule;
	struct instrument full = {.rank = (enum instrument_rank)in->rank,
		.number = in->number,
		.title = in->title,
		.issued = in->issued,
		.signer = in->signer,
		.unit = {in->unit},
		.valid_from = in->valid_from,
		.valid_to = in->valid_to == DAY_NONE ? DAY_FOREVER : in->valid_to,
		.legal_basis = in->legal_basis,
		.note = in->note};
	enum err e = check_dates(rq, in);
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	if (in->unit && !org_find_unit(tree, full.unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if ((e = read_rules(rq, tree, in, &rule)) || (e = load_voucher(rq, &full.verified_by)))
		return e;
	if ((e = policy_add_instrument(rq->tx, &full, rule, in->rule_count, &id)))
		return e;
	return reply(rq, 200, &(struct instrument_key){id.v});
}

struct end_input {
	int64_t instrument;
	int32_t last_day;
};
static const struct field end_fields[] = {
	PATH_ID(struct end_input, instrument, "The instrument."),
	F_DAY(struct end_input, last_day, 0, "Last day it is in force."),
	F_END,
};
static const struct shape end_shape = SHAPE("PolicyInstrumentEnd", struct end_input, end_fields);

static enum err post_instrument_end(struct req *rq)
{
	const struct end_input *in = rq->input;
	if (in->last_day < req_today(rq) - POLICY_REACH_DAYS)
		return refuse(rq, E_REFUSED, "/last_day", "too far back: those days are judged");
	enum err e = policy_end_instrument(
		rq->tx, (struct instrument_id){in->instrument}, in->last_day);
	if (e == E_CONFLICT)
		return refuse(rq, e, "/last_day", "it has ended before that day");
	return e ? e : reply(rq, 204, NULL);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/policy/instruments",
		.permission = P_POLICY_READ,
		.tx = TX_READ,
		.input = &instruments_query_shape,
		.output = &instruments_shape,
		.handler = get_instruments,
		.exports = EXPORT("kebijakan", "Kebijakan"),
		.summary = "Instruments and their rules, all or those in force on a day.",
	},
	{
		.method = POST,
		.path = "/api/v1/policy/instruments",
		.permission = P_POLICY_WRITE,
		.tx = TX_WRITE,
		.input = &instrument_input_shape,
		.output = &instrument_key_shape,
		.handler = post_instrument,
		.summary = "Enters an instrument with its rules.",
		.example = "{\"rank\":\"se\",\"number\":\"SE 1\",\"title\":\"WFH Kamis\","
			   "\"issued\":\"2025-11-13\",\"signer\":\"Sekretaris Daerah\","
			   "\"valid_from\":\"2025-11-13\",\"legal_basis\":\"PermenPANRB 4/2025\","
			   "\"rules\":[{\"kind\":\"mode\",\"article\":\"1\",\"weekdays\":[4],"
			   "\"post_match\":\"any\",\"mode\":\"home\"}]}",
	},
	{
		.method = POST,
		.path = "/api/v1/policy/instruments/{instrument}/end",
		.permission = P_POLICY_WRITE,
		.tx = TX_WRITE,
		.input = &end_shape,
		.handler = post_instrument_end,
		.summary = "Ends an instrument and its rules after a day.",
		.example = "{\"last_day\":\"2025-12-31\"}",
	},
};

const struct slice policy_slice = {
	.name = "policy",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = policy_stmts,
	.stmt_count = POLICY_STMTS,
};

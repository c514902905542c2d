/*
 * Feedback during the period, both ways: the superior and the team lead give it, the person asks
 * and answers; what was said in the talk about a period is kept in the same log.
 *
 * Nothing is ever changed or taken out, and the person sees all of it. A superior reads the log of
 * the days he asks for; a team lead what he wrote and what answers it. Each entry is a leaf.
 */
#include "reports/reports_rating_routes.h"

#include "platform/clock.h"

#define PAGE 30

struct feedback_query {
	struct employee_id employee;
	int32_t from, to, limit;
	int64_t cursor;
};
#define SPAN_FIELDS                                                                                \
	Q_DAY(struct feedback_query, from, OPTIONAL, "First day; a year before when absent."),     \
		Q_DAY(struct feedback_query, to, OPTIONAL, "Last day; today when absent."),        \
		Q_ID(struct feedback_query, cursor, OPTIONAL, "next of the page before."),         \
		Q_INT(struct feedback_query, limit, 1, RATING_PAGE_MAX, OPTIONAL,                  \
			"Rows; 30 when absent.")
static const struct field own_query_fields[] = {SPAN_FIELDS, F_END};
const struct shape feedback_own_query_shape = SHAPE(
	"OwnFeedbackQuery", struct feedback_query, own_query_fields);
static const struct field query_fields[] = {
	PATH_ID(struct feedback_query, employee, "Whose log."), SPAN_FIELDS, F_END};
const struct shape feedback_query_shape = SHAPE(
	"FeedbackQuery", struct feedback_query, query_fields);

struct entry_view {
	int64_t feedback, reply_to;
	int32_t kind, day, author_as;
	struct employee_id author;
	const char *author_name, *said;
	bool is_person, waits;
	int64_t at;
};
static const struct field entry_fields[] = {
	F_ID(struct entry_view, feedback, 0, "The entry."),
	F_ENUM(struct entry_view, kind, feedback_kind_names, 0,
		"Given, asked, an answer, or of the talk about the period."),
	F_DAY(struct entry_view, day, 0, "The day it speaks of."),
	F_ID(struct entry_view, author, 0, "Who said it."),
	F_TEXT(struct entry_view, author_name, 1, 300, 0, "His name with titles."),
	F_ENUM(struct entry_view, author_as, stand_names, 0,
		"In whose place; none: the person himself or his team lead."),
	F_BOOL(struct entry_view, is_person, 0, "Said by the person whose log it is."),
	F_ID(struct entry_view, reply_to, OPTIONAL, "What it answers."),
	F_BOOL(struct entry_view, waits, 0, "A question nobody answered yet."),
	F_TEXT(struct entry_view, said, 1, 1000, 0, "What was said."),
	F_INSTANT(struct entry_view, at, 0, "When."),
	F_END,
};
static const struct shape entry_shape = SHAPE("FeedbackEntry", struct entry_view, entry_fields);

struct log_view {
	struct employee_id employee;
	const char *name;
	int32_t from, to;
	struct entry_view *items;
	int count;
	int64_t next;
};
static const struct field log_fields[] = {
	F_ID(struct log_view, employee, 0, "Whose log."),
	F_TEXT(struct log_view, name, 1, 300, 0, "His name with titles."),
	F_DAY(struct log_view, from, 0, "First day."),
	F_DAY(struct log_view, to, 0, "Last day."),
	F_LIST(struct log_view, items, count, &entry_shape, 0, RATING_PAGE_MAX, 0,
		"The newest first."),
	F_ID(struct log_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape feedback_list_shape = SHAPE("FeedbackLog", struct log_view, log_fields);

/* ---- reading ---- */

static struct entry_view show(const struct feedback *f)
{
	return (struct entry_view){f->id, f->reply_to, f->kind, f->day, f->author_as, f->author,
		f->author_name, f->said, f->author.v == f->employee.v,
		f->kind == FEEDBACK_ASKED && !f->answered_at, f->at};
}

/* The log of a person; of it only what concerns `only`, when he is not 0. */
static enum err reply_log(struct req *rq, struct employee_id employee, struct employee_id only)
{
	const struct feedback_query *in = rq->input;
	int limit = in->limit == INT_NONE ? PAGE : in->limit, found;
	struct feedback *f = ARENA_ARRAY(rq->tx->arena, (size_t)limit + 1, struct feedback);
	struct log_view out = {.employee = employee,
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)limit, struct entry_view)};
	enum err e;

	out.to = reports_day_asked(rq, in->to);
	out.from = in->from == DAY_NONE ? out.to - FEEDBACK_DAYS_BACK : in->from;
	if (out.from > out.to || out.to - out.from > FEEDBACK_DAYS_BACK)
		return refuse(rq, E_BAD_FIELD, "/from", "at most a year, from before to");
	if ((e = rating_load_name(rq->tx, employee, out.to, &out.name)) ||
		(e = feedback_list(rq->tx, employee, out.from, out.to, in->cursor, only, f,
			 limit + 1, &found)))
		return e;
	for (int i = 0; i < found && i < limit; i++)
		out.items[out.count++] = show(&f[i]);
	if (found > limit)
		out.next = f[limit - 1].id;
	return reply(rq, 200, &out);
}

enum err feedback_get_own(struct req *rq)
{
	return reply_log(rq, rq->actor.employee, (struct employee_id){0});
}

/* Who reads must answer for the person on the last of the days, or today where nobody of then is
 * left. */
static enum err find_on(
	struct req *rq, struct employee_id employee, int32_t asked, struct object *ret_object)
{
	ret_object->employee = employee;
	return rating_load_day(
		rq->tx, employee, reports_day_asked(rq, asked), req_today(rq), &ret_object->day);
}

static enum err load_stand(
	struct req *rq, struct employee_id employee, enum stand *ret, struct employee_id *ret_for)
{
	return org_load_stand(rq->tx, rq->actor.employee, employee, rq->object.day, ret, ret_for);
}

enum err feedback_find_person(struct req *rq, struct object *ret_object)
{
	const struct feedback_query *in = rq->input;

	return find_on(rq, in->employee, in->to, ret_object);
}

enum err feedback_get(struct req *rq)
{
	const struct feedback_query *in = rq->input;
	struct employee_id ignored;
	enum stand stand;
	enum err e = load_stand(rq, in->employee, &stand, &ignored);

	if (e)
		return e;
	return reply_log(rq, in->employee,
		stand == STAND_NONE ? rq->actor.employee : (struct employee_id){0});
}

/* ---- saying ---- */

struct said_input {
	struct employee_id employee;
	int32_t day;
	int64_t reply_to;
	const char *said;
	bool dialogue;
};
static const struct field ask_fields[] = {
	F_TEXT(struct said_input, said, 3, 1000, 0, "What one asks or answers."),
	F_ID(struct said_input, reply_to, OPTIONAL, "What it answers; absent: a question."),
	F_END,
};
const struct shape feedback_ask_shape = SHAPE("FeedbackAsk", struct said_input, ask_fields);
static const struct field give_fields[] = {
	PATH_ID(struct said_input, employee, "About whose work."),
	F_DAY(struct said_input, day, OPTIONAL, "The day it speaks of; today when absent."),
	F_TEXT(struct said_input, said, 3, 1000, 0, "What is said."),
	F_ID(struct said_input, reply_to, OPTIONAL, "What it answers."),
	F_BOOL(struct said_input, dialogue, OPTIONAL, "Of the talk about the period."),
	F_END,
};
const struct shape feedback_give_shape = SHAPE("FeedbackGive", struct said_input, give_fields);

struct said_view {
	int64_t feedback;
};
static const struct field said_fields[] = {
	F_ID(struct said_view, feedback, 0, "The new entry."),
	F_END,
};
const struct shape feedback_saved_shape = SHAPE("FeedbackSaid", struct said_view, said_fields);

static const struct field fact_fields[] = {
	F_ID(struct feedback, id, 0, "Entry."),
	F_ID(struct feedback, employee, 0, "About whose work."),
	F_ENUM(struct feedback, kind, feedback_kind_names, 0, "Kind."),
	F_DAY(struct feedback, day, 0, "Day."),
	F_ID(struct feedback, author, 0, "Who said it."),
	F_ID(struct feedback, author_for, OPTIONAL, "In whose place."),
	F_ENUM(struct feedback, author_as, stand_names, 0, "Why he could."),
	F_ID(struct feedback, reply_to, OPTIONAL, "What it answers."),
	F_TEXT(struct feedback, said, 0, 1000, 0, "What was said."),
	F_INSTANT(struct feedback, at, 0, "When."),
	F_END,
};
static const struct shape fact_shape = SHAPE("FeedbackFact", struct feedback, fact_fields);

enum err reports_enter_feedback(struct tx *tx, struct feedback *f)
{
	enum err e;

	f->id = id_next();
	f->at = tx->now_ms;
	if ((e = feedback_add(tx, f)))
		return e;
	reports_add_leaf(tx, LEAF_RATING, f->id, &fact_shape, f);
	return OK;
}

static enum err check_count(struct req *rq, const struct feedback *f)
{
	const struct org_tree *tree;
	int32_t count;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = feedback_count_today(rq->tx, f->employee, f->author,
			  instant_of(req_today(rq), 0, tree->zone), &count)))
		return e;
	return count < FEEDBACK_PER_DAY_MAX
		       ? OK
		       : refuse(rq, E_REFUSED, "/said", "twenty entries a day are enough");
}

/* An answer is to somebody else's entry of this log; a lead's to an answer to his. */
static enum err take_reply(struct req *rq, struct feedback *f)
{
	struct feedback to;
	enum err e = feedback_load(rq->tx, f->employee, f->reply_to, &to);

	if (e == E_NOT_FOUND || (!e && to.author.v == f->author.v) ||
		(!e && f->author.v != f->employee.v && f->author_as == STAND_NONE &&
			to.partner.v != f->author.v))
		return refuse(rq, E_BAD_FIELD, "/reply_to", "nothing you could answer");
	if (e)
		return e;
	f->kind = FEEDBACK_ANSWER;
	f->partner = to.author;
	f->day = to.day;
	return OK;
}

static enum err say(struct req *rq, struct feedback *f)
{
	enum err e = check_count(rq, f);

	if (e || (f->reply_to && (e = take_reply(rq, f))) ||
		(e = reports_enter_feedback(rq->tx, f)))
		return e;
	return reply(rq, 200, &(struct said_view){f->id});
}

enum err feedback_post_own(struct req *rq)
{
	const struct said_input *in = rq->input;
	struct feedback f = {.employee = rq->actor.employee,
		.kind = FEEDBACK_ASKED,
		.day = req_today(rq),
		.author = rq->actor.employee,
		.reply_to = in->reply_to,
		.said = in->said};

	return say(rq, &f);
}

enum err feedback_find_receiver(struct req *rq, struct object *ret_object)
{
	const struct said_input *in = rq->input;

	return find_on(rq, in->employee, in->day, ret_object);
}

enum err feedback_post(struct req *rq)
{
	const struct said_input *in = rq->input;
	int32_t today = req_today(rq);
	struct feedback f = {.employee = in->employee,
		.kind = in->dialogue ? FEEDBACK_DIALOGUE : FEEDBACK_GIVEN,
		.day = reports_day_asked(rq, in->day),
		.author = rq->actor.employee,
		.reply_to = in->reply_to,
		.said = in->said};
	enum stand stand;
	enum err e = load_stand(rq, in->employee, &stand, &f.author_for);

	if (e)
		return e;
	f.author_as = (int32_t)stand;
	if (f.day > today || today - f.day > FEEDBACK_DAYS_BACK)
		return refuse(rq, E_BAD_FIELD, "/day", "a day of the past year, or today");
	if (in->dialogue && stand == STAND_NONE)
		return refuse(rq, E_REFUSED, "/dialogue",
			"PermenPANRB 6/2022: the talk about a period is the direct superior's");
	return say(rq, &f);
}

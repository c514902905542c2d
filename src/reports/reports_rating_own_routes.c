/*
 * What a person was told about his work, and his answer: he accepts, or objects within the days of
 * the dated rule. Silence accepts nothing and objects to nothing; when the days are over what was
 * told is final. What is final can be proved: its text, its salt and its place in the log.
 */
#include "reports/reports_rating_routes.h"

#include "base/str.h"

#define OWN_PAGE 8

static const struct field own_query_fields[] = {
	Q_ID(struct rating_input, cursor, OPTIONAL, "next of the page before."),
	Q_INT(struct rating_input, limit, 1, RATING_PAGE_MAX, OPTIONAL, "Rows; 8 when absent."),
	F_END,
};
const struct shape rating_own_query_shape = SHAPE(
	"OwnRatingsQuery", struct rating_input, own_query_fields);

struct own_view {
	struct rating_view *items;
	int count;
	int64_t next;
};
static const struct field own_fields[] = {
	F_LIST(struct own_view, items, count, &rating_view_shape, 0, RATING_PAGE_MAX, 0,
		"What one was told, the newest period first."),
	F_ID(struct own_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape rating_own_shape = SHAPE("OwnRatings", struct own_view, own_fields);

static enum err note_seen(struct tx *tx, const struct actor *actor)
{
	return rating_set_seen(tx, actor->employee);
}

static enum err load_page(struct req *rq, struct rating *ret, int limit, int *ret_count)
{
	const struct rating_input *in = rq->input;
	struct rating at = {.last_day = INT32_MAX, .period = NOT_SAID};
	enum err e = in->cursor ? rating_load(rq->tx, in->cursor, &at) : OK;

	if (e || (in->cursor && at.employee.v != rq->actor.employee.v))
		return e ? e : E_NOT_FOUND;
	return rating_list_own(
		rq->tx, rq->actor.employee, at.last_day, at.period, ret, limit + 1, ret_count);
}

enum err rating_get_own(struct req *rq)
{
	const struct rating_input *in = rq->input;
	int limit = in->limit == INT_NONE ? OWN_PAGE : in->limit, found = 0;
	struct rating *r = ARENA_ARRAY(rq->tx->arena, (size_t)limit + 1, struct rating);
	struct own_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)limit, struct rating_view)};
	enum err e = load_page(rq, r, limit, &found);

	for (int i = 0; i < found && i < limit && !e; i++) {
		if (!r[i].seen_at)
			rq->follow = note_seen;
		if (!(e = rating_load(rq->tx, r[i].id, &r[i])))
			e = rating_show(rq, &r[i], &out.items[out.count++]);
	}
	if (found > limit)
		out.next = r[limit - 1].id;
	return e ? e : reply(rq, 200, &out);
}

/* ---- one ---- */

static const struct field path_fields[] = {
	PATH_ID(struct rating_input, rating, "The rating."),
	F_END,
};
const struct shape rating_path_shape = SHAPE("RatingPath", struct rating_input, path_fields);

/* A draft is no rating yet, for nobody. */
enum err rating_find_object(struct req *rq, struct object *ret_object)
{
	const struct rating_input *in = rq->input;
	struct rating r;
	enum err e = rating_load(rq->tx, in->rating, &r);

	if (e)
		return e;
	ret_object->employee = r.employee;
	if (r.state == RATING_DRAFT)
		return E_NOT_FOUND;
	return rating_load_day(rq->tx, r.employee, r.last_day, req_today(rq), &ret_object->day);
}

enum err rating_get(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct rating r;
	enum err e = rating_load(rq->tx, in->rating, &r);

	if (!e && r.employee.v == rq->actor.employee.v && !r.seen_at)
		rq->follow = note_seen;
	return e ? e : rating_reply(rq, &r);
}

struct proof_view {
	int64_t leaf_index;
	int32_t kind;
	int64_t at;
	const char *salt, *leaf_hash, *payload;
};
static const struct field proof_fields[] = {
	F_INT64(struct proof_view, leaf_index, 0, INT64_C(1) << 52, 0, "Where it lies in the log."),
	F_INT(struct proof_view, kind, 1, 255, 0, "Kind of the leaf."),
	F_INSTANT(struct proof_view, at, 0, "When it was added."),
	F_TEXT(struct proof_view, salt, 32, 32, 0, "16 bytes, hexadecimal."),
	F_TEXT(struct proof_view, leaf_hash, 64, 64, 0, "As in the log, hexadecimal."),
	F_TEXT(struct proof_view, payload, 2, 32768, 0, "What it commits to, byte for byte."),
	F_END,
};
const struct shape rating_proof_shape = SHAPE("RatingProof", struct proof_view, proof_fields);

enum err rating_get_proof(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct leaf_place place;
	struct rating r;
	char salt[33], hash[65];
	enum err e = rating_load(rq->tx, in->rating, &r);

	if (!e && r.state != RATING_LOCKED)
		return refuse(rq, E_CONFLICT, "/rating", "it is not final yet");
	if (e || (e = trust_load_leaf(rq->tx, r.leaf_index, &place)))
		return e;
	hex_encode(place.salt, sizeof place.salt, salt);
	hex_encode(place.hash.b, sizeof place.hash.b, hash);
	return reply(rq, 200,
		&(struct proof_view){place.index, LEAF_RATING, place.at, salt, hash, r.sealed});
}

/* ---- the person's answer ---- */

static const struct field accept_fields[] = {
	PATH_ID(struct rating_input, rating, "The rating."),
	F_INT(struct rating_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
const struct shape rating_accept_shape = SHAPE("RatingAccept", struct rating_input, accept_fields);

static enum err load_to_answer(struct req *rq, bool objects, struct rating *ret)
{
	const struct rating_input *in = rq->input;
	const char *reason;
	enum err e = rating_load(rq->tx, in->rating, ret);

	if (e)
		return e;
	e = rating_decide_answer(ret, objects, in->version, req_today(rq), &reason);
	return e == E_REFUSED ? refuse(rq, e, "/rating", reason) : e;
}

enum err rating_post_accept(struct req *rq)
{
	struct rating r;
	enum err e = load_to_answer(rq, false, &r);

	if (e || (e = rating_lock(rq->tx, &r, OUTCOME_ACCEPTED)))
		return e;
	return rating_reply_saved(rq, &r);
}

static const struct field object_fields[] = {
	PATH_ID(struct rating_input, rating, "The rating."),
	F_INT(struct rating_input, version, 1, INT32_MAX, 0, "The version that was read."),
	{"objection", FIELD_TEXT, FROM_BODY, 0, offsetof(struct rating_input, text), 0, 10, 2000,
		NULL, NULL, "What is not right, and why."},
	F_END,
};
const struct shape rating_object_shape = SHAPE(
	"RatingObjection", struct rating_input, object_fields);

enum err rating_post_object(struct req *rq)
{
	const struct rating_input *in = rq->input;
	const struct rating_rule *rule;
	struct rating r;
	enum err e = load_to_answer(rq, true, &r);

	if (e || (e = rating_load_rule(rq->tx, req_today(rq), &rule)))
		return e;
	if (!rule)
		return refuse(rq, E_REFUSED, "/rating", "no rule about the days holds today");
	rating_apply_objection(&r, rule, in->text, req_today(rq), rq->tx->now_ms);
	if ((e = rating_set(rq->tx, &r)))
		return e;
	rating_add_leaf(rq->tx, &r);
	return rating_reply_saved(rq, &r);
}

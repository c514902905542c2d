/*
 * Calendars over HTTP: my feeds and what else I may make one of, a new one with its secret link
 * shown once, revoking, and the calendar itself for whoever holds the link.
 *
 * A link that is unknown or revoked, or whose owner left or may no longer read that roster, is
 * answered alike. A new link is TX_EVENT, for a stored reply would hold the token.
 */
#include "base/hash.h"
#include "base/str.h"
#include "org/org_access.h"
#include "platform/slice.h"
#include "platform/throttle.h"
#include "roster/roster_feed.h"
#include "roster/roster_int.h"

#define CHOICES_MAX 100
#define PUBLIC_PATH "/api/v1/public/calendar/"

/* Whether one may read the roster a feed shows: of oneself always. */
static enum err authorise(struct req *rq, struct unit_id unit)
{
	const struct object object = {.unit = unit, .day = DAY_NONE};
	return unit.v ? org_authorise(rq, P_ROSTER_READ, &object) : OK;
}

/* ---- mine ---- */

struct feed_view {
	int64_t id, subject;
	int32_t kind;
	const char *name;
	int64_t made_at;
};
#define SUBJECT_FIELDS                                                                             \
	F_ENUM(struct feed_view, kind, roster_feed_names, 0, "Of oneself, a unit or a post."),     \
		F_ID(struct feed_view, subject, OPTIONAL, "The unit or post."),                    \
		F_TEXT(struct feed_view, name, 0, 200, OPTIONAL, "Its name.")
static const struct field feed_fields[] = {
	F_ID(struct feed_view, id, 0, "The feed."),
	SUBJECT_FIELDS,
	F_INSTANT(struct feed_view, made_at, 0, "When it was made."),
	F_END,
};
static const struct shape feed_shape = SHAPE("RosterFeed", struct feed_view, feed_fields);
static const struct field choice_fields[] = {SUBJECT_FIELDS, F_END};
static const struct shape choice_shape = SHAPE("RosterFeedChoice", struct feed_view, choice_fields);

struct feeds_view {
	struct feed_view *items, *choices;
	int item_count, choice_count;
};
static const struct field feeds_fields[] = {
	F_LIST(struct feeds_view, items, item_count, &feed_shape, 0, FEEDS_MAX, 0,
		"In force, oldest first; a link is never shown again."),
	F_LIST(struct feeds_view, choices, choice_count, &choice_shape, 0, CHOICES_MAX, 0,
		"What one may make a calendar of."),
	F_END,
};
static const struct shape feeds_shape = SHAPE("RosterFeeds", struct feeds_view, feeds_fields);

static void add_choice(
	struct feeds_view *out, enum roster_feed_kind kind, int64_t subject, const char *name)
{
	if (out->choice_count < CHOICES_MAX)
		out->choices[out->choice_count++] = (struct feed_view){
			.kind = (int32_t)kind, .subject = subject, .name = name};
}

static const char *path_of(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	return u ? u->path : NULL;
}

static bool is_office(const struct org_scopes *scopes, const struct org_unit *unit)
{
	for (int i = 0; i < scopes->paths; i++)
		if (str_eq(scopes->path[i], unit->path))
			return true;
	return false;
}

/* Of today, in the order of the tree. */
static void add_places(const struct org_tree *tree, const struct org_scopes *reads,
	struct unit_id own, int32_t today, struct feeds_view *out)
{
	for (int i = 0; i < tree->units; i++) {
		const struct org_unit *u = &tree->unit[i];
		bool is_meant = is_office(reads, u) ||
				(u->id.v == own.v && org_in_scopes(reads, u->path));
		if (is_meant && u->valid_from <= today && u->valid_to >= today)
			add_choice(out, FEED_UNIT, u->id.v, u->name);
	}
	for (int i = 0; i < tree->posts; i++) {
		const struct org_post *p = &tree->post[i];
		if (p->valid_from <= today && p->valid_to >= today &&
			org_in_scopes(reads, path_of(tree, p->unit)))
			add_choice(out, FEED_POST, p->id.v, p->name);
	}
}

/* Oneself; one's own unit and the units of one's offices, with the posts in them, as one may read.
 */
static enum err list_choices(struct req *rq, const struct org_tree *tree, struct feeds_view *out)
{
	struct org_scopes reads;
	struct person_day own;
	int32_t today = req_today(rq);
	enum err e = roster_load_person_day(rq->tx, rq->actor.employee, today, &own);
	out->choices = ARENA_ARRAY(rq->tx->arena, CHOICES_MAX, struct feed_view);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	add_choice(out, FEED_OWN, 0, NULL);
	if ((e = org_load_scopes(rq, P_ROSTER_READ, &reads)))
		return e;
	add_places(tree, &reads, own.unit, today, out);
	return OK;
}

static enum err get_feeds(struct req *rq)
{
	struct roster_feed feed[FEEDS_MAX];
	const struct org_tree *tree;
	struct feeds_view out = {.items = ARENA_ARRAY(rq->tx->arena, FEEDS_MAX, struct feed_view)};
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_list_feeds(rq->tx, rq->actor.employee, feed, &out.item_count)) ||
		(e = list_choices(rq, tree, &out)))
		return e;
	for (int i = 0; i < out.item_count; i++) {
		struct unit_id unit;
		struct feed_view *v = &out.items[i];
		*v = (struct feed_view){
			.id = feed[i].feed_id, .kind = feed[i].kind, .made_at = feed[i].made_at};
		if (feed[i].kind == FEED_OWN)
			continue;
		v->subject = feed[i].subject;
		roster_feed_unit(tree, &feed[i], &unit, &v->name);
	}
	return reply(rq, 200, &out);
}

/* ---- a new one ---- */

struct feed_input {
	int32_t kind;
	int64_t subject;
};
static const struct field feed_input_fields[] = {
	F_ENUM(struct feed_input, kind, roster_feed_names, 0, "Of oneself, a unit or a post."),
	F_ID(struct feed_input, subject, OPTIONAL, "The unit or post."),
	F_END,
};
static const struct shape feed_input_shape = SHAPE(
	"RosterFeedInput", struct feed_input, feed_input_fields);

struct feed_made {
	int64_t id;
	const char *path;
};
static const struct field feed_made_fields[] = {
	F_ID(struct feed_made, id, 0, "The feed."),
	F_TEXT(struct feed_made, path, 1, 100, 0, "Path of its link: shown now and never again."),
	F_END,
};
static const struct shape feed_made_shape = SHAPE(
	"RosterFeedMade", struct feed_made, feed_made_fields);

static enum err check_size(
	struct req *rq, const struct org_tree *tree, const struct roster_feed *feed)
{
	int32_t people = 0;
	if (feed->kind != FEED_UNIT)
		return OK;
	enum err e = roster_count_people(
		rq->tx, path_of(tree, (struct unit_id){feed->subject}), req_today(rq), &people);
	if (!e && people > FEED_PEOPLE_MAX)
		return refuse(rq, E_REFUSED, "/subject",
			"more than 1000 people: make one of a part of it");
	return e;
}

static enum err check_feed(struct req *rq, const struct roster_feed *feed)
{
	struct roster_feed had[FEEDS_MAX];
	const struct org_tree *tree;
	struct person_day own;
	struct unit_id unit;
	const char *name;
	int count;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_feed_unit(tree, feed, &unit, &name)) || (e = authorise(rq, unit)))
		return e;
	e = roster_load_person_day(rq->tx, rq->actor.employee, req_today(rq), &own);
	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_REFUSED, "/kind", "not in service") : e;
	if ((e = roster_list_feeds(rq->tx, rq->actor.employee, had, &count)))
		return e;
	if (count == FEEDS_MAX)
		return refuse(rq, E_REFUSED, "", "10 calendars are in force: revoke one");
	return check_size(rq, tree, feed);
}

static enum err post_feed(struct req *rq)
{
	const struct feed_input *in = rq->input;
	struct roster_feed feed = {.kind = in->kind,
		.subject = in->kind == FEED_OWN ? rq->actor.employee.v : in->subject,
		.owner = rq->actor.employee};
	const char *token;
	if (in->kind != FEED_OWN && !in->subject)
		return refuse(rq, E_BAD_FIELD, "/subject", "required");
	enum err e = check_feed(rq, &feed);
	if (e || (e = roster_add_feed(rq->tx, &feed, &token)))
		return e;
	const struct feed_made out = {
		feed.feed_id, arena_printf(rq->tx->arena, PUBLIC_PATH "%s", token)};
	return reply(rq, 200, &out);
}

/* ---- revoking ---- */

struct feed_path {
	int64_t feed;
};
static const struct field feed_path_fields[] = {
	PATH_ID(struct feed_path, feed, "The feed."),
	F_END,
};
static const struct shape feed_path_shape = SHAPE(
	"RosterFeedPath", struct feed_path, feed_path_fields);

static enum err post_revoke(struct req *rq)
{
	const struct feed_path *in = rq->input;
	enum err e = roster_revoke_feed(rq->tx, in->feed, rq->actor.employee);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- the calendar ---- */

struct calendar_path {
	const char *token;
};
static const struct field calendar_path_fields[] = {
	PATH_TEXT(struct calendar_path, token, 1, 100, "The secret of the link."),
	F_END,
};
static const struct shape calendar_path_shape = SHAPE(
	"CalendarPath", struct calendar_path, calendar_path_fields);

/* From here on the request is the owner's, in his government. */
static enum err enter_feed(struct req *rq, const char *token, struct roster_feed *feed)
{
	const struct org_tree *tree;
	struct unit_id unit;
	const char *name;
	enum err e = roster_find_feed(rq->tx, token, feed);
	if (e)
		return e;
	rq->actor.government = rq->tx->government = feed->government;
	rq->actor.employee = feed->owner;
	if ((e = org_load_tree(rq->tx, &tree)) || (e = roster_feed_unit(tree, feed, &unit, &name)))
		return e;
	return authorise(rq, unit);
}

static enum err load_calendar(struct req *rq, struct bytes *ret)
{
	const struct calendar_path *in = rq->input;
	struct roster_feed feed;
	enum err e = enter_feed(rq, in->token, &feed);
	return e ? e : roster_make_calendar(rq->tx, &feed, req_today(rq), ret);
}

static enum err get_calendar(struct req *rq)
{
	const struct throttle_try attempt = {THROTTLE_FEED, {0}, "", NULL, rq->client_address};
	struct bytes text;
	char hex[65];
	enum err e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds);
	if (e)
		return e;
	if ((e = load_calendar(rq, &text)))
		return e == E_FORBIDDEN ? E_NOT_FOUND : e;
	throttle_give_back(&attempt, rq->tx->now_ms);
	struct hash hash = hash_of(text.p, text.n);
	hex_encode(hash.b, sizeof hash.b, hex);
	rq->etag = arena_printf(rq->tx->arena, "\"%.32s\"", hex);
	return reply_raw(rq, 200, "text/calendar; charset=utf-8", (const char *)text.p, text.n);
}

/* ---- rows ---- */

static const struct route routes[] = {
	{GET, "/api/v1/me/roster/feeds", P_SIGNED_IN, TX_READ, NULL, &feeds_shape, get_feeds,
		.summary = "My calendars in force, without their links."},
	{POST, "/api/v1/me/roster/feeds", P_SIGNED_IN, TX_EVENT, &feed_input_shape,
		&feed_made_shape, post_feed,
		.summary = "A new calendar; its secret link is shown once.",
		.example = "{\"kind\":\"own\"}"},
	{POST, "/api/v1/me/roster/feeds/{feed}/revoke", P_SIGNED_IN, TX_WRITE, &feed_path_shape,
		NULL, post_revoke,
		.summary = "Revokes a calendar of mine: its link is dead at once.",
		.example = "{}"},
	{GET, PUBLIC_PATH "{token}", P_PUBLIC, TX_READ, &calendar_path_shape, NULL, get_calendar,
		.raw_type = "text/calendar",
		.summary = "The calendar of a secret link, RFC 5545, for calendar apps.",
		.example_path = PUBLIC_PATH "AAAAAAAAAAAAAAAAAAAAAA"},
};

const struct slice roster_feed_slice = {
	.name = "roster feeds",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = roster_feed_stmts,
	.stmt_count = ROSTER_FEED_STMTS,
};

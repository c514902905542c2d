/*
 * Presence checks over HTTP: what is asked of oneself now and was before, what became of it with
 * one's people, and the lot of a day for everybody to draw again.
 *
 * A check is told to nobody before it opens, not even to the superior. What is open is fetched by a
 * read, and that it was fetched is written down after it: without that the check never reached the
 * person. Lists of others are not ordered by what became of them and do not leave as a table.
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_stated.h"
#include "platform/platform_db.h"
#include "trust/trust.h"

#define OWN_DAYS     31
#define OWN_PAGE     50
#define OPEN_PAGE    16
#define EXAMPLE_PATH "/api/v1/public/jabar/checks/2025-11-12"

/* ---- a check as it is shown ---- */

struct check_view {
	int64_t id;
	struct employee_id employee;
	const char *name, *unit_name, *note, *asked_by, *asked_for, *seen_by, *seen_note;
	int32_t day, kind, state, place, distance, missed_week, missed_month;
	int64_t opens_at, closes_at, until_at, made_at, received_at, shown_at, seen_at;
	bool is_signed, may_answer, may_see;
};

static const struct field view_fields[] = {
	F_ID(struct check_view, id, 0, "The check."),
	F_ID(struct check_view, employee, 0, "Who is asked."),
	F_TEXT(struct check_view, name, 1, 300, OPTIONAL, "His name with titles; of others."),
	F_TEXT(struct check_view, unit_name, 0, 200, 0, "His unit of that day."),
	F_DAY(struct check_view, day, 0, "The day of work."),
	F_ENUM(struct check_view, kind, check_kind_names, 0,
		"lot: drawn; answer, come: a superior asks."),
	F_INSTANT(struct check_view, opens_at, 0, "Since when."),
	F_INSTANT(struct check_view, closes_at, 0, "An answer until then is in time."),
	F_INSTANT(struct check_view, until_at, 0, "Of a call: until then it is taken, late."),
	F_TEXT(struct check_view, note, 1, CHECK_NOTE_MAX, OPTIONAL, "Of a call: what is asked."),
	F_TEXT(struct check_view, asked_by, 1, 300, OPTIONAL, "Who calls; none: the lot."),
	F_TEXT(struct check_view, asked_for, 1, 300, OPTIONAL, "In whose place."),
	F_ENUM(struct check_view, state, check_state_names, 0,
		"What became of it, worked out now; it starts nothing."),
	F_INSTANT(struct check_view, made_at, OPTIONAL, "When the answer was made."),
	F_INSTANT(struct check_view, received_at, OPTIONAL, "When it arrived."),
	F_BOOL(struct check_view, is_signed, 0, "The answer was signed by the phone."),
	F_ENUM(struct check_view, place, place_verdict_names, 0, "Where it was made."),
	F_ENUM(struct check_view, distance, distance_bucket_names, 0,
		"Distance from the place of duty, in steps."),
	F_INSTANT(
		struct check_view, shown_at, OPTIONAL, "A session of the person fetched it first."),
	F_INSTANT(struct check_view, seen_at, OPTIONAL, "The superior saw him at his place."),
	F_TEXT(struct check_view, seen_by, 1, 300, OPTIONAL, "Which one."),
	F_TEXT(struct check_view, seen_note, 1, CHECK_NOTE_MAX, OPTIONAL, "His words."),
	F_INT(struct check_view, missed_week, 0, INT32_MAX, OPTIONAL,
		"Beside a call of others not answered in its time: how many of these in that week, "
		"until the end of the day. What reached no phone is none."),
	F_INT(struct check_view, missed_month, 0, INT32_MAX, OPTIONAL, "... in that month."),
	F_BOOL(struct check_view, may_answer, 0, "One's own, and an answer is still taken."),
	F_BOOL(struct check_view, may_see, 0, "The reader may still note that he saw him."),
	F_END,
};
static const struct shape view_shape = SHAPE("PresenceCheck", struct check_view, view_fields);

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

static int64_t or_none(int64_t at)
{
	return at ? at : INSTANT_NONE;
}

static enum err add_names(struct tx *tx, const struct check *c, struct check_view *v)
{
	enum err e;

	if ((e = attendance_load_name(tx, c->asked_by, &v->asked_by)) ||
		(e = attendance_load_name(tx, c->asked_for, &v->asked_for)) ||
		(e = attendance_load_name(tx, c->seen_by, &v->seen_by)) ||
		(e = attendance_load_unit_name(tx, c->unit, &v->unit_name)))
		return e;
	v->asked_by = or_null(v->asked_by);
	v->asked_for = or_null(v->asked_for);
	v->seen_by = or_null(v->seen_by);
	return OK;
}

static bool is_done(int32_t state)
{
	return state == CHECK_ANSWERED || state == CHECK_EXCUSED || state == CHECK_LATE;
}

static enum err show(
	struct req *rq, const struct check *c, struct day_view *view, struct check_view *v)
{
	struct judged_check j;
	const struct punch *punch;
	bool is_own = c->employee.v == rq->actor.employee.v;
	enum err e = attendance_judge_check(rq->tx, c, view, &j);

	if (e)
		return e;
	punch = j.reply.punch;
	*v = (struct check_view){.id = c->id,
		.employee = c->employee,
		.name = c->full_name,
		.day = c->day,
		.kind = (int32_t)c->kind,
		.opens_at = c->opens_at,
		.closes_at = c->closes_at,
		.until_at = c->until_at,
		.note = or_null(c->note),
		.state = (int32_t)j.state,
		.made_at = punch ? j.reply.made_at : INSTANT_NONE,
		.received_at = punch ? punch->received_at : INSTANT_NONE,
		.is_signed = punch && !(punch->flags & PUNCH_UNSIGNED),
		.place = (int32_t)j.place.verdict,
		.distance = (int32_t)j.place.bucket,
		.missed_week = INT_NONE,
		.missed_month = INT_NONE,
		.shown_at = or_none(c->shown_at),
		.seen_at = or_none(c->seen_at),
		.seen_note = or_null(c->seen_note)};
	v->may_answer = is_own && (v->state == CHECK_WAITS || v->state == CHECK_OVERDUE) &&
			rq->tx->now_ms <= c->until_at;
	v->may_see = !is_own && !c->seen_at && !is_done(v->state) && v->state != CHECK_LIFTED;
	return add_names(rq->tx, c, v);
}

static enum err show_all(struct req *rq, const struct check *c, int count, struct check_view *ret)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	enum err e = OK;

	view->facts.employee.v = 0;
	for (int i = 0; i < count && !e; i++)
		e = show(rq, &c[i], view, &ret[i]);
	return e;
}

/* ---- one's own ---- */

struct own_query {
	bool open;
};
static const struct field own_fields[] = {
	Q_BOOL(struct own_query, open, OPTIONAL,
		"Only what is asked now; fetching it is written down."),
	F_END,
};
static const struct shape own_shape = SHAPE("OwnChecksQuery", struct own_query, own_fields);

struct own_view {
	struct check_view *items;
	int count;
};
static const struct field own_view_fields[] = {
	F_LIST(struct own_view, items, count, &view_shape, 0, OWN_PAGE, 0,
		"Open ones by their time; else of the last month, newest first."),
	F_END,
};
static const struct shape own_view_shape = SHAPE("OwnChecks", struct own_view, own_view_fields);

static enum err note_shown(struct tx *tx, const struct actor *actor)
{
	return attendance_show_checks(tx, actor->employee);
}

static bool is_any_new(const struct check *c, int count, int64_t now_ms)
{
	for (int i = 0; i < count; i++)
		if (!c[i].shown_at && c[i].until_at >= now_ms)
			return true;
	return false;
}

static enum err get_own(struct req *rq)
{
	const struct own_query *in = rq->input;
	struct check *c = ARENA_ARRAY(rq->tx->arena, OWN_PAGE, struct check);
	struct own_view out = {.items = ARENA_ARRAY(rq->tx->arena, OWN_PAGE, struct check_view)};
	enum err e = in->open ? attendance_list_open_checks(
					rq->tx, rq->actor.employee, c, OPEN_PAGE, &out.count)
			      : attendance_list_own_checks(rq->tx, rq->actor.employee,
					req_today(rq) - OWN_DAYS, c, OWN_PAGE, &out.count);

	if (e || (e = show_all(rq, c, out.count, out.items)))
		return e;
	if (is_any_new(c, out.count, rq->tx->now_ms))
		rq->follow = note_shown;
	return reply(rq, 200, &out);
}

/* ---- of one's people ---- */

struct team_query {
	int32_t day;
};
static const struct field team_fields[] = {
	Q_DAY(struct team_query, day, OPTIONAL, "Today when absent."),
	F_END,
};
static const struct shape team_shape = SHAPE("TeamChecksQuery", struct team_query, team_fields);

struct team_view {
	int32_t day, call_minutes, call_come_minutes, call_day_max, call_week_max, last_minutes;
	struct check_view *items;
	int count;
};
static const struct field team_view_fields[] = {
	F_DAY(struct team_view, day, 0, "The day shown."),
	F_INT(struct team_view, call_minutes, 0, 1440, 0, "Minutes of work to answer a call."),
	F_INT(struct team_view, call_come_minutes, 0, 1440, 0, "... to come to the office."),
	F_INT(struct team_view, call_day_max, 0, 100, 0, "Calls of a person on a day."),
	F_INT(struct team_view, call_week_max, 0, 100, 0, "... in a week."),
	F_INT(struct team_view, last_minutes, 0, 1440, 0,
		"Minutes at the edges of the day in which nobody is asked."),
	F_LIST(struct team_view, items, count, &view_shape, 0, CHECKS_PAGE, 0,
		"What has opened, by name, then time."),
	F_END,
};
static const struct shape team_view_shape = SHAPE("TeamChecks", struct team_view, team_view_fields);

/* Beside each call that was missed, how often that was: counted once a person, by name together. */
static enum err add_missed(struct req *rq, struct team_view *team)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	const struct check_view *counted = NULL;
	enum err e = OK;

	for (int i = 0; i < team->count && !e; i++) {
		struct check_view *v = &team->items[i];

		if (!attendance_is_missed((enum check_kind)v->kind, (enum check_state)v->state))
			continue;
		if (counted && counted->employee.v == v->employee.v) {
			v->missed_week = counted->missed_week;
			v->missed_month = counted->missed_month;
			continue;
		}
		view->facts.employee.v = 0;
		e = attendance_count_missed(
			rq->tx, v->employee, team->day, view, &v->missed_week, &v->missed_month);
		counted = v;
	}
	return e;
}

static enum err get_team(struct req *rq)
{
	const struct team_query *in = rq->input;
	struct check *c = ARENA_ARRAY(rq->tx->arena, CHECKS_PAGE, struct check);
	struct team_view out = {.day = in->day == DAY_NONE ? req_today(rq) : in->day,
		.items = ARENA_ARRAY(rq->tx->arena, CHECKS_PAGE, struct check_view)};
	struct parameters numbers;
	enum err e = attendance_list_team_checks(
		rq->tx, rq->actor.employee, out.day, c, CHECKS_PAGE, &out.count);

	if (e || (e = show_all(rq, c, out.count, out.items)) || (e = add_missed(rq, &out)) ||
		(e = attendance_load_parameters(rq->tx, out.day, &numbers)))
		return e;
	out.call_minutes = numbers.of[PARAMETER_CALL_MINUTES];
	out.call_come_minutes = numbers.of[PARAMETER_CALL_COME_MINUTES];
	out.call_day_max = numbers.of[PARAMETER_CALL_DAY_MAX];
	out.call_week_max = numbers.of[PARAMETER_CALL_WEEK_MAX];
	out.last_minutes = numbers.of[PARAMETER_CHECK_LAST_MINUTES];
	return reply(rq, 200, &out);
}

/* ---- the lot of a day ---- */

struct lot_path {
	const char *government;
	int32_t day;
};
static const struct field lot_path_fields[] = {
	PATH_TEXT(struct lot_path, government, 1, 40, "Code of the government."),
	PATH_DAY(struct lot_path, day, "The day."),
	F_END,
};
static const struct shape lot_path_shape = SHAPE("CheckLotPath", struct lot_path, lot_path_fields);

struct lot_view {
	int32_t day;
	int64_t government, committed_at;
	struct bytes commitment, seed, leaf_salt;
	int64_t leaf_index;
	int32_t percent, minutes, edge_minutes, week_max;
};
static const struct field lot_fields[] = {
	F_DAY(struct lot_view, day, 0, "The day."),
	F_ID(struct lot_view, government, 0, "Id of the government, as it is hashed."),
	F_BYTES(struct lot_view, commitment, 32, 32, 0, "What was promised the day before."),
	F_INSTANT(struct lot_view, committed_at, 0, "When; part of the leaf."),
	F_INT64(struct lot_view, leaf_index, 0, INT64_MAX, 0, "Where the promise lies in the log."),
	F_BYTES(struct lot_view, leaf_salt, 16, 16, 0, "With it the leaf can be computed."),
	F_BYTES(struct lot_view, seed, 32, 32, OPTIONAL,
		"From the day after on; none: on that day nobody was drawn."),
	F_INT(struct lot_view, percent, 0, 100, OPTIONAL, "The numbers of the draw, likewise."),
	F_INT(struct lot_view, minutes, 0, 1440, OPTIONAL, "How long a check is open."),
	F_INT(struct lot_view, edge_minutes, 0, 1440, OPTIONAL, "Nobody is asked at the edges."),
	F_INT(struct lot_view, week_max, 0, 100, OPTIONAL, "Nobody is asked more often."),
	F_END,
};
static const struct shape lot_shape = SHAPE("CheckLot", struct lot_view, lot_fields);

/* The day is over in every zone, a night shift that began on it too. */
static bool is_over(int32_t day, int64_t now_ms)
{
	return now_ms >= instant_of(day + 2, 0, ZONE_WIB);
}

static enum err get_lot(struct req *rq)
{
	const struct lot_path *in = rq->input;
	struct government government;
	struct lot_view out = {.percent = INT_NONE,
		.minutes = INT_NONE,
		.edge_minutes = INT_NONE,
		.week_max = INT_NONE};
	struct check_day *row = ARENA_NEW(rq->tx->arena, struct check_day);
	struct leaf_place *leaf = ARENA_NEW(rq->tx->arena, struct leaf_place);
	enum err e = platform_load_government_by_code(rq->tx, in->government, &government);

	if (e)
		return e;
	rq->actor.government = rq->tx->government = government.id;
	if ((e = attendance_load_check_day(rq->tx, in->day, row)) ||
		(e = trust_load_leaf(rq->tx, row->leaf_index, leaf)))
		return e;
	out.day = row->day;
	out.government = government.id.v;
	out.commitment = (struct bytes){row->commitment.b, sizeof(row->commitment.b)};
	out.committed_at = leaf->at;
	out.leaf_index = row->leaf_index;
	out.leaf_salt = (struct bytes){leaf->salt, sizeof(leaf->salt)};
	if (row->seed.n && is_over(row->day, rq->tx->now_ms)) {
		out.seed = row->seed;
		out.percent = row->percent;
		out.minutes = row->minutes;
		out.edge_minutes = row->edge_minutes;
		out.week_max = row->week_max;
	}
	return reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/me/checks",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &own_shape,
		.output = &own_view_shape,
		.handler = get_own,
		.summary = "Presence checks and calls of oneself: what is asked now, or what "
			   "became of those of the last month.",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/checks",
		.permission = P_TEAM_READ,
		.tx = TX_READ,
		.input = &team_shape,
		.output = &team_view_shape,
		.handler = get_team,
		.summary = "Presence checks and calls of a day of the people one answers for, by "
			   "name.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/checks",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &attendance_call_shape,
		.output = &attendance_called_shape,
		.handler = attendance_post_call,
		.object = attendance_find_called,
		.summary = "The superior of today asks somebody who works elsewhere to answer, or "
			   "to come to the office.",
		.example = "{\"employee\":\"{employee}\",\"kind\":\"answer\","
			   "\"note\":\"Mohon jawab, berkas ditunggu bidang.\"}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/checks/{check}/seen",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &attendance_seen_shape,
		.handler = attendance_post_seen,
		.object = attendance_find_seen,
		.summary = "The superior of that day saw the person at his place himself.",
		.example = "{\"note\":\"Bertemu di ruang rapat.\"}",
		.example_path = "/api/v1/attendance/checks/{check}/seen",
	},
	{
		.method = GET,
		.path = "/api/v1/public/{government}/checks/{day}",
		.permission = P_PUBLIC,
		.tx = TX_READ,
		.input = &lot_path_shape,
		.output = &lot_shape,
		.handler = get_lot,
		.summary = "The lot of a day: what was promised the day before, and afterwards "
			   "the seed with which everybody can draw it again.",
		.example_path = EXAMPLE_PATH,
	},
};

const struct slice attendance_checks_slice = {
	.name = "checks",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_check_stmts,
	.stmt_count = CHECK_STMTS,
	.jobs = attendance_check_jobs,
	.job_count = COUNT_OF(attendance_check_jobs),
};

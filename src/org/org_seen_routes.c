/*
 * GET me/accesses: who was shown what of one's own data, and when (UU 27/2022 art. 7: access
 * to one's data and to the trail of its processing). Whoever looks at another person's day, report
 * or papers is in it, by name and the position he holds.
 */
#include "org/org_routes.h"

#include "base/str.h"
#include "platform/platform_db.h"

#define PAGE 50

/* What was seen; the route tells. */
enum seen_what {
	SEEN_DAY,
	SEEN_EXPLANATION,
	SEEN_REPORT,
	SEEN_PERSON,
	SEEN_HISTORY,
	SEEN_CASE,
	SEEN_STATUS,
	SEEN_NOTICE,
	SEEN_BALANCE,
	SEEN_ROLE,
	SEEN_ROSTER,
	SEEN_RECAP,
	SEEN_FILE,
	SEEN_RATING,
	SEEN_FEEDBACK,
	SEEN_OTHER
};
static const char *const seen_what_names[] = {"day", "explanation", "report", "person", "history",
	"case", "status", "notice", "balance", "role", "roster", "recap", "file", "rating",
	"feedback", "other", NULL};

/* The first one that begins so. */
static const struct {
	const char *route;
	enum seen_what what;
} routes[] = {
	{"/api/v1/attendance/days/", SEEN_DAY},
	{"/api/v1/policy/explain", SEEN_EXPLANATION},
	{"/api/v1/reports/rating", SEEN_RATING},
	{"/api/v1/reports/feedback/", SEEN_FEEDBACK},
	{"/api/v1/reports/", SEEN_REPORT},
	{"/api/v1/org/employees/{employee}/history", SEEN_HISTORY},
	{"/api/v1/org/employees/", SEEN_PERSON},
	{"/api/v1/org/cases/", SEEN_CASE},
	{"/api/v1/org/statuses", SEEN_STATUS},
	{"/api/v1/org/notices", SEEN_NOTICE},
	{"/api/v1/org/balances", SEEN_BALANCE},
	{"/api/v1/org/roles", SEEN_ROLE},
	{"/api/v1/roster/", SEEN_ROSTER},
	{"/api/v1/recap/", SEEN_RECAP},
	{"/api/v1/files/", SEEN_FILE},
};

static enum seen_what find_what(const char *route)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (str_starts(route, routes[i].route))
			return routes[i].what;
	return SEEN_OTHER;
}

struct seen {
	int64_t id, seen_at;
	int32_t what;
	const char *seen_by, *position;
};
static const struct field seen_fields[] = {
	F_ID(struct seen, id, 0, "The row."),
	F_INSTANT(struct seen, seen_at, 0, "When."),
	F_ENUM(struct seen, what, seen_what_names, 0, "What he was shown of it."),
	F_TEXT(struct seen, seen_by, 0, 300, 0,
		"Who: name with titles; empty: an account without an employee."),
	F_TEXT(struct seen, position, 0, 120, 0, "His position today."),
	F_END,
};
static const struct shape seen_shape = SHAPE("Access", struct seen, seen_fields);

struct seen_page {
	struct seen *items;
	int count;
	int64_t next;
};
static const struct field page_fields[] = {
	F_LIST(struct seen_page, items, count, &seen_shape, 0, PAGE, 0, "Newest first."),
	F_ID(struct seen_page, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
const struct shape org_seen_shape = SHAPE("Accesses", struct seen_page, page_fields);

struct seen_query {
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ID(struct seen_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
const struct shape org_seen_query_shape = SHAPE("AccessesQuery", struct seen_query, query_fields);

static enum err name_actor(struct req *rq, const struct platform_access *row, struct seen *ret)
{
	struct employee_row who;
	enum err e = org_load_employee(rq->tx, row->actor, req_today(rq), &who);

	*ret = (struct seen){.id = row->access_id,
		.seen_at = row->at,
		.what = (int32_t)find_what(row->route),
		.seen_by = "",
		.position = ""};
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	ret->seen_by = org_full_name(rq->tx->arena, &who);
	ret->position = who.position;
	return OK;
}

enum err org_get_seen(struct req *rq)
{
	const struct seen_query *in = rq->input;
	struct platform_access *row = ARENA_ARRAY(rq->tx->arena, PAGE, struct platform_access);
	struct seen_page out = {.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct seen)};
	enum err e = platform_list_accesses(
		rq->tx, rq->actor.employee, in->cursor, row, PAGE, &out.count);

	for (int i = 0; i < out.count && !e; i++)
		e = name_actor(rq, &row[i], &out.items[i]);
	if (e)
		return e;
	out.next = out.count == PAGE ? row[PAGE - 1].access_id : 0;
	return reply(rq, 200, &out);
}

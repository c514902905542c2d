/*
 * The facts of a person's day in one SELECT: employment, placement, status, personal pattern,
 * turns, roster letter, service posts. On the path of every punch, so it is all key look-ups.
 *
 * Placements and published lines of a person never overlap; of several statuses or personal
 * patterns in force the one recorded last holds. A day that was decided before a late decree came
 * keeps the placement it was decided with (org_pin). Almost nobody has two service posts: the
 * second statement runs only for those who do. Somebody not in service that day has no facts.
 */
#include "roster/roster_int.h"

#include "base/str.h"
#include "platform/db.h"

#include <assert.h>
#include <stdlib.h>

/* The turns of the day before and of the day after in one number of four digits to the base 128:
 * what cuts the day from its neighbours is found in one place. */
#define TURNS_BESIDE                                                                               \
	"(SELECT CAST(coalesce(sum((x.first_kind * 128 + x.second_kind)"                           \
	" * CASE WHEN x.day < $2 THEN 1 WHEN x.day > $2 THEN 16384 ELSE 0 END), 0) AS BIGINT)"     \
	" FROM calendar_turn x WHERE x.government_id = e.government_id"                            \
	" AND x.employee_id = e.employee_id AND x.day >= CAST($2 AS INTEGER) - 1"                  \
	" AND x.day <= CAST($2 AS INTEGER) + 1)"

/* $1 government, $2 the day. `+ 0` keeps SQLite from searching the latest assignment of everybody.
 */
#define FACTS_COLUMNS                                                                              \
	"e.employee_id, e.employment_kind, coalesce(NULLIF(k.unit_id, 0), p.unit_id, 0),"          \
	" CASE WHEN coalesce(k.unit_id, 0) <> 0 THEN k.position_level"                             \
	" ELSE coalesce(p.position_level, 5) END, CASE WHEN coalesce(k.unit_id, 0) <> 0"           \
	" THEN k.position ELSE coalesce(p.position, '') END,"                                      \
	" coalesce(a.pattern_id, 0), coalesce(a.cycle_offset, 0),"                                 \
	" coalesce(a.was_pattern_id, 0), coalesce(a.was_offset, 0), coalesce(a.recorded_at, 0),"   \
	" coalesce(t.first_kind, 0), coalesce(t.second_kind, 0), coalesce(t.was_first, 0),"        \
	" coalesce(t.was_second, 0), coalesce(t.set_at, 0), " TURNS_BESIDE ","                     \
	" coalesce(s.kind, 0), coalesce(s.letter, ''), coalesce(r.version_id, 0),"                 \
	" coalesce(r.period_from, 0), coalesce(r.days, ''),"                                       \
	" (SELECT coalesce(min(m.post_id), 0) FROM org_post_member m"                              \
	" WHERE m.government_id = e.government_id AND m.employee_id = e.employee_id"               \
	" AND m.valid_from <= $2 AND m.valid_to >= $2),"                                           \
	" (SELECT coalesce(max(m.post_id), 0) FROM org_post_member m"                              \
	" WHERE m.government_id = e.government_id AND m.employee_id = e.employee_id"               \
	" AND m.valid_from <= $2 AND m.valid_to >= $2),"                                           \
	" (SELECT count(*) FROM org_status x WHERE x.government_id = e.government_id"              \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $2 AND x.valid_to >= $2"           \
	" AND x.ended_at = 0 AND x.from_minute >= 0),"                                             \
	" (SELECT count(*) FROM org_notice x WHERE x.government_id = e.government_id"              \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $2 AND x.valid_to >= $2"           \
	" AND x.state = 0),"                                                                       \
	" CASE WHEN coalesce(k.unit_id, 0) <> 0 THEN k.posts ELSE '-' END, e.has_phone"
#define FACTS_TABLES                                                                               \
	" FROM org_employee e"                                                                     \
	" LEFT JOIN org_placement p ON p.government_id = e.government_id"                          \
	" AND p.employee_id = e.employee_id AND p.valid_from <= $2 AND p.valid_to >= $2"           \
	" LEFT JOIN org_pin k ON k.government_id = e.government_id"                                \
	" AND k.employee_id = e.employee_id AND k.day = $2"                                        \
	" LEFT JOIN org_status s ON s.government_id = e.government_id"                             \
	" AND s.employee_id = e.employee_id AND s.status_id = (SELECT max(x.status_id + 0)"        \
	" FROM org_status x WHERE x.government_id = e.government_id"                               \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $2 AND x.valid_to >= $2"           \
	" AND x.ended_at = 0 AND x.from_minute < 0)"                                               \
	" LEFT JOIN calendar_assignment a ON a.government_id = e.government_id"                    \
	" AND a.assignment_id = (SELECT max(x.assignment_id + 0) FROM calendar_assignment x"       \
	" WHERE x.government_id = e.government_id AND x.employee_id = e.employee_id"               \
	" AND x.valid_from <= $2 AND x.valid_to >= $2)"                                            \
	" LEFT JOIN calendar_turn t ON t.government_id = e.government_id"                          \
	" AND t.employee_id = e.employee_id AND t.day = $2"                                        \
	" LEFT JOIN roster_current r ON r.government_id = e.government_id"                         \
	" AND r.employee_id = e.employee_id AND r.period_from <= $2 AND r.period_to >= $2"         \
	" WHERE e.government_id = $1"
#define FACTS_IN_SERVICE " AND e.valid_from <= $2 AND e.valid_to >= $2"

#define POSTS_TO_LOAD (PERSON_POSTS_MAX + 1)

/* A row as it is read, before letter, post and folded position are worked out. */
struct facts_row {
	int64_t employee, unit, pattern, version, first_post, last_post, covers, notices;
	int64_t was_pattern, set_at, turn_set_at, turns_beside;
	int32_t kind, level, cycle_offset, was_offset, status, period_from;
	int32_t turn[TURNS_MAX], was_turn[TURNS_MAX];
	const char *position, *letter, *days;
	const char *kept_posts; /* of a pinned day; "-": not pinned */
	bool has_phone;
};

#define INTO_FACTS(row)                                                                            \
	to_int64(&(row)->employee), to_int32(&(row)->kind), to_int64(&(row)->unit),                \
		to_int32(&(row)->level), to_text(&(row)->position), to_int64(&(row)->pattern),     \
		to_int32(&(row)->cycle_offset), to_int64(&(row)->was_pattern),                     \
		to_int32(&(row)->was_offset), to_int64(&(row)->set_at), to_int32(&(row)->turn[0]), \
		to_int32(&(row)->turn[1]), to_int32(&(row)->was_turn[0]),                          \
		to_int32(&(row)->was_turn[1]), to_int64(&(row)->turn_set_at),                      \
		to_int64(&(row)->turns_beside), to_int32(&(row)->status), to_text(&(row)->letter), \
		to_int64(&(row)->version), to_int32(&(row)->period_from), to_text(&(row)->days),   \
		to_int64(&(row)->first_post), to_int64(&(row)->last_post),                         \
		to_int64(&(row)->covers), to_int64(&(row)->notices), to_text(&(row)->kept_posts),  \
		to_bool(&(row)->has_phone)

/* The posts of a pinned day, as they were when it was pinned. */
static void read_kept_posts(const char *text, struct person_day *ret)
{
	ret->posts = 0;
	while (*text && ret->posts < PERSON_POSTS_MAX) {
		char *end;

		ret->post[ret->posts++].v = strtoll(text, &end, 10);
		text = *end ? end + 1 : end;
	}
}

static struct personal_pattern read_personal(const struct facts_row *row, int32_t day)
{
	int before = (int)(row->turns_beside & 16383), after = (int)(row->turns_beside >> 14);

	return (struct personal_pattern){.pattern = {row->pattern},
		.cycle_offset = row->cycle_offset,
		.was_pattern = {row->was_pattern},
		.was_offset = row->was_offset,
		.set_at = row->set_at,
		.turn_day = day,
		.turn = {{before >> 7, before & 127}, {row->turn[0], row->turn[1]},
			{after >> 7, after & 127}},
		.was_turn = {row->was_turn[0], row->was_turn[1]},
		.turn_set_at = row->turn_set_at};
}

static void read_facts(
	struct tx *tx, const struct facts_row *row, int32_t day, struct person_day *ret)
{
	*ret = (struct person_day){.employee = {row->employee},
		.day = day,
		.unit = {row->unit},
		.kind = (enum employment_kind)row->kind,
		.level = (enum position_level)row->level,
		.position = str_fold(tx->arena, row->position),
		.posts = row->first_post != 0,
		.personal = read_personal(row, day),
		.status = (enum status_kind)row->status,
		.status_letter = row->letter,
		.letter = roster_line_letter(row->days, row->period_from, day),
		.roster_version = row->version,
		.covers = row->covers > 0,
		.is_noticed = row->notices > 0,
		.is_on_paper = !row->has_phone};
	ret->post[0].v = row->first_post;
	if (row->first_post != row->last_post)
		ret->posts = POSTS_TO_LOAD;
	if (*row->kept_posts != '-')
		read_kept_posts(row->kept_posts, ret);
}

struct db_stmt ROSTER_LIST_POSTS = {"roster_list_posts",
	"SELECT DISTINCT post_id FROM org_post_member WHERE government_id = $1"
	" AND employee_id = $2 AND valid_from <= $3 AND valid_to >= $3 ORDER BY post_id LIMIT 8",
	0};

static enum err load_posts(struct tx *tx, struct person_day *facts)
{
	_Static_assert(PERSON_POSTS_MAX == 8, "LIMIT of the statement");
	struct db_rows rows;
	int64_t post;
	facts->posts = 0;
	db_query(tx, &ROSTER_LIST_POSTS,
		BIND(db_int(tx->government.v), db_int(facts->employee.v), db_int(facts->day)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&post))))
		facts->post[facts->posts++].v = post;
	return db_end(&rows);
}

/* Of more than two letters for parts of one day the first two count. */
struct db_stmt ROSTER_LIST_COVERS = {"roster_list_covers",
	"SELECT from_minute, to_minute, kind FROM org_status WHERE government_id = $1"
	" AND employee_id = $2 AND valid_from <= $3 AND valid_to >= $3 AND ended_at = 0"
	" AND from_minute >= 0 ORDER BY from_minute LIMIT 2",
	0};

static enum err load_covers(struct tx *tx, struct person_day *facts)
{
	_Static_assert(COVERS_MAX == 2, "LIMIT of the statement");
	struct db_rows rows;
	struct day_cover cover;
	int32_t kind;
	facts->covers = 0;
	db_query(tx, &ROSTER_LIST_COVERS,
		BIND(db_int(tx->government.v), db_int(facts->employee.v), db_int(facts->day)),
		&rows);
	while (db_next(&rows, INTO(to_int32(&cover.from), to_int32(&cover.to), to_int32(&kind)))) {
		cover.kind = (enum status_kind)kind;
		facts->cover[facts->covers++] = cover;
	}
	return db_end(&rows);
}

/* What one statement could not say: POSTS_TO_LOAD and covers == 1 mark it. */
static enum err complete(struct tx *tx, struct person_day *facts)
{
	enum err e = facts->posts == POSTS_TO_LOAD ? load_posts(tx, facts) : OK;
	return e || facts->covers == 0 ? e : load_covers(tx, facts);
}

struct db_stmt ROSTER_LOAD_FACTS = {"roster_load_facts",
	"SELECT " FACTS_COLUMNS FACTS_TABLES FACTS_IN_SERVICE " AND e.employee_id = $3", 0};

enum err roster_load_person_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct person_day *ret)
{
	struct facts_row row;
	enum err e = db_load(tx, &ROSTER_LOAD_FACTS,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)),
		INTO(INTO_FACTS(&row)));
	if (e)
		return e;
	read_facts(tx, &row, day, ret);
	return complete(tx, ret);
}

struct db_stmt ROSTER_LIST_FACTS = {"roster_list_facts",
	"SELECT " FACTS_COLUMNS FACTS_TABLES FACTS_IN_SERVICE
	" AND e.employee_id > $3 ORDER BY e.employee_id LIMIT $4",
	0};

enum err roster_list_person_days(struct tx *tx, struct employee_id after, int32_t day,
	struct person_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct facts_row row;
	int count = 0;
	assert(max <= 1000);
	db_query(tx, &ROSTER_LIST_FACTS,
		BIND(db_int(tx->government.v), db_int(day), db_int(after.v), db_int(max)), &rows);
	while (db_next(&rows, INTO(INTO_FACTS(&row)))) {
		read_facts(tx, &row, day, &ret[count++]);
	}
	enum err e = db_end(&rows);
	for (int i = 0; i < count && !e; i++)
		e = complete(tx, &ret[i]);
	*ret_count = e ? 0 : count;
	return e;
}

/* Something about the person begins or ends after the first day of the period, up to its last. */
#define VARIES                                                                                     \
	" CASE WHEN e.valid_from > $2 OR e.valid_to < $3 OR EXISTS (SELECT 1 FROM org_placement x" \
	" WHERE x.government_id = e.government_id AND x.employee_id = e.employee_id"               \
	" AND ((x.valid_from > $2 AND x.valid_from <= $3)"                                         \
	" OR (x.valid_to >= $2 AND x.valid_to < $3)))"                                             \
	" OR EXISTS (SELECT 1 FROM org_status x WHERE x.government_id = e.government_id"           \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $3 AND x.valid_to >= $2"           \
	" AND x.ended_at = 0)"                                                                     \
	" OR EXISTS (SELECT 1 FROM org_pin x WHERE x.government_id = e.government_id"              \
	" AND x.employee_id = e.employee_id AND x.day >= $2 AND x.day <= $3)"                      \
	" OR EXISTS (SELECT 1 FROM calendar_assignment x WHERE x.government_id = e.government_id"  \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $3 AND x.valid_to >= $2"           \
	" AND (x.valid_from > $2 OR x.valid_to < $3))"                                             \
	" OR EXISTS (SELECT 1 FROM calendar_turn x WHERE x.government_id = e.government_id"        \
	" AND x.employee_id = e.employee_id AND x.day >= $2 AND x.day <= $3)"                      \
	" OR EXISTS (SELECT 1 FROM org_post_member x WHERE x.government_id = e.government_id"      \
	" AND x.employee_id = e.employee_id AND x.valid_from <= $3 AND x.valid_to >= $2"           \
	" AND (x.valid_from > $2 OR x.valid_to < $3)) THEN 1 ELSE 0 END"

#define IN_SERVICE_BETWEEN " AND e.valid_from <= $3 AND e.valid_to >= $2"

struct db_stmt ROSTER_LIST_CANDIDATES = {"roster_list_candidates",
	"SELECT " FACTS_COLUMNS "," VARIES FACTS_TABLES IN_SERVICE_BETWEEN " AND e.employee_id > $4"
	" AND e.employee_id IN (SELECT q.employee_id FROM org_placement q WHERE q.government_id = "
	"$1"
	" AND q.valid_from <= $3 AND q.valid_to >= $2 AND q.unit_id IN (SELECT u.unit_id"
	" FROM org_unit u WHERE u.government_id = $1"
	" AND substr(u.path, 1, CAST($6 AS INTEGER)) = $5))"
	" ORDER BY e.employee_id LIMIT $7",
	0};

enum err roster_list_candidates(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct employee_id after, struct roster_candidate *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct facts_row row;
	int count = 0;
	db_query(tx, &ROSTER_LIST_CANDIDATES,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(after.v),
			db_text(path), db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (db_next(&rows, INTO(INTO_FACTS(&row), to_bool(&ret[count].varies)))) {
		read_facts(tx, &row, from, &ret[count++].facts);
		if (count == max)
			break;
	}
	enum err e = db_end(&rows);
	for (int i = 0; i < count && !e; i++)
		e = complete(tx, &ret[i].facts);
	*ret_count = e ? 0 : count;
	return e;
}

struct db_stmt ROSTER_LOAD_CANDIDATES = {"roster_load_candidates",
	"SELECT " FACTS_COLUMNS "," VARIES FACTS_TABLES IN_SERVICE_BETWEEN
	" AND e.employee_id IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
	" $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, "
	"$35)",
	0};

enum err roster_load_candidates(struct tx *tx, const struct employee_id *who, int count,
	int32_t from, int32_t to, struct roster_candidate *ret)
{
	_Static_assert(CANDIDATES_MAX == 32, "the IN of the statement");
	struct db_value v[3 + CANDIDATES_MAX] = {
		db_int(tx->government.v), db_int(from), db_int(to)};
	struct db_rows rows;
	struct facts_row row;
	bool varies;
	int found = 0;
	for (int i = 0; i < CANDIDATES_MAX; i++)
		v[3 + i] = db_int(i < count ? who[i].v : 0);
	db_query(tx, &ROSTER_LOAD_CANDIDATES, (struct db_bind){v, 3 + CANDIDATES_MAX}, &rows);
	while (db_next(&rows, INTO(INTO_FACTS(&row), to_bool(&varies)))) {
		int i = 0;
		while (i < count && who[i].v != row.employee)
			i++;
		assert(i < count);
		read_facts(tx, &row, from, &ret[i].facts);
		ret[i].varies = varies;
		found++;
	}
	enum err e = db_end(&rows);
	for (int i = 0; i < count && found == count && !e; i++)
		e = complete(tx, &ret[i].facts);
	return e || found == count ? e : E_NOT_FOUND;
}

/* ---- in one light look ---- */

#define MEMBERS_MAX 100000

/* What of a person FACTS, VARIES or a bound could tell beyond employee and placement. Tables with
 * few rows are read once, those that grow with the years by key. */
#define SPANS_OF(table, more)                                                                      \
	"SELECT x.employee_id FROM " table " x WHERE x.government_id = $1 AND x.valid_from <= $3"  \
	" AND x.valid_to >= $2" more
#define HAS_OWN(table, when)                                                                       \
	" OR EXISTS (SELECT 1 FROM " table " x WHERE x.government_id = e.government_id"            \
	" AND x.employee_id = e.employee_id" when ")"
struct db_stmt ROSTER_LIST_MEMBERS = {"roster_list_members",
	"SELECT e.employee_id, p.unit_id, e.name, p.position, e.employment_kind, p.position_level,"
	" p.valid_from, e.has_phone, CASE WHEN p.valid_from > $2 OR p.valid_to < $3"
	" OR e.valid_from > $2 OR e.valid_to < $3"
	" OR e.employee_id IN (" SPANS_OF("calendar_assignment", "") " UNION ALL " SPANS_OF(
		"org_post_member", "") " UNION ALL " SPANS_OF("org_notice",
		" AND x.state = 0") ")" HAS_OWN("org_status",
		" AND x.valid_from <= $3 AND x.valid_to >= $2 AND x.ended_at = 0")
		HAS_OWN("org_pin", " AND x.day >= $2 AND x.day <= $3") HAS_OWN("calendar_turn",
			" AND x.day >= CAST($2 AS INTEGER) - 1 AND x.day <= CAST($3 AS INTEGER) + "
			"1") " THEN 1 ELSE 0 END"
			     " FROM org_placement p JOIN org_employee e ON e.government_id = "
			     "p.government_id"
			     " AND e.employee_id = p.employee_id" IN_SERVICE_BETWEEN
			     " WHERE p.government_id = $1 AND p.valid_from <= $3 AND p.valid_to >= "
			     "$2"
			     " AND p.unit_id IN (SELECT u.unit_id FROM org_unit u WHERE "
			     "u.government_id = $1"
			     " AND substr(u.path, 1, CAST($5 AS INTEGER)) = $4) LIMIT $6",
	0};

enum err roster_list_members(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct roster_member **ret, int32_t *ret_count)
{
	struct db_rows rows;
	struct roster_member m, *list = NULL;
	int32_t kind, level, count = 0, room = 0;
	db_query(tx, &ROSTER_LIST_MEMBERS,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_text(path),
			db_int((int64_t)strlen(path)), db_int(MEMBERS_MAX)),
		&rows);
	while (db_next(&rows,
		INTO(to_int64(&m.employee.v), to_int64(&m.unit.v), to_text(&m.name),
			to_text(&m.position), to_int32(&kind), to_int32(&level),
			to_int32(&m.placed_from), to_bool(&m.has_phone), to_bool(&m.is_special)))) {
		ARENA_GROW(tx->arena, list, count, &room);
		m.kind = (enum employment_kind)kind;
		m.level = (enum position_level)level;
		list[count++] = m;
	}
	*ret = list;
	*ret_count = count;
	return db_end(&rows);
}

struct person_day roster_plain_facts(
	struct arena *arena, const struct roster_member *member, int32_t day)
{
	return (struct person_day){.employee = member->employee,
		.day = day,
		.unit = member->unit,
		.kind = member->kind,
		.level = member->level,
		.position = str_fold(arena, member->position),
		.status_letter = "",
		.personal = {.turn_day = day},
		.is_on_paper = !member->has_phone};
}

/* First days on which something is other than the day before. A turn also cuts the days beside it.
 * What VARIES looks at is looked at here. */
#define SPAN_BOUNDS(table, more)                                                                   \
	" SELECT x.valid_from FROM " table " x WHERE x.government_id = $1 AND x.employee_id = $2"  \
	" AND x.valid_from > $3 AND x.valid_from <= $4" more                                       \
	" UNION ALL SELECT x.valid_to + 1 FROM " table " x WHERE x.government_id = $1"             \
	" AND x.employee_id = $2 AND x.valid_to >= $3 AND x.valid_to < $4" more
struct db_stmt ROSTER_LIST_BOUNDS = {"roster_list_bounds",
	SPAN_BOUNDS("org_employee", "") " UNION ALL" SPAN_BOUNDS(
		"org_placement", "") " UNION ALL" SPAN_BOUNDS("org_status",
		" AND x.ended_at = 0") " UNION ALL" SPAN_BOUNDS("org_notice",
		" AND x.state = 0") " UNION ALL" SPAN_BOUNDS("calendar_assignment",
		"") " UNION ALL" SPAN_BOUNDS("org_post_member",
		"") " UNION ALL SELECT x.day + n.d FROM (SELECT -1 AS d UNION ALL SELECT 0 UNION "
		    "ALL SELECT 1"
		    " UNION ALL SELECT 2) n, calendar_turn x WHERE x.government_id = $1"
		    " AND x.employee_id = $2 AND x.day >= CAST($3 AS INTEGER) - 1"
		    " AND x.day <= CAST($4 AS INTEGER) + 1"
		    " UNION ALL SELECT x.day + n.d FROM (SELECT 0 AS d UNION ALL SELECT 1) n, "
		    "org_pin x"
		    " WHERE x.government_id = $1 AND x.employee_id = $2 AND x.day >= $3 AND x.day "
		    "<= $4",
	0};

enum err roster_list_bounds(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret_is_bound)
{
	struct db_rows rows;
	int32_t day;
	memset(ret_is_bound, 0, (size_t)(to - from + 1) * sizeof *ret_is_bound);
	ret_is_bound[0] = true;
	db_query(tx, &ROSTER_LIST_BOUNDS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		&rows);
	while (db_next(&rows, INTO(to_int32(&day))))
		if (day >= from && day <= to)
			ret_is_bound[day - from] = true;
	return db_end(&rows);
}

/*
 * Feeds and what they read. The token is 128 random bits, shown once to its owner; only its SHA-256
 * is stored, and a leaf says who made a feed of what, and that it was revoked.
 */
#include "roster/roster_feed.h"
#include "roster/roster_int.h"

#include "base/hash.h"
#include "base/str.h"
#include "platform/clock.h"
#include "platform/db.h"
#include "trust/trust.h"

#include <sodium.h>

struct token_hash {
	char hex[65];
};

static struct token_hash hash_token(const char *token)
{
	struct hash hash = hash_of(token, strlen(token));
	struct token_hash out;
	hex_encode(hash.b, sizeof hash.b, out.hex);
	return out;
}

#define FEED_COLUMNS "f.feed_id, f.government_id, f.kind, f.subject_id, f.owner_id, f.made_at"
#define INTO_FEED(f)                                                                               \
	INTO(to_int64(&(f)->feed_id), to_int64(&(f)->government.v), to_int32(&(f)->kind),          \
		to_int64(&(f)->subject), to_int64(&(f)->owner.v), to_int64(&(f)->made_at))

/* Before the government is known. */
static struct db_stmt FIND = {"roster_find_feed",
	"SELECT " FEED_COLUMNS " FROM roster_feed f JOIN platform_account a"
	" ON a.government_id = f.government_id AND a.employee_id = f.owner_id"
	" WHERE f.token_sha256 = $1 AND f.revoked_at = 0 AND a.disabled_at IS NULL"
	" AND (a.ends_at IS NULL OR a.ends_at > $2)",
	0};

enum err roster_find_feed(struct tx *tx, const char *token, struct roster_feed *ret)
{
	const struct token_hash hash = hash_token(token);
	return db_load(tx, &FIND, BIND(db_text(hash.hex), db_int(tx->now_ms)), INTO_FEED(ret));
}

static struct db_stmt LIST = {"roster_list_feeds",
	"SELECT " FEED_COLUMNS " FROM roster_feed f WHERE f.government_id = $1 AND f.owner_id = $2"
	" AND f.revoked_at = 0 ORDER BY f.feed_id LIMIT $3",
	0};

enum err roster_list_feeds(
	struct tx *tx, struct employee_id owner, struct roster_feed *ret, int *ret_count)
{
	struct db_rows rows;
	struct roster_feed row;
	int count = 0;
	db_query(tx, &LIST, BIND(db_int(tx->government.v), db_int(owner.v), db_int(FEEDS_MAX)),
		&rows);
	while (db_next(&rows, INTO_FEED(&row)))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

static void add_leaf(struct tx *tx, int64_t feed_id, struct employee_id owner, const char *what)
{
	struct buf content;
	buf_init(&content, tx->arena, 128);
	buf_printf(&content, "roster feed %lld of %lld at %lld: %s\n", (long long)feed_id,
		(long long)owner.v, (long long)tx->now_ms, what);
	trust_add_leaf(tx, LEAF_ROSTER, feed_id, content.p, content.n);
}

static struct db_stmt ADD = {"roster_add_feed",
	"INSERT INTO roster_feed (government_id, feed_id, token_sha256, kind, subject_id, owner_id,"
	" made_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
	0};

enum err roster_add_feed(struct tx *tx, struct roster_feed *feed, const char **ret_token)
{
	uint8_t random[FEED_TOKEN_BYTES];
	randombytes_buf(random, sizeof random);
	*ret_token = base64url_encode(tx->arena, random, sizeof random);
	const struct token_hash hash = hash_token(*ret_token);
	feed->feed_id = id_next();
	feed->government = tx->government;
	feed->made_at = tx->now_ms;
	add_leaf(tx, feed->feed_id, feed->owner,
		arena_printf(tx->arena, "%s %lld", roster_feed_names[feed->kind],
			(long long)feed->subject));
	return db_exec(tx, &ADD,
		BIND(db_int(tx->government.v), db_int(feed->feed_id), db_text(hash.hex),
			db_int(feed->kind), db_int(feed->subject), db_int(feed->owner.v),
			db_int(feed->made_at)),
		NULL);
}

static struct db_stmt REVOKE = {"roster_revoke_feed",
	"UPDATE roster_feed SET revoked_at = $4 WHERE government_id = $1 AND feed_id = $2"
	" AND owner_id = $3 AND revoked_at = 0",
	0};

enum err roster_revoke_feed(struct tx *tx, int64_t feed_id, struct employee_id owner)
{
	int64_t changed = 0;
	enum err e = db_exec(tx, &REVOKE,
		BIND(db_int(tx->government.v), db_int(feed_id), db_int(owner.v),
			db_int(tx->now_ms)),
		&changed);
	if (!e && changed)
		add_leaf(tx, feed_id, owner, "revoked");
	return e || changed ? e : E_NOT_FOUND;
}

static struct db_stmt COUNT_PEOPLE = {"roster_count_people",
	"SELECT count(DISTINCT p.employee_id) FROM org_placement p JOIN org_unit u"
	" ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" WHERE p.government_id = $1 AND substr(u.path, 1, CAST($3 AS INTEGER)) = $2"
	" AND p.valid_from <= $4 AND p.valid_to >= $4",
	0};

enum err roster_count_people(struct tx *tx, const char *path, int32_t day, int32_t *ret)
{
	return db_load(tx, &COUNT_PEOPLE,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(day)),
		INTO(to_int32(ret)));
}

/* ---- lines ---- */

#define IS_VERSION                                                                                 \
	" JOIN roster_version v ON v.government_id = c.government_id AND v.version_id = "          \
	"c.version_id"

static struct db_stmt LIST_LINES = {"roster_list_feed_lines",
	"SELECT c.period_from, c.days, v.published_at FROM roster_current c" IS_VERSION
	" WHERE c.government_id = $1 AND c.employee_id = $2"
	" AND c.period_from <= $4 AND c.period_to >= $3 ORDER BY c.period_from LIMIT $5",
	0};

enum err roster_list_feed_lines(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct feed_line *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct feed_line row;
	int count = 0;
	db_query(tx, &LIST_LINES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (db_next(&rows,
		INTO(to_int32(&row.period_from), to_text(&row.days), to_int64(&row.published_at))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

#define GROUP_ROWS_MAX 50000

/* $2 and $3: first and last day, $4: at most so many. `m` says who belongs to the group, and when.
 */
#define GROUP_COLUMNS                                                                              \
	"SELECT m.employee_id, e.name, c.days, c.period_from, v.published_at,"                     \
	" CASE WHEN m.valid_from > e.valid_from THEN m.valid_from ELSE e.valid_from END,"          \
	" CASE WHEN m.valid_to < e.valid_to THEN m.valid_to ELSE e.valid_to END,"                  \
	" coalesce(s.kind, 0), coalesce(s.valid_from, 0), coalesce(s.valid_to, 0)"
#define GROUP_TABLES                                                                               \
	" JOIN org_employee e ON e.government_id = m.government_id"                                \
	" AND e.employee_id = m.employee_id"                                                       \
	" JOIN roster_current c ON c.government_id = m.government_id"                              \
	" AND c.employee_id = m.employee_id" IS_VERSION                                            \
	" LEFT JOIN org_status s ON s.government_id = m.government_id"                             \
	" AND s.employee_id = m.employee_id AND s.valid_from <= $3 AND s.valid_to >= $2"           \
	" AND s.ended_at = 0 AND s.from_minute < 0"                                                \
	" WHERE m.government_id = $1 AND m.valid_from <= $3 AND m.valid_to >= $2"                  \
	" AND c.period_from <= $3 AND c.period_to >= $2"
#define GROUP_ORDER " ORDER BY e.name, m.employee_id, s.status_id, c.period_from LIMIT $4"

static struct db_stmt LIST_UNIT = {"roster_list_feed_unit",
	GROUP_COLUMNS " FROM org_placement m JOIN org_unit u"
		      " ON u.government_id = m.government_id AND u.unit_id = m.unit_id" GROUP_TABLES
		      " AND substr(u.path, 1, CAST($6 AS INTEGER)) = $5" GROUP_ORDER,
	0};

static struct db_stmt LIST_POST = {"roster_list_feed_post",
	GROUP_COLUMNS " FROM org_post_member m" GROUP_TABLES " AND m.post_id = $5" GROUP_ORDER, 0};

static enum err take_rows(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct feed_group *g)
{
	struct db_rows rows;
	struct feed_row r;
	db_query(tx, stmt, bind, &rows);
	while (db_next(&rows,
		INTO(to_int64(&r.employee.v), to_text(&r.name), to_text(&r.days),
			to_int32(&r.period_from), to_int64(&r.published_at),
			to_int32(&r.member_from), to_int32(&r.member_to), to_int32(&r.status),
			to_int32(&r.status_from), to_int32(&r.status_to))))
		roster_group_take(g, &r);
	return db_end(&rows);
}

enum err roster_take_unit(
	struct tx *tx, const char *path, int32_t from, int32_t to, struct feed_group *g)
{
	return take_rows(tx, &LIST_UNIT,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(GROUP_ROWS_MAX),
			db_text(path), db_int((int64_t)strlen(path))),
		g);
}

enum err roster_take_post(
	struct tx *tx, struct post_id post, int32_t from, int32_t to, struct feed_group *g)
{
	return take_rows(tx, &LIST_POST,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(GROUP_ROWS_MAX),
			db_int(post.v)),
		g);
}

struct db_stmt *const roster_feed_stmts[ROSTER_FEED_STMTS] = {
	&FIND, &LIST, &ADD, &REVOKE, &COUNT_PEOPLE, &LIST_LINES, &LIST_UNIT, &LIST_POST};

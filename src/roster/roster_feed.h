/*
 * Calendars of published rosters that a phone reads without signing in: a feed is a secret link, of
 * which the store keeps the hash of its token alone, until its owner revokes it or leaves.
 *
 * A feed of oneself holds one's mode and hours. That of a unit or post holds who works where, for
 * whoever may read its roster, and asks that again each time; a day of leave is left out without a
 * word, so no kind of leave is ever in a calendar (product.md principle 10). Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_FEED_H
#define LUWES_ROSTER_ROSTER_FEED_H

#include "org/org.h"
#include "policy/policy.h"

enum roster_feed_kind { FEED_OWN, FEED_UNIT, FEED_POST };
extern const char *const roster_feed_names[]; /* own unit post */

#define FEEDS_MAX        10 /* in force, of one person */
#define FEED_TOKEN_BYTES 16
#define FEED_BACK_DAYS   31
#define FEED_AHEAD_DAYS  92
#define FEED_DAYS        (FEED_BACK_DAYS + 1 + FEED_AHEAD_DAYS)
#define FEED_PEOPLE_MAX  1000 /* of a unit */
#define FEED_NAMED_MAX   200  /* above it a calendar counts, and names nobody */

struct roster_feed {
	int64_t feed_id;
	struct government_id government;
	int32_t kind;
	int64_t subject; /* employee, unit or post */
	struct employee_id owner;
	int64_t made_at;
};

/* ---- the text (roster_feed_calendar.c) ---- */

struct feed_event {
	int32_t day;
	int64_t published_at; /* of the roster it comes from */
	const char *summary, *description;
};
struct feed_calendar {
	const char *name;
	const char *stem; /* of its UIDs: whose days they are */
	const char *host;
	struct feed_event event[FEED_DAYS]; /* by day */
	int events;
};
/* RFC 5545 by libical: the same calendar gives the same bytes. */
struct bytes roster_write_calendar(struct arena *arena, const struct feed_calendar *calendar);

/* ---- the days of a group (roster_feed_group.c) ---- */

/* A published line of somebody of the group, with one of his statuses of whole days (or none); rows
 * of one person follow one another, his later status after the earlier. */
struct feed_row {
	struct employee_id employee;
	const char *name, *days;
	int32_t period_from;
	int64_t published_at;
	int32_t member_from, member_to; /* of the group and in service */
	int32_t status, status_from, status_to;
};
struct feed_group;
struct feed_group *roster_open_group(struct arena *arena, int32_t from);
void roster_group_take(struct feed_group *g, const struct feed_row *row);
/* After the last row: one event for each day on which somebody works. */
void roster_group_close(struct feed_group *g, struct feed_calendar *ret);

/* ---- what a feed holds (roster_feed.c) ---- */

/* Its calendar as of `today`; E_NOT_FOUND when its subject is gone or its owner is out of service.
 */
enum err roster_make_calendar(
	struct tx *tx, const struct roster_feed *feed, int32_t today, struct bytes *ret);
/* Unit whose roster a feed shows; 0 of one's own, E_NOT_FOUND when there is no such unit or post.
 */
enum err roster_feed_unit(const struct org_tree *tree, const struct roster_feed *feed,
	struct unit_id *ret, const char **ret_name);

/* ---- roster_feed_db.c ---- */

/* The feed in force of a token, of any government, whose owner has an account that may sign in. */
enum err roster_find_feed(struct tx *tx, const char *token, struct roster_feed *ret);
/* A person's own in force, oldest first; at most FEEDS_MAX. */
enum err roster_list_feeds(
	struct tx *tx, struct employee_id owner, struct roster_feed *ret, int *ret_count);
/* Adds one; the token is returned and kept nowhere. */
enum err roster_add_feed(struct tx *tx, struct roster_feed *feed, const char **ret_token);
/* E_NOT_FOUND when it is not his, or was revoked before. */
enum err roster_revoke_feed(struct tx *tx, int64_t feed_id, struct employee_id owner);
/* People placed in `path` or below on a day. */
enum err roster_count_people(struct tx *tx, const char *path, int32_t day, int32_t *ret);

struct feed_line {
	int32_t period_from;
	const char *days;
	int64_t published_at;
};
/* A person's published lines of [from, to]. */
enum err roster_list_feed_lines(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct feed_line *ret, int max, int *ret_count);
/* Those of everybody of a unit and below, or of a post. */
enum err roster_take_unit(
	struct tx *tx, const char *path, int32_t from, int32_t to, struct feed_group *g);
enum err roster_take_post(
	struct tx *tx, struct post_id post, int32_t from, int32_t to, struct feed_group *g);

struct db_stmt;
#define ROSTER_FEED_STMTS 8
extern struct db_stmt *const roster_feed_stmts[ROSTER_FEED_STMTS];

#endif

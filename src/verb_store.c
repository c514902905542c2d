/*
 * migrate, dump, rebuild: making a store, printing it, computing its projections again. Checking it
 * is verb_doctor.c, copying it verb_backup.c.
 */
#include "verb_store.h"

#include "attendance/attendance.h"
#include "base/date.h"
#include "base/str.h"
#include "monitor/monitor.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/keys.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "reports/reports.h"
#include "verbs.h"

/* ---- migrate ---- */

int verb_migrate(int argc, char **argv)
{
	struct arena arena;
	const char *why = NULL;
	int applied = 0;
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	arena_init(&arena, STORE_ARENA_BYTES);
	verb_wire();
	struct db *db = db_open(config_text(SET_DB), DB_WRITE, &arena, &why);
	if (!db)
		return verb_fail("migrate", EXIT_FAILED, "cannot open the store: %s", why);
	enum err e = migrate_run(db, &arena, &applied, &why);
	if (!e && !keys_open(config_text(SET_DB), db, &arena, &why))
		e = E_STORE;
	if (e)
		verb_fail("migrate", 0, "%s", why);
	else if (!verb_fill_log("migrate", db, &arena))
		e = E_STORE;
	else
		printf("%d migration(s) applied\n", applied);
	keys_close();
	db_close(db);
	arena_release(&arena);
	return e ? EXIT_FAILED : EXIT_DONE;
}

/* ---- dump ---- */

int verb_dump(int argc, char **argv)
{
	struct arena arena;
	const char *why = NULL;
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	arena_init(&arena, STORE_ARENA_BYTES);
	struct db *db = verb_open("dump", DB_READ, &arena);
	if (!db)
		return EXIT_FAILED;
	struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_now()};
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = dump_print(stdout, &tx, &why);
	db_rollback(db);
	if (!e && (fflush(stdout) || ferror(stdout)))
		e = verb_fail("dump", E_STORE_FULL, "cannot write the text");
	else if (e)
		verb_fail("dump", 0, "%s", why ? why : db_message(db));
	verb_close(db);
	arena_release(&arena);
	return e ? EXIT_FAILED : EXIT_DONE;
}

/* ---- rebuild ---- */

/* One government's part: days [from, to], and what was found wrong. */
struct rebuild {
	int32_t from, to;
	int64_t wrong_days, wrong_outputs, wrong_counters;
};

static enum err rebuild_days(struct tx *tx, void *arg)
{
	struct rebuild *r = arg;
	return attendance_rebuild(tx, r->from, r->to, &r->wrong_days);
}

static enum err rebuild_outputs(struct tx *tx, void *arg)
{
	struct rebuild *r = arg;
	return reports_rebuild_output(tx, r->from, r->to, &r->wrong_outputs);
}

static enum err recount_days(struct tx *tx, void *arg)
{
	struct rebuild *r = arg;
	enum err e = OK;
	r->wrong_counters = 0;
	for (int32_t day = r->from; day <= r->to && !e; day++) {
		int wrong = 0;
		e = monitor_check(tx, day, &wrong);
		r->wrong_counters += wrong;
		if (!e && wrong)
			e = monitor_recount(tx, day);
	}
	return e;
}

/* The days asked for, within those that were ever opened; false when none is left. */
static bool find_span(struct tx *tx, const int32_t *from, const int32_t *to, struct rebuild *r)
{
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = store_load_opened_span(tx, &r->from, &r->to);
	db_rollback(tx->db);
	if (e)
		return false;
	if (from && *from > r->from)
		r->from = *from;
	if (to && *to < r->to)
		r->to = *to;
	return r->from <= r->to;
}

static bool rebuild_government(
	struct tx *tx, const char *code, const int32_t *from, const int32_t *to, bool *is_wrong)
{
	struct rebuild r = {0};
	char first[11], last[11];
	if (!find_span(tx, from, to, &r)) {
		printf("%s: no opened day to compute again\n", code);
		return true;
	}
	if (verb_write("rebuild", tx, rebuild_days, &r) ||
		verb_write("rebuild", tx, rebuild_outputs, &r) ||
		verb_write("rebuild", tx, recount_days, &r))
		return false;
	day_format(r.from, first);
	day_format(r.to, last);
	printf("%s: %s to %s: %lld day rows differed, %lld days of output differed, %lld counter "
	       "rows "
	       "differed\n",
		code, first, last, (long long)r.wrong_days, (long long)r.wrong_outputs,
		(long long)r.wrong_counters);
	*is_wrong |= r.wrong_days || r.wrong_outputs || r.wrong_counters;
	return true;
}

static bool rebuild_all(
	struct tx *tx, const char *code, const int32_t *from, const int32_t *to, bool *is_wrong)
{
	struct government *list;
	int count;
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = platform_list_governments(tx, &list, &count);
	db_rollback(tx->db);
	if (e)
		return verb_fail("rebuild", false, "cannot read the store: %s", db_message(tx->db));
	bool good = true, found = false;
	for (int i = 0; i < count && good; i++) {
		if (code && !str_eq(code, list[i].code))
			continue;
		found = true;
		tx->government = list[i].id;
		good = rebuild_government(tx, list[i].code, from, to, is_wrong);
	}
	if (code && !found)
		return verb_fail("rebuild", false, "no government '%s' in this store", code);
	return good;
}

/* The day an option names; false after telling. `*ret` points to `day` or stays NULL. */
static bool take_day(const char *name, const char *text, int32_t *day, const int32_t **ret)
{
	if (!text)
		return true;
	*ret = day;
	if (day_parse(text, day))
		return true;
	return verb_fail("rebuild", false, "%s wants a day like 2025-11-13, not '%s'", name, text);
}

int verb_rebuild(int argc, char **argv)
{
	const char *code = NULL, *first_text = NULL, *last_text = NULL;
	const struct option_row option[] = {{"--government", &code, NULL},
		{"--from", &first_text, NULL}, {"--to", &last_text, NULL}};
	int32_t day[2];
	const int32_t *from = NULL, *to = NULL;
	struct arena arena;
	bool is_wrong = false;
	if (verb_options(argc, argv, option, 3, NULL, 0) < 0 ||
		!take_day("--from", first_text, &day[0], &from) ||
		!take_day("--to", last_text, &day[1], &to))
		return EXIT_USAGE;
	arena_init(&arena, STORE_ARENA_BYTES);
	struct db *db = verb_open("rebuild", DB_WRITE, &arena);
	if (!db)
		return EXIT_FAILED;
	store_db_register();
	struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_now()};
	bool good = rebuild_all(&tx, code, from, to, &is_wrong);
	verb_close(db);
	arena_release(&arena);
	if (!good)
		return EXIT_FAILED;
	return is_wrong ? EXIT_FAULT : EXIT_DONE;
}

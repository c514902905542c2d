/*
 * roster instance: an office of a store as a problem of numbers, so that another solver can be held
 * against the engine on the real thing. No names leave: people and groups are numbered.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/clock.h"
#include "roster/roster_sheet.h"
#include "roster/roster_text.h"
#include "verb_roster.h"

#define INSTANCE_ARENA_BYTES ((size_t)2 << 30)

struct wanted {
	const char *unit;
	int32_t from, to;
};

/* The sheet with the shares that are fair, as an instance. */
static enum err print_sheet(struct tx *tx, struct roster_sheet *s)
{
	struct roster_instance in;
	const int32_t *day;
	struct buf out;
	enum roster_sides_outcome outcome = roster_solve_sheet(s, false, NULL, tx->arena, NULL);
	if (outcome == SIDES_REFUSED || outcome == SIDES_LIMIT)
		return E_REFUSED;
	roster_sheet_instance(s, false, tx->arena, &in, &day);
	buf_init(&out, tx->arena, 1 << 20);
	roster_write_instance(&in, day, NULL, tx->arena, &out);
	fwrite(out.p, 1, out.n, stdout);
	putchar('\n');
	return OK;
}

static enum err print_unit(struct tx *tx, const struct wanted *w)
{
	const struct roster_settings none = roster_read_settings(tx->arena, "");
	const struct roster_version period = {.period_from = w->from, .period_to = w->to};
	const struct org_tree *tree;
	struct roster_sheet sheet;
	enum err e = org_load_tree(tx, &tree);
	const struct org_unit *node = e ? NULL : org_find_unit_by_code(tree, w->unit, w->from);
	if (e)
		return e;
	if (!node)
		return E_NOT_FOUND;
	e = roster_load_sheet(tx, &period, node, w->from, &none, &sheet);
	return e ? e : print_sheet(tx, &sheet);
}

static int run(const char *government, const struct wanted *w, struct arena *arena)
{
	struct db *db = verb_open("roster", DB_READ, arena);
	struct tx tx = {.db = db, .arena = arena, .now_ms = clock_now()};
	int status = EXIT_FAILED;
	if (!db)
		return EXIT_FAILED;
	if (verb_government("roster", &tx, government)) {
		enum err e = db_begin_read(db, 0);
		if (!e)
			e = print_unit(&tx, w);
		status = e ? verb_fail("roster", EXIT_FAILED, "%s: %s", w->unit, err_code(e))
			   : EXIT_DONE;
	}
	db_rollback(db);
	verb_close(db);
	return status;
}

int roster_instance_of_store(int argc, char **argv)
{
	struct arena arena;
	struct wanted w = {0};
	const char *government = NULL, *from = NULL, *to = NULL;
	const struct option_row option[] = {{"--government", &government, NULL},
		{"--unit", &w.unit, NULL}, {"--from", &from, NULL}, {"--to", &to, NULL}};
	if (verb_options(argc, argv, option, (int)(sizeof option / sizeof *option), NULL, 0) < 0)
		return EXIT_USAGE;
	if (!w.unit || !from || !to || !day_parse(from, &w.from) || !day_parse(to, &w.to) ||
		w.to < w.from || w.to - w.from >= ROSTER_DAYS_MAX)
		return verb_fail("roster", EXIT_USAGE,
			"instance --unit CODE --from DAY --to DAY, at most %d days",
			ROSTER_DAYS_MAX);
	arena_init(&arena, INSTANCE_ARENA_BYTES);
	int status = run(government, &w, &arena);
	arena_release(&arena);
	return status;
}

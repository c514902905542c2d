/*
 * user and role: what the operator of a machine must be able to do before anybody can sign in, or
 * when nobody can: a one-time code for an account, its end, a role with the number of its letter.
 *
 * Whoever may run this on the store may do anything with it, so no permission is asked; every act
 * still leaves its leaf in the log, granted by nobody.
 */
#include "verbs.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/auth_int.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "verb_admin.h"

#define ADMIN_ARENA_BYTES ((size_t)256 << 20)
#define CODE_DAYS         7

/* The store opened for one act on one government. */
struct admin {
	const char *verb;
	struct arena arena;
	struct tx tx;
};

static bool open_admin(struct admin *a, const char *verb, const char *government)
{
	*a = (struct admin){.verb = verb};
	arena_init(&a->arena, ADMIN_ARENA_BYTES);
	a->tx = (struct tx){.arena = &a->arena,
		.now_ms = clock_now(),
		.db = verb_open(verb, DB_WRITE, &a->arena)};
	admin_db_register();
	if (a->tx.db && verb_government(verb, &a->tx, government))
		return true;
	if (a->tx.db)
		verb_close(a->tx.db);
	arena_release(&a->arena);
	return false;
}

static int close_admin(struct admin *a, int status)
{
	verb_close(a->tx.db);
	arena_release(&a->arena);
	return status;
}

static int32_t today(struct tx *tx)
{
	struct government g;
	return platform_load_government(tx, &g) ? instant_day(tx->now_ms, ZONE_WIB)
						: instant_day(tx->now_ms, g.zone);
}

/* ---- user ---- */

struct user_act {
	const char *nip;
	const char *code; /* of user code, to be printed after COMMIT */
	bool is_unknown;
};

/* The account of a NIP; an employee without one gets it. */
static enum err find_account(struct tx *tx, struct user_act *act, struct employee_id *ret)
{
	struct account account;
	enum err e = auth_load_account(tx, act->nip, &account);
	*ret = account.employee;
	if (e != E_NOT_FOUND)
		return e;
	e = admin_load_employee(tx, act->nip, ret);
	act->is_unknown = e == E_NOT_FOUND;
	return e ? e : auth_add_account(tx, *ret, act->nip, NULL);
}

static enum err write_code(struct tx *tx, void *arg)
{
	struct user_act *act = arg;
	struct employee_id employee;
	enum err e = find_account(tx, act, &employee);
	return e ? e : auth_add_code(tx, employee, (struct employee_id){0}, CODE_DAYS, &act->code);
}

static enum err write_disable(struct tx *tx, void *arg)
{
	struct user_act *act = arg;
	struct account account;
	enum err e = auth_load_account(tx, act->nip, &account);
	act->is_unknown = e == E_NOT_FOUND;
	return e ? e : auth_disable_account(tx, account.employee);
}

int verb_user(int argc, char **argv)
{
	const char *government = NULL, *rest[2];
	const struct option_row option[] = {{"--government", &government, NULL}};
	struct admin a;
	int words = verb_options(argc, argv, option, 1, rest, 2);
	if (words < 0)
		return EXIT_USAGE;
	bool is_code = words == 2 && str_eq(rest[0], "code");
	if (!is_code && (words != 2 || !str_eq(rest[0], "disable")))
		return verb_fail("user", EXIT_USAGE,
			"wants 'code NIP' or 'disable NIP'; try 'luwes help user'");
	if (!open_admin(&a, "user", government))
		return EXIT_FAILED;
	struct user_act act = {.nip = rest[1]};
	enum err e = verb_write("user", &a.tx, is_code ? write_code : write_disable, &act);
	if (e && act.is_unknown)
		verb_fail("user", 0, "nobody here has the NIP %s", act.nip);
	if (!e && is_code)
		printf("%s\n", act.code);
	return close_admin(&a, e ? EXIT_FAILED : EXIT_DONE);
}

/* ---- role ---- */

struct role_act {
	const char *nip, *unit;
	struct role_row row;
	int64_t role_id;
	const char *why; /* a sentence when refused */
};

static enum err refuse_act(struct role_act *act, enum err e, const char *why)
{
	act->why = why;
	return e;
}

static enum err find_unit(struct tx *tx, struct role_act *act)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);
	if (e || !act->unit)
		return e;
	const struct org_unit *unit = org_find_unit_by_code(tree, act->unit, act->row.valid_from);
	if (!unit)
		return refuse_act(act, E_NOT_FOUND, "no unit of this code on the first day");
	act->row.unit = unit->id;
	return OK;
}

static enum err write_grant(struct tx *tx, void *arg)
{
	struct role_act *act = arg;
	struct employee_id employee;
	enum err e = admin_load_employee(tx, act->nip, &employee);
	if (e)
		return refuse_act(act, e, "nobody here has this NIP");
	if (act->row.valid_from == DAY_NONE)
		act->row.valid_from = today(tx);
	if ((e = find_unit(tx, act)))
		return e;
	return org_add_role(tx, employee, &act->row, (struct employee_id){0}, &act->role_id);
}

static enum err write_end(struct tx *tx, void *arg)
{
	struct role_act *act = arg;
	enum err e = org_end_role(tx, act->role_id, act->row.valid_to);
	return e ? refuse_act(act, e, "no such role in force") : OK;
}

static void print_role(const struct org_tree *tree, const struct role_row *row)
{
	char from[11], to[11];
	const struct org_unit *unit = org_find_unit(tree, row->unit);
	day_format(row->valid_from, from);
	day_format(row->valid_to, to);
	printf("%lld\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)row->role_id, role_names[row->role],
		unit ? unit->code : "", acting_names[row->acting], row->letter, from,
		row->valid_to == DAY_FOREVER ? "" : to);
}

static enum err print_roles(struct tx *tx, const char *nip)
{
	struct role_row row[ROLES_MAX];
	const struct org_tree *tree;
	struct employee_id employee;
	int count = 0;
	enum err e = admin_load_employee(tx, nip, &employee);
	if (!e)
		e = org_list_roles(tx, employee, today(tx), row, &count);
	if (!e)
		e = org_load_tree(tx, &tree);
	for (int i = 0; i < count && !e; i++)
		print_role(tree, &row[i]);
	return e;
}

static int list_roles(struct admin *a, const char *nip)
{
	enum err e = db_begin_read(a->tx.db, 0);
	if (!e)
		e = print_roles(&a->tx, nip);
	db_rollback(a->tx.db);
	if (e == E_NOT_FOUND)
		return verb_fail("role", EXIT_FAILED, "nobody here has the NIP %s", nip);
	return e ? verb_fail("role", EXIT_FAILED, "cannot read the store: %s", db_message(a->tx.db))
		 : EXIT_DONE;
}

static int change_role(
	struct admin *a, enum err (*write)(struct tx *tx, void *arg), struct role_act *act)
{
	if (verb_write("role", &a->tx, write, act))
		return act->why ? verb_fail("role", EXIT_FAILED, "%s", act->why) : EXIT_FAILED;
	printf("%lld\n", (long long)act->role_id);
	return EXIT_DONE;
}

static bool find_role(const char *name, enum role *ret)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (!str_eq(name, role_names[i]))
			continue;
		*ret = (enum role)i;
		return true;
	}
	return false;
}

static bool take_day(const char *text, int32_t otherwise, int32_t *ret)
{
	*ret = otherwise;
	return !text || day_parse(text, ret);
}

struct role_words {
	const char *government, *letter, *unit, *from, *to, *last_day, *rest[3];
	int words;
};

static int run_grant(const struct role_words *w)
{
	struct role_act act = {.nip = w->rest[1],
		.unit = w->unit,
		.row = {.letter = w->letter, .acting = ACTING_DEFINITIVE}};
	struct admin a;
	if (w->words != 3 || !find_role(w->rest[2], &act.row.role) || !w->letter)
		return verb_fail("role", EXIT_USAGE,
			"grant wants NIP, ROLE and --letter NUMBER; try 'luwes help role'");
	if (!take_day(w->from, DAY_NONE, &act.row.valid_from) ||
		!take_day(w->to, DAY_FOREVER, &act.row.valid_to))
		return verb_fail("role", EXIT_USAGE, "--from and --to want days like 2025-11-13");
	if (!open_admin(&a, "role", w->government))
		return EXIT_FAILED;
	return close_admin(&a, change_role(&a, write_grant, &act));
}

static int run_end(const struct role_words *w)
{
	struct role_act act = {.nip = NULL};
	struct admin a;
	if (w->words != 2 || !str_to_int(w->rest[1], 1, INT64_MAX, &act.role_id) || !w->last_day ||
		!day_parse(w->last_day, &act.row.valid_to))
		return verb_fail("role", EXIT_USAGE,
			"end wants ROLE_ID and --last-day DAY; try 'luwes help role'");
	if (!open_admin(&a, "role", w->government))
		return EXIT_FAILED;
	return close_admin(&a, change_role(&a, write_end, &act));
}

static int run_list(const struct role_words *w)
{
	struct admin a;
	if (w->words != 2)
		return verb_fail("role", EXIT_USAGE, "list wants a NIP");
	if (!open_admin(&a, "role", w->government))
		return EXIT_FAILED;
	return close_admin(&a, list_roles(&a, w->rest[1]));
}

int verb_role(int argc, char **argv)
{
	struct role_words w = {0};
	const struct option_row option[] = {{"--government", &w.government, NULL},
		{"--letter", &w.letter, NULL}, {"--unit", &w.unit, NULL}, {"--from", &w.from, NULL},
		{"--to", &w.to, NULL}, {"--last-day", &w.last_day, NULL}};
	w.words = verb_options(argc, argv, option, COUNT_OF(option), w.rest, 3);
	if (w.words < 0)
		return EXIT_USAGE;
	if (w.words && str_eq(w.rest[0], "grant"))
		return run_grant(&w);
	if (w.words && str_eq(w.rest[0], "end"))
		return run_end(&w);
	if (w.words && str_eq(w.rest[0], "list"))
		return run_list(&w);
	return verb_fail("role", EXIT_USAGE, "wants list, grant or end; try 'luwes help role'");
}

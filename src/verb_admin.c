/*
 * user and role: what the operator of a machine must be able to do before anybody can sign in, or
 * when nobody can: a one-time code for an account, its end, a role with the number of its letter,
 * also as plt, plh or in somebody's place.
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
	const char *nip, *unit, *acts_for; /* acts_for: NIP, or NULL */
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
	if (act->acts_for && (e = admin_load_employee(tx, act->acts_for, &act->row.acts_for)))
		return refuse_act(act, e, "nobody here has the NIP of --acts-for");
	if (act->row.acts_for.v == employee.v)
		return refuse_act(act, E_REFUSED, "nobody stands in for himself");
	if (act->row.valid_from == DAY_NONE)
		act->row.valid_from = today(tx);
	if (act->row.valid_to < act->row.valid_from)
		return refuse_act(act, E_REFUSED, "the last day is before the first");
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

/* NIP of the one stood for; "" when nobody. */
static enum err load_acts_for(struct tx *tx, const struct role_row *row, const char **ret_nip)
{
	struct employee_row other;
	enum err e = OK;
	*ret_nip = "";
	if (row->acts_for.v && !(e = org_load_employee(tx, row->acts_for, today(tx), &other)))
		*ret_nip = other.nip;
	return e;
}

static enum err print_role(struct tx *tx, const struct org_tree *tree, const struct role_row *row)
{
	char from[11], to[11];
	const char *acts_for;
	const struct org_unit *unit = org_find_unit(tree, row->unit);
	enum err e = load_acts_for(tx, row, &acts_for);
	if (e)
		return e;
	day_format(row->valid_from, from);
	day_format(row->valid_to, to);
	printf("%lld\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)row->role_id, role_names[row->role],
		unit ? unit->code : "", acting_names[row->acting], row->letter, from,
		row->valid_to == DAY_FOREVER ? "" : to, acts_for);
	return OK;
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
		e = print_role(tx, tree, &row[i]);
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
	const char *government, *letter, *unit, *acting, *acts_for, *from, *to, *last_day, *rest[3];
	int words;
};

/* Plt and plh are the office itself; --acts-for is a delegate. Supervisor and team lead follow from
 * the imported relation: as a role they exist only for a delegate. */
static bool take_acting(const struct role_words *w, struct role_row *row)
{
	row->acting = w->acts_for ? ACTING_DELEGATE : ACTING_DEFINITIVE;
	if (w->acting && str_eq(w->acting, acting_names[ACTING_PLT]))
		row->acting = ACTING_PLT;
	else if (w->acting && str_eq(w->acting, acting_names[ACTING_PLH]))
		row->acting = ACTING_PLH;
	else if (w->acting)
		return verb_fail("role", false, "--acting wants plt or plh");
	if (w->acting && w->acts_for)
		return verb_fail(
			"role", false, "--acting is an office, --acts-for is not: grant two");
	if (row->role == ROLE_EMPLOYEE ||
		(!w->acts_for && (row->role == ROLE_SUPERVISOR || row->role == ROLE_TEAM_LEAD)))
		return verb_fail("role", false,
			"%s follows from service or from the import of supervisors; "
			"supervisor and team_lead can be held with --acts-for NIP",
			role_names[row->role]);
	return true;
}

static int run_grant(const struct role_words *w)
{
	struct role_act act = {.nip = w->rest[1],
		.unit = w->unit,
		.acts_for = w->acts_for,
		.row = {.letter = w->letter}};
	struct admin a;
	if (w->words != 3 || !find_role(w->rest[2], &act.row.role) || !w->letter)
		return verb_fail("role", EXIT_USAGE,
			"grant wants NIP, ROLE and --letter NUMBER; try 'luwes help role'");
	if (!take_acting(w, &act.row))
		return EXIT_USAGE;
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
		{"--letter", &w.letter, NULL}, {"--unit", &w.unit, NULL},
		{"--acting", &w.acting, NULL}, {"--acts-for", &w.acts_for, NULL},
		{"--from", &w.from, NULL}, {"--to", &w.to, NULL},
		{"--last-day", &w.last_day, NULL}};
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

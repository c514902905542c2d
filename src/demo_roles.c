/*
 * Roles with their letters, and one sign-in per kind of visitor: an employee at home today and the
 * people around him, a counter, a school, a ward at night, the board, the inspectorate, the
 * operator.
 */
#include "demo.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "verbs.h"

struct grant {
	int person;
	enum role role;
	int unit; /* -1: the whole government */
	enum acting acting;
	int acts_for; /* NOBODY */
	const char *letter;
	int32_t from, to;
};

static int32_t since_2025(void)
{
	return day_from_civil(2025, 1, 2);
}

static int32_t day_max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* Whoever was transferred takes the office with the placement. */
static enum err grant(struct tx *tx, const struct demo_plan *plan, struct grant g)
{
	const struct demo_person *p = &plan->person[g.person];
	int64_t role_id;
	int32_t from = day_max(
		day_max(g.from, p->since), p->moved_from >= 0 ? p->moved_on : p->since);
	int board = demo_find_unit(plan, "BKD");
	if (board < 0)
		board = demo_find_unit(plan, "BKPSDM");
	return org_add_role(tx, p->id,
		&(struct role_row){.role = g.role,
			.unit = g.unit < 0 ? (struct unit_id){0} : plan->unit[g.unit].id,
			.acting = g.acting,
			.acts_for = g.acts_for == NOBODY ? (struct employee_id){0}
							 : plan->person[g.acts_for].id,
			.letter = g.letter,
			.valid_from = from,
			.valid_to = g.to},
		plan->person[plan->unit[board].head].id, &role_id);
}

static enum err grant_plain(struct tx *tx, const struct demo_plan *plan, int person, enum role role,
	int unit, const char *letter)
{
	if (person == NOBODY)
		return OK;
	return grant(tx, plan,
		(struct grant){person, role, unit, ACTING_DEFINITIVE, NOBODY, letter, since_2025(),
			DAY_FOREVER});
}

static bool is_acting_head(const struct demo_plan *plan, int unit)
{
	for (int i = 0; i < plan->stand_ins; i++)
		if (plan->stand_in[i].unit == unit && plan->stand_in[i].acting == ACTING_PLT)
			return true;
	return false;
}

/* ---- heads ---- */

static enum err grant_heads(struct tx *tx, const struct demo_plan *plan)
{
	enum err e = OK;
	for (int i = 0; i < plan->units && !e; i++) {
		const struct demo_unit *u = &plan->unit[i];
		if (!is_acting_head(plan, i))
			e = grant_plain(tx, plan, u->head,
				u->parent < 0 ? ROLE_AGENCY_HEAD : ROLE_UNIT_HEAD, i,
				u->parent < 0 ? "821.2/Kep.15-BKD/2025" : "821.3/Kep.88-BKD/2025");
	}
	return e;
}

/* PLT: the office itself, until it is filled. PLH: the office and the decisions over the head's
 * people, while he is away. */
static enum err grant_stand_in(
	struct tx *tx, const struct demo_plan *plan, const struct demo_stand_in *s)
{
	if (s->acting == ACTING_PLT)
		return grant(tx, plan,
			(struct grant){s->person, ROLE_AGENCY_HEAD, s->unit, ACTING_PLT, NOBODY,
				"821/PLT.21-BKD/2025", plan->today - 60, plan->today + 120});
	const struct demo_person *away = &plan->person[s->away];
	struct grant g = {s->person, ROLE_AGENCY_HEAD, s->unit, ACTING_PLH, NOBODY,
		"821/PLH.36-BKD/2025", away->status_from, away->status_to};
	enum err e = grant(tx, plan, g);
	g.role = ROLE_SUPERVISOR;
	g.acting = ACTING_DELEGATE;
	g.acts_for = s->away;
	return e ? e : grant(tx, plan, g);
}

/* ---- officers ---- */

static bool is_in_agency(const struct demo_plan *plan, int person, int agency)
{
	return demo_agency_of(plan, plan->person[person].unit) == agency;
}

/* The head of the personnel subdivision, else the first who is not a head. */
int demo_find_officer(const struct demo_plan *plan, int agency)
{
	int first = NOBODY;
	for (int i = 0; i < plan->persons; i++) {
		if (!is_in_agency(plan, i, agency) || plan->unit[plan->person[i].unit].head == i)
			continue;
		if (str_starts(plan->person[i].position, "Kepala Subbagian Kepegawaian"))
			return i;
		if (first == NOBODY && plan->person[i].hours != HOURS_PART_TIME)
			first = i;
	}
	return first;
}

static int find_clerk(const struct demo_plan *plan, int unit, const int *first_of_unit)
{
	int at = first_of_unit[unit];
	if (at < 0)
		return NOBODY;
	for (; at < plan->persons && plan->person[at].unit == unit; at++)
		if (plan->unit[unit].head != at)
			return at;
	return NOBODY;
}

static bool has_unit_officer(const struct demo_unit *u)
{
	return u->kind == UNIT_SCHOOL || u->kind == UNIT_BRANCH || u->kind == UNIT_SAMSAT ||
	       u->kind == UNIT_UPTD || u->kind == UNIT_WARD;
}

static enum err grant_officers(struct tx *tx, const struct demo_plan *plan)
{
	int *first = ARENA_ARRAY(tx->arena, (size_t)plan->units, int);
	enum err e = OK;
	for (int i = 0; i < plan->units; i++)
		first[i] = -1;
	for (int i = plan->persons - 1; i >= 0; i--)
		first[plan->person[i].unit] = i;
	for (int i = 0; i < plan->units && !e; i++) {
		if (plan->unit[i].parent < 0)
			e = grant_plain(tx, plan, demo_find_officer(plan, i), ROLE_AGENCY_OFFICER,
				i, "800/Kep.4-KPG/2025");
		else if (has_unit_officer(&plan->unit[i]))
			e = grant_plain(tx, plan, find_clerk(plan, i, first), ROLE_UNIT_OFFICER, i,
				"800/Kep.5-KPG/2025");
	}
	return e;
}

/* ---- the whole government ---- */

/* The n-th ordinary employee of an agency who works office hours and is here. */
static int find_nth(const struct demo_plan *plan, const char *code, int n)
{
	int agency = demo_find_unit(plan, code);
	for (int i = 0; agency >= 0 && i < plan->persons; i++) {
		if (is_in_agency(plan, i, agency) && plan->person[i].hours == HOURS_OFFICE &&
			demo_is_present(plan, i) && n-- == 0)
			return i;
	}
	return NOBODY;
}

/* Of the communication agency, nobody who has another part already where there are enough. */
int demo_find_operator(const struct demo_plan *plan)
{
	int person = NOBODY;
	for (int n = 6; n >= 0 && person == NOBODY; n--)
		person = find_nth(plan, "DISKOMINFO", n);
	return person;
}

#define BKD_OFFICERS 4
#define INSPECTORS   2

static enum err grant_wide(struct tx *tx, const struct demo_plan *plan, const char *board)
{
	enum err e = grant_plain(tx, plan, plan->unit[demo_find_unit(plan, board)].head, ROLE_BKD,
		-1, "821.2/Kep.15-BKD/2025");
	for (int i = 0; i < BKD_OFFICERS && !e; i++)
		e = grant_plain(
			tx, plan, find_nth(plan, board, i), ROLE_BKD, -1, "800/Kep.9-BKD/2025");
	for (int i = 0; i < INSPECTORS && !e; i++)
		e = grant_plain(tx, plan, find_nth(plan, "ITDA", i), ROLE_INSPECTOR, -1,
			"700/ST.118-ITDA/2025");
	return e ? e
		 : grant_plain(tx, plan, demo_find_operator(plan), ROLE_OPERATOR, -1,
			   "490/Kep.3-DISKOMINFO/2025");
}

static const char *board_of(const struct demo_plan *plan)
{
	return demo_find_unit(plan, "BKD") >= 0 ? "BKD" : "BKPSDM";
}

static enum err store_roles(struct tx *tx, void *arg)
{
	const struct demo_plan *plan = ((struct demo_world *)arg)->plan;
	enum err e = grant_heads(tx, plan);
	for (int i = 0; i < plan->stand_ins && !e; i++)
		e = grant_stand_in(tx, plan, &plan->stand_in[i]);
	if (!e)
		e = grant_officers(tx, plan);
	return e ? e : grant_wide(tx, plan, board_of(plan));
}

enum err demo_store_roles(struct demo_world *w)
{
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_roles, w);
}

/* ---- sign-ins ---- */

struct cast {
	struct tx *tx;
	struct demo_plan *plan;
	int ordering;
};

static enum err show(struct cast *c, const char *role, int person, const char *who)
{
	if (person == NOBODY)
		return OK;
	struct demo_person *p = &c->plan->person[person];
	const struct demo_unit *u = &c->plan->unit[p->unit];
	struct employee_row row = {
		.name = p->name, .title_before = p->title_before, .title_after = p->title_after};
	p->is_played = true;
	const char *name = arena_printf(
		c->tx->arena, "%s (%s, %s)", org_full_name(c->tx->arena, &row), who, u->name);
	return auth_add_demo_login(c->tx,
		&(struct demo_login){
			.role = role, .nip = p->nip, .password = DEMO_PASSWORD, .name = name},
		c->ordering++);
}

static bool is_plain(const struct demo_plan *plan, int person)
{
	return demo_is_present(plan, person) && plan->person[person].kind == PNS;
}

/* Somebody of an office that is at home today, with a team lead; of the communication agency when
 * it has one. */
int demo_find_home_worker(const struct demo_plan *plan)
{
	int best = NOBODY;
	for (int i = 0; i < plan->persons; i++) {
		const struct demo_unit *agency =
			&plan->unit[demo_agency_of(plan, plan->person[i].unit)];
		if (!demo_is_present(plan, i) || plan->person[i].team_lead == NOBODY ||
			plan->person[i].hours != HOURS_OFFICE ||
			agency->character != CHARACTER_OFFICE)
			continue;
		if (str_eq(agency->code, "DISKOMINFO"))
			return i;
		best = best == NOBODY ? i : best;
	}
	return best;
}

static int find_of_kind(const struct demo_plan *plan, enum unit_kind kind, bool serves)
{
	for (int i = 0; i < plan->persons; i++)
		if (is_plain(plan, i) && plan->unit[plan->person[i].unit].kind == kind &&
			(plan->person[i].level == FUNGSIONAL) != serves &&
			plan->person[i].serves == serves)
			return i;
	return NOBODY;
}

#define CYCLE       9
#define FIRST_NIGHT 4

/* In a ward, whose night began yesterday evening and who has another one tonight. */
static int find_night_nurse(const struct demo_plan *plan)
{
	int32_t turn = plan->today - day_from_civil(2025, 1, 6);
	for (int i = 0; i < plan->persons; i++)
		if (is_plain(plan, i) && plan->person[i].hours == HOURS_WARD &&
			((turn - plan->person[i].cycle_offset) % CYCLE + CYCLE) % CYCLE ==
				FIRST_NIGHT + 1)
			return i;
	return NOBODY;
}

/* Who plans the turns of her ward. */
static int find_ward_head(const struct demo_plan *plan)
{
	int nurse = find_night_nurse(plan);
	return nurse == NOBODY ? NOBODY : plan->unit[plan->person[nurse].unit].head;
}

/* The clerk of a school is the one after its head. */
static int find_school_clerk(const struct demo_plan *plan, int teacher)
{
	return teacher == NOBODY ? NOBODY : plan->unit[plan->person[teacher].unit].head + 1;
}

static enum err show_province(struct cast *c)
{
	const struct demo_plan *plan = c->plan;
	int worker = demo_find_home_worker(plan), teacher = find_of_kind(plan, UNIT_SCHOOL, false);
	int agency = worker == NOBODY ? demo_find_unit(plan, "DISKOMINFO")
				      : demo_agency_of(plan, plan->person[worker].unit);
	enum err e;
	if ((e = show(c, "employee", worker, "WFH hari ini")) ||
		(e = show(c, "employee", find_of_kind(plan, UNIT_SAMSAT, true),
			 "loket pelayanan")) ||
		(e = show(c, "employee", teacher, "guru")) ||
		(e = show(c, "employee", find_night_nurse(plan), "sif malam")) ||
		(e = show(c, "supervisor",
			 worker == NOBODY ? NOBODY : plan->person[worker].supervisor,
			 "atasan langsung")) ||
		(e = show(c, "team_lead",
			 worker == NOBODY ? NOBODY : plan->person[worker].team_lead,
			 "ketua tim")) ||
		(e = show(c, "agency_head", plan->unit[agency].head, "kepala perangkat daerah")) ||
		(e = show(c, "agency_officer", demo_find_officer(plan, agency),
			 "pengelola kepegawaian")) ||
		(e = show(c, "unit_officer", find_school_clerk(plan, teacher), "tata usaha")) ||
		(e = show(c, "unit_head", find_ward_head(plan), "kepala ruangan")) ||
		(e = show(c, "bkd", find_nth(plan, "BKD", 0), "BKD")) ||
		(e = show(c, "inspector", find_nth(plan, "ITDA", 0), "pengawas")))
		return e;
	return show(c, "operator", demo_find_operator(plan), "operator sistem");
}

static enum err show_small(struct cast *c)
{
	enum err e = show(c, "employee", find_nth(c->plan, "DISDUKCAPIL", 1), "pegawai");
	return e ? e : show(c, "bkd", find_nth(c->plan, "BKPSDM", 0), "BKPSDM");
}

struct login_step {
	struct demo_plan *plan;
	int first_ordering;
};

static enum err store_logins(struct tx *tx, void *arg)
{
	const struct login_step *step = arg;
	struct cast cast = {tx, step->plan, step->first_ordering};
	return demo_find_unit(step->plan, "BKD") >= 0 ? show_province(&cast) : show_small(&cast);
}

enum err demo_store_logins(struct demo_world *w, int first_ordering)
{
	struct login_step step = {w->plan, first_ordering};
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_logins, &step);
}

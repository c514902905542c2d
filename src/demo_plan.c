/*
 * The plan of a government: agencies scaled to the size asked for, filled with units and people,
 * then joined: who answers for whom, who leads a team, who was transferred, who stands in for a
 * head.
 *
 * Exact by construction: an agency with N people gets N, whatever its shape. Pure but for the
 * arena.
 */
#include "demo.h"

#include "base/str.h"
#include "org/org_csv.h"
#include "platform/slice.h"

#define UNIT_ROOM 4096
#define TEAM      7 /* a team lead and six */

/* ---- agencies ---- */

static bool read_row(struct arena *arena, const struct csv_record *row, struct demo_agency *ret,
	const char **ret_why)
{
	int64_t employees;
	ret->name = arena_strdup(arena, row->cell[0]);
	if (row->cells < 3 || !str_to_int(row->cell[1], 1, 1000000, &employees)) {
		*ret_why = arena_printf(arena, "agencies: line %d has no head count", row->line);
		return false;
	}
	ret->employees = (int)employees;
	for (int i = 0; unit_character_names[i]; i++) {
		if (str_eq(unit_character_names[i], row->cell[2])) {
			ret->character = (enum unit_character)i;
			return true;
		}
	}
	*ret_why = arena_printf(
		arena, "agencies: line %d: unknown character '%s'", row->line, row->cell[2]);
	return false;
}

static bool read_rows(struct arena *arena, struct csv *csv, struct demo_agency *ret, int *ret_count,
	const char **ret_why)
{
	struct csv_record row;
	enum csv_fault fault = csv_next(csv, &row); /* the header */
	int n = 0;
	while (!fault && !(fault = csv_next(csv, &row)) && n < DEMO_AGENCIES_MAX) {
		if (!read_row(arena, &row, &ret[n], ret_why))
			return false;
		if (!demo_agency_facts(ret[n].name)) {
			*ret_why = arena_printf(
				arena, "agencies: nothing is known about '%s'", ret[n].name);
			return false;
		}
		n++;
	}
	*ret_count = n;
	if (fault != CSV_END)
		*ret_why = "agencies: the table is not CSV";
	return fault == CSV_END;
}

/* Proportional, exact, none below the minimum: what rounding leaves goes where the share is missed
 * most. */
static void scale(struct demo_agency *agency, int n, int employees)
{
	int64_t real[DEMO_AGENCIES_MAX], total = 0;
	int given = 0;
	for (int i = 0; i < n; i++)
		total += real[i] = agency[i].employees;
	for (int i = 0; i < n; i++) {
		int share = (int)(real[i] * employees / total);
		agency[i].employees = share < DEMO_AGENCY_MIN ? DEMO_AGENCY_MIN : share;
		given += agency[i].employees;
	}
	while (given != employees) {
		int step = given < employees ? 1 : -1, best = -1;
		int64_t most = INT64_MIN;
		for (int i = 0; i < n; i++) {
			int64_t missed = step * (real[i] * employees - agency[i].employees * total);
			if (missed > most && agency[i].employees + step >= DEMO_AGENCY_MIN) {
				most = missed;
				best = i;
			}
		}
		agency[best].employees += step;
		given += step;
	}
}

bool demo_read_agencies(struct arena *arena, struct bytes text, int employees,
	struct demo_agency *ret, int *ret_count, const char **ret_why)
{
	struct csv *csv = ARENA_NEW(arena, struct csv);
	if (csv_open(csv, text) != CSV_OK) {
		*ret_why = "agencies: the table is not CSV";
		return false;
	}
	if (!read_rows(arena, csv, ret, ret_count, ret_why))
		return false;
	scale(ret, *ret_count, employees);
	return true;
}

/* ---- units and people ---- */

void demo_plan_init(
	struct demo_plan *plan, struct arena *arena, uint64_t seed, int32_t today, int room)
{
	*plan = (struct demo_plan){.arena = arena,
		.seed = seed,
		.today = today,
		.room = room,
		.outage_agency = -1,
		.paper_unit = -1};
	plan->unit = ARENA_ARRAY(arena, UNIT_ROOM + (size_t)room / 12, struct demo_unit);
	plan->person = ARENA_ARRAY(arena, (size_t)room, struct demo_person);
	plan->nips = demo_nips_new(arena, room);
}

int demo_add_unit(struct demo_plan *plan, int parent, const char *code, const char *name,
	enum unit_kind kind, enum unit_character character)
{
	plan->unit[plan->units] = (struct demo_unit){.parent = parent,
		.code = code,
		.name = name,
		.kind = kind,
		.character = character,
		.head = NOBODY};
	return plan->units++;
}

void demo_set_site(struct demo_plan *plan, int unit, struct geo_point centre, int radius_metres)
{
	plan->unit[unit].has_site = true;
	plan->unit[unit].centre = centre;
	plan->unit[unit].radius_metres = radius_metres;
}

static enum employment_kind draw_kind(struct chance *r, const struct demo_unit *unit, bool is_head)
{
	int at = chance_below(r, 1000);
	if (is_head)
		return PNS;
	if (unit->kind == UNIT_SCHOOL)
		return at < 540 ? PNS : at < 570 ? CPNS : at < 920 ? PPPK : PPPK_PART_TIME;
	return at < 770 ? PNS : at < 800 ? CPNS : at < 950 ? PPPK : PPPK_PART_TIME;
}

static enum demo_hours hours_of(
	const struct demo_unit *unit, enum employment_kind kind, bool is_head)
{
	if (unit->hours == HOURS_WARD)
		return is_head ? HOURS_OFFICE : HOURS_WARD;
	return kind == PPPK_PART_TIME ? HOURS_PART_TIME : unit->hours;
}

/* Most people hardly ever come late; one in twelve often does. */
static int draw_carelessness(struct chance *r)
{
	return chance_of(r, 80) ? chance_between(r, 60, 180) : chance_between(r, 3, 30);
}

/* The month of appointment in the number; a contract begins in March. */
static int32_t service_start(const char *nip, enum employment_kind kind)
{
	int year = 0, month = 0;
	for (int i = 8; i < 12; i++)
		year = year * 10 + (nip[i] - '0');
	for (int i = 12; i < 14; i++)
		month = month * 10 + (nip[i] - '0');
	return day_from_civil(year, kind == PPPK || kind == PPPK_PART_TIME ? 3 : month, 1);
}

int demo_add_person(struct demo_plan *plan, int unit, struct demo_job job, bool is_head)
{
	struct chance r = chance_stream(plan->seed, (uint64_t)plan->persons, 1);
	const struct demo_unit *u = &plan->unit[unit];
	struct demo_name name = demo_invent_name(plan->arena, &r, job.level, job.position);
	enum employment_kind kind = draw_kind(&r, u, is_head);
	if (u->hours == HOURS_WARD && kind == PPPK_PART_TIME)
		kind = PPPK;
	plan->person[plan->persons] = (struct demo_person){.unit = unit,
		.name = name.name,
		.title_before = name.title_before,
		.title_after = name.title_after,
		.kind = kind,
		.nip = demo_invent_nip(plan, &r, kind, name.is_woman),
		.has_phone = !chance_of(&r, 12),
		.position = job.position,
		.level = job.level,
		.supervisor = NOBODY,
		.team_lead = NOBODY,
		.hours = hours_of(u, kind, is_head),
		.cycle_offset = plan->persons % 9,
		.serves = u->post_name && !is_head && chance_of(&r, 650),
		.moved_from = -1,
		.carelessness = draw_carelessness(&r)};
	plan->person[plan->persons].since = service_start(plan->person[plan->persons].nip, kind);
	if (is_head)
		plan->unit[unit].head = plan->persons;
	return plan->persons++;
}

void demo_add_staff(struct demo_plan *plan, int unit, int count, const struct demo_job *jobs)
{
	const struct demo_job *job = jobs;
	for (int i = 0; i < count; i++) {
		demo_add_person(plan, unit, *job, false);
		if (!(++job)->position)
			job = jobs;
	}
}

void demo_spread(int total, int least, const int *weight, int n, int *ret_part)
{
	int64_t sum = 0, spare = total - (int64_t)n * least, seen = 0, given = 0;
	for (int i = 0; i < n; i++)
		sum += weight[i];
	for (int i = 0; i < n; i++) {
		seen += weight[i];
		int64_t upto = sum ? spare * seen / sum : 0;
		ret_part[i] = least + (int)(upto - given);
		given = upto;
	}
}

static void fill_one(struct demo_plan *plan, int parent, const struct demo_branch *b, int people)
{
	int unit = demo_add_unit(plan, parent, b->code, b->name, b->kind, b->character);
	plan->unit[unit].post_name = b->post_name;
	plan->unit[unit].post_minimum = b->post_minimum;
	plan->unit[unit].hours = b->hours;
	if (b->centre.lat_e7)
		demo_set_site(plan, unit, b->centre, b->radius_metres);
	demo_add_person(plan, unit, b->head, true);
	demo_add_staff(plan, unit, people - 1, b->staff);
}

#define BRANCHES_MAX 64
#define BRANCH_LEAST 2

void demo_fill(struct demo_plan *plan, int parent, const struct demo_branch *branch, int branches,
	int people)
{
	int weight[BRANCHES_MAX] = {0}, part[BRANCHES_MAX];
	int n = people / BRANCH_LEAST < branches ? people / BRANCH_LEAST : branches;
	if (n == 0) {
		demo_add_staff(plan, parent, people, demo_office_jobs);
		return;
	}
	for (int i = 0; i < n; i++)
		weight[i] = branch[i].weight;
	demo_spread(people, BRANCH_LEAST, weight, n, part);
	for (int i = 0; i < n; i++)
		fill_one(plan, parent, &branch[i], part[i]);
}

/* ---- one agency ---- */

static struct demo_job head_job(struct demo_plan *plan, const struct demo_agency_facts *f)
{
	if (str_eq(f->code, "SETDA"))
		return (struct demo_job){"Sekretaris Daerah", JPT_MADYA};
	if (str_eq(f->code, "ITDA"))
		return (struct demo_job){"Inspektur Daerah", JPT_PRATAMA};
	if (str_eq(f->code, "SETWAN"))
		return (struct demo_job){"Sekretaris DPRD", JPT_PRATAMA};
	if (str_starts(f->code, "RS"))
		return (struct demo_job){"Direktur", JPT_PRATAMA};
	return (struct demo_job){arena_printf(plan->arena, "Kepala %s", f->name), JPT_PRATAMA};
}

void demo_plan_agency(struct demo_plan *plan, const struct demo_agency *agency)
{
	const struct demo_agency_facts *f = demo_agency_facts(agency->name);
	struct chance r = chance_stream(plan->seed, (uint64_t)plan->units, 2);
	int unit = demo_add_unit(plan, -1, f->code, f->name, UNIT_AGENCY, agency->character);
	bool is_hospital = str_starts(f->code, "RS");
	if (is_hospital)
		plan->unit[unit].kind = UNIT_HOSPITAL;
	demo_set_site(plan, unit, demo_near(&r, demo_place[DEMO_BANDUNG].centre, 3000),
		is_hospital || str_eq(f->code, "SETDA") ? 0 : chance_between(&r, 80, 150));
	demo_add_person(plan, unit, head_job(plan, f), true);
	int people = agency->employees - 1;
	if (str_eq(f->code, "DISDIK"))
		demo_plan_education(plan, unit, f, people);
	else if (str_eq(f->code, "BAPENDA"))
		demo_plan_revenue(plan, unit, f, people);
	else if (str_eq(f->code, "SETDA"))
		demo_plan_bureaus(plan, unit, f, people);
	else if (is_hospital)
		demo_plan_hospital(plan, unit, f, people);
	else
		demo_plan_offices(plan, unit, f, people);
}

/* ---- who answers for whom ---- */

static int head_above(const struct demo_plan *plan, int unit, int person)
{
	for (; unit >= 0; unit = plan->unit[unit].parent)
		if (plan->unit[unit].head != NOBODY && plan->unit[unit].head != person)
			return plan->unit[unit].head;
	return NOBODY;
}

int demo_find_unit(const struct demo_plan *plan, const char *code)
{
	for (int i = 0; i < plan->units; i++)
		if (str_eq(plan->unit[i].code, code))
			return i;
	return -1;
}

int demo_agency_of(const struct demo_plan *plan, int unit)
{
	while (plan->unit[unit].parent >= 0)
		unit = plan->unit[unit].parent;
	return unit;
}

/* The heads of agencies answer to the regional secretary. */
static void set_supervisors(struct demo_plan *plan)
{
	int secretary = plan->unit[demo_find_unit(plan, "SETDA")].head;
	for (int i = 0; i < plan->persons; i++) {
		int above = head_above(plan, plan->person[i].unit, i);
		plan->person[i].supervisor = above == NOBODY && i != secretary ? secretary : above;
	}
}

static bool has_teams(const struct demo_unit *unit)
{
	return unit->kind == UNIT_DIVISION || unit->kind == UNIT_BUREAU;
}

/* In an office the first functional of every seven leads the six after him. People of a unit follow
 * each other. */
static void set_team_leads(struct demo_plan *plan)
{
	int lead = NOBODY, unit = -1, members = 0;
	for (int i = 0; i < plan->persons; i++) {
		struct demo_person *p = &plan->person[i];
		if (p->unit != unit || members == TEAM - 1)
			lead = NOBODY;
		unit = p->unit;
		if (!has_teams(&plan->unit[unit]) || plan->unit[unit].head == i)
			continue;
		if (lead != NOBODY) {
			p->team_lead = lead;
			members++;
		} else if (p->level == FUNGSIONAL && p->hours == HOURS_OFFICE) {
			lead = i;
			members = 0;
		}
	}
}

/* ---- transfers and stand-ins ---- */

/* Another unit of the same agency and hours, or the same unit when there is none near. */
static int draw_earlier_unit(const struct demo_plan *plan, struct chance *r, int unit)
{
	for (int tries = 0; tries < 12; tries++) {
		int other = unit + chance_between(r, -40, 40);
		if (other < 0 || other >= plan->units || other == unit)
			continue;
		if (demo_agency_of(plan, other) == demo_agency_of(plan, unit) &&
			plan->unit[other].hours == plan->unit[unit].hours &&
			plan->unit[other].head != NOBODY)
			return other;
	}
	return unit;
}

#define MOVED_PER_MILLE 9

static void set_transfers(struct demo_plan *plan)
{
	for (int i = 0; i < plan->persons; i++) {
		struct demo_person *p = &plan->person[i];
		struct chance r = chance_stream(plan->seed, (uint64_t)i, 3);
		if (plan->unit[p->unit].head == i || !chance_of(&r, MOVED_PER_MILLE))
			continue;
		int from = draw_earlier_unit(plan, &r, p->unit);
		if (from == p->unit)
			continue;
		p->moved_from = from;
		p->moved_on = plan->today - chance_between(&r, 1, 100);
	}
}

/* ---- leave and duty ---- */

#define AWAY_PER_MILLE 300 /* have some days of it within the five weeks around today */

static void draw_status(struct demo_person *p, struct chance *r, int32_t today)
{
	static const struct {
		enum status_kind kind;
		int per_mille, shortest, longest;
	} kinds[] = {{STATUS_OUTSIDE_DUTY, 380, 1, 3}, {STATUS_ANNUAL_LEAVE, 260, 1, 5},
		{STATUS_SICK_LEAVE, 170, 1, 3}, {STATUS_TRAINING, 110, 3, 5},
		{STATUS_IMPORTANT_LEAVE, 50, 1, 4}, {STATUS_MATERNITY_LEAVE, 30, 90, 90}};
	int draw = chance_below(r, 1000), i = 0;
	while (i < COUNT_OF(kinds) - 1 && draw >= kinds[i].per_mille)
		draw -= kinds[i++].per_mille;
	bool is_man = p->nip[14] == '1';
	if (is_man && kinds[i].kind == STATUS_MATERNITY_LEAVE)
		i--;
	p->status = kinds[i].kind;
	p->status_from = today + chance_between(r, -16, 18) - (kinds[i].longest > 30 ? 45 : 0);
	p->status_to = p->status_from + chance_between(r, kinds[i].shortest, kinds[i].longest) - 1;
}

static void set_statuses(struct demo_plan *plan)
{
	for (int i = 0; i < plan->persons; i++) {
		struct demo_person *p = &plan->person[i];
		struct chance r = chance_stream(plan->seed, (uint64_t)i, 4);
		if (p->status == STATUS_NONE && plan->unit[p->unit].head != i &&
			chance_of(&r, AWAY_PER_MILLE))
			draw_status(p, &r, plan->today);
	}
}

/* ---- people for visitors ---- */

bool demo_is_present(const struct demo_plan *plan, int person)
{
	const struct demo_person *p = &plan->person[person];
	return plan->unit[p->unit].head != person && p->status == STATUS_NONE &&
	       p->moved_from < 0 && p->has_phone;
}

static bool is_clerk(const struct demo_plan *plan, int person, int agency)
{
	return plan->person[person].hours == HOURS_OFFICE &&
	       plan->unit[plan->person[person].unit].head != person &&
	       demo_agency_of(plan, plan->person[person].unit) == agency;
}

static bool is_team_member(const struct demo_plan *plan, int person, int agency)
{
	const struct demo_person *p = &plan->person[person];
	(void)agency;
	return p->team_lead != NOBODY && p->hours == HOURS_OFFICE &&
	       plan->unit[demo_agency_of(plan, p->unit)].character == CHARACTER_OFFICE;
}

/* One of those meant is here: the first has neither leave nor a transfer when chance gave it to all
 * of them. */
static void keep_one_present(struct demo_plan *plan, int agency,
	bool (*is_meant)(const struct demo_plan *plan, int person, int agency))
{
	int first = NOBODY;
	for (int i = 0; i < plan->persons; i++) {
		if (!is_meant(plan, i, agency))
			continue;
		if (demo_is_present(plan, i))
			return;
		first = first == NOBODY ? i : first;
	}
	if (first == NOBODY)
		return;
	struct demo_person *p = &plan->person[first];
	p->status = STATUS_NONE;
	p->moved_from = -1;
	p->moved_on = 0;
	p->has_phone = true;
}

/* However small the province is, a visitor can be each of these. */
static void keep_cast_present(struct demo_plan *plan)
{
	static const char *const codes[] = {"BKD", "BKPSDM", "ITDA", "DISKOMINFO"};
	for (int i = 0; i < COUNT_OF(codes); i++) {
		int agency = demo_find_unit(plan, codes[i]);
		if (agency >= 0)
			keep_one_present(plan, agency, is_clerk);
	}
	keep_one_present(plan, -1, is_team_member);
}

#define WITHOUT_PHONE 4

/* In the school of the teacher a visitor can be, a few colleagues have no phone: neither its head
 * nor its clerk, who is the one after. */
static void choose_paper_unit(struct demo_plan *plan)
{
	int teacher = NOBODY, left = WITHOUT_PHONE;
	for (int i = 0; i < plan->persons && teacher == NOBODY; i++)
		if (plan->unit[plan->person[i].unit].kind == UNIT_SCHOOL &&
			demo_is_present(plan, i) && plan->person[i].kind == PNS &&
			plan->person[i].level == FUNGSIONAL && !plan->person[i].serves)
			teacher = i;
	if (teacher == NOBODY)
		return;
	plan->paper_unit = plan->person[teacher].unit;
	for (int i = 0; i < plan->persons; i++) {
		struct demo_person *p = &plan->person[i];
		int head = plan->unit[plan->paper_unit].head;
		if (p->unit == plan->paper_unit && i != teacher && i != head && i != head + 1 &&
			p->moved_from < 0)
			p->has_phone = left-- <= 0;
	}
}

static void add_stand_in(struct demo_plan *plan, struct demo_stand_in stand_in)
{
	if (stand_in.person >= 0 && plan->stand_ins < DEMO_STAND_INS_MAX)
		plan->stand_in[plan->stand_ins++] = stand_in;
}

/* The secretary of an agency, or NOBODY. */
static int secretary_of(const struct demo_plan *plan, int agency)
{
	for (int i = agency + 1; i < plan->units && plan->unit[i].parent >= 0; i++)
		if (plan->unit[i].parent == agency && plan->unit[i].kind == UNIT_SECRETARIAT)
			return plan->unit[i].head;
	return NOBODY;
}

/* Two agencies wait for a new head (PLT: the secretary answers meanwhile); of two the head is on
 * leave (PLH). */
static void set_stand_ins(struct demo_plan *plan)
{
	static const struct {
		const char *code;
		enum acting acting;
	} chosen[] = {{"DISBUN", ACTING_PLT}, {"DISPORA", ACTING_PLT}, {"DLH", ACTING_PLH},
		{"DISKUK", ACTING_PLH}};
	for (int i = 0; i < COUNT_OF(chosen); i++) {
		int agency = demo_find_unit(plan, chosen[i].code);
		if (agency < 0)
			continue;
		int secretary = secretary_of(plan, agency), head = plan->unit[agency].head;
		if (secretary == NOBODY)
			continue;
		if (chosen[i].acting == ACTING_PLT) {
			/* The former head has become an adviser; the secretary heads the agency
			 * too. */
			plan->person[head].position = "Analis Kebijakan Ahli Utama";
			plan->person[head].level = FUNGSIONAL;
			plan->unit[agency].head = secretary;
		} else {
			plan->person[head].status = STATUS_ANNUAL_LEAVE;
			plan->person[head].status_from = plan->today - 3;
			plan->person[head].status_to = plan->today + 4;
		}
		add_stand_in(plan, (struct demo_stand_in){agency, secretary, chosen[i].acting,
					   chosen[i].acting == ACTING_PLH ? head : NOBODY});
	}
}

void demo_plan_finish(struct demo_plan *plan)
{
	set_stand_ins(plan);
	set_supervisors(plan);
	set_team_leads(plan);
	set_transfers(plan);
	set_statuses(plan);
	keep_cast_present(plan);
	choose_paper_unit(plan);
}

/* ---- the second government ---- */

void demo_plan_small(struct demo_plan *plan)
{
	static const struct {
		const char *code, *name, *head;
		int people;
	} agency[] = {{"SETDA", "Sekretariat Daerah", "Sekretaris Daerah", 9},
		{"BKPSDM", "Badan Kepegawaian dan Pengembangan SDM",
			"Kepala Badan Kepegawaian dan Pengembangan SDM", 9},
		{"DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil",
			"Kepala Dinas Kependudukan dan Pencatatan Sipil", 12}};
	for (int i = 0; i < COUNT_OF(agency); i++) {
		struct demo_agency_facts facts = {
			agency[i].name, agency[i].code, {"Bidang Pelayanan"}};
		struct demo_branch branch[DEMO_DIVISIONS + 1];
		int unit = demo_add_unit(
			plan, -1, agency[i].code, agency[i].name, UNIT_AGENCY, CHARACTER_OFFICE);
		demo_set_site(plan, unit, demo_place[24].centre, 120);
		demo_add_person(plan, unit, (struct demo_job){agency[i].head, JPT_PRATAMA}, true);
		demo_fill(plan, unit, branch, demo_office_branches(plan, &facts, branch),
			agency[i].people - 1);
	}
	demo_plan_finish(plan);
}

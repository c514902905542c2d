/*
 * The circulars of eight governments as they ship, and how instruments are added, ended and cached.
 *
 * PermenPANRB 4/2025 art. 8 (duty and person), 13 (weekly cap); Perpres 21/2023 art. 4 (hours,
 * Ramadan), 8 (location). The thirteen instruments of data/instruments.csv are loaded as they ship
 * and each is asked about chosen days, so that adding a circular is proved to need no code.
 */
#include "policy/policy_test_store.h"

/* ---- the circulars
 * ------------------------------------------------------------------------------- */

/* People of a fictional government, by the unit they belong to and what they are. */
static const struct {
	const char *code;
	enum unit_character character;
} seeded_units[] = {
	{"BAPPEDA", CHARACTER_OFFICE},
	{"SETDA", CHARACTER_SECRETARIAT},
	{"DISDUKCAPIL", CHARACTER_SERVICE},
	{"BPBD", CHARACTER_FIELD},
	{"SATPOLPP", CHARACTER_FIELD},
	{"DISHUB", CHARACTER_OFFICE},
	{"DINKES", CHARACTER_OFFICE},
	{"DAMKAR", CHARACTER_FIELD},
};

enum somebody {
	PLANNER,
	SECRETARY,
	REGISTRAR,
	CLERK,
	HEAD,
	MANAGER,
	CAMAT,
	RESCUER,
	HEALTH_PLANNER,
	TEACHER
};
static const struct {
	const char *name, *unit;
	enum position_level level;
	const char *position;
	bool at_counter;
} people[] = {
	[PLANNER] = {"planner", "BAPPEDA", FUNGSIONAL, "", false},
	[SECRETARY] = {"secretary", "SETDA", PELAKSANA, "", false},
	[REGISTRAR] = {"registrar", "DISDUKCAPIL", PELAKSANA, "", false},
	[CLERK] = {"clerk at a counter", "BAPPEDA", PELAKSANA, "", true},
	[HEAD] = {"head of agency", "BAPPEDA", JPT_PRATAMA, "", false},
	[MANAGER] = {"administrator", "BAPPEDA", ADMINISTRATOR, "", false},
	[CAMAT] = {"camat", "SETDA", PENGAWAS, "camat", false},
	[RESCUER] = {"rescuer", "BPBD", PELAKSANA, "", false},
	[HEALTH_PLANNER] = {"health planner", "DINKES", FUNGSIONAL, "", false},
	[TEACHER] = {"teacher", "DISDUKCAPIL", FUNGSIONAL, "guru ahli pertama", false},
};

struct seeded_day {
	const char *article, *instrument;
	enum government_kind kind;
	const char *day;
	enum somebody who;
	char letter;
	enum work_mode mode;
	enum mode_source source;
	enum report_duty duty;
};

#define JABAR GOVERNMENT_PROVINCE
static const struct seeded_day seeded_days[] = {
	{"SE 150 phase I: Thursday home", "jabar-150-1", JABAR, "2025-11-13", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"direct service unit exempt", "jabar-150-1", JABAR, "2025-11-13", REGISTRAR, 0,
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"direct service post exempt", "jabar-150-1", JABAR, "2025-11-13", CLERK, 0, MODE_OFFICE,
		SOURCE_EXEMPT, DUTY_NONE},
	{"leaders are not exempt in the trial", "jabar-150-1", JABAR, "2025-11-13", HEAD, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"Friday in the office, with a report", "jabar-150-1", JABAR, "2025-11-14", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_DAILY_ITEMS},
	{"phase I begins on 1 November", "jabar-150-1", JABAR, "2025-10-30", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"and ends on 30 November", "jabar-150-1", JABAR, "2025-12-04", PLANNER, 0, MODE_OFFICE,
		SOURCE_DEFAULT, DUTY_NONE},
	{"phase II: office without a roster", "jabar-150-2", JABAR, "2025-12-04", PLANNER, 0,
		MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"phase II: home by roster", "jabar-150-2", JABAR, "2025-12-04", PLANNER, 'R', MODE_HOME,
		SOURCE_ROSTER, DUTY_DAILY_ITEMS},
	{"phase II: exempt whatever the roster", "jabar-150-2", JABAR, "2025-12-04", REGISTRAR, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Christmas", "jabar-150-2", JABAR, "2025-12-25", PLANNER, 'R', MODE_OFF, SOURCE_CALENDAR,
		DUTY_NONE},
	{"SE 188: Thursday home", "jabar-188", JABAR, "2026-01-08", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"SE 188: Friday office unless asked", "jabar-188", JABAR, "2026-01-09", PLANNER, 0,
		MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"SE 188: Friday on request", "jabar-188", JABAR, "2026-01-09", PLANNER, 'R', MODE_HOME,
		SOURCE_ROSTER, DUTY_DAILY_ITEMS},
	{"Ramadan: Thursday home", "jabar-188", JABAR, "2026-02-26", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"national: Friday 10 April home", "nasional-3-2026", JABAR, "2026-04-10", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"national: the first Friday is a holiday", "nasional-3-2026", JABAR, "2026-04-03", PLANNER,
		0, MODE_OFF, SOURCE_CALENDAR, DUTY_NONE},
	{"national: Thursday in the office", "nasional-3-2026", JABAR, "2026-04-09", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"national: JPT exempt", "nasional-3-2026", JABAR, "2026-04-10", HEAD, 0, MODE_OFFICE,
		SOURCE_EXEMPT, DUTY_NONE},
	{"national: echelon III not exempt in a province", "nasional-3-2026", JABAR, "2026-04-10",
		MANAGER, 0, MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"national: echelon III exempt in a regency", "nasional-3-2026", GOVERNMENT_REGENCY,
		"2026-04-10", MANAGER, 0, MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"national: camat exempt in a city", "nasional-3-2026", GOVERNMENT_CITY, "2026-04-10",
		CAMAT, 0, MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: Friday by roster", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", PLANNER, 'R',
		MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"Cimahi: echelon III exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", MANAGER, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: camat exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", CAMAT, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: counter exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", CLERK, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"DKI: administrative staff by roster", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10",
		PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"DKI: BPBD in the office", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10", RESCUER, 'R',
		MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"DKI: Dinkes in the office, its planners too", "dki-2026", GOVERNMENT_PROVINCE,
		"2026-04-10", HEALTH_PLANNER, 'R', MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"DKI: service units are not administrative", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10",
		REGISTRAR, 'R', MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Jatim: Wednesday home", "jatim-2026", GOVERNMENT_PROVINCE, "2026-04-08", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"Jatim: Thursday in the office", "jatim-2026", GOVERNMENT_PROVINCE, "2026-04-09", PLANNER,
		0, MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Kota Bogor: Friday home", "kota-bogor-2026", GOVERNMENT_CITY, "2026-04-10", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"Kab. Bekasi flood: office without an order", "kab-bekasi-2026", GOVERNMENT_REGENCY,
		"2026-01-29", PLANNER, 0, MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"Kab. Bekasi flood: home by order", "kab-bekasi-2026", GOVERNMENT_REGENCY, "2026-01-29",
		PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"Kota Bekasi: a study is no rule", "kota-bekasi-2025", GOVERNMENT_CITY, "2025-11-13",
		PLANNER, 'R', MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Kab. Cirebon: never home", "kab-cirebon-2025", GOVERNMENT_REGENCY, "2025-11-13", PLANNER,
		'R', MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"Pesisir Barat: approval first", "pesisir-barat-2025", GOVERNMENT_REGENCY, "2025-11-13",
		PLANNER, 0, MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY_ITEMS},
	{"Pesisir Barat: anywhere when approved", "pesisir-barat-2025", GOVERNMENT_REGENCY,
		"2025-11-13", PLANNER, 'A', MODE_ANYWHERE, SOURCE_ROSTER, DUTY_DAILY_ITEMS},
	{"Pesisir Barat: home is within anywhere", "pesisir-barat-2025", GOVERNMENT_REGENCY,
		"2025-11-13", PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_DAILY_ITEMS},
	{"Pesisir Barat: direct service stays, and reports", "pesisir-barat-2025",
		GOVERNMENT_REGENCY, "2025-11-13", REGISTRAR, 'A', MODE_OFFICE, SOURCE_EXEMPT,
		DUTY_DAILY_ITEMS},
	{"Cimahi 2019: not ready", "cimahi-2019", GOVERNMENT_CITY, "2025-11-13", PLANNER, 'R',
		MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
};

/* A file of the repository; tests run in its root. */
static struct bytes read_data(struct arena *arena, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("cannot read %s", path);
	char *p = arena_alloc(arena, 1 << 18);
	size_t n = fread(p, 1, 1 << 18, f);
	fclose(f);
	assert_true(n > 0 && n < 1 << 18);
	return (struct bytes){(const uint8_t *)p, n};
}

struct seeded {
	struct test_store store;
	const struct policy_book *book;
	struct post_id counter;
	int added;
};

static void set_up_government(struct test_store *s, enum government_kind kind)
{
	const struct government g = {.id = {8},
		.code = "contoh",
		.name = "Pemerintah Contoh",
		.short_name = "Contoh",
		.kind = kind,
		.zone = ZONE_WIB,
		.board_label = "BKPSDM",
		.agency_label = "OPD",
		.head_label = "Kepala daerah"};
	s->tx.government = g.id;
	assert_int_equal(platform_add_government(&s->tx, &g), OK);
	set_up_calendar(s);
	for (int i = 0; i < COUNT_OF(seeded_units); i++) {
		struct unit_id id;
		const struct org_unit row = {.code = seeded_units[i].code,
			.name = seeded_units[i].code,
			.kind = UNIT_AGENCY,
			.character = seeded_units[i].character,
			.valid_from = 0,
			.valid_to = DAY_FOREVER};
		assert_int_equal(org_add_unit(&s->tx, &row, &id), OK);
	}
}

static void add_counter(struct seeded *f)
{
	const struct org_tree *t;
	assert_int_equal(org_touch_generation(&f->store.tx), OK);
	assert_int_equal(org_load_tree(&f->store.tx, &t), OK);
	const struct org_post row = {.unit = org_find_unit_by_code(t, "BAPPEDA", 0)->id,
		.code = "LOKET-1",
		.name = "Loket 1",
		.is_direct = true,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_post(&f->store.tx, &row, "", NULL, 0, &f->counter), OK);
	assert_int_equal(org_touch_generation(&f->store.tx), OK);
}

static void seed(struct seeded *f, const char *choose)
{
	const char *fault = "";
	enum err e = policy_seed(&f->store.tx, read_data(&f->store.arena, "data/instruments.csv"),
		read_data(&f->store.arena, "data/rules.csv"), choose, &f->added, &fault);
	if (e)
		fail_msg("%s: %s", choose, fault ? fault : err_code(e));
	assert_int_equal(policy_load_book(&f->store.tx, &f->book), OK);
}

static void set_up_seeded(struct seeded *f, enum government_kind kind, const char *choose)
{
	test_store_open(&f->store, slices, COUNT_OF(slices), NOW);
	set_up_government(&f->store, kind);
	add_counter(f);
	seed(f, choose);
}

static struct person_day somebody(
	const struct seeded *f, enum somebody who, const char *on, char letter)
{
	struct person_day facts = {.day = day(on),
		.unit = org_find_unit_by_code(f->book->tree, people[who].unit, day(on))->id,
		.level = people[who].level,
		.position = people[who].position,
		.letter = letter,
		.posts = people[who].at_counter};
	facts.post[0] = f->counter;
	return facts;
}

static struct day_ruling rule_on(
	const struct seeded *f, enum somebody who, const char *on, char letter)
{
	struct person_day facts = somebody(f, who, on, letter);
	struct day_ruling ruling;
	policy_decide_day(f->book, &facts, &ruling);
	return ruling;
}

static void test_circulars(void **state)
{
	(void)state;
	const struct seeded_day *before = NULL;
	struct seeded f;
	for (int i = 0; i < COUNT_OF(seeded_days); before = &seeded_days[i++]) {
		const struct seeded_day *c = &seeded_days[i];
		bool is_same = before && before->kind == c->kind &&
			       str_eq(before->instrument, c->instrument);
		if (before && !is_same)
			test_store_close(&f.store);
		if (!is_same)
			set_up_seeded(&f, c->kind, c->instrument);
		assert_int_equal(f.added, 1);
		struct day_ruling r = rule_on(&f, c->who, c->day, c->letter);
		if (r.mode != c->mode || r.source != c->source || r.duty != c->duty)
			fail_msg("%s, %s: %s by %s, report %s", c->article, people[c->who].name,
				work_mode_names[r.mode], mode_source_names[r.source],
				report_duty_names[r.duty]);
	}
	test_store_close(&f.store);
}

/* Each of the thirteen rows is asked about at least one day above; none was left out. */
static void test_every_row_is_asked(void **state)
{
	(void)state;
	static const char *const codes[] = {"jabar-150-1", "jabar-150-2", "jabar-188",
		"nasional-3-2026", "cimahi-2026", "dki-2026", "jatim-2026", "kota-bogor-2026",
		"kab-bekasi-2026", "kota-bekasi-2025", "kab-cirebon-2025", "pesisir-barat-2025",
		"cimahi-2019"};
	assert_int_equal(COUNT_OF(codes), 13);
	for (int i = 0; i < COUNT_OF(codes); i++) {
		bool is_asked = false;
		for (int j = 0; j < COUNT_OF(seeded_days); j++)
			is_asked |= str_eq(codes[i], seeded_days[j].instrument);
		if (!is_asked)
			fail_msg("%s is not asked", codes[i]);
	}
}

/* Phase II: at most 50 percent of each agency, of all its staff. */
static void test_share_of_phase_two(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-2");
	struct day_ruling r = rule_on(&f, PLANNER, "2025-12-04", 0);
	assert_true(r.roster_decides && r.share_rule[LEVEL_AGENCY] >= 0);
	const struct rule *share = &f.book->rule[r.share_rule[LEVEL_AGENCY]];
	assert_int_equal(share->bound, BOUND_AT_MOST);
	assert_int_equal(share->percent, 50);
	assert_int_equal(share->base, BASE_ALL);
	assert_int_equal(share->share_level, LEVEL_AGENCY);
	test_store_close(&f.store);

	set_up_seeded(&f, GOVERNMENT_CITY, "cimahi-2026");
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_true(r.share_rule[LEVEL_AGENCY] >= 0);
	assert_int_equal(f.book->rule[r.share_rule[LEVEL_AGENCY]].percent, 75);
	test_store_close(&f.store);
}

/* Office: the sites. Home: anywhere in Jawa Barat, at home in Bogor and DKI. Outside duty, leave:
 * nowhere. */
static void test_place_and_windows(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-13", 0).place, PLACE_ANYWHERE);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-14", 0).place, PLACE_SITE);
	struct person_day away = somebody(&f, PLANNER, "2025-11-13", 0);
	struct day_ruling r;
	away.status = STATUS_OUTSIDE_DUTY;
	policy_decide_day(f.book, &away, &r);
	assert_int_equal(r.place, PLACE_NONE);
	assert_int_equal(r.duty, DUTY_NONE);
	assert_int_not_equal(r.shift.starts, MINUTE_OFF);
	away.status = STATUS_ANNUAL_LEAVE;
	policy_decide_day(f.book, &away, &r);
	assert_int_equal(r.place, PLACE_NONE);
	assert_int_equal(r.shift.starts, MINUTE_OFF);
	test_store_close(&f.store);

	set_up_seeded(&f, GOVERNMENT_CITY, "kota-bogor-2026");
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_int_equal(r.place, PLACE_HOME);
	assert_int_equal(r.windows, 3);
	for (int i = 0; i < r.windows; i++)
		assert_int_equal(r.window[i].kind, WINDOW_CHECK);
	assert_int_equal(r.window[1].opens, 12 * 60);
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-09", 0).windows, 0); /* only at home */
	test_store_close(&f.store);

	set_up_seeded(&f, JABAR, "dki-2026");
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-10", 'R').place, PLACE_HOME);
	test_store_close(&f.store);
}

/* Ramadan changes the hours, not the mode (Perpres 21/2023 art. 4(4)). */
static void test_ramadan_hours(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-188");
	struct day_ruling r = rule_on(&f, PLANNER, "2026-02-26", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_int_equal(r.shift.starts, 8 * 60);
	assert_int_equal(r.shift_reason.regime, REGIME_RAMADAN);
	assert_int_equal(rule_on(&f, PLANNER, "2026-02-12", 0).shift.starts, 7 * 60 + 30);
	test_store_close(&f.store);
}

/* The demo's province: its own circulars and the national ones together. */
static void test_province_with_national_law(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "Nasional");
	assert_int_equal(f.added, 3);
	seed(&f, "Pemerintah Provinsi Jawa Barat");
	assert_int_equal(f.added, 3);

	struct day_ruling r = rule_on(&f, PLANNER, "2025-11-13", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_true(r.cap_rule >= 0); /* PermenPANRB 4/2025 art. 13: two days a week */
	const struct rule *cap = &f.book->rule[r.cap_rule];
	assert_int_equal(cap->days_per_week, 2);
	assert_string_equal(f.book->instrument[cap->instrument].number, "PermenPANRB 4/2025");
	assert_string_not_equal(f.book->instrument[cap->instrument].verified_by, "");
	assert_int_equal(rule_on(&f, PLANNER, "2025-04-17", 0).cap_rule, -1); /* not yet in force */

	/* Jawa Barat keeps its Thursday and gets the national Friday. */
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-09", 0).mode, MODE_HOME);
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_string_equal(
		f.book->instrument[f.book->rule[r.mode_rule].instrument].verified_by, "");
	assert_int_equal(rule_on(&f, HEAD, "2026-04-09", 0).mode, MODE_HOME);
	assert_int_equal(rule_on(&f, HEAD, "2026-04-10", 0).mode, MODE_OFFICE);
	test_store_close(&f.store);
}

/* The example of one tap for teachers: dated, by position and mode, and the narrower rule beats the
 * one that leaves service units without a report. */
static void test_duty_of_one_tap(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		enum somebody who;
		enum report_duty duty;
	} cases[] = {
		{"2025-11-07", TEACHER, DUTY_NONE},          /* the day before it holds */
		{"2025-11-10", TEACHER, DUTY_DAILY_CONFIRM}, /* its first day */
		{"2025-11-10", REGISTRAR, DUTY_NONE},      /* another position of a service unit */
		{"2025-11-10", PLANNER, DUTY_DAILY_ITEMS}, /* everybody else */
	};
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	seed(&f, "contoh-konfirmasi");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_ruling r = rule_on(&f, cases[i].who, cases[i].day, 0);
		if (r.duty != cases[i].duty)
			fail_msg("%s on %s: %s", people[cases[i].who].name, cases[i].day,
				report_duty_names[r.duty]);
		if (r.duty == DUTY_DAILY_CONFIRM)
			assert_string_equal(f.book->rule[r.report_rule].words,
				"Melaksanakan pembelajaran sesuai jadwal mengajar");
	}
	test_store_close(&f.store);
}

/* The example of a weekly report: of work at the office, where at home a daily one stays owed. */
static void test_duty_of_a_week(void **state)
{
	(void)state;
	struct seeded f;
	struct day_ruling office, home;

	set_up_seeded(&f, JABAR, "jabar-150-1");
	assert_false(f.book->any_weekly);
	seed(&f, "contoh-mingguan");
	assert_true(f.book->any_weekly);
	office = rule_on(&f, PLANNER, "2025-11-12", 0);
	home = rule_on(&f, PLANNER, "2025-11-13", 0);
	assert_int_equal(office.duty, DUTY_WEEKLY);
	assert_int_equal(office.week_day, 0); /* asked of the days after it, not here */
	assert_int_equal(home.duty, DUTY_DAILY_ITEMS);
	test_store_close(&f.store);
}

/* The example of a plan said the evening before (H-1): dated, by mode, by the narrower rule not of
 * who serves directly, and of nobody on leave or a free day. */
static void test_plan_of_the_day_before(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		enum somebody who;
		int due;
	} cases[] = {
		{"2025-11-06", PLANNER, MINUTE_OFF}, /* a home day before it holds */
		{"2025-11-13", PLANNER, 21 * 60},    /* home */
		{"2025-11-14", PLANNER, MINUTE_OFF}, /* office */
		{"2025-11-13", CLERK, MINUTE_OFF},   /* direct service */
		{"2025-11-16", PLANNER, MINUTE_OFF}, /* Sunday */
	};
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	seed(&f, "contoh-rencana");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_ruling r = rule_on(&f, cases[i].who, cases[i].day, 0);
		if (r.plan_due != cases[i].due || (r.plan_rule < 0 && r.plan_due != MINUTE_OFF))
			fail_msg("%s on %s: %d", people[cases[i].who].name, cases[i].day,
				r.plan_due);
	}
	test_store_close(&f.store);
}

/* What a regulation says of a missing report is told on the days that ask for one. */
static void test_what_follows_of_a_missing_report(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		enum somebody who;
		bool told;
	} cases[] = {
		{"2025-11-06", PLANNER, false}, /* a home day before it holds */
		{"2025-11-13", PLANNER, true},  /* home */
		{"2025-11-14", PLANNER, false}, /* office: not said of */
		{"2025-11-16", PLANNER, false}, /* Sunday */
	};
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	seed(&f, "contoh-tanpa-laporan");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_ruling r = rule_on(&f, cases[i].who, cases[i].day, 0);
		if ((r.missing_rule >= 0) != cases[i].told)
			fail_msg("%s on %s", people[cases[i].who].name, cases[i].day);
	}
	test_store_close(&f.store);
}

static void test_seed_names_the_fault(void **state)
{
	(void)state;
	static const struct {
		const char *rules, *fault;
	} cases[] = {
		{"instrument,kind,mode\nx,mode,hom\n", "rules.csv line 2: mode"},
		{"instrument,kind\nx,wish\n", "rules.csv line 2: kind"},
		{"instrument,kind,mode,weekdays\nx,mode,home,thursday frday\n",
			"rules.csv line 2: weekdays"},
		{"instrument,kind,mode,unit\nx,mode,home,ATLANTIS\n", "rules.csv line 2: unit"},
		{"instrument,kind,post\nx,exempt,LOKET-9\n", "rules.csv line 2: post"},
		{"instrument,kind,opens,closes,window\nx,window,7.30,08:00,in\n",
			"rules.csv line 2: opens"},
		{"instrument,kind,mode\n\"x,mode,home\n", "rules.csv line 2: quote"},
	};
	const char *instruments =
		"code,government,rank,number,issued,title\nx,g,se,1,2025-01-01,t\n";
	struct seeded f;
	set_up_seeded(&f, JABAR, "perpres-21-2023");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *fault = NULL;
		int added;
		struct bytes table = {(const uint8_t *)instruments, strlen(instruments)};
		struct bytes rules = {(const uint8_t *)cases[i].rules, strlen(cases[i].rules)};
		assert_int_equal(
			policy_seed(&f.store.tx, table, rules, "x", &added, &fault), E_BAD_REQUEST);
		assert_string_equal(fault, cases[i].fault);
		assert_int_equal(added, 0);
	}
	test_store_close(&f.store);
}

/* ---- adding and ending
 * --------------------------------------------------------------------------- */

static int count_leaves(const struct test_store *s)
{
	int count;
	changes_leaves(s->tx.changes, &count);
	return count;
}

static struct change last_range(const struct test_store *s)
{
	int count;
	const struct change *change = changes_list(s->tx.changes, &count);
	struct change found = {0};
	for (int i = 0; i < count; i++) {
		if (change[i].kind == CHANGE_RANGE)
			found = change[i];
	}
	return found;
}

static void test_instrument_is_added_and_ended(void **state)
{
	(void)state;
	struct seeded f;
	struct instrument_id id;
	struct rule r = policy_rule_of(RULE_MODE);
	const struct instrument in = {.rank = RANK_SE,
		.number = "SE 1",
		.title = "WFH",
		.issued = day("2025-11-10"),
		.valid_from = day("2025-11-10"),
		.valid_to = DAY_FOREVER};
	set_up_seeded(&f, JABAR, "perpres-21-2023");
	test_store_project(&f.store);
	r.mode = MODE_HOME;
	assert_int_equal(policy_add_instrument(&f.store.tx, &in, &r, 1, &id), OK);
	assert_int_equal(count_leaves(&f.store), 1);
	struct change range = last_range(&f.store);
	assert_int_equal(range.a, day("2025-11-10"));
	assert_int_equal(range.day, day("2025-11-13")); /* not the days to come */
	assert_int_equal(policy_load_book(&f.store.tx, &f.book), OK);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-20", 0).mode, MODE_HOME);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-07", 0).mode, MODE_OFFICE);
	test_store_project(&f.store);

	assert_int_equal(policy_end_instrument(&f.store.tx, id, day("2025-11-12")), OK);
	assert_int_equal(count_leaves(&f.store), 1);
	assert_int_equal(last_range(&f.store).a, day("2025-11-13"));
	assert_int_equal(policy_load_book(&f.store.tx, &f.book), OK);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-12", 0).mode, MODE_HOME); /* as it was */
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-13", 0).mode, MODE_OFFICE);
	assert_int_equal(policy_end_instrument(&f.store.tx, id, day("2025-11-20")), E_CONFLICT);
	assert_int_equal(
		policy_end_instrument(&f.store.tx, (struct instrument_id){1}, day("2025-11-20")),
		E_NOT_FOUND);
	test_store_close(&f.store);
}

/* A law of 2023 entered today reaches back no further than anybody may. */
static void test_old_law_marks_few_days(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "permenpanrb-4-2025");
	assert_int_equal(last_range(&f.store).a, day("2025-11-13") - POLICY_REACH_DAYS);
	test_store_close(&f.store);
}

static void test_book_is_cached_by_generation(void **state)
{
	(void)state;
	struct seeded f;
	const struct policy_book *again;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	assert_int_equal(policy_load_book(&f.store.tx, &again), OK);
	assert_ptr_equal(again, f.book);
	assert_int_equal(org_touch_generation(&f.store.tx), OK);
	assert_int_equal(policy_load_book(&f.store.tx, &again), OK);
	assert_ptr_not_equal(again, f.book);
	assert_int_equal(again->rules, f.book->rules);
	assert_false(again->any_crosses_midnight);
	test_store_close(&f.store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_circulars),
		cmocka_unit_test(test_every_row_is_asked),
		cmocka_unit_test(test_share_of_phase_two),
		cmocka_unit_test(test_place_and_windows),
		cmocka_unit_test(test_ramadan_hours),
		cmocka_unit_test(test_province_with_national_law),
		cmocka_unit_test(test_duty_of_one_tap),
		cmocka_unit_test(test_duty_of_a_week),
		cmocka_unit_test(test_plan_of_the_day_before),
		cmocka_unit_test(test_what_follows_of_a_missing_report),
		cmocka_unit_test(test_seed_names_the_fault),
		cmocka_unit_test(test_instrument_is_added_and_ended),
		cmocka_unit_test(test_old_law_marks_few_days),
		cmocka_unit_test(test_book_is_cached_by_generation),
	};
	return TEST_STORE_RUN(tests);
}

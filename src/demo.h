/*
 * The demo province: a whole government invented from a seed, first as a plan in memory
 * (demo_plan.c and the files that know a kind of agency), then written through the slices' own
 * functions (demo_store.c), then lived through for two weeks (demo_history.c).
 *
 * Every person, number and letter is made up; what is real are the names of agencies and places and
 * the circulars in data/. Equal seed and size give an equal `luwes dump`: nothing here reads a
 * clock, random numbers come from struct chance alone. Private to `luwes demo`.
 */
#ifndef LUWES_DEMO_H
#define LUWES_DEMO_H

#include "base/chance.h"
#include "attendance/attendance.h"
#include "platform/platform_db.h"

#define DEMO_EMPLOYEES     36005
#define DEMO_EMPLOYEES_MIN 200
#define DEMO_EMPLOYEES_MAX 200000
#define DEMO_HISTORY_DAYS  13
#define DEMO_HISTORY_MAX   62
#define DEMO_PASSWORD      "contoh-luwes-2025"
#define NOBODY             (-1)

struct nip_set; /* demo_names.c */

/* ---- places (demo_places.c): the 27 regencies and cities ---- */

#define DEMO_PLACES 27
struct demo_place {
	const char *name;        /* "Kabupaten Garut" */
	const char *code;        /* "GRT" */
	struct geo_point centre; /* of its seat of government, roughly */
	int weight;              /* share of the schools */
	int branch;              /* Cabang Dinas Pendidikan, 1..13 */
};
extern const struct demo_place demo_place[DEMO_PLACES];
#define DEMO_BRANCHES 13
extern const char *const demo_branch_name[DEMO_BRANCHES + 1];
/* A point within about `metres` of another. */
struct geo_point demo_near(struct chance *r, struct geo_point centre, int metres);
#define DEMO_BANDUNG 20 /* index of Kota Bandung */

/* ---- the plan ---- */

enum demo_hours { HOURS_OFFICE, HOURS_SCHOOL, HOURS_WARD, HOURS_PART_TIME, HOURS_SIX_DAYS };

struct demo_unit {
	int parent; /* index; -1: an agency */
	const char *code, *name;
	enum unit_kind kind;
	enum unit_character character;
	int head; /* index of the person who answers for it; NOBODY */
	bool has_site;
	struct geo_point centre;
	int32_t radius_metres; /* 0: a polygon of four corners */
	const char *post_name; /* a service post; NULL: none */
	int post_minimum;      /* 0: a desk inside the office, six tenths of its people */
	enum demo_hours hours; /* of its people */
	struct unit_id id;     /* once written */
	struct post_id post;
};

struct demo_person {
	int unit;
	const char *nip, *name, *title_before, *title_after;
	enum employment_kind kind;
	bool has_phone;
	const char *position;
	enum position_level level;
	int supervisor, team_lead; /* NOBODY */
	enum demo_hours hours;
	int cycle_offset; /* of a ward's shifts */
	bool serves;      /* member of the unit's service post */
	int moved_from;   /* unit before `moved_on`; -1: always here */
	int32_t moved_on;
	int carelessness;        /* per mille of mornings that go wrong */
	int32_t since;           /* in service, from the number */
	enum status_kind status; /* leave or duty of some days around today; STATUS_NONE: none */
	int32_t status_from, status_to;
	bool is_played; /* a visitor signs in as him: what happens today is left to the visitor */
	struct employee_id id; /* once written */
};

/* Somebody in the place of another: PLT until the post is filled, PLH while the head is away. */
struct demo_stand_in {
	int unit, person;
	enum acting acting;
	int away; /* PLH: the head he stands in for; NOBODY */
};
#define DEMO_STAND_INS_MAX 16

/* A day whose way out nobody recorded: what a correction asks for. */
struct demo_missed {
	int person; /* -1 none */
	int32_t day;
};
enum demo_missed_which { MISSED_DECIDED, MISSED_WAITS, MISSED_LATE, DEMO_MISSED_COUNT };

struct demo_plan {
	struct arena *arena;
	uint64_t seed;
	int32_t today;
	struct demo_unit *unit;
	int units;
	struct demo_person *person;
	int persons, room;
	struct demo_stand_in stand_in[DEMO_STAND_INS_MAX];
	int stand_ins;
	int outage_agency; /* whose network was down for half an hour; -1 none */
	int32_t outage_day;
	struct demo_missed missed[DEMO_MISSED_COUNT];
	int paper_unit; /* a school some of whose people have no phone; -1 none */
	struct nip_set *nips;
};

/* The top of the unit's branch of the tree. */
int demo_agency_of(const struct demo_plan *plan, int unit);
/* -1 when there is none. */
int demo_find_unit(const struct demo_plan *plan, const char *code);

/* An agency to be filled: one row of data/agencies-jabar.csv, scaled. */
struct demo_agency {
	const char *name;
	int employees;
	enum unit_character character;
};
#define DEMO_AGENCIES_MAX 64

/* Reads the table and scales it to `employees` people, at least DEMO_AGENCY_MIN in each; false with
 * a sentence. */
#define DEMO_AGENCY_MIN 4
bool demo_read_agencies(struct arena *arena, struct bytes csv, int employees,
	struct demo_agency *ret, int *ret_count, const char **ret_why);

/* An empty plan, and agencies filled into it (demo_plan.c). */
void demo_plan_init(
	struct demo_plan *plan, struct arena *arena, uint64_t seed, int32_t today, int room);
void demo_plan_agency(struct demo_plan *plan, const struct demo_agency *agency);
/* When all agencies are there: who answers for whom across them, transfers, stand-ins. */
void demo_plan_finish(struct demo_plan *plan);
/* Not a head, with a phone, and here on every day of the demo: somebody a visitor can be. */
bool demo_is_present(const struct demo_plan *plan, int person);
/* The small second government. */
void demo_plan_small(struct demo_plan *plan);

/* ---- what the files of the plan share ---- */

int demo_add_unit(struct demo_plan *plan, int parent, const char *code, const char *name,
	enum unit_kind kind, enum unit_character character);
/* radius 0: a polygon of four corners. */
void demo_set_site(struct demo_plan *plan, int unit, struct geo_point centre, int radius_metres);

struct demo_job {
	const char *position;
	enum position_level level;
};
/* One more person of the unit, with an invented name and number; a head answers for the unit. */
int demo_add_person(struct demo_plan *plan, int unit, struct demo_job job, bool is_head);
/* `count` more, their jobs in turn from a list whose last position is NULL. */
void demo_add_staff(struct demo_plan *plan, int unit, int count, const struct demo_job *jobs);

/* A unit to be filled with a head and people. */
struct demo_branch {
	const char *code, *name;
	enum unit_kind kind;
	enum unit_character character;
	struct demo_job head;
	const struct demo_job *staff;
	int weight;              /* its share of the people */
	struct geo_point centre; /* of its own site; lat_e7 0: none */
	int radius_metres;
	const char *post_name; /* its service post; NULL: none */
	int post_minimum;      /* 0: a desk inside the office, six tenths of its people */
	enum demo_hours hours; /* of its people; wards: not of the head */
};
/* Fills as many of the branches as `people` allow (two each at least) below `parent`, with exactly
 * so many people. */
void demo_fill(struct demo_plan *plan, int parent, const struct demo_branch *branch, int branches,
	int people);
/* `total` in parts by weight, none below `least`; exact. total >= n * least. */
void demo_spread(int total, int least, const int *weight, int n, int *ret_part);

/* Codes and divisions of the agencies (demo_agencies.c); NULL when the table does not know the
 * name. */
#define DEMO_DIVISIONS 5
struct demo_agency_facts {
	const char *name, *code;
	const char *division[DEMO_DIVISIONS];
};
const struct demo_agency_facts *demo_agency_facts(const char *name);
extern const struct demo_job demo_office_jobs[], demo_secretariat_jobs[];
/* The secretariat and the divisions of an agency as branches; returns how many. */
int demo_office_branches(struct demo_plan *plan, const struct demo_agency_facts *facts,
	struct demo_branch *ret_branch);

/* The agencies that need more than offices (demo_services.c): each fills exactly `people` below the
 * agency. */
void demo_plan_education(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *facts, int people);
void demo_plan_revenue(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *facts, int people);
void demo_plan_hospital(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *facts, int people);
void demo_plan_bureaus(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *facts, int people);
void demo_plan_offices(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *facts, int people);

/* ---- writing and living it ---- */

#define DEMO_ITEMS_USUAL (-1) /* reports as duty and chance want them */
#define DEMO_ITEMS_MAX   10

/* A task somebody has accepted and works on. */
#define DEMO_TASKS_MAX 8
struct demo_task {
	int person;
	int64_t task;
	const char *subject;
};

/* What the steps of `luwes demo` share. tx->now_ms is the program's clock, which stands still at
 * each step. */
struct demo_world {
	struct tx *tx;
	struct demo_plan *plan;
	const char *government; /* code */
	const char *phc;        /* of DEMO_PASSWORD */
	int64_t at_ms;          /* when the demo begins */
	enum zone zone;
	int history_days;         /* lived through before today */
	int items;                /* of everybody's report on working days; or DEMO_ITEMS_USUAL */
	int64_t items_written;    /* of those asked of everybody */
	struct demo_goals *goals; /* by person, once written */
	struct demo_task in_hand[DEMO_TASKS_MAX]; /* once written */
	int in_hands;
};

/* Sets the program's clock to stand still at an instant, and tx->now_ms with it. */
void demo_clock(struct demo_world *w, int64_t at_ms);
/* The plan, calendars and circulars, as one government of the store (demo_store.c,
 * demo_calendar.c). */
enum err demo_store_plan(struct demo_world *w, const struct government *government);
enum err demo_store_calendar(struct demo_world *w, const char *const *instrument);
/* In tx: turns, six days, the break of schools, a floating start, an assembly (demo_hours.c). */
enum err demo_store_hours(struct tx *tx, const struct demo_plan *plan, struct pattern_id school);
/* Roles with their letters, and the sign-ins shown to visitors (demo_roles.c). */
enum err demo_store_roles(struct demo_world *w);
enum err demo_store_logins(struct demo_world *w, int first_ordering);

/* ---- a person's day (demo_punches.c): pure ---- */

struct day_ruling;
/* A punch as the phone made it and as it arrived; ids and flags come when it is written. */
struct demo_punch {
	int person;
	struct punch punch;
};
#define DEMO_PUNCHES_MAX 2 /* in, out */
/* The punches of one person on one day under its ruling, 0..2, in order of time. Equal arguments,
 * equal punches. */
int demo_compose_punches(const struct demo_plan *plan, int person, int32_t day,
	const struct day_ruling *ruling, enum zone zone, struct demo_punch *ret_punch);
/* Where his work is on that day: the unit he belonged to. */
int demo_unit_on(const struct demo_person *p, int32_t day);

/* Who answers for the personnel of an agency; NOBODY when it has no such person (demo_roles.c). */
int demo_find_officer(const struct demo_plan *plan, int agency);

/* ---- rosters (demo_rosters.c) ---- */

/* The working day on which agencies publish their roster of December 2025; DAY_NONE when it is not
 * one of the demo's days. */
int32_t demo_roster_day(int32_t first, int32_t today);
/* In tx, on that day: the offices a visitor looks at publish theirs. */
enum err demo_publish_rosters(struct tx *tx, struct demo_world *w, int32_t day);

/* The visitor at home today, and the operator of the system (demo_roles.c); NOBODY. */
int demo_find_home_worker(const struct demo_plan *plan);
int demo_find_operator(const struct demo_plan *plan);

/* ---- what people state instead of a phone (demo_papers.c) ---- */

/* Chooses whose network will be down, and when. */
void demo_plan_outage(struct demo_plan *plan);
void demo_plan_missed(struct demo_plan *plan);
#define OUTAGE_FROM (7 * 60 + 25)
#define OUTAGE_TO   (7 * 60 + 55)
/* In tx, on a day after its opening; `first` is the first day of the demo. */
enum err demo_live_papers(struct tx *tx, struct demo_world *w, int32_t day, int32_t first);
/* Whether the outage is granted on that day; its own day is then to be folded again. */
bool demo_has_incident(const struct demo_world *w, int32_t day);
enum err demo_refold_incident(struct tx *tx, struct demo_world *w);

/* ---- agencies with a system of their own (demo_coexist.c) ---- */

/* Their sources and the codes of SIMPEGNAS; `arg` is the world. */
enum err demo_store_sources(struct tx *tx, void *arg);
/* Whether the person clocks in with Luwes on that day. */
bool demo_has_luwes(const struct demo_plan *plan, int person, int32_t day);
/* In tx, the next morning: the files of the machines. */
enum err demo_import_punches(struct tx *tx, const struct demo_world *w, int32_t day);

/* Two weeks that passed and today as far as it is, in the steps of a server (demo_history.c). */
enum err demo_store_history(struct demo_world *w);
/* Transfers, a late decree, vacant offices: after the history, which decides days. */
enum err demo_store_transfers(struct demo_world *w);

/* Notices, letters, balances (demo_absence.c), when the history is there. */
enum err demo_store_absence(struct demo_world *w);

/* ---- planned results (demo_targets.c) ---- */

/* A line of a report, how much of it a day has at most, and the planned result it serves. */
struct demo_work {
	const char *description, *unit;
	int most;
	const char *result, *indicator;
};
/* What the person's kind of unit does; of a head, what heads do. */
const struct demo_work *demo_works(const struct demo_plan *plan, int person, int *ret_count);
#define DEMO_GOALS_MAX 4
struct demo_goals {
	int8_t state;                /* enum plan_state; -1: has no plan */
	int8_t n;                    /* results */
	int8_t work[DEMO_GOALS_MAX]; /* of demo_works */
	int64_t target[DEMO_GOALS_MAX];
};
/* Before the history: everybody's plan of the year. */
enum err demo_store_targets(struct demo_world *w);

/* ---- daily reports (demo_reports.c) ---- */

struct demo_reports;
struct demo_reports *demo_reports_new(struct demo_world *w);
/* In tx, on a day after its punches: who owes a report hands it in, mostly. */
enum err demo_submit_reports(struct tx *tx, struct demo_reports *r, int32_t day);
/* In tx, the next morning: superiors look at what waits. `share` per mille of it gets a verdict. */
enum err demo_decide_reports(struct tx *tx, struct demo_reports *r, int share);

/* Whether `luwes demo` made the store; tells when not (verb_demo.c). */
bool demo_is_demo_store(const char *verb, struct tx *tx);

/* ---- sessions for load tests (demo_db.c) ---- */

#define DEMO_LOGINS_PER_GOVERNMENT 50

struct demo_session {
	struct employee_id employee;
	const char *token;
};
void demo_db_register(void);
/* People of tx->government in service, mixed over the agencies; tokens are not filled in. */
enum err demo_list_people(struct tx *tx, struct demo_session *ret_session, int max, int *ret_count);
/* Who answers for somebody, those with the most people first; likewise. */
enum err demo_list_superiors(
	struct tx *tx, struct demo_session *ret_session, int max, int *ret_count);
/* The phone of a person, enrolled when it was not yet; phone_close it. Needs the store's keys. */
struct phone;
enum err demo_enrol(struct tx *tx, struct employee_id employee, struct phone *ret);
/* What agencies enrolled before the demo begins: last. */
enum err demo_store_phones(struct demo_world *w);
/* What the visitor's supervisor is asked to confirm: after the phones. */
enum err demo_store_confirmations(struct demo_world *w);
/* In tx, when a day is open: its lots, and the promise of the next one. */
enum err demo_draw_checks(struct tx *tx, int32_t day);
/* In tx, afterwards: what people did about the lots of the day. */
enum err demo_live_checks(struct tx *tx, struct demo_world *w, int32_t day);
/* What the visitor's supervisor asked some of his people: last. */
enum err demo_store_calls(struct demo_world *w);
/* What the visitor's supervisor and some of his people say about their reports. */
enum err demo_store_notes(struct demo_world *w);
/* Tasks, a checked document and two meetings (demo_tasks.c): after the roles. */
enum err demo_store_tasks(struct demo_world *w);
/* What the visitor's colleagues mean to do today and tomorrow (demo_day_plans.c): after the tasks.
 */
enum err demo_store_day_plans(struct demo_world *w);
/* Ratings of the last quarter and feedback since the demo began. */
enum err demo_store_ratings(struct demo_world *w);
/* When the newest day of the store was opened: the demo's own present. E_NOT_FOUND when there is
 * none. */
enum err demo_load_present(struct tx *tx, int64_t *ret_ms);

/* ---- names and numbers (demo_names.c) ---- */

struct demo_name {
	const char *name, *title_before, *title_after;
	bool is_woman;
};
struct demo_name demo_invent_name(
	struct arena *arena, struct chance *r, enum position_level level, const char *position);
struct nip_set *demo_nips_new(struct arena *arena, int room);
/* A well-formed NIP or NI PPPK nobody in the plan has yet. */
const char *demo_invent_nip(
	struct demo_plan *plan, struct chance *r, enum employment_kind kind, bool is_woman);

#endif

/*
 * demo: fills an empty store with a province like Jawa Barat and a small second government, from a
 * seed. Also shows the sign-ins of such a store, and issues sessions for load tests in it.
 *
 * While it fills, the program's clock stands still at each step, ids carry a fixed node and
 * libsodium's randomness comes from the seed, so that salts and ids come out the same: equal seed
 * and size, equal `luwes dump`. Sessions are always made of real randomness. A store that holds a
 * government already is refused, so nothing real can be mixed with this.
 */
#include "demo.h"

#include "base/str.h"
#include "platform/assets.h"
#include "platform/auth.h"
#include "platform/blob.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/keys.h"
#include "platform/migrate.h"
#include "phone.h"
#include "platform/slice.h"
#include "verbs.h"

#include <errno.h>
#include <sodium.h>

#define DEMO_AT          "2025-11-13T07:20+07:00"
#define DEMO_SEED        "2025"
#define DEMO_NODE        42
#define SETUP_DAYS       7 /* before the first day: when the store is made */
#define SMALL_PEOPLE     30
#define TX_ARENA_BYTES   ((size_t)4 << 30)
#define PLAN_ARENA_BYTES ((size_t)1 << 30)

/* ---- randomness from the seed ---- */

static uint8_t seeded_key[randombytes_SEEDBYTES];
static uint64_t seeded_calls;

static const char *seeded_name(void)
{
	return "luwes-demo";
}

/* The n-th request of the run, whatever its size. */
static void seeded_fill(void *const out, const size_t n)
{
	uint8_t seed[randombytes_SEEDBYTES];
	memcpy(seed, seeded_key, sizeof seed);
	for (int i = 0; i < 8; i++)
		seed[i] ^= (uint8_t)(seeded_calls >> (8 * i));
	seeded_calls++;
	randombytes_buf_deterministic(out, n, seed);
}

static uint32_t seeded_random(void)
{
	uint32_t value;
	seeded_fill(&value, sizeof value);
	return value;
}

static void seed_randomness(uint64_t seed)
{
	static struct randombytes_implementation seeded = {
		.implementation_name = seeded_name, .random = seeded_random, .buf = seeded_fill};
	struct chance r = chance_stream(seed, 0, 100);
	for (size_t i = 0; i < sizeof seeded_key; i++)
		seeded_key[i] = (uint8_t)chance_draw(&r);
	randombytes_set_implementation(&seeded);
}

/* ---- filling ---- */

static const struct government province = {.code = "jabar",
	.name = "Pemerintah Daerah Provinsi Jawa Barat",
	.short_name = "Jawa Barat",
	.kind = GOVERNMENT_PROVINCE,
	.zone = ZONE_WIB,
	.board_label = "BKD",
	.agency_label = "Perangkat daerah",
	.head_label = "Gubernur",
	.is_demo = true};
static const struct government city = {.code = "kotacontoh",
	.name = "Pemerintah Kota Contoh",
	.short_name = "Kota Contoh",
	.kind = GOVERNMENT_CITY,
	.zone = ZONE_WIB,
	.board_label = "BKPSDM",
	.agency_label = "OPD",
	.head_label = "Wali Kota",
	.is_demo = true};
static const char *const province_circulars[] = {"perpres-21-2023", "permenpanrb-4-2025",
	"jabar-150-1", "jabar-150-2", "contoh-konfirmasi", "contoh-rencana", NULL};
static const char *const city_circulars[] = {"perpres-21-2023", "permenpanrb-4-2025", NULL};

struct filling {
	struct tx *tx;
	struct arena *plan_arena;
	uint64_t seed;
	int employees, history_days, items;
	int64_t items_written;
	int64_t at_ms;
	const char *phc;
	int logins;
};

static bool plan_province(struct filling *f, struct demo_plan *plan)
{
	struct demo_agency agency[DEMO_AGENCIES_MAX];
	const struct asset *asset = asset_find("data/agencies-jabar.csv");
	const char *why = "data/agencies-jabar.csv is not in this program";
	int count = 0;
	if (!asset || !demo_read_agencies(f->plan_arena, (struct bytes){asset->bytes, asset->size},
			      f->employees, agency, &count, &why))
		return verb_fail("demo", false, "%s", why);
	demo_plan_init(
		plan, f->plan_arena, f->seed, instant_day(f->at_ms, province.zone), f->employees);
	for (int i = 0; i < count; i++)
		demo_plan_agency(plan, &agency[i]);
	demo_plan_finish(plan);
	return true;
}

static enum err store_world(struct filling *f, struct demo_plan *plan,
	const struct government *model, const char *const *circulars)
{
	struct demo_world w = {.tx = f->tx,
		.plan = plan,
		.government = model->code,
		.phc = f->phc,
		.at_ms = f->at_ms,
		.zone = model->zone,
		.history_days = f->history_days,
		.items = f->items};
	struct government government = *model;
	enum err e;
	demo_clock(&w, instant_of(plan->today - f->history_days - SETUP_DAYS, 8 * 60, model->zone));
	government.id.v = id_next();
	f->tx->government = government.id;
	if ((e = demo_store_plan(&w, &government)) || (e = demo_store_calendar(&w, circulars)) ||
		(e = demo_store_roles(&w)) || (e = demo_store_logins(&w, f->logins)))
		return e;
	f->logins += DEMO_LOGINS_PER_GOVERNMENT;
	e = demo_store_targets(&w);
	if (!e)
		e = demo_store_history(&w);
	f->items_written += w.items_written;
	if (!e)
		e = demo_store_absence(&w);
	if (!e)
		e = demo_store_transfers(&w);
	if (!e)
		e = demo_store_phones(&w);
	if (!e)
		e = demo_store_calls(&w);
	if (!e)
		e = demo_store_ratings(&w);
	if (!e)
		e = demo_store_confirmations(&w);
	if (!e)
		e = demo_store_notes(&w);
	if (!e)
		e = demo_store_tasks(&w);
	return e ? e : demo_store_day_plans(&w);
}

static bool fill(struct filling *f)
{
	struct demo_plan plan;
	if (!plan_province(f, &plan) || store_world(f, &plan, &province, province_circulars))
		return false;
	printf("%s: %d employees, %d units\n", province.code, plan.persons, plan.units);
	demo_plan_init(&plan, f->plan_arena, f->seed + 1, plan.today, SMALL_PEOPLE);
	demo_plan_small(&plan);
	if (store_world(f, &plan, &city, city_circulars))
		return false;
	printf("%s: %d employees, %d units\n", city.code, plan.persons, plan.units);
	return true;
}

/* ---- the store ---- */

static bool is_empty(struct db *db, struct arena *arena)
{
	struct tx tx = {.db = db, .arena = arena};
	struct government *list;
	int count = 1;
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = platform_list_governments(&tx, &list, &count);
	db_rollback(db);
	if (e)
		return verb_fail("demo", false, "cannot read the store: %s", db_message(db));
	if (count)
		return verb_fail("demo", false,
			"the store holds governments already; a demo fills only an empty one");
	return true;
}

/* Migrated here when it is new. */
static struct db *open_empty(struct arena *arena)
{
	const char *why = NULL;
	int applied;
	verb_wire();
	struct db *db = db_open(config_text(SET_DB), DB_WRITE, arena, &why);
	if (!db || !blob_open(config_text(SET_DB), arena, &why) ||
		migrate_run(db, arena, &applied, &why) ||
		!keys_open(config_text(SET_DB), db, arena, &why)) {
		verb_fail("demo", 0, "cannot make the store: %s", why);
		verb_close(db);
		return NULL;
	}
	if (is_empty(db, arena))
		return db;
	verb_close(db);
	return NULL;
}

static int run_fill(struct filling *f)
{
	struct arena arena, plan_arena;
	struct tx tx = {.arena = &arena};
	int64_t started = clock_monotonic();
	arena_init(&arena, TX_ARENA_BYTES);
	arena_init(&plan_arena, PLAN_ARENA_BYTES);
	seed_randomness(f->seed);
	id_set_node(DEMO_NODE);
	f->tx = &tx;
	f->plan_arena = &plan_arena;
	struct demo_world w = {.tx = &tx};
	demo_clock(&w, f->at_ms - (f->history_days + SETUP_DAYS) * MS_PER_DAY);
	tx.db = open_empty(&arena);
	bool good = tx.db && auth_hash_password(&plan_arena, DEMO_PASSWORD, &f->phc) == OK &&
		    fill(f);
	if (good)
		db_checkpoint(tx.db);
	if (tx.db)
		verb_close(tx.db);
	if (good && f->items != DEMO_ITEMS_USUAL)
		printf("%lld report items\n", (long long)f->items_written);
	if (good)
		printf("filled in %.1f s\n", (double)(clock_monotonic() - started) / 1000);
	arena_release(&arena);
	arena_release(&plan_arena);
	return good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- --logins and --sessions ---- */

bool demo_is_demo_store(const char *verb, struct tx *tx)
{
	int64_t floor;
	bool is_demo = false;
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = platform_load_store(tx, &floor, &is_demo);
	db_rollback(tx->db);
	if (e)
		return verb_fail(verb, false, "cannot read the store: %s", db_message(tx->db));
	return is_demo ? true : verb_fail(verb, false, "this is not a demo store");
}

static int run_logins(void)
{
	struct arena arena;
	struct demo_login *login;
	int count = 0;
	arena_init(&arena, PLAN_ARENA_BYTES);
	struct tx tx = {
		.arena = &arena, .now_ms = clock_now(), .db = verb_open("demo", DB_READ, &arena)};
	if (!tx.db)
		return EXIT_FAILED;
	bool good = demo_is_demo_store("demo", &tx) && db_begin_read(tx.db, 0) == OK &&
		    auth_list_demo_logins(&tx, &login, &count) == OK;
	db_rollback(tx.db);
	for (int i = 0; i < count && good; i++)
		printf("%s\t%s\t%s\t%s\n", login[i].role, login[i].government, login[i].nip,
			login[i].password);
	verb_close(tx.db);
	arena_release(&arena);
	return good ? EXIT_DONE : EXIT_FAILED;
}

struct sessions {
	int wanted;
	const char *government;
	struct demo_session *list;
	struct time_token *token; /* of each one's phone */
	int count;
	bool superiors; /* of them alone, and without phones */
};

/* A session and a phone that has just met the server. */
static enum err add_session(struct tx *tx, struct sessions *s, int i)
{
	struct phone phone;
	enum err e = auth_add_session(tx, s->list[i].employee, s->government, &s->list[i].token);
	if (!e && s->superiors)
		return OK;
	if (!e)
		e = demo_enrol(tx, s->list[i].employee, &phone);
	if (e)
		return e;
	s->token[i] = attendance_make_token(tx->government, phone.device, tx->now_ms);
	phone_close(&phone);
	return OK;
}

static enum err add_sessions(struct tx *tx, void *arg)
{
	struct sessions *s = arg;
	enum err e = s->superiors ? demo_list_superiors(tx, s->list, s->wanted, &s->count)
				  : demo_list_people(tx, s->list, s->wanted, &s->count);
	for (int i = 0; i < s->count && !e; i++)
		e = add_session(tx, s, i);
	return e;
}

/* Session, person, secret of his phone, id and instant of its time token (0 when not enrolled). */
static void write_session(FILE *out, const struct sessions *s, int i)
{
	uint8_t secret[PHONE_SECRET_BYTES];
	char hex[2 * PHONE_SECRET_BYTES + 1], token[2 * TOKEN_ID_BYTES + 1];
	phone_secret(s->list[i].employee, secret);
	hex_encode(secret, sizeof secret, hex);
	hex_encode(s->token[i].id, sizeof s->token[i].id, token);
	fprintf(out, "%s\t%lld\t%s\t%s\t%lld\n", s->list[i].token, (long long)s->list[i].employee.v,
		hex, token, (long long)s->token[i].issued_at);
}

static bool write_sessions(struct tx *tx, struct sessions *s, const char *path)
{
	s->list = ARENA_ARRAY(tx->arena, (size_t)s->wanted, struct demo_session);
	s->token = ARENA_ARRAY(tx->arena, (size_t)s->wanted, struct time_token);
	s->government = province.code;
	if (verb_write("demo", tx, add_sessions, s))
		return false;
	FILE *out = fopen(path, "we");
	if (!out)
		return verb_fail("demo", false, "%s: %s", path, strerror(errno));
	for (int i = 0; i < s->count; i++)
		write_session(out, s, i);
	if (fclose(out))
		return verb_fail("demo", false, "%s: %s", path, strerror(errno));
	printf("%d sessions\n", s->count);
	return true;
}

/* Sessions begin in the demo's own present, unless --clock says another. */
static bool set_clock(struct tx *tx)
{
	const char *spec = config_text(SET_CLOCK);
	char text[32];
	if (!*spec) {
		enum err e = db_begin_read(tx->db, 0);
		if (!e)
			e = demo_load_present(tx, &tx->now_ms);
		db_rollback(tx->db);
		if (e)
			return verb_fail(
				"demo", false, "cannot tell the day of this demo: %s", err_code(e));
		instant_format(tx->now_ms, text);
		spec = text;
	}
	if (!clock_set(spec))
		return verb_fail("demo", false, "--clock wants INSTANT[,xN], not '%s'", spec);
	tx->now_ms = clock_now();
	return true;
}

static int run_sessions(int64_t wanted, const char *path, bool superiors)
{
	struct arena arena;
	struct sessions s = {.wanted = (int)wanted, .superiors = superiors};
	arena_init(&arena, PLAN_ARENA_BYTES);
	struct tx tx = {.arena = &arena, .db = verb_open("demo", DB_WRITE, &arena)};
	if (!tx.db)
		return EXIT_FAILED;
	demo_db_register();
	bool good = demo_is_demo_store("demo", &tx) &&
		    verb_government("demo", &tx, province.code) && set_clock(&tx) &&
		    write_sessions(&tx, &s, path);
	verb_close(tx.db);
	arena_release(&arena);
	return good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- the verb ---- */

int verb_demo(int argc, char **argv)
{
	const char *employees = NULL, *seed = DEMO_SEED, *at = DEMO_AT, *sessions = NULL,
		   *days = NULL, *items = NULL, *rest[1];
	bool logins = false, superiors = false;
	const struct option_row option[] = {{"--employees", &employees, NULL},
		{"--seed", &seed, NULL}, {"--at", &at, NULL}, {"--sessions", &sessions, NULL},
		{"--history-days", &days, NULL}, {"--items", &items, NULL},
		{"--logins", NULL, &logins}, {"--superiors", NULL, &superiors}};
	struct filling f = {.employees = DEMO_EMPLOYEES,
		.history_days = DEMO_HISTORY_DAYS,
		.items = DEMO_ITEMS_USUAL};
	int64_t number;
	int words = verb_options(argc, argv, option, COUNT_OF(option), rest, 1);
	if (words < 0)
		return EXIT_USAGE;
	if (logins)
		return run_logins();
	if (sessions && (words != 1 || !str_to_int(sessions, 1, DEMO_EMPLOYEES_MAX, &number)))
		return verb_fail("demo", EXIT_USAGE, "--sessions wants a number and a file");
	if (sessions)
		return run_sessions(number, rest[0], superiors);
	if (words)
		return verb_fail("demo", EXIT_USAGE,
			"do not understand '%s'; try 'luwes help demo'", rest[0]);
	if (employees && !str_to_int(employees, DEMO_EMPLOYEES_MIN, DEMO_EMPLOYEES_MAX, &number))
		return verb_fail("demo", EXIT_USAGE, "--employees wants %d to %d",
			DEMO_EMPLOYEES_MIN, DEMO_EMPLOYEES_MAX);
	if (employees)
		f.employees = (int)number;
	if (days && !str_to_int(days, 1, DEMO_HISTORY_MAX, &number))
		return verb_fail(
			"demo", EXIT_USAGE, "--history-days wants 1 to %d", DEMO_HISTORY_MAX);
	if (days)
		f.history_days = (int)number;
	if (items && !str_to_int(items, 0, DEMO_ITEMS_MAX, &number))
		return verb_fail("demo", EXIT_USAGE, "--items wants 0 to %d", DEMO_ITEMS_MAX);
	if (items)
		f.items = (int)number;
	if (!str_to_int(seed, 0, INT64_MAX, &number))
		return verb_fail("demo", EXIT_USAGE, "--seed wants a number");
	f.seed = (uint64_t)number;
	if (!instant_parse(at, &f.at_ms) ||
		f.at_ms < instant_of(day_from_civil(2021, 1, 1), 0, ZONE_WIB))
		return verb_fail("demo", EXIT_USAGE, "--at wants an instant like " DEMO_AT);
	return run_fill(&f);
}

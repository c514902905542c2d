/*
 * replay: the punches of a demo day, sent over HTTP as phones would, so that the board moves. Who
 * has to come, when and where, is read from the demo store on this machine; a session is made for
 * each of them.
 *
 * Phones sign (docs/EVIDENCE.md), and --offline PERCENT of them have no signal until --until: what
 * they signed in time waits on the phone and counts all the same.
 *
 * Time is the server's: a person comes a little before his work starts by the server's clock, which
 * runs
 * --speed times as fast as a wall clock (serve --clock INSTANT,xN). Everybody sends at most two
 * punches, so it ends by itself.
 */
#include "verbs.h"

#include "attendance/attendance.h"
#include "base/str.h"
#include "demo.h"
#include "platform/auth.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "punch_request.h"

#define REPLAY_ARENA_BYTES ((size_t)2 << 30)
#define PAGE               500
#define SESSIONS_PER_WRITE 4000
#define CONNECTIONS        64
#define SPEED_MAX          10000
#define ANSWER_LIMIT_US    (INT64_C(10) * 1000000)

/* A punch made at one instant of the server's clock and sent at the same or a later one. */
struct planned {
	int64_t at_ms, sent_ms;
	int person;
	enum direction direction;
};

struct comer {
	struct employee_id employee;
	const char *token;
	struct geo_point place; /* NO_COORDINATE: sends none */
	int64_t online_ms;      /* without a signal before */
	struct phone phone;
};

struct replay {
	struct tx *tx;
	const char *government;
	struct chance random;
	struct comer *comer;
	int comers, signed_in;
	struct planned *planned;
	int count, next;
	int64_t server_ms, started_us; /* the server's clock when we began, and ours */
	int64_t speed, offline_percent;
	int until_minute;
	int sent, accepted, offline;
	struct load_address address;
};

/* ---- the server's clock ---- */

static bool ask_now(struct replay *r)
{
	if (!punch_ask_now(&r->address, &r->server_ms))
		return verb_fail("replay", false, "no demo answers at http://%s:%d",
			r->address.host, r->address.port);
	r->started_us = load_now_us();
	return true;
}

static int64_t server_now(const struct replay *r, int64_t now_us)
{
	return r->server_ms + (now_us - r->started_us) * r->speed / 1000;
}

/* ---- who comes ---- */

static void plan_punch(struct replay *r, int person, enum direction direction, int64_t at_ms)
{
	int64_t online_ms = r->comer[person].online_ms;
	r->planned[r->count++] = (struct planned){
		at_ms, at_ms > online_ms ? at_ms : online_ms, person, direction};
}

#define SOON_MINUTES 25

/* Who should be here by now comes within the next minutes. */
static void plan_day(
	struct replay *r, const struct org_tree *tree, const struct attendance_day *row)
{
	const struct org_site *site;
	int person = r->comers;
	if (!attendance_is_work(row->mode) || row->starts < 0 || row->out_at != NO_INSTANT ||
		chance_of(&r->random, 10))
		return;
	bool is_at_office = row->mode == MODE_OFFICE &&
			    org_list_sites(tree, row->unit, row->day, &site, 1) == 1;
	r->comer[r->comers++] = (struct comer){.employee = row->employee,
		.place = is_at_office ? demo_near(&r->random, site->centre, 40)
				      : (struct geo_point){NO_COORDINATE, NO_COORDINATE}};
	if (chance_of(&r->random, (int32_t)r->offline_percent * 10)) {
		r->comer[person].online_ms = instant_of(row->day, r->until_minute, tree->zone);
		r->offline++;
	}
	int64_t in = instant_of(row->day,
		row->starts - chance_below(&r->random, 30) + (chance_of(&r->random, 30) ? 40 : 0),
		tree->zone);
	if (in < r->server_ms)
		in = r->server_ms + chance_below(&r->random, SOON_MINUTES * 60) * INT64_C(1000);
	if (row->in_at == NO_INSTANT)
		plan_punch(r, person, DIRECTION_IN, in + chance_below(&r->random, 60000));
	int64_t out = instant_of(row->day, row->ends + chance_below(&r->random, 40), tree->zone);
	if (out > r->server_ms)
		plan_punch(r, person, DIRECTION_OUT, out + chance_below(&r->random, 60000));
}

static int by_time(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;
	if (x->sent_ms != y->sent_ms)
		return x->sent_ms < y->sent_ms ? -1 : 1;
	if (x->person != y->person)
		return x->person - y->person;
	return x->at_ms < y->at_ms ? -1 : 1; /* a phone signs in order */
}

static enum err load_day(struct replay *r, int32_t day)
{
	struct tx *tx = r->tx;
	struct attendance_day *row = ARENA_ARRAY(tx->arena, PAGE, struct attendance_day);
	const struct org_tree *tree;
	struct employee_id after = {0};
	int count = 0;
	enum err e = org_load_tree(tx, &tree);
	r->comer = ARENA_ARRAY(tx->arena, DEMO_EMPLOYEES_MAX, struct comer);
	r->planned = ARENA_ARRAY(tx->arena, DEMO_EMPLOYEES_MAX * 2, struct planned);
	do {
		if (!e)
			e = attendance_list_day(tx, day, after, row, PAGE, &count);
		for (int i = 0; i < count && !e && r->comers < DEMO_EMPLOYEES_MAX; i++)
			plan_day(r, tree, &row[i]);
		if (count)
			after = row[count - 1].employee;
	} while (!e && count == PAGE);
	qsort(r->planned, (size_t)r->count, sizeof *r->planned, by_time);
	return e;
}

static bool plan_replay(struct replay *r, int32_t day)
{
	enum err e = db_begin_read(r->tx->db, 0);
	if (!e)
		e = load_day(r, day);
	db_rollback(r->tx->db);
	if (e)
		return verb_fail("replay", false, "cannot read the day: %s", err_code(e));
	return r->count ? true
			: verb_fail("replay", false,
				  "nobody has to come any more on that day; is it open?");
}

/* A session, and a phone that has met the server this morning. */
static enum err add_session(struct tx *tx, struct replay *r, struct comer *c)
{
	struct time_token token;
	enum err e = auth_add_session(tx, c->employee, r->government, &c->token);
	if (!e)
		e = demo_enrol(tx, c->employee, &c->phone);
	if (e)
		return e;
	token = attendance_make_token(tx->government, c->phone.device, tx->now_ms);
	memcpy(c->phone.token, token.id, sizeof c->phone.token);
	c->phone.token_issued_at = token.issued_at;
	return attendance_load_last_seq(tx, c->phone.device, &c->phone.seq, &c->phone.head);
}

/* Some at a time, so that a server beside us goes on writing. */
static enum err add_sessions(struct tx *tx, void *arg)
{
	struct replay *r = arg;
	int to = r->signed_in + SESSIONS_PER_WRITE < r->comers ? r->signed_in + SESSIONS_PER_WRITE
							       : r->comers;
	enum err e = OK;
	for (int i = r->signed_in; i < to && !e; i++)
		e = add_session(tx, r, &r->comer[i]);
	return e;
}

static bool sign_in(struct replay *r)
{
	for (; r->signed_in < r->comers; r->signed_in += SESSIONS_PER_WRITE)
		if (verb_write("replay", r->tx, add_sessions, r))
			return false;
	return true;
}

/* ---- sending ---- */

static void write_request(
	struct replay *r, const struct planned *p, int64_t now_ms, struct load_request *request)
{
	struct comer *c = &r->comer[p->person];
	const uint64_t chance[2] = {chance_draw(&r->random), chance_draw(&r->random)};
	struct phone_event event;
	phone_press(&c->phone, p->direction == DIRECTION_IN ? EVENT_TYPE_IN : EVENT_TYPE_OUT,
		p->at_ms, c->place, chance, &event);
	punch_write_signed(&r->address, c->token, &event, now_ms, request);
	request->due_us = 0;
}

static enum load_next next(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct replay *r = context;
	if (r->next == r->count)
		return LOAD_DONE;
	const struct planned *p = &r->planned[r->next];
	int64_t early_ms = p->sent_ms - server_now(r, now_us);
	if (early_ms > 0) {
		*ret_wait_us = early_ms * 1000 / r->speed;
		return LOAD_WAIT;
	}
	write_request(r, p, server_now(r, now_us), request);
	r->next++;
	r->sent++;
	return LOAD_SEND;
}

static void answered(void *context, const struct load_answer *answer)
{
	struct replay *r = context;
	r->accepted += answer->status == 200 && strstr(answer->body, "\"accepted\"") != NULL;
}

static int run_replay(struct replay *r, int32_t day)
{
	const struct load_source source = {r, next, answered};
	if (!ask_now(r) || !plan_replay(r, day))
		return EXIT_FAILED;
	char text[25];
	instant_format(r->server_ms, text);
	bool is_set = clock_set(text); /* ids of sessions are of the server's time too */
	r->tx->now_ms = r->server_ms;
	if (!is_set || !sign_in(r) || !ask_now(r))
		return EXIT_FAILED;
	fprintf(stderr, "luwes replay: %d people, %d without a signal, %d punches\n", r->comers,
		r->offline, r->count);
	int64_t length_us = (r->planned[r->count - 1].sent_ms - r->server_ms) * 1000 / r->speed;
	bool good = load_run(&r->address, CONNECTIONS, &source,
		(length_us > 0 ? length_us : 0) + 6 * ANSWER_LIMIT_US);
	printf("sent %d\naccepted %d\n", r->sent, r->accepted);
	return good && r->accepted == r->count ? EXIT_DONE : EXIT_FAILED;
}

int verb_replay(int argc, char **argv)
{
	const char *url = NULL, *day_text = NULL, *speed_text = "1", *code = "jabar",
		   *offline = "0", *until = "10:00";
	const struct option_row option[] = {{"--url", &url, NULL}, {"--day", &day_text, NULL},
		{"--speed", &speed_text, NULL}, {"--government", &code, NULL},
		{"--offline", &offline, NULL}, {"--until", &until, NULL}};
	struct replay r = {.random = chance_stream((uint64_t)clock_monotonic(), 0, 0)};
	struct arena arena;
	int32_t day;
	if (verb_options(argc, argv, option, COUNT_OF(option), NULL, 0) < 0)
		return EXIT_USAGE;
	if (!url || !load_parse(url, &r.address))
		return verb_fail("replay", EXIT_USAGE, "--url wants http://HOST:PORT");
	if (!day_text || !day_parse(day_text, &day))
		return verb_fail("replay", EXIT_USAGE, "--day wants a day like 2025-11-13");
	if (!str_to_int(speed_text, 1, SPEED_MAX, &r.speed))
		return verb_fail(
			"replay", EXIT_USAGE, "--speed wants a number from 1 to %d", SPEED_MAX);
	if (!str_to_int(offline, 0, 100, &r.offline_percent) ||
		!minute_parse(until, &r.until_minute))
		return verb_fail("replay", EXIT_USAGE,
			"--offline wants a percentage, --until a time like 10:00");
	arena_init(&arena, REPLAY_ARENA_BYTES);
	struct tx tx = {.arena = &arena,
		.now_ms = clock_now(),
		.db = verb_open("replay", DB_WRITE, &arena)};
	if (!tx.db)
		return EXIT_FAILED;
	r.tx = &tx;
	r.government = code;
	int status = demo_is_demo_store("replay", &tx) && verb_government("replay", &tx, code)
			     ? run_replay(&r, day)
			     : EXIT_FAILED;
	verb_close(tx.db);
	arena_release(&arena);
	return status;
}

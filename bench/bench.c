/*
 * luwes-bench: one kind of load at a time against a running demo server, and what came of it in one
 * line of name=value. bench/run.sh puts the lines together.
 *
 *   livez    GET /livez as fast as CONNECTIONS allow: what this machine's sockets and HTTP cost
 *   punches  one durable punch per request as fast as CONNECTIONS allow, people in turn
 *   morning  every person of the sessions file once, evenly over SECONDS; latency counts from the
 * moment the punch was due, so a server that falls behind cannot hide it
 *   board    the government's board RATE times a second, signed in with --nip and --password;
 * another page of his with --path
 *   pages    the --path of each person of the sessions file in turn, RATE a second
 *
 *   offered  RATE punches a second whatever comes back; of those taken, latency from when they were
 * due; a 503 with Retry-After is no error, its phone sends the same again in its next turn
 *   verify   one ES256 verification after another, on one thread and without a server
 *
 * With --signed yes the punches are events that phones signed before the run (docs/EVIDENCE.md).
 * A punch counts as done when its receipt says accepted.
 */
#include "base/chance.h"
#include "base/str.h"
#include "histogram.h"
#include "load.h"
#include "punch_request.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a run ---- */

#define EVENTS_AHEAD                                                                               \
	4 /* signed before the run, so that signing is not measured; then in turn anew */

struct person {
	const char *token;
	int round; /* punches sent so far: in, out, in, ... */
	struct phone phone;
	struct phone_event *event; /* NULL: sends unsigned */
};

struct bench {
	struct load_address address;
	const char *mode;
	struct person *person;
	int people;
	int64_t seconds, rate, connections, pid;
	const char *nip, *password, *path;
	bool is_signed;
	char *token; /* of the board's reader */
	int64_t server_ms, started_us, until_us;
	int64_t sent, good, shed, errors;
	struct chance chance;
	struct histogram latency;
};

static int __attribute__((format(printf, 1, 2))) complain(const char *fmt, ...)
{
	va_list ap;
	fputs("luwes-bench: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return 2;
}

static int64_t server_now(const struct bench *b, int64_t now_us)
{
	return b->server_ms + (now_us - b->started_us) / 1000;
}

static void sign_events(struct bench *b, struct person *p)
{
	const struct geo_point place = {-69025000, 1076186000};
	p->event = calloc(EVENTS_AHEAD, sizeof *p->event);
	if (!p->event)
		abort();
	for (int i = 0; i < EVENTS_AHEAD; i++) {
		const uint64_t chance[2] = {chance_draw(&b->chance), chance_draw(&b->chance)};
		phone_press(&p->phone, i % 2 ? EVENT_TYPE_OUT : EVENT_TYPE_IN,
			b->server_ms + i * INT64_C(1000), place, chance, &p->event[i]);
	}
}

static void write_punch(
	struct bench *b, struct person *p, int64_t now_us, struct load_request *request)
{
	if (p->event) {
		if (p->round == EVENTS_AHEAD) {
			sign_events(b, p);
			p->round = 0;
		}
		punch_write_signed(&b->address, p->token, &p->event[p->round++],
			server_now(b, now_us), request);
		return;
	}
	const struct punch_request punch = {.token = p->token,
		.direction = p->round++ % 2 ? DIRECTION_OUT : DIRECTION_IN,
		.at_ms = server_now(b, now_us),
		.place = {-69025000, 1076186000},
		.chance = {chance_draw(&b->chance), chance_draw(&b->chance)}};
	punch_write(&b->address, &punch, request);
}

static enum load_next next_livez(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	(void)ret_wait_us;
	if (now_us >= b->until_us)
		return LOAD_DONE;
	punch_write_get(&b->address, "/livez", NULL, request);
	request->due_us = 0;
	b->sent++;
	return LOAD_SEND;
}

static enum load_next next_punch(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	(void)ret_wait_us;
	if (now_us >= b->until_us)
		return LOAD_DONE;
	write_punch(b, &b->person[b->sent % b->people], now_us, request);
	request->due_us = 0;
	b->sent++;
	return LOAD_SEND;
}

/* The n-th of `count` requests spread evenly over the run. */
static enum load_next wait_for(struct bench *b, int64_t count, int64_t now_us,
	struct load_request *request, int64_t *ret_wait_us)
{
	if (b->sent == count)
		return LOAD_DONE;
	request->due_us = b->started_us + b->sent * b->seconds * 1000000 / count;
	if (request->due_us > now_us) {
		*ret_wait_us = request->due_us - now_us;
		return LOAD_WAIT;
	}
	b->sent++;
	return LOAD_SEND;
}

static enum load_next next_morning(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	enum load_next next = wait_for(b, b->people, now_us, request, ret_wait_us);
	if (next == LOAD_SEND)
		write_punch(b, &b->person[b->sent - 1], now_us, request);
	return next;
}

static enum load_next next_offered(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	enum load_next next = wait_for(b, b->rate * b->seconds, now_us, request, ret_wait_us);
	if (next == LOAD_SEND) {
		request->tag = (b->sent - 1) % b->people;
		write_punch(b, &b->person[request->tag], now_us, request);
	}
	return next;
}

static enum load_next next_board(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	enum load_next next = wait_for(b, b->rate * b->seconds, now_us, request, ret_wait_us);
	if (next == LOAD_SEND)
		punch_write_get(&b->address, b->path, b->token, request);
	return next;
}

static enum load_next next_page(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	enum load_next next = wait_for(b, b->rate * b->seconds, now_us, request, ret_wait_us);
	if (next == LOAD_SEND)
		punch_write_get(
			&b->address, b->path, b->person[(b->sent - 1) % b->people].token, request);
	return next;
}

static bool is_good(const struct bench *b, const struct load_answer *answer)
{
	bool is_punch = !str_eq(b->mode, "livez") && !str_eq(b->mode, "board") &&
			!str_eq(b->mode, "pages");
	return answer->status == 200 && (!is_punch || strstr(answer->body, "\"accepted\""));
}

static bool is_shed(const struct bench *b, const struct load_answer *answer)
{
	return str_eq(b->mode, "offered") && answer->status == 503 &&
	       strstr(answer->head, "Retry-After: ");
}

static void answered(void *context, const struct load_answer *answer)
{
	struct bench *b = context;
	bool good = is_good(b, answer);
	if (is_shed(b, answer)) {
		b->shed++;
		b->person[answer->tag].round--;
		return;
	}
	b->good += good;
	b->errors += !good;
	if (!good && b->errors <= 3)
		complain("status %d: %.200s", answer->status, answer->body);
	histogram_add(&b->latency, answer->latency_us);
}

/* ---- signing in for the board ---- */

static enum load_next next_sign_in(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct bench *b = context;
	char body[256];
	(void)now_us, (void)ret_wait_us;
	if (b->sent++)
		return LOAD_DONE;
	int n = snprintf(body, sizeof body,
		"{\"government\":\"jabar\",\"nip\":\"%s\",\"password\":\"%s\"}", b->nip,
		b->password);
	request->n = (size_t)snprintf(request->bytes, sizeof request->bytes,
		"POST /api/v1/sessions HTTP/1.1\r\nHost: %s:%d\r\nX-Luwes: 1\r\nContent-Type: "
		"application/json\r\nContent-Length: %d\r\n\r\n%s",
		b->address.host, b->address.port, n, body);
	request->due_us = 0;
	return LOAD_SEND;
}

static void take_cookie(void *context, const struct load_answer *answer)
{
	static const char key[] = "luwes_session=";
	struct bench *b = context;
	const char *cookie = strstr(answer->head, key);
	if (cookie)
		b->token = strndup(cookie + strlen(key), strcspn(cookie + strlen(key), ";\r\n"));
}

static bool sign_in(struct bench *b)
{
	const struct load_source source = {b, next_sign_in, take_cookie};
	bool good = load_run(&b->address, 1, &source, INT64_C(20) * 1000000) && b->token;
	b->sent = 0;
	return good;
}

/* ---- what it cost the server ---- */

/* User and system time of a process in microseconds; 0 when it cannot be read. */
static int64_t cpu_us(int64_t pid)
{
	char path[64], text[1024];
	snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
	FILE *in = pid ? fopen(path, "re") : NULL;
	size_t n = in ? fread(text, 1, sizeof text - 1, in) : 0;
	if (in)
		fclose(in);
	text[n] = '\0';
	char *at = strrchr(text, ')');
	int64_t ticks = 0;
	for (int field = 2; at && field <= 15; field++) {
		if (field >= 14)
			ticks += strtoll(at, NULL, 10);
		at = strchr(at + 1, ' ');
	}
	return ticks * 1000000 / sysconf(_SC_CLK_TCK);
}

/* ---- the program ---- */

/* A line of `luwes demo --sessions`: session, person, secret of his phone, time token, its instant.
 */
static bool read_person(const struct bench *b, char *line, struct person *ret)
{
	char *part[5] = {line};
	uint8_t secret[PHONE_SECRET_BYTES];
	int64_t employee;
	line[strcspn(line, "\n")] = '\0';
	for (int i = 1; i < 5; i++) {
		part[i] = strchr(part[i - 1], '\t');
		if (!part[i])
			return false;
		*part[i]++ = '\0';
	}
	ret->token = strdup(line);
	if (!ret->token)
		abort();
	if (!b->is_signed)
		return true;
	if (!str_to_int(part[1], 1, INT64_MAX, &employee) ||
		!hex_decode(part[2], secret, sizeof secret))
		return false;
	phone_open(&ret->phone, (struct employee_id){employee}, secret);
	return hex_decode(part[3], ret->phone.token, sizeof ret->phone.token) &&
	       str_to_int(part[4], 1, INT64_MAX, &ret->phone.token_issued_at);
}

static bool read_sessions(struct bench *b, const char *path)
{
	char *line = NULL;
	size_t room = 0, people_room = 0;
	FILE *in = fopen(path, "re");
	if (!in)
		return false;
	while (getline(&line, &room, in) > 0) {
		struct person p = {0};
		if (!read_person(b, line, &p)) {
			fclose(in);
			return false;
		}
		if ((size_t)b->people == people_room) {
			people_room = people_room ? people_room * 2 : 1024;
			b->person = realloc(b->person, people_room * sizeof *b->person);
		}
		if (!b->person)
			abort();
		b->person[b->people++] = p;
	}
	free(line);
	fclose(in);
	return b->people > 0;
}

/* People come in no order, so that no two punches of a batch lie side by side in the store. */
static void shuffle(struct bench *b)
{
	for (int64_t i = b->people - 1; i > 0; i--) {
		int64_t j = (int64_t)(chance_draw(&b->chance) % (uint64_t)(i + 1));
		struct person p = b->person[i];
		b->person[i] = b->person[j];
		b->person[j] = p;
	}
}

static int run(
	struct bench *b, enum load_next (*next)(void *, int64_t, struct load_request *, int64_t *))
{
	const struct load_source source = {b, next, answered};
	int64_t cpu = cpu_us(b->pid);
	b->started_us = load_now_us();
	b->until_us = b->started_us + b->seconds * 1000000;
	if (!load_run(&b->address, (int)b->connections, &source, (b->seconds + 60) * 1000000))
		return complain(
			"nothing answers at http://%s:%d", b->address.host, b->address.port);
	int64_t took_us = load_now_us() - b->started_us;
	b->errors += b->sent - b->good - b->shed - b->errors; /* never answered */
	printf("mode=%s requests=%lld errors=%lld shed=%lld rate=%lld p50_us=%lld p99_us=%lld "
	       "max_us=%lld "
	       "cpu_us_per_request=%lld\n",
		b->mode, (long long)b->sent, (long long)b->errors, (long long)b->shed,
		(long long)(b->good * 1000000 / took_us),
		(long long)histogram_quantile(&b->latency, 500),
		(long long)histogram_quantile(&b->latency, 990), (long long)b->latency.largest,
		(long long)(b->good ? (cpu_us(b->pid) - cpu) / b->good : 0));
	return b->errors ? 1 : 0;
}

static const struct {
	const char *name;
	enum load_next (*next)(void *, int64_t, struct load_request *, int64_t *);
	bool wants_sessions, wants_login;
} modes[] = {{"livez", next_livez, false, false}, {"punches", next_punch, true, false},
	{"morning", next_morning, true, false}, {"offered", next_offered, true, false},
	{"board", next_board, false, true}, {"pages", next_page, true, false}};

#define MODES ((int)(sizeof modes / sizeof *modes))

/* What one signature costs at least: the same code as the server's. */
static int time_verification(void)
{
	static const struct geo_point nowhere = {NO_COORDINATE, NO_COORDINATE};
	static const uint64_t chance[2];
	static const uint8_t secret[PHONE_SECRET_BYTES] = {1};
	struct phone phone;
	struct phone_event event;
	phone_open(&phone, (struct employee_id){1}, secret);
	phone_press(&phone, EVENT_TYPE_IN, 1, nowhere, chance, &event);
	int64_t from = load_now_us(), count = 0;
	for (; load_now_us() - from < 1000000; count++)
		if (!attendance_is_signed(phone.public_key,
			    (struct bytes){event.bytes, sizeof event.bytes}, event.signature))
			return complain("a good signature is none");
	printf("mode=verify us_each=%lld\n", (long long)((load_now_us() - from) / count));
	phone_close(&phone);
	return 0;
}

static bool take_number(const char *text, int64_t *ret)
{
	return str_to_int(text, 1, 10000000, ret);
}

static bool take_option(struct bench *b, const char *name, const char *value, const char **sessions)
{
	if (str_eq(name, "--url"))
		return load_parse(value, &b->address);
	if (str_eq(name, "--sessions"))
		return (*sessions = value) != NULL;
	if (str_eq(name, "--seconds"))
		return take_number(value, &b->seconds);
	if (str_eq(name, "--connections"))
		return take_number(value, &b->connections);
	if (str_eq(name, "--rate"))
		return take_number(value, &b->rate);
	if (str_eq(name, "--pid"))
		return take_number(value, &b->pid);
	if (str_eq(name, "--signed"))
		return b->is_signed = str_eq(value, "yes");
	if (str_eq(name, "--path"))
		return (b->path = value) != NULL;
	if (str_eq(name, "--nip"))
		return (b->nip = value) != NULL;
	if (str_eq(name, "--password"))
		return (b->password = value) != NULL;
	return false;
}

int main(int argc, char **argv)
{
	static struct bench b = {
		.seconds = 10, .rate = 5, .connections = 256, .path = "/api/v1/monitor/board"};
	const char *sessions = NULL;
	int mode = 0;
	b.mode = argc > 1 ? argv[1] : "";
	if (str_eq(b.mode, "verify"))
		return time_verification();
	while (mode < MODES && !str_eq(b.mode, modes[mode].name))
		mode++;
	if (mode == MODES)
		return complain(
			"usage: luwes-bench verify | livez|punches|morning|offered|board|pages "
			"--url URL [--path PATH] "
			"[--sessions FILE] [--seconds N]"
			" [--signed yes] [--connections N] [--rate N] [--pid PID] [--nip "
			"NIP --password "
			"PASSWORD]");
	for (int i = 2; i < argc; i += 2)
		if (i + 1 == argc || !take_option(&b, argv[i], argv[i + 1], &sessions))
			return complain("do not understand '%s'", argv[i]);
	b.chance.state = (uint64_t)load_now_us();
	if (!b.address.port ||
		(modes[mode].wants_sessions && (!sessions || !read_sessions(&b, sessions))))
		return complain("wants --url and, for punches, a file of sessions");
	shuffle(&b);
	if (modes[mode].wants_login && (!b.nip || !b.password || !sign_in(&b)))
		return complain("cannot sign in for the board");
	if (modes[mode].wants_sessions && !punch_ask_now(&b.address, &b.server_ms))
		return complain("no demo answers there");
	for (int i = 0; i < b.people && b.is_signed; i++)
		sign_events(&b, &b.person[i]);
	if (b.is_signed && !punch_ask_now(&b.address, &b.server_ms))
		return complain("no demo answers there");
	return run(&b, modes[mode].next);
}

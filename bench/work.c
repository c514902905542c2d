/*
 * luwes-work-bench: reports of a day, so many a second, each of another person, while boards are
 * watched; one line of name=value. bench/work.sh runs it.
 *
 * Each person of the sessions file first looks up what he agreed to bring about, then hands in
 * three items of today, two of them for a result of his plan, so that sums of plans move with the
 * counters. A report is due at its moment of the run, and its latency counts from then. It is good
 * when its answer says submitted.
 */
#include "base/chance.h"
#include "base/date.h"
#include "base/put.h"
#include "base/str.h"
#include "histogram.h"
#include "load.h"
#include "punch_request.h"
#include "watch.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_CHARS   10
#define SETTLE_US   3000000 /* longer than the two seconds that are promised */
#define CONNECTIONS 256

struct person {
	char *token;
	int64_t target; /* 0: has no plan */
	char unit[41];  /* of its quantity */
};

struct work {
	struct load_address address;
	struct person *person;
	int people;
	int64_t seconds, rate;
	char day[DAY_CHARS + 1];
	int64_t server_ms, started_us, sent, good, errors, last_us;
	struct chance chance;
	struct histogram latency;
	struct watch *watch;
};

static int complain(const char *what, const char *more)
{
	fprintf(stderr, "luwes-work-bench: %s%s\n", what, more);
	return 2;
}

/* ---- what everybody agreed to ---- */

static enum load_next ask_targets(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct work *w = context;
	char path[64];
	(void)now_us, (void)ret_wait_us;
	if (w->sent == w->people)
		return LOAD_DONE;
	snprintf(path, sizeof path, "/api/v1/reports/targets?day=%s", w->day);
	punch_write_get(&w->address, path, w->person[w->sent].token, request);
	request->due_us = 0;
	request->tag = w->sent++;
	return LOAD_SEND;
}

/* The quantity of a result, when it has one. */
static const char *find_unit(const json_t *target)
{
	size_t i;
	json_t *measure;
	json_array_foreach(json_object_get(target, "measures"), i, measure)
	{
		const char *aspect = json_string_value(json_object_get(measure, "aspect"));
		if (aspect && str_eq(aspect, "quantity"))
			return json_string_value(json_object_get(measure, "unit_of_measure"));
	}
	return NULL;
}

static void take_plan(struct person *p, const json_t *plan)
{
	const char *state = json_string_value(json_object_get(plan, "state"));
	const json_t *target = json_array_get(json_object_get(plan, "targets"), 0);
	const char *id = json_string_value(json_object_get(target, "target")),
		   *unit = find_unit(target);
	int64_t number;
	if (!state || !str_eq(state, "agreed") || !id || !unit ||
		!str_to_int(id, 1, INT64_MAX, &number))
		return;
	p->target = number;
	snprintf(p->unit, sizeof p->unit, "%s", unit);
}

static void hear_targets(void *context, const struct load_answer *answer)
{
	struct work *w = context;
	json_t *body = answer->status == 200 ? json_loads(answer->body, 0, NULL) : NULL, *plan;
	size_t i;
	json_array_foreach(json_object_get(body, "items"), i, plan)
		take_plan(&w->person[answer->tag], plan);
	json_decref(body);
}

/* ---- reports ---- */

static void write_key(struct work *w, int64_t now_us, char text[37])
{
	const uint64_t chance[2] = {chance_draw(&w->chance), chance_draw(&w->chance)};
	struct uuid id;
	memcpy(id.b, chance, sizeof id.b);
	put_number(id.b, (uint64_t)(w->server_ms + (now_us - w->started_us) / 1000), 6);
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	uuid_format(&id, text);
}

static int write_items(const struct person *p, char *out, size_t room)
{
	static const char *const span[] = {"\"starts\":\"07:30\",\"ends\":\"09:30\"",
		"\"starts\":\"09:30\",\"ends\":\"11:45\"",
		"\"starts\":\"13:00\",\"ends\":\"15:30\""};
	int n = 0;
	for (int i = 0; i < 3; i++) {
		char target[64] = "";
		if (p->target && i < 2)
			snprintf(target, sizeof target, ",\"target_id\":\"%lld\"",
				(long long)p->target);
		n += snprintf(out + n, room - (size_t)n,
			"%s{%s,\"description\":\"Memverifikasi berkas usulan yang masuk melalui "
			"aplikasi\",\"volume\":%d,\"unit_of_measure\":\"%s\",\"reference\":"
			"\"000.8.3/%d/2025\"%s}",
			i ? "," : "", span[i], i + 2, p->target ? p->unit : "berkas", 1100 + i,
			target);
	}
	return n;
}

static void write_report(
	struct work *w, const struct person *p, int64_t now_us, struct load_request *request)
{
	char key[37], items[1536], body[1792];
	write_key(w, now_us, key);
	write_items(p, items, sizeof items);
	int n = snprintf(body, sizeof body,
		"{\"day\":\"%s\",\"version\":0,\"submit\":true,\"items\":[%s]}", w->day, items);
	request->n = (size_t)snprintf(request->bytes, sizeof request->bytes,
		"PUT /api/v1/reports/daily HTTP/1.1\r\nHost: %s:%d\r\nX-Luwes: 1\r\n"
		"Content-Type: application/json\r\nIdempotency-Key: %s\r\n"
		"Cookie: luwes_session=%s\r\nContent-Length: %d\r\n\r\n%s",
		w->address.host, w->address.port, key, p->token, n, body);
}

static enum load_next next_report(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct work *w = context;
	if (w->sent == w->people)
		return LOAD_DONE;
	request->due_us = w->started_us + w->sent * 1000000 / w->rate;
	if (request->due_us > now_us) {
		*ret_wait_us = request->due_us - now_us;
		return LOAD_WAIT;
	}
	write_report(w, &w->person[w->sent++], now_us, request);
	return LOAD_SEND;
}

static void hear_report(void *context, const struct load_answer *answer)
{
	struct work *w = context;
	bool good = answer->status == 200 && strstr(answer->body, "\"submitted\"");
	w->good += good;
	w->errors += !good;
	histogram_add(&w->latency, answer->latency_us);
	w->last_us = load_now_us();
	if (good)
		watch_note(w->watch, w->last_us);
	else if (w->errors <= 3)
		complain("answer: ", answer->body);
}

/* ---- the program ---- */

/* The first word of each line. */
static bool read_sessions(struct work *w, const char *path)
{
	char *line = NULL;
	size_t room = 0;
	int64_t most = w->seconds * w->rate;
	FILE *in = fopen(path, "re");
	w->person = calloc((size_t)most, sizeof *w->person);
	if (!in || !w->person)
		return false;
	while (w->people < most && getline(&line, &room, in) > 0) {
		line[strcspn(line, "\t\n")] = '\0';
		w->person[w->people++].token = strdup(line);
	}
	free(line);
	fclose(in);
	return w->people == most;
}

static bool prepare(struct work *w)
{
	const struct load_source source = {w, ask_targets, hear_targets};
	int64_t limit_us = INT64_C(120) * 1000000;
	if (!punch_ask_now(&w->address, &w->server_ms))
		return false;
	day_format(instant_day(w->server_ms, ZONE_WIB), w->day);
	w->chance.state = (uint64_t)load_now_us();
	if (!load_run(&w->address, CONNECTIONS, &source, limit_us))
		return false;
	w->sent = 0;
	return punch_ask_now(&w->address, &w->server_ms);
}

static int run(struct work *w)
{
	const struct load_source source = {w, next_report, hear_report};
	struct watched seen;
	int planned = 0;
	for (int i = 0; i < w->people; i++)
		planned += w->person[i].target != 0;
	w->started_us = load_now_us();
	load_run(&w->address, CONNECTIONS, &source, (w->seconds + 60) * 1000000);
	w->errors += w->sent - w->good - w->errors; /* never answered */
	watch_end(w->watch, w->last_us + SETTLE_US, &seen);
	printf("reports=%lld planned=%d errors=%lld rate=%lld p50_us=%lld p99_us=%lld "
	       "watchers=%d wrong=%d messages=%lld late_us=%lld lag_us=%lld\n",
		(long long)w->sent, planned, (long long)w->errors,
		(long long)(w->good * 1000000 / (w->last_us - w->started_us)),
		(long long)histogram_quantile(&w->latency, 500),
		(long long)histogram_quantile(&w->latency, 990), seen.streams, seen.wrong,
		(long long)seen.messages, (long long)seen.late_us, (long long)seen.lag_us);
	return w->errors || seen.wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
	static struct work w = {.seconds = 20, .rate = 1000};
	const char *sessions = NULL, *streams = NULL, *token = NULL;
	bool good = argc % 2 == 1;
	for (int i = 1; i + 1 < argc && good; i += 2) {
		const char *name = argv[i], *value = argv[i + 1];
		if (str_eq(name, "--url"))
			good = load_parse(value, &w.address);
		else if (str_eq(name, "--sessions"))
			sessions = value;
		else if (str_eq(name, "--streams"))
			streams = value;
		else if (str_eq(name, "--token"))
			token = value;
		else if (str_eq(name, "--seconds"))
			good = str_to_int(value, 1, 3600, &w.seconds);
		else if (str_eq(name, "--rate"))
			good = str_to_int(value, 1, 100000, &w.rate);
		else
			good = false;
	}
	if (!good || !w.address.port || !sessions || !streams || !token)
		return complain("usage: luwes-work-bench --url URL --sessions FILE --streams FILE "
				"--token SESSION [--seconds N] [--rate N]",
			"");
	if (!read_sessions(&w, sessions))
		return complain("not SECONDS x RATE sessions in ", sessions);
	if (!prepare(&w))
		return complain("no demo answers there", "");
	w.watch = watch_start(&w.address, streams, token, w.seconds * w.rate);
	return w.watch ? run(&w) : complain("not every stream of it shows its board: ", streams);
}

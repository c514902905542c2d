/*
 * Topics and their streams. A topic exists while somebody listens to it; a stream remembers which
 * version of the topic's message it sent last and is suspended while there is nothing newer.
 *
 * One lock guards topics and streams; rendering happens outside it. A stream ends after a quarter
 * of an hour, so that the browser's next connection is authorised again.
 */
#include "platform/events_int.h"

#include "platform/clock.h"
#include "platform/config.h"
#include "platform/log.h"
#include "platform/server.h"

#include <microhttpd.h>
#include <pthread.h>
#include <unistd.h>

#define BUCKETS          1024
#define TICK_MS          200
#define MIN_GAP_MS       1000
#define RETRY_MS         4000
#define DUE_MAX          16
#define HEARTBEAT_MS     15000
#define STREAM_LIFE_MS   (15 * 60 * 1000)
#define READ_DEADLINE_MS 3000

struct message {
	int holders;
	size_t n;
	char text[];
};

struct stream {
	struct stream *next;
	struct MHD_Connection *connection;
	struct topic *topic;
	struct message *sending;
	size_t sent;
	int64_t version, heartbeat_ms, born_ms;
	bool suspended;
};

struct topic {
	struct topic *next;
	struct government_id government;
	enum topic_kind kind;
	int64_t id;
	struct stream *streams;
	struct message *message;
	int64_t version, rendered_ms;
	bool touched;
};

static struct {
	pthread_mutex_t lock;
	pthread_t thread;
	struct topic *bucket[BUCKETS];
	int64_t topics, streams;
	bool stop;
	struct {
		const char *name;
		events_render render;
	} kind[TOPIC_JOB + 1];
} events = {.lock = PTHREAD_MUTEX_INITIALIZER};

void events_register(enum topic_kind kind, const char *event_name, events_render render)
{
	events.kind[kind].name = event_name;
	events.kind[kind].render = render;
}

static void drop_message(struct message *m)
{
	if (m && --m->holders == 0)
		free(m);
}

static struct topic **topic_slot(struct government_id government, enum topic_kind kind, int64_t id)
{
	uint64_t key = (uint64_t)government.v * 31 + (uint64_t)id * 7 + (uint64_t)kind;
	struct topic **t = &events.bucket[(key ^ key >> 22) % BUCKETS];
	while (*t && !((*t)->government.v == government.v && (*t)->kind == kind && (*t)->id == id))
		t = &(*t)->next;
	return t;
}

void events_touch(struct government_id government, enum topic_kind kind, int64_t id)
{
	pthread_mutex_lock(&events.lock);
	struct topic *t = events.topics ? *topic_slot(government, kind, id) : NULL;
	if (t)
		t->touched = true;
	pthread_mutex_unlock(&events.lock);
}

enum err reply_stream(struct req *rq, enum topic_kind kind, int64_t id)
{
	struct exchange *x = (struct exchange *)(void *)((char *)rq -
							 offsetof(struct exchange, req));
	if (events_streams() >= config_int(SET_STREAMS) || dispatch_is_draining())
		return E_BUSY;
	x->is_stream = true;
	x->topic_kind = (int)kind;
	x->topic_id = id;
	x->status = 200;
	x->content_type = "text/event-stream; charset=utf-8";
	return OK;
}

/* ---- one stream ---- */

static struct topic *join_topic(struct government_id government, enum topic_kind kind, int64_t id)
{
	struct topic **slot = topic_slot(government, kind, id);
	if (!*slot) {
		*slot = calloc(1, sizeof **slot);
		if (!*slot)
			abort();
		(*slot)->government = government;
		(*slot)->kind = kind;
		(*slot)->id = id;
		(*slot)->touched = true;
		events.topics++;
	}
	return *slot;
}

static void leave_topic(struct stream *s)
{
	struct topic *t = s->topic;
	struct stream **p = &t->streams;
	while (*p != s)
		p = &(*p)->next;
	*p = s->next;
	if (t->streams)
		return;
	*topic_slot(t->government, t->kind, t->id) = t->next;
	drop_message(t->message);
	free(t);
	events.topics--;
}

static void end_stream(void *cls)
{
	struct stream *s = cls;
	pthread_mutex_lock(&events.lock);
	leave_topic(s);
	drop_message(s->sending);
	events.streams--;
	pthread_mutex_unlock(&events.lock);
	free(s);
}

/*
 * What a stream has to say next: the topic's newer message, or that it is alive. A browser tells
 * its page of an event, never of a comment: only so does the page notice a line that died silently.
 */
static bool take_next(struct stream *s)
{
	static const char heartbeat[] = "event: alive\ndata:\n\n";
	int64_t now = clock_monotonic();
	if (s->topic->message && s->version < s->topic->version) {
		s->sending = s->topic->message;
		s->sending->holders++;
		s->version = s->topic->version;
	} else if (now - s->heartbeat_ms >= HEARTBEAT_MS) {
		s->sending = calloc(1, sizeof *s->sending + sizeof heartbeat);
		if (!s->sending)
			abort();
		s->sending->holders = 1;
		s->sending->n = sizeof heartbeat - 1;
		memcpy(s->sending->text, heartbeat, sizeof heartbeat - 1);
	} else {
		return false;
	}
	s->heartbeat_ms = now;
	s->sent = 0;
	return true;
}

static bool is_over(const struct stream *s)
{
	return events.stop || dispatch_is_draining() ||
	       clock_monotonic() - s->born_ms > STREAM_LIFE_MS;
}

static ssize_t read_stream(void *cls, uint64_t position, char *out, size_t room)
{
	static const char greeting[] = "retry: 3000\n\n";
	struct stream *s = cls;
	size_t n = 0;
	if (position == 0 && room >= sizeof greeting) {
		memcpy(out, greeting, sizeof greeting - 1);
		return sizeof greeting - 1;
	}
	pthread_mutex_lock(&events.lock);
	if (is_over(s)) {
		pthread_mutex_unlock(&events.lock);
		return MHD_CONTENT_READER_END_OF_STREAM;
	}
	if (s->sending || take_next(s)) {
		n = s->sending->n - s->sent < room ? s->sending->n - s->sent : room;
		memcpy(out, s->sending->text + s->sent, n);
		s->sent += n;
		if (s->sent == s->sending->n) {
			drop_message(s->sending);
			s->sending = NULL;
		}
	} else {
		s->suspended = true;
		MHD_suspend_connection(s->connection);
	}
	pthread_mutex_unlock(&events.lock);
	return (ssize_t)n;
}

struct MHD_Response *events_response(struct exchange *x)
{
	struct stream *s = calloc(1, sizeof *s);
	if (!s)
		abort();
	s->connection = x->connection;
	s->born_ms = s->heartbeat_ms = clock_monotonic();
	pthread_mutex_lock(&events.lock);
	s->topic = join_topic(x->tx.government, (enum topic_kind)x->topic_kind, x->topic_id);
	s->next = s->topic->streams;
	s->topic->streams = s;
	events.streams++;
	pthread_mutex_unlock(&events.lock);
	struct MHD_Response *r = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, 4096, read_stream, s, end_stream);
	if (!r)
		end_stream(s);
	else
		MHD_add_response_header(r, "X-Accel-Buffering", "no");
	return r;
}

/* ---- the broadcaster ---- */

static struct message *render(const struct topic *t, struct arena *arena)
{
	struct tx tx = {.db = dispatch_reader(),
		.arena = arena,
		.government = t->government,
		.now_ms = clock_now()};
	struct buf b;
	struct message *m = NULL;
	if (!tx.db || db_begin_read(tx.db, READ_DEADLINE_MS))
		return NULL;
	buf_init(&b, arena, 16384);
	buf_printf(&b, "event: %s\ndata: ", events.kind[t->kind].name);
	enum err e = events.kind[t->kind].render(&tx, t->id, &b);
	db_rollback(tx.db);
	buf_str(&b, "\n\n");
	if (!e && (m = malloc(sizeof *m + b.n))) {
		m->holders = 1;
		m->n = b.n;
		memcpy(m->text, b.p, b.n);
	}
	if (e)
		log_event(LOG_WARN, "render_failed", "topic %s code %s", events.kind[t->kind].name,
			err_code(e));
	return m;
}

/* Keeps `t` among the at most DUE_MAX that were rendered longest ago, in that order. */
static int keep_oldest(struct topic **oldest, int n, struct topic *t)
{
	int at = n;

	if (n == DUE_MAX && oldest[n - 1]->rendered_ms <= t->rendered_ms)
		return n;
	if (n == DUE_MAX)
		at = --n;
	for (; at > 0 && oldest[at - 1]->rendered_ms > t->rendered_ms; at--)
		oldest[at] = oldest[at - 1];
	oldest[at] = t;
	return n + 1;
}

/* Copies of topics that are due, taken under the lock so that rendering needs none. Few at a time,
 * and those that were rendered longest ago first: however many there are, none waits for others
 * that are due again. */
static int take_due(struct topic *due)
{
	struct topic *oldest[DUE_MAX];
	int n = 0;
	int64_t now = clock_monotonic();
	pthread_mutex_lock(&events.lock);
	for (int i = 0; i < BUCKETS; i++)
		for (struct topic *t = events.bucket[i]; t; t = t->next)
			if (t->touched && now - t->rendered_ms >= MIN_GAP_MS)
				n = keep_oldest(oldest, n, t);
	for (int i = 0; i < n; i++) {
		oldest[i]->touched = false;
		oldest[i]->rendered_ms = now;
		due[i] = *oldest[i];
	}
	pthread_mutex_unlock(&events.lock);
	return n;
}

/* Whether any of them was asleep. */
static bool wake_streams(struct topic *t)
{
	bool any = false;

	for (struct stream *s = t->streams; s; s = s->next) {
		bool news = s->version < t->version ||
			    clock_monotonic() - s->heartbeat_ms >= HEARTBEAT_MS;
		if (!s->suspended || !(news || is_over(s)))
			continue;
		s->suspended = false;
		MHD_resume_connection(s->connection);
		any = true;
	}
	return any;
}

/* Whoever listens is told at once, not after what else is due was rendered. */
static void hand_out(const struct topic *due, struct message *m)
{
	bool any = false;
	pthread_mutex_lock(&events.lock);
	struct topic *t = *topic_slot(due->government, due->kind, due->id);
	if (t && m) {
		drop_message(t->message);
		t->message = m;
		t->version++;
		any = wake_streams(t);
	} else {
		drop_message(m);
		if (t) { /* not rendered: tried again, not each second while a store is away */
			t->touched = true;
			t->rendered_ms += RETRY_MS;
		}
	}
	pthread_mutex_unlock(&events.lock);
	if (any)
		server_wake();
}

static void wake_everyone(void)
{
	bool any = false;
	pthread_mutex_lock(&events.lock);
	for (int i = 0; events.topics && i < BUCKETS; i++)
		for (struct topic *t = events.bucket[i]; t; t = t->next)
			any |= wake_streams(t);
	pthread_mutex_unlock(&events.lock);
	if (any)
		server_wake();
}

static void *broadcast(void *unused)
{
	struct topic due[DUE_MAX];
	struct arena arena;
	int n = 0;
	(void)unused;
	arena_init(&arena, 64 << 20);
	while (!events.stop) {
		if (n < DUE_MAX) /* else there is more */
			usleep(TICK_MS * 1000);
		n = take_due(due);
		for (int i = 0; i < n; i++) {
			hand_out(&due[i], render(&due[i], &arena));
			arena_reset(&arena);
		}
		wake_everyone();
	}
	arena_release(&arena);
	return NULL;
}

bool events_start(struct arena *arena, const char **why)
{
	events.stop = false;
	if (pthread_create(&events.thread, NULL, broadcast, NULL) == 0)
		return true;
	*why = arena_strdup(arena, "cannot start the event thread");
	return false;
}

void events_drain(void)
{
	wake_everyone();
}

void events_stop(void)
{
	pthread_mutex_lock(&events.lock);
	events.stop = true;
	pthread_mutex_unlock(&events.lock);
	pthread_join(events.thread, NULL);
	wake_everyone();
}

int64_t events_streams(void)
{
	pthread_mutex_lock(&events.lock);
	int64_t n = events.streams;
	pthread_mutex_unlock(&events.lock);
	return n;
}

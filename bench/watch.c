/*
 * One epoll loop over event streams. Of a message counts what stands between "total" and
 * "attention", which is a function of the counters alone: two messages show the same when the
 * hashes of that are equal.
 *
 * Streams are asked for with HTTP/1.0, so that what comes is the events and nothing around them.
 */
#include "watch.h"

#include "base/str.h"
#include "punch_request.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MESSAGE_MAX    262144
#define EVENTS         64
#define START_LIMIT_US 30000000
#define ASK_LIMIT_US   60000000

struct stream {
	int fd;
	char *path, *board;
	char *text; /* of the message that comes in */
	size_t n;
	int64_t messages, changed_us;
	uint64_t figures, right; /* hashes: of what was shown last, of what the board says */
	int64_t first_filed, seen;
};

struct watch {
	struct load_address address;
	const char *token;
	struct stream *stream;
	int streams, epoll, asked;
	_Atomic int shown; /* streams that had a message */
	_Atomic bool stop;
	int64_t *note_us; /* when the n-th report was answered */
	_Atomic int64_t notes;
	int64_t lag_us;
	pthread_t thread;
};

/* ---- what a message shows ---- */

/* FNV-1a of the figures; 0 when there are none. */
static uint64_t hash_figures(const char *message)
{
	const char *from = strstr(message, "\"total\":");
	const char *to = from ? strstr(from, ",\"attention\"") : NULL;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	if (!from)
		return 0;
	if (!to)
		to = strrchr(from, '}');
	for (; from < to; from++)
		hash = (hash ^ (uint8_t)*from) * UINT64_C(0x100000001b3);
	return hash;
}

static int64_t read_filed(const char *message)
{
	static const char key[] = "\"report_filed\":";
	const char *at = strstr(message, "\"total\":");
	at = at ? strstr(at, key) : NULL;
	return at ? strtoll(at + strlen(key), NULL, 10) : 0;
}

/* The first report that was not to be seen until now waited longest. */
static void measure_lag(struct watch *w, struct stream *s, int64_t filed, int64_t now_us)
{
	int64_t notes = atomic_load(&w->notes), seen = filed - s->first_filed;
	if (seen > s->seen && s->seen < notes && now_us - w->note_us[s->seen] > w->lag_us)
		w->lag_us = now_us - w->note_us[s->seen];
	s->seen = seen;
}

static void hear(struct watch *w, struct stream *s, int64_t now_us)
{
	uint64_t figures = hash_figures(s->text);
	if (!figures) /* a heartbeat */
		return;
	if (s->messages++ == 0) {
		s->first_filed = read_filed(s->text);
		atomic_fetch_add(&w->shown, 1);
	} else if (!strstr(s->path, "unit=")) {
		measure_lag(w, s, read_filed(s->text), now_us);
	}
	if (figures != s->figures)
		s->changed_us = now_us;
	s->figures = figures;
}

/* ---- the streams ---- */

/* Messages end with an empty line, the head of the answer with an empty one of its own kind. */
static void take_messages(struct watch *w, struct stream *s, int64_t now_us)
{
	char *end;
	while ((end = strstr(s->text, "\n\n")) != NULL) {
		*end = '\0';
		hear(w, s, now_us);
		s->n -= (size_t)(end + 2 - s->text);
		memmove(s->text, end + 2, s->n + 1);
	}
}

static void receive(struct watch *w, struct stream *s)
{
	for (;;) {
		ssize_t n = recv(s->fd, s->text + s->n, MESSAGE_MAX - s->n, MSG_DONTWAIT);
		if (n == 0)
			epoll_ctl(w->epoll, EPOLL_CTL_DEL, s->fd, NULL);
		if (n <= 0)
			return;
		s->n += (size_t)n;
		s->text[s->n] = '\0';
		take_messages(w, s, load_now_us());
	}
}

static bool open_stream(struct watch *w, struct stream *s)
{
	char head[512];
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)w->address.port)};
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
	int n = snprintf(head, sizeof head,
		"GET %s HTTP/1.0\r\nHost: %s:%d\r\nCookie: luwes_session=%s\r\n\r\n", s->path,
		w->address.host, w->address.port, w->token);
	inet_pton(AF_INET, w->address.ip, &to.sin_addr);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	s->text = malloc(MESSAGE_MAX + 1);
	return s->fd >= 0 && s->text &&
	       connect(s->fd, (const struct sockaddr *)(const void *)&to, sizeof to) == 0 &&
	       send(s->fd, head, (size_t)n, MSG_NOSIGNAL) == n &&
	       epoll_ctl(w->epoll, EPOLL_CTL_ADD, s->fd, &event) == 0;
}

static void *listen_to_all(void *arg)
{
	struct watch *w = arg;
	struct epoll_event event[EVENTS];
	while (!atomic_load(&w->stop)) {
		int n = epoll_wait(w->epoll, event, EVENTS, 20);
		for (int i = 0; i < n; i++)
			receive(w, event[i].data.ptr);
	}
	return NULL;
}

static bool read_streams(struct watch *w, const char *file)
{
	char *line = NULL;
	size_t room = 0;
	FILE *in = fopen(file, "re");
	while (in && getline(&line, &room, in) > 0) {
		char *tab = strchr(line, '\t');
		if (!tab)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*tab = '\0';
		w->stream = realloc(w->stream, (size_t)(w->streams + 1) * sizeof *w->stream);
		if (!w->stream)
			abort();
		w->stream[w->streams++] = (struct stream){
			.path = strdup(line), .board = strdup(tab + 1)};
	}
	free(line);
	if (in)
		fclose(in);
	return w->streams > 0;
}

struct watch *watch_start(const struct load_address *address, const char *file, const char *token,
	int64_t most_reports)
{
	struct watch *w = calloc(1, sizeof *w);
	int64_t until = load_now_us() + START_LIMIT_US;
	bool good;
	if (!w)
		abort();
	w->address = *address;
	w->token = token;
	w->epoll = epoll_create1(EPOLL_CLOEXEC);
	w->note_us = calloc((size_t)most_reports, sizeof *w->note_us);
	good = w->epoll >= 0 && w->note_us && read_streams(w, file);
	for (int i = 0; i < w->streams && good; i++)
		good = open_stream(w, &w->stream[i]);
	if (!good || pthread_create(&w->thread, NULL, listen_to_all, w))
		return NULL;
	while (atomic_load(&w->shown) < w->streams)
		if (load_now_us() > until || usleep(20000))
			return NULL;
	return w;
}

void watch_note(struct watch *w, int64_t now_us)
{
	w->note_us[atomic_load(&w->notes)] = now_us;
	atomic_fetch_add(&w->notes, 1);
}

/* ---- what is right ---- */

static enum load_next ask_board(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct watch *w = context;
	(void)now_us, (void)ret_wait_us;
	if (w->asked == w->streams)
		return LOAD_DONE;
	punch_write_get(&w->address, w->stream[w->asked].board, w->token, request);
	request->due_us = 0;
	request->tag = w->asked++;
	return LOAD_SEND;
}

static void hear_board(void *context, const struct load_answer *answer)
{
	struct watch *w = context;
	if (answer->status == 200)
		w->stream[answer->tag].right = hash_figures(answer->body);
}

void watch_end(struct watch *w, int64_t until_us, struct watched *ret)
{
	const struct load_source source = {w, ask_board, hear_board};
	int64_t notes = atomic_load(&w->notes), last_us = notes ? w->note_us[notes - 1] : 0;
	while (load_now_us() < until_us)
		usleep(20000);
	atomic_store(&w->stop, true);
	pthread_join(w->thread, NULL);
	load_run(&w->address, 1, &source, ASK_LIMIT_US);
	*ret = (struct watched){.streams = w->streams, .lag_us = w->lag_us};
	for (int i = 0; i < w->streams; i++) {
		struct stream *s = &w->stream[i];
		ret->messages += s->messages;
		ret->wrong += !s->right || s->figures != s->right;
		if (s->changed_us - last_us > ret->late_us)
			ret->late_us = s->changed_us - last_us;
		close(s->fd);
		free(s->text);
		free(s->path);
		free(s->board);
	}
	close(w->epoll);
	free(w->stream);
	free(w->note_us);
	free(w);
}

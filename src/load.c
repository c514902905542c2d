/*
 * One epoll loop over connections that are free, sending or reading.
 */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEAD_MAX    8192
#define EVENTS      256
#define WAIT_MAX_US 20000

struct connection {
	int fd; /* -1: not open */
	bool is_busy;
	struct load_request request;
	size_t sent;
	int64_t started_us;
	char head[HEAD_MAX + 1];
	size_t head_bytes;
	bool has_head;
	int status;
	size_t body_bytes, body_read;
	bool closes;
	char *body;
};

struct load {
	const struct load_address *address;
	const struct load_source *source;
	struct connection *connection, **free; /* `free` is a stack of those that are not busy */
	int connections, idle, epoll;
	bool is_done, was_connected;
};

int64_t load_now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

/* ---- the address ---- */

static bool resolve(const char *host, char *ip, size_t room)
{
	struct addrinfo wanted = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
	if (getaddrinfo(host, NULL, &wanted, &found))
		return false;
	const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)found->ai_addr;
	bool good = inet_ntop(AF_INET, &in->sin_addr, ip, (socklen_t)room) != NULL;
	freeaddrinfo(found);
	return good;
}

bool load_parse(const char *url, struct load_address *ret)
{
	static const char scheme[] = "http://";
	if (strncmp(url, scheme, strlen(scheme)) != 0)
		return false;
	url += strlen(scheme);
	const char *colon = strchr(url, ':');
	size_t n = colon ? (size_t)(colon - url) : strcspn(url, "/");
	if (n == 0 || n >= sizeof ret->host)
		return false;
	memcpy(ret->host, url, n);
	ret->host[n] = '\0';
	char *end;
	long port = colon ? strtol(colon + 1, &end, 10) : 80;
	const char *rest = colon ? end : url + n;
	if (port < 1 || port > 65535 || (*rest && strcmp(rest, "/") != 0))
		return false;
	ret->port = (int)port;
	return resolve(ret->host, ret->ip, sizeof ret->ip);
}

/* ---- a connection ---- */

static bool connect_to(struct load *l, struct connection *c)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)l->address->port)};
	int one = 1;
	inet_pton(AF_INET, l->address->ip, &to.sin_addr);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return false;
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
	if (connect(c->fd, (const struct sockaddr *)(const void *)&to, sizeof to) != 0 ||
		fcntl(c->fd, F_SETFL, O_NONBLOCK) != 0 ||
		epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &event) != 0) {
		close(c->fd);
		c->fd = -1;
		return false;
	}
	l->was_connected = true;
	return true;
}

static void disconnect(struct connection *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

static void answer(struct load *l, struct connection *c, int status)
{
	int64_t from = c->request.due_us ? c->request.due_us : c->started_us;
	size_t shown = c->body_read < LOAD_BODY_MAX ? c->body_read : LOAD_BODY_MAX;
	c->body[shown] = '\0';
	struct load_answer a = {c->request.tag, status, load_now_us() - from,
		c->has_head ? c->head : "", c->body, c->body_bytes};
	c->is_busy = false;
	l->free[l->idle++] = c;
	if (status == 0 || c->closes)
		disconnect(c);
	l->source->answered(l->source->context, &a);
}

static void wait_writable(struct load *l, struct connection *c, bool on)
{
	struct epoll_event event = {.events = on ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = c};
	epoll_ctl(l->epoll, EPOLL_CTL_MOD, c->fd, &event);
}

static void send_more(struct load *l, struct connection *c)
{
	while (c->sent < c->request.n) {
		ssize_t n = send(
			c->fd, c->request.bytes + c->sent, c->request.n - c->sent, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			wait_writable(l, c, true);
			return;
		}
		if (n <= 0) {
			answer(l, c, 0);
			return;
		}
		c->sent += (size_t)n;
	}
}

/* The request stands in c->request. */
static void start(struct load *l, struct connection *c)
{
	c->is_busy = true;
	c->started_us = load_now_us();
	c->sent = c->head_bytes = c->body_read = c->body_bytes = 0;
	c->has_head = c->closes = false;
	if (c->fd < 0 && !connect_to(l, c))
		answer(l, c, 0);
	else
		send_more(l, c);
}

/* ---- the answer ---- */

static const char *find_header(const char *head, const char *name)
{
	for (const char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n"))
		if (strncasecmp(line + 2, name, strlen(name)) == 0)
			return line + 2 + strlen(name);
	return NULL;
}

static void read_head(struct connection *c)
{
	const char *length = find_header(c->head, "Content-Length:"),
		   *kept = find_header(c->head, "Connection:");
	c->has_head = true;
	c->status = c->head_bytes > 12 ? (int)strtol(c->head + 9, NULL, 10) : 0;
	c->body_bytes = length ? (size_t)strtoul(length, NULL, 10) : 0;
	c->closes = kept && strncasecmp(kept + strspn(kept, " "), "close", 5) == 0;
}

static void keep_body(struct connection *c, const char *p, size_t n)
{
	size_t room = c->body_read < LOAD_BODY_MAX ? LOAD_BODY_MAX - c->body_read : 0;
	if (room > 0)
		memcpy(c->body + c->body_read, p, n < room ? n : room);
	c->body_read += n;
}

/* Bytes of an answer; false when they make no sense. */
static bool take(struct connection *c, const char *p, size_t n)
{
	if (c->has_head) {
		keep_body(c, p, n);
		return c->body_read <= c->body_bytes;
	}
	if (c->head_bytes + n > HEAD_MAX)
		return false;
	memcpy(c->head + c->head_bytes, p, n);
	c->head_bytes += n;
	c->head[c->head_bytes] = '\0';
	char *end = strstr(c->head, "\r\n\r\n");
	if (!end)
		return c->head_bytes < HEAD_MAX;
	size_t body = c->head_bytes - (size_t)(end + 4 - c->head);
	end[2] = '\0';
	read_head(c);
	keep_body(c, end + 4, body);
	return c->status > 0 && c->body_read <= c->body_bytes;
}

static void receive(struct load *l, struct connection *c)
{
	char chunk[HEAD_MAX / 2]; /* a head always fits with what comes behind it */
	for (;;) {
		ssize_t n = recv(c->fd, chunk, sizeof chunk, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0 || !c->is_busy || !take(c, chunk, (size_t)n)) {
			if (c->is_busy)
				answer(l, c, 0);
			else
				disconnect(c);
			return;
		}
		if (c->has_head && c->body_read == c->body_bytes) {
			answer(l, c, c->status);
			return;
		}
	}
}

/* ---- the loop ---- */

/* Gives requests to free connections; how long to wait for the next one. */
static int64_t feed(struct load *l)
{
	int64_t wait_us = WAIT_MAX_US;
	while (!l->is_done && l->idle > 0) {
		struct connection *c = l->free[l->idle - 1];
		enum load_next next = l->source->next(
			l->source->context, load_now_us(), &c->request, &wait_us);
		l->is_done |= next == LOAD_DONE;
		if (next != LOAD_SEND)
			break;
		l->idle--;
		start(l, c);
	}
	return wait_us < WAIT_MAX_US ? wait_us : WAIT_MAX_US;
}

static void handle(struct load *l, const struct epoll_event *event)
{
	struct connection *c = event->data.ptr;
	if (c->fd < 0)
		return;
	if (event->events & EPOLLOUT && c->is_busy) {
		wait_writable(l, c, false);
		send_more(l, c);
	}
	if (c->fd >= 0 && event->events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		receive(l, c);
}

static bool open_all(struct load *l)
{
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->connection = calloc((size_t)l->connections, sizeof *l->connection);
	l->free = calloc((size_t)l->connections, sizeof(struct connection *));
	if (l->epoll < 0 || !l->connection || !l->free)
		abort();
	for (int i = 0; i < l->connections; i++) {
		l->connection[i].fd = -1;
		l->connection[i].body = malloc(LOAD_BODY_MAX + 1);
		if (!l->connection[i].body)
			abort();
		l->free[l->idle++] = &l->connection[i];
		if (!connect_to(l, &l->connection[i]) && i == 0)
			return false;
	}
	return true;
}

static void close_all(struct load *l)
{
	for (int i = 0; i < l->connections && l->connection[i].body; i++) {
		disconnect(&l->connection[i]);
		free(l->connection[i].body);
	}
	free(l->connection);
	free(l->free);
	close(l->epoll);
}

bool load_run(const struct load_address *address, int connections, const struct load_source *source,
	int64_t limit_us)
{
	struct load l = {.address = address, .source = source, .connections = connections};
	struct epoll_event event[EVENTS];
	int64_t until = load_now_us() + limit_us;
	bool good = open_all(&l);
	while (good && load_now_us() < until) {
		int64_t wait_us = feed(&l);
		if (l.is_done && l.idle == l.connections)
			break;
		int n = epoll_wait(l.epoll, event, EVENTS, (int)((wait_us + 999) / 1000));
		for (int i = 0; i < n; i++)
			handle(&l, &event[i]);
	}
	close_all(&l);
	return good && l.was_connected;
}

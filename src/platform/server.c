/*
 * libmicrohttpd joined to the dispatcher: a thread and a daemon per worker on one listening socket,
 * suspended connections while a write waits for its COMMIT.
 *
 * Traps met here: a reply in the first call of the handler closes the connection; a connection must
 * be suspended before its work is published, and a suspended one never times out, so every work has
 * a deadline of its own; a daemon must not be stopped while one is suspended. No post-processor is
 * used.
 *
 * The library's own threads are not used: when exactly 128 connections become ready at once, its
 * epoll loop waits a second time without end (MHD_epoll of 0.9.75), and all of them with it. Here a
 * worker waits in poll() and MHD_run never blocks. So the writer also wakes a worker once for many
 * answers, instead of the library once for each.
 */
#include "platform/server.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/dispatch.h"
#include "platform/events_int.h"
#include "platform/log.h"

#include <arpa/inet.h>
#include <assert.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECTION_MEMORY (8 * 1024)
#define IDLE_TIMEOUT_S    75
#define BACKLOG           4096
#define WORKERS_MAX       64
#define WAIT_MAX_MS       1000

struct worker {
	pthread_t thread;
	struct MHD_Daemon *http;
	int epoll, wake;                     /* its daemon's events; ours */
	_Atomic(struct exchange *) answered; /* whose connections are to go on */
	bool is_quiet;                       /* takes no new connections */
};

static struct worker workers[WORKERS_MAX];
static int worker_count;
static int listen_socket = -1;
static _Atomic int64_t under_way;
static _Atomic int quiet_workers;
static _Atomic bool wants_quiet, wants_stop;

static const char content_policy[] =
	"default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
	"style-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri "
	"'none'; "
	"form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
/* The one script that may compile WebAssembly: the reader of QR codes, a worker without a page. */
#define SCANNER_PATH "/assets/scanworker-"
static const char scanner_policy[] = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
				     "connect-src 'self'";

static const char *find_header(struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static void wake(struct worker *w)
{
	eventfd_write(w->wake, 1); /* fails only when it was not read 2^64 - 2 times */
}

/* Called by whoever has the reply; the first one since the worker looked wakes it. */
static void resume_connection(struct exchange *x)
{
	struct worker *w = x->server;
	struct exchange *first = atomic_load(&w->answered);
	atomic_store_explicit(&x->ready, true, memory_order_release);
	do
		x->next = first;
	while (!atomic_compare_exchange_weak(&w->answered, &first, x));
	if (!first)
		wake(w);
}

static void resume_answered(struct worker *w)
{
	struct exchange *x = atomic_exchange(&w->answered, NULL);
	while (x) {
		struct exchange *next = x->next;
		MHD_resume_connection(x->connection);
		x = next;
	}
}

void server_wake(void)
{
	for (int i = 0; i < worker_count; i++)
		eventfd_write(workers[i].wake, 1);
}

static const char *address_text(struct exchange *x, const struct sockaddr *a)
{
	char *out = arena_alloc(&x->arena, INET6_ADDRSTRLEN);
	if (a && a->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, out,
			INET6_ADDRSTRLEN);
	else if (a && a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, out,
			INET6_ADDRSTRLEN);
	return out;
}

/* Behind the proxy on this machine the client is the last address it names. */
static const char *client_of(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *peer = address_text(x, info ? info->client_addr : NULL);
	const char *forwarded = find_header(x, "X-Forwarded-For");
	if (!forwarded || !(str_starts(peer, "127.") || str_eq(peer, "::1")))
		return peer;
	const char *comma = strrchr(forwarded, ',');
	const char *last = comma ? comma + 1 : forwarded;
	last += strspn(last, " ");
	return arena_strndup(&x->arena, last, strnlen(last, INET6_ADDRSTRLEN));
}

static void add(struct MHD_Response *r, const char *name, const char *value)
{
	if (value)
		MHD_add_response_header(r, name, value);
}

static void add_security_headers(const struct exchange *x, struct MHD_Response *r)
{
	bool is_scanner = x->is_page && str_starts(x->target, SCANNER_PATH);

	add(r, "Content-Security-Policy", is_scanner ? scanner_policy : content_policy);
	add(r, "X-Content-Type-Options", "nosniff");
	add(r, "Referrer-Policy", "no-referrer");
	add(r, "Cross-Origin-Opener-Policy", "same-origin");
	add(r, "Cross-Origin-Resource-Policy", "same-origin");
	add(r, "Permissions-Policy",
		"geolocation=(self), camera=(self), publickey-credentials-get=(self)");
	if (str_starts(config_text(SET_ORIGIN), "https://"))
		add(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static void add_page_headers(struct exchange *x, struct MHD_Response *r)
{
	add(r, "Cache-Control",
		x->cache_forever ? "public, max-age=31536000, immutable" : "no-cache");
	add(r, "ETag", x->req.etag);
	add(r, "Vary", "Accept-Encoding");
	if (x->is_asset_gzip)
		add(r, "Content-Encoding", "gzip");
}

static void add_api_headers(struct exchange *x, struct MHD_Response *r)
{
	char now[25], seconds[16];
	instant_format(x->tx.now_ms, now);
	add(r, "Cache-Control", x->req.etag ? "private, no-cache" : "no-store");
	add(r, "ETag", x->req.etag);
	add(r, "X-Luwes-Now", now);
	add(r, "X-Request-Id", x->request_id);
	add(r, "Allow", x->allow);
	add(r, "Content-Disposition",
		x->req.disposition
			? arena_printf(&x->arena, "attachment; filename=\"%s\"", x->req.disposition)
			: NULL);
	for (int i = 0; i < 2; i++)
		add(r, "Set-Cookie", x->req.set_cookie[i]);
	if (x->req.retry_after_seconds) {
		snprintf(seconds, sizeof seconds, "%d", x->req.retry_after_seconds);
		add(r, "Retry-After", seconds);
	}
}

static enum MHD_Result send_reply(struct exchange *x)
{
	struct MHD_Response *r = x->is_stream ? events_response(x)
					      : MHD_create_response_from_buffer(x->reply_bytes,
							(void *)(uintptr_t)x->reply,
							MHD_RESPMEM_PERSISTENT);
	if (!r)
		return MHD_NO;
	add(r, "Content-Type", x->content_type);
	add_security_headers(x, r);
	if (x->is_page)
		add_page_headers(x, r);
	else
		add_api_headers(x, r);
	if (dispatch_is_draining())
		add(r, "Connection", "close");
	enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)x->status, r);
	MHD_destroy_response(r);
	return queued;
}

/* Called with the raw target before anything else: what it returns becomes the connection's
 * pointer. */
static void *begin_request(void *worker, const char *target, struct MHD_Connection *connection)
{
	struct exchange *x = exchange_new("?", target);
	x->server = worker;
	x->connection = connection;
	x->header = find_header;
	x->resume = resume_connection;
	atomic_fetch_add(&under_way, 1);
	return x;
}

static enum MHD_Result handle(void *unused, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *body, size_t *body_bytes,
	void **pointer)
{
	struct exchange *x = *pointer;
	(void)unused, (void)connection, (void)url, (void)version;
	if (!x->client_address) {
		x->method_name = arena_strdup(&x->arena, method);
		x->client_address = client_of(x);
		return MHD_YES;
	}
	if (*body_bytes) {
		exchange_add_body(x, body, *body_bytes);
		*body_bytes = 0;
		return MHD_YES;
	}
	if (x->req.request_id) {
		if (!atomic_load_explicit(&x->ready, memory_order_acquire))
			return MHD_YES;
		dispatch_finish(x);
		return send_reply(x);
	}
	if (dispatch_begin(x) == EXCHANGE_DONE)
		return send_reply(x);
	MHD_suspend_connection(x->connection);
	dispatch_publish(x);
	return MHD_YES;
}

static void end_request(void *unused, struct MHD_Connection *connection, void **pointer,
	enum MHD_RequestTerminationCode why)
{
	(void)unused, (void)connection, (void)why;
	if (*pointer) {
		exchange_free(*pointer);
		atomic_fetch_sub(&under_way, 1);
	}
	*pointer = NULL;
}

static int open_socket(const char *listen_on, struct arena *arena, const char **why)
{
	char host[256];
	const char *colon = strrchr(listen_on, ':');
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
				.ai_flags = AI_PASSIVE | AI_NUMERICSERV},
			*found = NULL;
	if (!colon || (size_t)(colon - listen_on) >= sizeof host) {
		*why = arena_printf(arena, "--listen wants HOST:PORT, not '%s'", listen_on);
		return -1;
	}
	snprintf(host, sizeof host, "%.*s", (int)(colon - listen_on), listen_on);
	int failed = getaddrinfo(*host ? host : NULL, colon + 1, &hints, &found);
	if (failed) {
		*why = arena_printf(
			arena, "cannot resolve '%s': %s", listen_on, gai_strerror(failed));
		return -1;
	}
	int one = 1, fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) || listen(fd, BACKLOG)) {
		*why = arena_printf(arena, "cannot listen on '%s': %m", listen_on);
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

static int port_of(int fd)
{
	struct sockaddr_storage a;
	socklen_t n = sizeof a;
	if (getsockname(fd, (struct sockaddr *)&a, &n))
		return 0;
	return ntohs(a.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&a)->sin6_port
					     : ((struct sockaddr_in *)(void *)&a)->sin_port);
}

/* ---- the workers ---- */

static void become_quiet(struct worker *w)
{
	MHD_quiesce_daemon(w->http);
	w->is_quiet = true;
	atomic_fetch_add(&quiet_workers, 1);
}

static void wait_for_work(struct worker *w)
{
	struct pollfd fd[] = {
		{.fd = w->epoll, .events = POLLIN}, {.fd = w->wake, .events = POLLIN}};
	MHD_UNSIGNED_LONG_LONG ms = WAIT_MAX_MS;
	eventfd_t times;
	if (MHD_get_timeout(w->http, &ms) != MHD_YES || ms > WAIT_MAX_MS)
		ms = WAIT_MAX_MS;
	if (poll(fd, 2, (int)ms) > 0 && fd[1].revents)
		eventfd_read(w->wake, &times);
}

static void *serve_until_stopped(void *context)
{
	struct worker *w = context;
	while (!atomic_load(&wants_stop)) {
		if (atomic_load(&wants_quiet) && !w->is_quiet)
			become_quiet(w);
		resume_answered(w);
		MHD_run(w->http);
		wait_for_work(w);
	}
	return NULL;
}

static bool start_worker(struct worker *w, unsigned connections)
{
	const union MHD_DaemonInfo *info;
	*w = (struct worker){.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	w->http = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME, 0,
		NULL, NULL, handle, NULL, MHD_OPTION_LISTEN_SOCKET, listen_socket,
		MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, begin_request, w,
		MHD_OPTION_NOTIFY_COMPLETED, end_request, NULL, MHD_OPTION_END);
	if (w->wake < 0 || !w->http)
		return false;
	info = MHD_get_daemon_info(w->http, MHD_DAEMON_INFO_EPOLL_FD);
	w->epoll = info->epoll_fd;
	if (pthread_create(&w->thread, NULL, serve_until_stopped, w))
		return false;
	pthread_setname_np(w->thread, "worker");
	return true;
}

bool server_start(const char *listen_on, int *ret_port, struct arena *arena, const char **why)
{
	int count = (int)config_int(SET_WORKERS);
	listen_socket = open_socket(listen_on, arena, why);
	if (listen_socket < 0)
		return false;
	*ret_port = port_of(listen_socket);
	atomic_store(&wants_quiet, false);
	atomic_store(&wants_stop, false);
	atomic_store(&quiet_workers, 0);
	assert(count <= WORKERS_MAX);
	for (worker_count = 0; worker_count < count; worker_count++) {
		if (!start_worker(&workers[worker_count],
			    (unsigned)(config_int(SET_CONNECTIONS) / count))) {
			*why = arena_printf(arena, "cannot serve on '%s': %m", listen_on);
			return false;
		}
	}
	return true;
}

static void wake_all(void)
{
	for (int i = 0; i < worker_count; i++)
		wake(&workers[i]);
}

void server_quiesce(void)
{
	atomic_store(&wants_quiet, true);
	wake_all();
	while (atomic_load(&quiet_workers) < worker_count)
		usleep(1000);
	close(listen_socket);
}

void server_stop(int ms)
{
	for (int64_t end = clock_monotonic() + ms;
		atomic_load(&under_way) > 0 && clock_monotonic() < end;)
		usleep(5000);
	atomic_store(&wants_stop, true);
	wake_all();
	for (int i = 0; i < worker_count; i++) {
		pthread_join(workers[i].thread, NULL);
		MHD_stop_daemon(workers[i].http);
		close(workers[i].wake);
	}
	worker_count = 0;
}

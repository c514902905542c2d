/*
 * The life of a request without a network: bytes in, a reply out. server.c drives it for
 * libmicrohttpd, tests and fuzzers drive it alone.
 *
 *   exchange_new -> (header lookups, body bytes) -> dispatch_begin -> EXCHANGE_DONE: the reply is
 * there
 *                                                                  -> EXCHANGE_WAIT: suspend,
 * dispatch_publish; `resume` is called when the work is done; then dispatch_finish
 */
#ifndef LUWES_PLATFORM_DISPATCH_H
#define LUWES_PLATFORM_DISPATCH_H

#include "platform/committer.h"
#include "platform/http.h"
#include "platform/route_table.h"

struct slice;
struct exchange;

enum exchange_state { EXCHANGE_DONE, EXCHANGE_WAIT };

/* What the dispatcher may ask about the message; `name` in canonical case. NULL when absent. */
typedef const char *(*header_lookup)(struct exchange *x, const char *name);

struct exchange {
	struct exchange *next;     /* free list */
	void *server, *connection; /* the server's */
	header_lookup header;
	void (*resume)(struct exchange *x);

	const char *method_name; /* as sent */
	const char *target;      /* raw path and query */
	const char *client_address;
	char *body;
	size_t body_bytes, body_room, body_max;
	bool body_too_large;
	bool is_matched;
	struct path_match match; /* once is_matched: the row it asks for */

	struct arena arena;
	struct tx tx;
	struct req req;
	struct work work;
	int64_t started_us;
	char request_id[65];
	enum exchange_state state;
	enum err result;    /* of a write or of the pool, once ready */
	_Atomic bool ready; /* set before resume */
	bool wants_pool, wants_commit;
	bool is_straight; /* an event whose session is looked up by the writer itself */

	/* a stream instead of a body */
	bool is_stream;
	int topic_kind;
	int64_t topic_id;

	/* the reply */
	int status;
	const void *reply;
	size_t reply_bytes;
	const char *content_type, *allow;
	bool is_page, is_asset_gzip, cache_forever;
};

/* Joins the routes of the slices; once. Asserts that rows are well-formed and unambiguous. */
void dispatch_set_slices(const struct slice *const *slices, int count);

/* Opens what requests need: store URL, pool threads. False with a sentence. */
bool dispatch_start(const char *url, int pool_threads, struct arena *arena, const char **why);
/* Ends the pool; no request may be under way. */
void dispatch_stop(void);
/* From now on writes are refused with E_BUSY and replies close their connection. */
void dispatch_drain(void);
bool dispatch_is_draining(void);

/* A fresh exchange with a life until exchange_free. `target` and `method` are copied. */
struct exchange *exchange_new(const char *method, const char *target);
void exchange_free(struct exchange *x);

/* Takes a piece of the body; past the limit of the route it is only counted. */
void exchange_add_body(struct exchange *x, const char *p, size_t n);

/* Runs as far as it goes on this thread. */
enum exchange_state dispatch_begin(struct exchange *x);
/* Hands over to pool or committer, after the server suspended the connection. */
void dispatch_publish(struct exchange *x);
/* Writes the reply of an exchange that was resumed. */
void dispatch_finish(struct exchange *x);
/* All of it, waiting for the reply: tests, fuzzers. */
void dispatch_wait(struct exchange *x);

/* This thread's read connection; opened on first use. */
struct db *dispatch_reader(void);

/* Every route, in the order of the slices, for `luwes routes` and `luwes openapi`. */
const struct route *const *dispatch_routes(int *ret_count);

struct dispatch_stats {
	int64_t requests, by_class[6], shed;
};
struct dispatch_stats dispatch_stats(void);

#endif

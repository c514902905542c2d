/*
 * Many keep-alive HTTP/1.1 connections from one thread: for `luwes replay` and for the benchmark.
 *
 * The caller is asked for a request whenever a connection is free, and told each answer with its
 * latency. Requests are prepared bytes; nothing is decoded but status and length, the body is
 * handed over as far as it fits. A broken connection answers its request with status 0 and is
 * opened again. Plain HTTP to an address of this machine or beyond; no TLS, no redirects: not a
 * client for anything else.
 */
#ifndef LUWES_LOAD_H
#define LUWES_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOAD_BODY_MAX    65536
#define LOAD_REQUEST_MAX 4096

struct load_request {
	char bytes[LOAD_REQUEST_MAX]; /* head and body */
	size_t n;
	int64_t due_us; /* when it was meant to leave: latency counts from here; 0: from when it
			   does */
	int64_t tag;    /* the caller's own */
};

struct load_answer {
	int64_t tag;
	int status; /* 0: no answer */
	int64_t latency_us;
	const char *head;  /* status line and headers, NUL-terminated; "" when none came */
	const char *body;  /* its beginning, NUL-terminated */
	size_t body_bytes; /* of the whole */
};

enum load_next { LOAD_SEND, LOAD_WAIT, LOAD_DONE };

struct load_source {
	void *context;
	/* Fills the next request. LOAD_WAIT: none before *ret_wait_us have passed. LOAD_DONE: never
	 * again. */
	enum load_next (*next)(
		void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us);
	void (*answered)(void *context, const struct load_answer *answer);
};

/* "http://127.0.0.1:8080" (a path behind it is not allowed). False when it is not that or the name
 * is unknown. */
struct load_address {
	char host[256];
	int port;
	char ip[16]; /* IPv4 */
};
bool load_parse(const char *url, struct load_address *ret);

/*
 * Runs until the source is done and everything was answered, at most `limit_us`. False when no
 * connection could be made at all.
 */
bool load_run(const struct load_address *address, int connections, const struct load_source *source,
	int64_t limit_us);

/* Microseconds that never go back. */
int64_t load_now_us(void);

#endif

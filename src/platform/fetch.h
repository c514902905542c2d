/*
 * Asking another server over HTTP or HTTPS, from a verb that runs beside it (sign, witness).
 *
 * Blocking and bounded: one request at a time, thirty seconds, no redirects, certificates checked.
 * The server itself never uses it: it makes no outbound calls.
 */
#ifndef LUWES_PLATFORM_FETCH_H
#define LUWES_PLATFORM_FETCH_H

#include "base/arena.h"

#include <stdbool.h>

struct fetch_reply {
	int status;
	struct bytes body; /* NUL-terminated, in the arena */
};

/* GET of a URL. False with a sentence in *why when no answer came or it is more than `max` bytes;
 * any status is an answer. */
bool fetch_get(const char *url, size_t max, struct arena *arena, struct fetch_reply *ret,
	const char **why);
/* POST of a JSON text, as a write of our API wants it. */
bool fetch_post(const char *url, struct bytes json, size_t max, struct arena *arena,
	struct fetch_reply *ret, const char **why);

#endif

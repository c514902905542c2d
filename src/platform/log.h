/*
 * JSON lines on stderr; one per request, by the dispatcher alone. Slices never log.
 *
 * Never logged: bodies, tokens, passwords, codes, NIPs, query strings. The route template stands
 * for the path. A test greps for a canary secret.
 */
#ifndef LUWES_PLATFORM_LOG_H
#define LUWES_PLATFORM_LOG_H

#include <stdint.h>

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);

/*
 * One line {"t":...,"level":...,"event":event, pairs...}. `fmt` names the pairs: "url=%s port=%d"
 * ("url %s port %d" means the same); conversions are %s %d %u %c and l, ll, z of them. Texts are
 * escaped and cut at 400 bytes; NULL is null. `fmt` may be "" when there is nothing to say.
 */
void log_event(enum log_level level, const char *event, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

struct log_request {
	const char *request_id, *method, *route, *code;
	int status;
	int64_t actor, government, microseconds;
};
void log_request(const struct log_request *r);

#endif

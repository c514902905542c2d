/*
 * Exchanges: made when a request line was read, given back when its reply was sent; their arenas
 * are kept for the next request. The body is kept up to the limit of the row and only counted
 * beyond.
 */
#include "platform/exchange_int.h"

#include "platform/clock.h"
#include "platform/route_table.h"

#include <pthread.h>

#define BODY_MAX_DEFAULT (64 * 1024)
#define BODY_KEPT        (16 * 1024) /* a larger buffer is not kept for the next request */
#define ARENA_CAP        (64 * 1024 * 1024)

static pthread_mutex_t free_lock = PTHREAD_MUTEX_INITIALIZER;
static struct exchange *free_list;

struct exchange *exchange_new(const char *method, const char *target)
{
	pthread_mutex_lock(&free_lock);
	struct exchange *x = free_list;
	if (x)
		free_list = x->next;
	pthread_mutex_unlock(&free_lock);
	if (!x) {
		x = calloc(1, sizeof *x);
		if (!x)
			abort();
		arena_init(&x->arena, ARENA_CAP);
	}
	x->started_us = clock_monotonic_us();
	x->target = arena_strdup(&x->arena, target);
	x->method_name = arena_strdup(&x->arena, method);
	x->body_max = BODY_MAX_DEFAULT;
	return x;
}

void exchange_free(struct exchange *x)
{
	struct arena arena = x->arena;
	char *body = x->body;
	size_t room = x->body_room;
	if (room > BODY_KEPT) {
		free(body);
		body = NULL;
		room = 0;
	} else if (body) {
		memset(body, 0, x->body_bytes); /* it may have held a password */
	}
	arena_reset(&arena);
	memset(x, 0, sizeof *x);
	x->arena = arena;
	x->body = body;
	x->body_room = room;
	pthread_mutex_lock(&free_lock);
	x->next = free_list;
	free_list = x;
	pthread_mutex_unlock(&free_lock);
}

size_t exchange_path_bytes(const struct exchange *x)
{
	return strcspn(x->target, "?");
}

const struct path_match *exchange_match(struct exchange *x)
{
	if (!x->is_matched)
		route_table_match(x->method_name, x->target, exchange_path_bytes(x), &x->match);
	x->is_matched = true;
	return &x->match;
}

/* The limit of the row is known before the first byte of the body is kept. */
static void find_body_limit(struct exchange *x)
{
	const struct route *route = exchange_match(x)->route;
	if (route && route->raw_body_max)
		x->body_max = route->raw_body_max;
	else if (route && route->body_max)
		x->body_max = route->body_max;
}

void exchange_add_body(struct exchange *x, const char *p, size_t n)
{
	if (x->body_bytes == 0)
		find_body_limit(x);
	if (x->body_too_large || n > x->body_max - x->body_bytes) {
		x->body_too_large = true;
		return;
	}
	if (x->body_bytes + n + 1 > x->body_room) {
		size_t room = x->body_room ? x->body_room * 2 : 1024;
		while (room < x->body_bytes + n + 1)
			room *= 2;
		char *grown = realloc(x->body, room);
		if (!grown)
			abort();
		x->body = grown;
		x->body_room = room;
	}
	memcpy(x->body + x->body_bytes, p, n);
	x->body_bytes += n;
	x->body[x->body_bytes] = '\0';
}

void exchange_release_all(void)
{
	while (free_list) {
		struct exchange *x = free_list;
		free_list = x->next;
		arena_release(&x->arena);
		free(x->body);
		free(x);
	}
}

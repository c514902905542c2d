/*
 * Arena: a chain of blocks, newest first, each twice as large as the one before up to a limit.
 *
 * Memory is zeroed as it is handed out, because a block outlives arena_reset. Only the oldest block
 * is kept over a reset, and only while it is of ordinary size, so one large request does not keep
 * its memory for ever.
 */
#include "base/arena.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_FIRST_BYTES ((size_t)8 * 1024)
#define BLOCK_GROWN_BYTES ((size_t)1024 * 1024)
#define BLOCK_KEPT_BYTES  ((size_t)256 * 1024)

struct arena_block {
	struct arena_block *older;
	size_t size, used;
	_Alignas(max_align_t) unsigned char data[];
};

static _Noreturn void die(const char *why)
{
	fprintf(stderr, "luwes: %s\n", why);
	abort();
}

void arena_init(struct arena *a, size_t cap_bytes)
{
	*a = (struct arena){.cap_bytes = cap_bytes};
}

/* Frees the chain down to `last`, which stays; NULL frees everything. */
static void free_until(struct arena *a, struct arena_block *last)
{
	while (a->head != last) {
		struct arena_block *older = a->head->older;
		free(a->head);
		a->head = older;
	}
}

void arena_reset(struct arena *a)
{
	struct arena_block *oldest = a->head;
	while (oldest && oldest->older)
		oldest = oldest->older;
	if (oldest && oldest->size > BLOCK_KEPT_BYTES)
		oldest = NULL;
	free_until(a, oldest);
	if (oldest)
		oldest->used = 0;
	a->used_bytes = 0;
}

void arena_release(struct arena *a)
{
	free_until(a, NULL);
	a->used_bytes = 0;
}

static size_t next_block_size(const struct arena *a, size_t need)
{
	size_t size = a->head ? a->head->size * 2 : BLOCK_FIRST_BYTES;
	if (size > BLOCK_GROWN_BYTES)
		size = BLOCK_GROWN_BYTES;
	return size < need ? need : size;
}

static void add_block(struct arena *a, size_t need)
{
	size_t size = next_block_size(a, need);
	struct arena_block *b = malloc(sizeof(*b) + size);
	if (!b)
		die("out of memory");
	b->older = a->head;
	b->size = size;
	b->used = 0;
	a->head = b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	const size_t unit = _Alignof(max_align_t);
	if (n > a->cap_bytes || a->used_bytes > a->cap_bytes - n)
		die("arena past its cap");
	size_t step = (n + unit - 1) / unit * unit;
	if (!a->head || a->head->size - a->head->used < step)
		add_block(a, step);
	void *p = a->head->data + a->head->used;
	a->head->used += step;
	a->used_bytes += step;
	return memset(p, 0, n);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;
	if (__builtin_mul_overflow(count, size, &n))
		die("array too large");
	return arena_alloc(a, n);
}

#define FIRST_ROOM 64

void *arena_grow(struct arena *a, void *p, int n, int *room, size_t size)
{
	void *larger;

	if (n < *room)
		return p;
	assert(n == *room && *room <= INT_MAX / 2);
	*room = *room ? *room * 2 : FIRST_ROOM;
	larger = arena_array(a, (size_t)*room, size);
	return n ? memcpy(larger, p, (size_t)n * size) : larger;
}

struct bytes arena_bytes(struct arena *a, const void *p, size_t n)
{
	uint8_t *copy = arena_alloc(a, n);
	if (n)
		memcpy(copy, p, n);
	return (struct bytes){copy, n};
}

char *arena_strndup(struct arena *a, const char *p, size_t n)
{
	char *s = arena_alloc(a, n + 1);
	if (n)
		memcpy(s, p, n);
	return s;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	assert(fmt);
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(n >= 0);
	char *s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

/*
 * Growable text in an arena: replies, documents, canonical payloads.
 *
 * Growth doubles and leaves the old copy in the arena, which is given back as a whole; a text
 * therefore costs at most twice its size. The text is always NUL-terminated, and may also hold NULs
 * itself.
 */
#include "base/arena.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BUF_FIRST_BYTES 256

void buf_init(struct buf *b, struct arena *a, size_t hint_bytes)
{
	*b = (struct buf){.arena = a};
	if (hint_bytes) {
		b->p = arena_alloc(a, hint_bytes);
		b->cap = hint_bytes;
	}
}

/* Makes room for `n` more bytes and the NUL. */
static void reserve(struct buf *b, size_t n)
{
	size_t need = b->n + n + 1;
	if (need <= b->cap)
		return;
	size_t cap = b->cap ? b->cap * 2 : BUF_FIRST_BYTES;
	while (cap < need)
		cap *= 2;
	char *p = arena_alloc(b->arena, cap);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	reserve(b, n);
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_int(struct buf *b, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRId64, v);
	buf_add(b, digits, (size_t)n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	assert(fmt);
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(n >= 0);
	reserve(b, (size_t)n);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
}

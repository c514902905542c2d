/*
 * Arena: memory with one life, that of a request, a batch or a program.
 *
 * A request owns one arena; everything asked for while it runs lives until arena_reset and is never
 * freed alone, so slices hold no ownership questions. Allocation never returns NULL: past the cap,
 * or out of memory, the program dies, because every list and body is bounded before it gets here.
 */
#ifndef LUWES_BASE_ARENA_H
#define LUWES_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
	struct arena_block *head; /* newest block; the oldest is kept by arena_reset */
	size_t used_bytes;        /* handed out since the last reset */
	size_t cap_bytes;         /* dies above this */
};

/* A run of bytes somebody else owns. */
struct bytes {
	const uint8_t *p;
	size_t n;
};

/* Prepares `a` with a cap; takes no memory yet. */
void arena_init(struct arena *a, size_t cap_bytes);

/* Forgets everything handed out, keeps one block for the next life. Accepts a fresh arena. */
void arena_reset(struct arena *a);

/* Gives all memory back; `a` may be used again after arena_init. */
void arena_release(struct arena *a);

/* `n` zeroed bytes aligned for any type; dies past the cap. n may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* `count` zeroed elements of `size` bytes; dies on overflow. */
void *arena_array(struct arena *a, size_t count, size_t size);

/*
 * Room for one more behind the `n` elements at `p`, of which *room fit: `p` itself, or a copy twice
 * as long, zeroed behind them, when it is full. The old one stays in the arena: for lists whose
 * length is not known beforehand.
 */
void *arena_grow(struct arena *a, void *p, int n, int *room, size_t size);

/* A NUL-terminated copy of `s`; NULL gives NULL. */
char *arena_strdup(struct arena *a, const char *s);

/* A copy of `n` bytes at `p`, which may be NULL when n is 0. */
struct bytes arena_bytes(struct arena *a, const void *p, size_t n);

/* A NUL-terminated copy of `n` bytes at `p`. */
char *arena_strndup(struct arena *a, const char *p, size_t n);

/* A formatted string. */
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))
#define ARENA_GROW(a, p, n, room)                                                                  \
	((p) = (__typeof__(p))arena_grow((a), (p), (n), (room), sizeof(*(p))))

/* Growable text in an arena. `p` is always NUL-terminated once anything was added. */
struct buf {
	struct arena *arena;
	char *p;
	size_t n; /* bytes in use, without the NUL */
	size_t cap;
};

void buf_init(struct buf *b, struct arena *a, size_t hint_bytes);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif

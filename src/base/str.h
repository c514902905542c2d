/*
 * Small text work the C library does badly: bounded parsing, comparison, folding, hex and
 * base64url.
 *
 * Nothing here allocates except where an arena is named; every parser rejects what it does not
 * understand completely.
 */
#ifndef LUWES_BASE_STR_H
#define LUWES_BASE_STR_H

#include "base/arena.h"
#include "base/ids.h"

#include <stdbool.h>

/* Equal texts; NULL equals only NULL. */
bool str_eq(const char *a, const char *b);

/* Whether `s` begins with `prefix`. */
bool str_starts(const char *s, const char *prefix);

/* All of `s` is a decimal integer in [min, max]: writes it and returns true. No sign but '-', no
 * blanks. */
bool str_to_int(const char *s, int64_t min, int64_t max, int64_t *ret_value);

/* Valid UTF-8 without control characters other than tab and newline. */
bool str_is_text(const char *s, size_t n);

/* Lower case of ASCII and of Latin-1 letters, blanks collapsed: the form names are searched in. */
char *str_fold(struct arena *a, const char *s);

/* Removes blanks at both ends in place and returns the new start. */
char *str_trim(char *s);

/* `n` bytes as lower-case hex into `out` (2n+1 bytes). */
void hex_encode(const uint8_t *p, size_t n, char *out);

/* Exactly 2n hex digits of `s` into `out`; false otherwise. */
bool hex_decode(const char *s, uint8_t *out, size_t n);

/* base64url without padding; returns an arena string. */
char *base64url_encode(struct arena *a, const uint8_t *p, size_t n);

/* Decodes base64url without padding; false if not exactly that. */
bool base64url_decode(struct arena *a, const char *s, struct bytes *ret_bytes);

/* Canonical "8-4-4-4-12" text of a UUID into out[37]. */
void uuid_format(const struct uuid *u, char out[37]);

/* Parses the canonical text; only version 7, variant 10 are accepted. */
bool uuid_parse_v7(const char *s, struct uuid *ret_uuid);

/* Milliseconds since 1970 that a UUIDv7 carries. */
int64_t uuid_instant(const struct uuid *u);

#endif

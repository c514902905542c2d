/*
 * Field tables: one description of a struct decodes its JSON, encodes it, and prints its schema.
 *
 * A route row names the shape of its input and of its output; handlers see typed, bounded structs
 * and never JSON. Where a field comes from (body, query, path) is part of the table. In C: text is
 * a NUL-terminated UTF-8 pointer, a list a pointer and an int count, an optional field has a
 * sentinel (NULL text, bytes, list and object, 0 id, zero UUID, false, DAY_NONE, INSTANT_NONE,
 * MINUTE_NONE, INT_NONE for INT and ENUM, INT64_MIN for INT64).
 *
 *   JSON of each type: ID "decimal string" · DAY "2025-11-13" · INSTANT "2025-11-13T00:20:00.000Z"
 *   MINUTE "07:30" · INT number · BOOL true/false · TEXT string · ENUM string · UUID string (v7 in)
 *   BYTES base64url · OBJECT {} · LIST []
 */
#ifndef LUWES_PLATFORM_FIELDS_H
#define LUWES_PLATFORM_FIELDS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/ids.h"

#include <stdbool.h>
#include <stddef.h>

enum field_type {
	FIELD_END = 0,
	FIELD_ID,
	FIELD_INT,
	FIELD_INT64,
	FIELD_BOOL,
	FIELD_TEXT,
	FIELD_ENUM,
	FIELD_DAY,
	FIELD_INSTANT,
	FIELD_MINUTE,
	FIELD_UUID,
	FIELD_BYTES,
	FIELD_OBJECT,
	FIELD_LIST,
	FIELD_TEXTS,
	FIELD_IDS,
	FIELD_INTS,
};

enum field_from { FROM_BODY = 0, FROM_QUERY, FROM_PATH };

enum field_flag {
	OPTIONAL = 1, /* may be absent or null; its sentinel is then in the struct, and it is left
			 out on output */
	MASKED = 2, /* a NIP shown to people who are not personnel officers: middle digits hidden by
		       the handler */
};

#define INSTANT_NONE INT64_MIN
#define MINUTE_NONE  (-1)
#define INT_NONE     INT32_MIN

struct shape;

struct field {
	const char *name; /* as in JSON, SQL and the web app: snake_case */
	enum field_type type;
	enum field_from from;
	int flags;
	size_t offset;       /* in the struct; for OBJECT of the embedded struct */
	size_t count_offset; /* LIST, TEXTS, IDS, INTS: of the int count */
	int64_t min, max;    /* INT: value; TEXT: bytes; BYTES: decoded bytes; LIST: elements */
	const char *const *names;  /* ENUM: NULL-terminated names, index = value */
	const struct shape *shape; /* OBJECT, LIST */
	const char *doc;           /* one sentence for the OpenAPI document */
};

struct shape {
	const char *name; /* "PunchBatch": component name in the OpenAPI document, unique */
	size_t size;
	const struct field *fields;
};

/* clang-format off */
/* S is the struct, f the member (the JSON name too); doc is a sentence. */
#define F_ID(S, f, flg, d) {#f, FIELD_ID, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_INT(S, f, lo, hi, flg, d) {#f, FIELD_INT, FROM_BODY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
/* int64 member printed as a JSON number: only for quantities below 2^53 (bytes, counts) */
#define F_INT64(S, f, lo, hi, flg, d) {#f, FIELD_INT64, FROM_BODY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define F_BOOL(S, f, flg, d) {#f, FIELD_BOOL, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_TEXT(S, f, lo, hi, flg, d) {#f, FIELD_TEXT, FROM_BODY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define F_ENUM(S, f, nm, flg, d) {#f, FIELD_ENUM, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, nm, NULL, d}
#define F_DAY(S, f, flg, d) {#f, FIELD_DAY, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_INSTANT(S, f, flg, d) {#f, FIELD_INSTANT, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_MINUTE(S, f, flg, d) {#f, FIELD_MINUTE, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_UUID(S, f, flg, d) {#f, FIELD_UUID, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define F_BYTES(S, f, lo, hi, flg, d) {#f, FIELD_BYTES, FROM_BODY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
/* embedded struct; with OPTIONAL the member is a pointer, NULL when absent */
#define F_OBJECT(S, f, sh, flg, d) {#f, FIELD_OBJECT, FROM_BODY, flg, offsetof(S, f), 0, 0, 0, NULL, sh, d}
/* `f` points to an array of the shape's struct, `n` is the int count member */
#define F_LIST(S, f, n, sh, lo, hi, flg, d) {#f, FIELD_LIST, FROM_BODY, flg, offsetof(S, f), offsetof(S, n), lo, hi, NULL, sh, d}
/* `f` is const char ** / int64_t *, `n` the int count member; each text at most 200 bytes */
#define F_TEXTS(S, f, n, lo, hi, flg, d) {#f, FIELD_TEXTS, FROM_BODY, flg, offsetof(S, f), offsetof(S, n), lo, hi, NULL, NULL, d}
/* `f` is int32_t *: JSON numbers of 32 bits (weekdays, corners); lo..hi bound how many */
#define F_INTS(S, f, n, lo, hi, flg, d) {#f, FIELD_INTS, FROM_BODY, flg, offsetof(S, f), offsetof(S, n), lo, hi, NULL, NULL, d}
#define F_IDS(S, f, n, lo, hi, flg, d) {#f, FIELD_IDS, FROM_BODY, flg, offsetof(S, f), offsetof(S, n), lo, hi, NULL, NULL, d}
/* the same fields from the query string or the path: Q_DAY(struct x, day, OPTIONAL, "...") */
#define Q_ID(S, f, flg, d) {#f, FIELD_ID, FROM_QUERY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define Q_INT(S, f, lo, hi, flg, d) {#f, FIELD_INT, FROM_QUERY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define Q_INT64(S, f, lo, hi, flg, d) {#f, FIELD_INT64, FROM_QUERY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define Q_TEXT(S, f, lo, hi, flg, d) {#f, FIELD_TEXT, FROM_QUERY, flg, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define Q_ENUM(S, f, nm, flg, d) {#f, FIELD_ENUM, FROM_QUERY, flg, offsetof(S, f), 0, 0, 0, nm, NULL, d}
#define Q_DAY(S, f, flg, d) {#f, FIELD_DAY, FROM_QUERY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define Q_BOOL(S, f, flg, d) {#f, FIELD_BOOL, FROM_QUERY, flg, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define PATH_ID(S, f, d) {#f, FIELD_ID, FROM_PATH, 0, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define PATH_DAY(S, f, d) {#f, FIELD_DAY, FROM_PATH, 0, offsetof(S, f), 0, 0, 0, NULL, NULL, d}
#define PATH_ENUM(S, f, nm, d) {#f, FIELD_ENUM, FROM_PATH, 0, offsetof(S, f), 0, 0, 0, nm, NULL, d}
#define PATH_TEXT(S, f, lo, hi, d) {#f, FIELD_TEXT, FROM_PATH, 0, offsetof(S, f), 0, lo, hi, NULL, NULL, d}
#define F_END {NULL, FIELD_END, FROM_BODY, 0, 0, 0, 0, 0, NULL, NULL, NULL}

#define SHAPE(nm, S, fl) {nm, sizeof(S), fl}
/* clang-format on */

/* C types of the members: ID int64_t or a one-field id struct · INT int32_t · BOOL bool · TEXT
 * const char * ENUM int32_t (or an enum) · DAY int32_t · INSTANT int64_t · MINUTE int32_t · UUID
 * struct uuid · BYTES struct bytes */

/* What was wrong, for the problem document: a JSON pointer such as "/events/3/id" and a short
 * English reason. */
struct field_fault {
	const char *pointer;
	const char *reason;
};

/*
 * Decodes the body fields of `shape` from strict JSON (no duplicate keys, no unknown fields,
 * bounded depth 8) into `out` (shape->size bytes, zeroed by the caller). E_BAD_REQUEST when it is
 * not JSON, E_BAD_FIELD with `fault` when a field is missing, unknown, of the wrong type or out of
 * bounds.
 */
enum err fields_decode(const struct shape *shape, struct arena *arena, const char *json, size_t n,
	void *out, struct field_fault *ret_fault);

/* Decodes one query or path value given as text. */
enum err fields_decode_text(const struct field *field, struct arena *arena, const char *text,
	void *out, struct field_fault *ret_fault);

/* Puts the sentinels of all optional fields of `shape` into `out`. */
void fields_init(const struct shape *shape, void *out);

/* Appends the JSON of `in`. Optional fields holding their sentinel are left out. */
void fields_encode(const struct shape *shape, const void *in, struct buf *out);

/* Appends `s` as a JSON string. */
void fields_encode_text(struct buf *out, const char *s);

#endif

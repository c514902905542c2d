/*
 * Structs to JSON by their field tables, and the sentinels of what is absent.
 *
 * The encoder is on the path of every reply, so it appends straight to the buffer and builds
 * nothing in between. It never fails: a required text that is NULL, or an enum value without a
 * name, is a bug and asserts, because the document would not match the published schema.
 */
#include "platform/fields.h"

#include "base/str.h"
#include "platform/fields_int.h"

#include <assert.h>
#include <string.h>

#define FIELD_NAME_MAX 60

static const void *member(const struct field *f, const void *in)
{
	return (const char *)in + f->offset;
}

/* Members are read by copy, since id structs and enums share their bytes with plain integers. */
static int64_t read_int64(const struct field *f, const void *in)
{
	int64_t v;
	memcpy(&v, member(f, in), sizeof v);
	return v;
}

static int32_t read_int32(const struct field *f, const void *in)
{
	int32_t v;
	memcpy(&v, member(f, in), sizeof v);
	return v;
}

static const void *read_pointer(const struct field *f, const void *in)
{
	const void *p;
	memcpy(&p, member(f, in), sizeof p);
	return p;
}

static int read_count(const struct field *f, const void *in)
{
	int n;
	memcpy(&n, (const char *)in + f->count_offset, sizeof n);
	return n;
}

/* ---- sentinels ---- */

static void write_int32(const struct field *f, void *out, int32_t v)
{
	memcpy((char *)out + f->offset, &v, sizeof v);
}

static void write_int64(const struct field *f, void *out, int64_t v)
{
	memcpy((char *)out + f->offset, &v, sizeof v);
}

void fields_clear(const struct field *f, void *out)
{
	_Static_assert(DAY_NONE == INT_NONE, "one sentinel for 32-bit values");
	char *at = (char *)out + f->offset;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_ENUM:
	case FIELD_DAY:
		write_int32(f, out, INT_NONE);
		return;
	case FIELD_MINUTE:
		write_int32(f, out, MINUTE_NONE);
		return;
	case FIELD_INT64:
	case FIELD_INSTANT:
		write_int64(f, out, INSTANT_NONE);
		return;
	case FIELD_ID:
		write_int64(f, out, 0);
		return;
	case FIELD_BOOL:
		memset(at, 0, sizeof(bool));
		return;
	case FIELD_UUID:
		memset(at, 0, sizeof(struct uuid));
		return;
	case FIELD_BYTES:
		memset(at, 0, sizeof(struct bytes));
		return;
	case FIELD_TEXT:
	case FIELD_OBJECT:
		memset(at, 0, sizeof(void *));
		return;
	case FIELD_LIST:
	case FIELD_TEXTS:
	case FIELD_IDS:
	case FIELD_INTS:
		memset(at, 0, sizeof(void *));
		memset((char *)out + f->count_offset, 0, sizeof(int));
		return;
	case FIELD_END:
		break;
	}
	assert(false && "field type");
}

void fields_init(const struct shape *shape, void *out)
{
	for (const struct field *f = shape->fields; f->type != FIELD_END; f++) {
		if (f->flags & OPTIONAL)
			fields_clear(f, out);
		else if (f->type == FIELD_OBJECT)
			fields_init(f->shape, (char *)out + f->offset);
	}
}

static bool is_absent(const struct field *f, const void *in)
{
	static const struct uuid no_uuid;
	if (!(f->flags & OPTIONAL))
		return false;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_DAY:
		return read_int32(f, in) == INT_NONE;
	case FIELD_ENUM:
		return read_int32(f, in) < 0;
	case FIELD_MINUTE:
		return read_int32(f, in) == MINUTE_NONE;
	case FIELD_INT64:
	case FIELD_INSTANT:
		return read_int64(f, in) == INSTANT_NONE;
	case FIELD_ID:
		return read_int64(f, in) == 0;
	case FIELD_BOOL:
		return !*(const bool *)member(f, in);
	case FIELD_UUID:
		return !memcmp(member(f, in), &no_uuid, sizeof no_uuid);
	case FIELD_BYTES:
		return !((const struct bytes *)member(f, in))->p;
	default:
		return !read_pointer(f, in);
	}
}

/* ---- text ---- */

static size_t escape(unsigned char c, char out[8])
{
	static const char digit[] = "0123456789abcdef";
	static const char from[] = "\"\\\n\t\r\b\f", to[] = "\"\\ntrbf";
	const char *found = c ? strchr(from, c) : NULL;
	out[0] = '\\';
	if (found) {
		out[1] = to[found - from];
		return 2;
	}
	memcpy(out + 1, "u00", 3);
	out[4] = digit[c >> 4];
	out[5] = digit[c & 15];
	return 6;
}

void fields_encode_text(struct buf *out, const char *s)
{
	const char *run = s;
	char escaped[8];
	buf_char(out, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, run, (size_t)(s - run));
		buf_add(out, escaped, escape(c, escaped));
		run = s + 1;
	}
	buf_add(out, run, (size_t)(s - run));
	buf_char(out, '"');
}

/* ---- values ---- */

/* Decimal digits of `v` at the end of `room`; returns where they start. */
static char *format_int(char room[24], int64_t v)
{
	char *p = room + 24;
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (v < 0)
		*--p = '-';
	return p;
}

static void encode_int(struct buf *out, int64_t v)
{
	char room[24], *p = format_int(room, v);
	buf_add(out, p, (size_t)(room + 24 - p));
}

static void encode_id(struct buf *out, int64_t v)
{
	char room[26], *p = format_int(room + 1, v) - 1;
	*p = room[25] = '"';
	buf_add(out, p, (size_t)(room + 26 - p));
}

/* Text that needs no escape. */
static void encode_plain(struct buf *out, const char *s)
{
	char quoted[48];
	size_t n = strlen(s);
	assert(n + 2 <= sizeof quoted);
	quoted[0] = quoted[n + 1] = '"';
	memcpy(quoted + 1, s, n);
	buf_add(out, quoted, n + 2);
}

static void encode_day(struct buf *out, int32_t day)
{
	char text[11];
	day_format(day, text);
	encode_plain(out, text);
}

static void encode_instant(struct buf *out, int64_t instant)
{
	char text[25];
	instant_format(instant, text);
	encode_plain(out, text);
}

static void encode_minute(struct buf *out, int32_t minute)
{
	char text[6];
	minute_format(minute, text);
	encode_plain(out, text);
}

static void encode_uuid(struct buf *out, const void *uuid)
{
	char text[37];
	uuid_format(uuid, text);
	encode_plain(out, text);
}

static void encode_bytes(struct buf *out, const struct bytes *b)
{
	buf_char(out, '"');
	buf_str(out, base64url_encode(out->arena, b->p, b->n));
	buf_char(out, '"');
}

static void encode_enum(struct buf *out, const struct field *f, int32_t v)
{
	for (int32_t i = 0; f->names[i]; i++) {
		if (i == v) {
			fields_encode_text(out, f->names[i]);
			return;
		}
	}
	assert(false && "enum value without a name");
}

static void encode_element(struct buf *out, const struct field *f, const void *list, int i)
{
	switch (f->type) {
	case FIELD_LIST:
		fields_encode(f->shape, (const char *)list + (size_t)i * f->shape->size, out);
		return;
	case FIELD_TEXTS:
		fields_encode_text(out, ((const char *const *)list)[i]);
		return;
	case FIELD_IDS:
		encode_id(out, ((const int64_t *)list)[i]);
		return;
	default:
		encode_int(out, ((const int32_t *)list)[i]);
		return;
	}
}

static void encode_list(struct buf *out, const struct field *f, const void *in)
{
	const void *list = read_pointer(f, in);
	int count = read_count(f, in);
	assert(count == 0 || (count > 0 && list));
	buf_char(out, '[');
	for (int i = 0; i < count; i++) {
		if (i)
			buf_char(out, ',');
		encode_element(out, f, list, i);
	}
	buf_char(out, ']');
}

static void encode_object(struct buf *out, const struct field *f, const void *in)
{
	fields_encode(f->shape, f->flags & OPTIONAL ? read_pointer(f, in) : member(f, in), out);
}

static void encode_text(struct buf *out, const struct field *f, const void *in)
{
	const char *s = read_pointer(f, in);
	assert(s && "a required text is missing");
	fields_encode_text(out, s);
}

static void encode_value(struct buf *out, const struct field *f, const void *in)
{
	switch (f->type) {
	case FIELD_ID:
		encode_id(out, read_int64(f, in));
		return;
	case FIELD_INT:
		encode_int(out, read_int32(f, in));
		return;
	case FIELD_INT64:
		encode_int(out, read_int64(f, in));
		return;
	case FIELD_BOOL:
		buf_str(out, *(const bool *)member(f, in) ? "true" : "false");
		return;
	case FIELD_TEXT:
		encode_text(out, f, in);
		return;
	case FIELD_ENUM:
		encode_enum(out, f, read_int32(f, in));
		return;
	case FIELD_DAY:
		encode_day(out, read_int32(f, in));
		return;
	case FIELD_INSTANT:
		encode_instant(out, read_int64(f, in));
		return;
	case FIELD_MINUTE:
		encode_minute(out, read_int32(f, in));
		return;
	case FIELD_UUID:
		encode_uuid(out, member(f, in));
		return;
	case FIELD_BYTES:
		encode_bytes(out, member(f, in));
		return;
	case FIELD_OBJECT:
		encode_object(out, f, in);
		return;
	case FIELD_LIST:
	case FIELD_TEXTS:
	case FIELD_IDS:
	case FIELD_INTS:
		encode_list(out, f, in);
		return;
	case FIELD_END:
		break;
	}
	assert(false && "field type");
}

static void encode_name(struct buf *out, const char *name, bool is_first)
{
	char text[FIELD_NAME_MAX + 4];
	size_t n = strlen(name);
	assert(n <= FIELD_NAME_MAX);
	text[0] = is_first ? '{' : ',';
	text[1] = '"';
	memcpy(text + 2, name, n);
	text[n + 2] = '"';
	text[n + 3] = ':';
	buf_add(out, text, n + 4);
}

void fields_encode(const struct shape *shape, const void *in, struct buf *out)
{
	bool is_first = true;
	for (const struct field *f = shape->fields; f->type != FIELD_END; f++) {
		if (is_absent(f, in))
			continue;
		encode_name(out, f->name, is_first);
		encode_value(out, f, in);
		is_first = false;
	}
	buf_str(out, is_first ? "{}" : "}");
}

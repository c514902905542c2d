/*
 * Strict JSON to structs by their field tables.
 *
 * One reader (jansson, duplicate keys refused, depth bounded before it starts) and one way from
 * text to a value, so that a day in a body and a day in a query are judged alike. Everything not
 * said by the table is refused with the JSON pointer of the place: an unknown field, a wrong type,
 * a value out of bounds (OWASP ASVS 5: 1.5.3, 2.2.1, 15.3.3). What is decoded lies in the arena;
 * the JSON tree is gone when this returns. Nothing here judges meaning: that is the handler's rule.
 */
#include "platform/fields.h"

#include "base/str.h"
#include "platform/fields_int.h"
#include "platform/json_memory.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#define DEPTH_MAX        8
#define NAME_SHOWN_BYTES 60 /* of an unknown field, in its pointer */

/* The place being decoded; a pointer text is made of it only when something is wrong. */
struct place {
	const struct place *up;
	const char *name;
	int index; /* when name is NULL */
};

struct decoder {
	struct arena *arena;
	struct field_fault *fault;
};

/* ---- faults ---- */

/* One reference token of RFC 6901: "~" is "~0", "/" is "~1"; a long name is cut between characters.
 */
static void add_token(struct buf *out, const char *name)
{
	size_t n = strlen(name);
	if (n > NAME_SHOWN_BYTES) {
		n = NAME_SHOWN_BYTES;
		while (n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80)
			n--;
	}
	buf_char(out, '/');
	for (size_t i = 0; i < n; i++) {
		if (name[i] == '~' || name[i] == '/')
			buf_str(out, name[i] == '~' ? "~0" : "~1");
		else
			buf_char(out, name[i]);
	}
}

static void add_place(struct buf *out, const struct place *place)
{
	if (!place)
		return;
	add_place(out, place->up);
	if (place->name) {
		add_token(out, place->name);
		return;
	}
	buf_char(out, '/');
	buf_int(out, place->index);
}

static enum err bad_field(struct decoder *d, const struct place *place, const char *reason)
{
	struct buf pointer;
	buf_init(&pointer, d->arena, 64);
	buf_str(&pointer, "");
	add_place(&pointer, place);
	*d->fault = (struct field_fault){pointer.p, reason};
	return E_BAD_FIELD;
}

static const char *between(struct arena *arena, const struct field *f, const char *what)
{
	return arena_printf(
		arena, "must be %lld to %lld%s", (long long)f->min, (long long)f->max, what);
}

/* ---- one value: each returns NULL, or the reason why not ---- */

static void put_int32(const struct field *f, void *out, int32_t v)
{
	memcpy((char *)out + f->offset, &v, sizeof v);
}

static void put_int64(const struct field *f, void *out, int64_t v)
{
	memcpy((char *)out + f->offset, &v, sizeof v);
}

static void put_pointer(const struct field *f, void *out, const void *p)
{
	memcpy((char *)out + f->offset, &p, sizeof p);
}

/* One spelling of each id, so that equal ids are equal texts in paths, caches and logs. */
static const char *parse_id(const char *s, int64_t *ret_id)
{
	return *s != '0' && str_to_int(s, 1, INT64_MAX, ret_id)
		       ? NULL
		       : "must be an id: decimal digits as text";
}

static const char *take_id(const struct field *f, const char *s, void *out)
{
	int64_t id = 0;
	const char *why = parse_id(s, &id);
	put_int64(f, out, id);
	return why;
}

static const char *take_text(
	const struct field *f, struct arena *arena, const char *s, size_t n, void *out)
{
	if ((int64_t)n < f->min || (int64_t)n > f->max)
		return between(arena, f, " bytes");
	if (!str_is_text(s, n))
		return "not valid text";
	put_pointer(f, out, arena_strndup(arena, s, n));
	return NULL;
}

static const char *take_enum(const struct field *f, const char *s, void *out)
{
	for (int32_t i = 0; f->names[i]; i++) {
		if (str_eq(f->names[i], s)) {
			put_int32(f, out, i);
			return NULL;
		}
	}
	return "not one of the names";
}

static const char *take_day(const struct field *f, const char *s, void *out)
{
	int32_t day = DAY_NONE;
	if (!day_parse(s, &day))
		return "must be a day like 2025-11-13";
	put_int32(f, out, day);
	return NULL;
}

static const char *take_instant(const struct field *f, const char *s, void *out)
{
	int64_t instant = INSTANT_NONE;
	if (!instant_parse(s, &instant))
		return "must be an instant like 2025-11-13T00:20:00.000Z";
	put_int64(f, out, instant);
	return NULL;
}

static const char *take_minute(const struct field *f, const char *s, void *out)
{
	int minute = MINUTE_NONE;
	if (!minute_parse(s, &minute))
		return "must be a time of day like 07:30";
	put_int32(f, out, minute);
	return NULL;
}

static const char *take_uuid(const struct field *f, const char *s, void *out)
{
	struct uuid uuid;
	if (!uuid_parse_v7(s, &uuid))
		return "must be a UUID of version 7";
	memcpy((char *)out + f->offset, &uuid, sizeof uuid);
	return NULL;
}

static const char *take_bytes(const struct field *f, struct arena *arena, const char *s, void *out)
{
	struct bytes bytes;
	if (!base64url_decode(arena, s, &bytes))
		return "must be base64url without padding";
	if ((int64_t)bytes.n < f->min || (int64_t)bytes.n > f->max)
		return between(arena, f, " bytes");
	memcpy((char *)out + f->offset, &bytes, sizeof bytes);
	return NULL;
}

static const char *take_int(const struct field *f, struct arena *arena, int64_t v, void *out)
{
	if (v < f->min || v > f->max)
		return between(arena, f, "");
	if (f->type == FIELD_INT)
		put_int32(f, out, (int32_t)v);
	else
		put_int64(f, out, v);
	return NULL;
}

static void take_bool(const struct field *f, bool v, void *out)
{
	memcpy((char *)out + f->offset, &v, sizeof v);
}

/* The types whose JSON is a string. */
static const char *take_string(
	const struct field *f, struct arena *arena, const char *s, size_t n, void *out)
{
	switch (f->type) {
	case FIELD_ID:
		return take_id(f, s, out);
	case FIELD_TEXT:
		return take_text(f, arena, s, n, out);
	case FIELD_ENUM:
		return take_enum(f, s, out);
	case FIELD_DAY:
		return take_day(f, s, out);
	case FIELD_INSTANT:
		return take_instant(f, s, out);
	case FIELD_MINUTE:
		return take_minute(f, s, out);
	case FIELD_UUID:
		return take_uuid(f, s, out);
	case FIELD_BYTES:
		return take_bytes(f, arena, s, out);
	default:
		break;
	}
	assert(false && "field type of a string");
	return "not supported";
}

/* ---- JSON ---- */

static enum err decode_object(struct decoder *d, const struct place *place,
	const struct shape *shape, const json_t *json, void *out);

static const char *take_scalar(
	struct decoder *d, const struct field *f, const json_t *json, void *out)
{
	if (f->type == FIELD_BOOL) {
		if (!json_is_boolean(json))
			return "must be true or false";
		take_bool(f, json_is_true(json), out);
		return NULL;
	}
	if (f->type == FIELD_INT || f->type == FIELD_INT64) {
		if (!json_is_integer(json))
			return "must be a whole number";
		return take_int(f, d->arena, json_integer_value(json), out);
	}
	if (!json_is_string(json))
		return "must be a string";
	return take_string(f, d->arena, json_string_value(json), json_string_length(json), out);
}

static const char *take_texts_element(struct decoder *d, const json_t *json, const char **ret)
{
	const char *s = json_string_value(json);
	size_t n = json_string_length(json);
	if (!s)
		return "must be a string";
	if (n > FIELDS_TEXTS_BYTES_MAX)
		return "must be at most 200 bytes";
	if (!str_is_text(s, n))
		return "not valid text";
	*ret = arena_strndup(d->arena, s, n);
	return NULL;
}

static const char *take_ids_element(const json_t *json, int64_t *ret)
{
	const char *s = json_string_value(json);
	return s ? parse_id(s, ret) : "must be a string";
}

static const char *take_ints_element(const json_t *json, int32_t *ret)
{
	json_int_t v = json_integer_value(json);
	if (!json_is_integer(json) || v < INT32_MIN || v > INT32_MAX)
		return "must be a whole number of 32 bits";
	*ret = (int32_t)v;
	return NULL;
}

static size_t element_size(const struct field *f)
{
	switch (f->type) {
	case FIELD_LIST:
		return f->shape->size;
	case FIELD_TEXTS:
		return sizeof(const char *);
	case FIELD_IDS:
		return sizeof(int64_t);
	default:
		return sizeof(int32_t);
	}
}

static enum err decode_element(struct decoder *d, const struct place *place, const struct field *f,
	const json_t *json, void *out)
{
	const char *why;
	switch (f->type) {
	case FIELD_LIST:
		return decode_object(d, place, f->shape, json, out);
	case FIELD_TEXTS:
		why = take_texts_element(d, json, out);
		break;
	case FIELD_IDS:
		why = take_ids_element(json, out);
		break;
	default:
		why = take_ints_element(json, out);
		break;
	}
	return why ? bad_field(d, place, why) : OK;
}

static enum err decode_list(struct decoder *d, const struct place *place, const struct field *f,
	const json_t *json, void *out)
{
	if (!json_is_array(json))
		return bad_field(d, place, "must be a list");
	size_t count = json_array_size(json), size = element_size(f);
	if ((int64_t)count < f->min || (int64_t)count > f->max)
		return bad_field(d, place, between(d->arena, f, " elements"));
	char *list = arena_array(d->arena, count, size);
	for (size_t i = 0; i < count; i++) {
		struct place element = {place, NULL, (int)i};
		enum err e = decode_element(
			d, &element, f, json_array_get(json, i), list + i * size);
		if (e)
			return e;
	}
	int n = (int)count;
	put_pointer(f, out, list);
	memcpy((char *)out + f->count_offset, &n, sizeof n);
	return OK;
}

static enum err decode_field(struct decoder *d, const struct place *place, const struct field *f,
	const json_t *json, void *out)
{
	void *object = (char *)out + f->offset;
	const char *why;
	switch (f->type) {
	case FIELD_OBJECT:
		if (f->flags & OPTIONAL) {
			object = arena_alloc(d->arena, f->shape->size);
			put_pointer(f, out, object);
		}
		return decode_object(d, place, f->shape, json, object);
	case FIELD_LIST:
	case FIELD_TEXTS:
	case FIELD_IDS:
	case FIELD_INTS:
		return decode_list(d, place, f, json, out);
	default:
		why = take_scalar(d, f, json, out);
		return why ? bad_field(d, place, why) : OK;
	}
}

static bool is_known(const struct shape *shape, const char *name)
{
	for (const struct field *f = shape->fields; f->type != FIELD_END; f++)
		if (f->from == FROM_BODY && str_eq(f->name, name))
			return true;
	return false;
}

static enum err name_unknown(
	struct decoder *d, const struct place *place, const struct shape *shape, const json_t *json)
{
	json_t *object = (json_t *)(uintptr_t)json; /* iterators want it writable */
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		const char *name = json_object_iter_key(at);
		struct place unknown = {place, name, 0};
		if (!is_known(shape, name))
			return bad_field(d, &unknown, "unknown field");
	}
	assert(false && "no unknown field");
	return E_BAD_FIELD;
}

static enum err decode_object(struct decoder *d, const struct place *place,
	const struct shape *shape, const json_t *json, void *out)
{
	size_t known = 0;
	if (!json_is_object(json))
		return bad_field(d, place, "must be an object");
	for (const struct field *f = shape->fields; f->type != FIELD_END; f++) {
		struct place here = {place, f->name, 0};
		enum err e;
		if (f->from != FROM_BODY)
			continue;
		const json_t *value = json_object_get(json, f->name);
		known += value != NULL;
		if (value && !json_is_null(value)) {
			if ((e = decode_field(d, &here, f, value, out)))
				return e;
			continue;
		}
		if (!(f->flags & OPTIONAL))
			return bad_field(d, &here, "required");
		fields_clear(f, out);
	}
	return known == json_object_size(json) ? OK : name_unknown(d, place, shape, json);
}

/* Whether brackets outside strings nest at most DEPTH_MAX deep: the reader recurses once per level.
 */
static bool is_shallow(const char *json, size_t n)
{
	bool in_string = false;
	int depth = 0;
	for (size_t i = 0; i < n; i++) {
		char c = json[i];
		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '{' || c == '[') && ++depth > DEPTH_MAX)
			return false;
		else if (!in_string && (c == '}' || c == ']'))
			depth--;
	}
	return true;
}

static enum err not_json(struct decoder *d, const json_error_t *error)
{
	const char *why = "not valid JSON";
	if (json_error_code(error) == json_error_duplicate_key)
		why = "the same key twice";
	else if (json_error_code(error) == json_error_numeric_overflow)
		why = "number out of range";
	*d->fault = (struct field_fault){"",
		arena_printf(d->arena, "%s (line %d, column %d)", why, error->line, error->column)};
	return E_BAD_REQUEST;
}

static enum err decode_text(
	struct decoder *d, const struct shape *shape, const char *json, size_t n, void *out)
{
	json_error_t error;
	json_t *root = json_loadb(json, n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		return not_json(d, &error);
	enum err e = decode_object(d, NULL, shape, root, out);
	json_decref(root);
	return e;
}

enum err fields_decode(const struct shape *shape, struct arena *arena, const char *json, size_t n,
	void *out, struct field_fault *ret_fault)
{
	struct decoder d = {arena, ret_fault};
	if (!is_shallow(json, n)) {
		*ret_fault = (struct field_fault){"", "nested too deep"};
		return E_BAD_REQUEST;
	}
	json_memory_open();
	enum err e = decode_text(&d, shape, json, n, out);
	json_memory_close();
	return e;
}

static const char *take_plain_text(
	const struct field *f, struct arena *arena, const char *text, void *out)
{
	int64_t v;
	switch (f->type) {
	case FIELD_BOOL:
		if (!str_eq(text, "true") && !str_eq(text, "false"))
			return "must be true or false";
		take_bool(f, *text == 't', out);
		return NULL;
	case FIELD_INT:
	case FIELD_INT64:
		if (!str_to_int(text, INT64_MIN, INT64_MAX, &v))
			return "must be a whole number";
		return take_int(f, arena, v, out);
	default:
		return take_string(f, arena, text, strlen(text), out);
	}
}

enum err fields_decode_text(const struct field *field, struct arena *arena, const char *text,
	void *out, struct field_fault *ret_fault)
{
	struct decoder d = {arena, ret_fault};
	struct place place = {NULL, field->name, 0};
	const char *why = take_plain_text(field, arena, text, out);
	return why ? bad_field(&d, &place, why) : OK;
}

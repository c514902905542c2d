/*
 * Fuzz target: any bytes as the JSON body of a shape that holds every field type, nested.
 *
 * Whatever is accepted must encode, decode again, and encode to the same bytes; whatever is refused
 * must name its place with a pointer that is text. The input's first byte "?" means: decode the
 * rest as a query value for each scalar field instead.
 */
#include "platform/fields.h"

#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum colour { RED, GREEN };
static const char *const colour_names[] = {"red", "green", NULL};

struct part {
	int64_t id;
	int32_t starts;
	const char *note;
};

static const struct field part_fields[] = {
	F_ID(struct part, id, 0, "Its id."),
	F_MINUTE(struct part, starts, OPTIONAL, "When it starts."),
	F_TEXT(struct part, note, 0, 40, OPTIONAL, "A note."),
	F_END,
};
static const struct shape part_shape = SHAPE("Part", struct part, part_fields);

struct whole {
	struct part first, *second;
	int64_t id, at, size_bytes;
	int32_t number, day, minute;
	bool is_on;
	const char *text;
	enum colour colour;
	struct uuid key;
	struct bytes raw;
	struct part *parts;
	int part_count;
	const char **words;
	int word_count;
	int64_t *ids;
	int id_count;
	int32_t *weekdays;
	int weekday_count;
};

static const struct field whole_fields[] = {
	F_OBJECT(struct whole, first, &part_shape, 0, "Embedded."),
	F_OBJECT(struct whole, second, &part_shape, OPTIONAL, "May be absent."),
	F_ID(struct whole, id, 0, "An id."),
	F_INT(struct whole, number, -1000, 1000, OPTIONAL, "A number."),
	F_INT64(struct whole, size_bytes, 0, INT64_C(1) << 52, OPTIONAL, "A quantity."),
	F_BOOL(struct whole, is_on, OPTIONAL, "A switch."),
	F_TEXT(struct whole, text, 1, 200, OPTIONAL, "A text."),
	F_ENUM(struct whole, colour, colour_names, OPTIONAL, "A colour."),
	F_DAY(struct whole, day, OPTIONAL, "A day."),
	F_INSTANT(struct whole, at, OPTIONAL, "An instant."),
	F_MINUTE(struct whole, minute, OPTIONAL, "A time of day."),
	F_UUID(struct whole, key, OPTIONAL, "A key."),
	F_BYTES(struct whole, raw, 0, 64, OPTIONAL, "Bytes."),
	F_LIST(struct whole, parts, part_count, &part_shape, 0, 8, OPTIONAL, "Objects."),
	F_TEXTS(struct whole, words, word_count, 0, 8, OPTIONAL, "Texts."),
	F_IDS(struct whole, ids, id_count, 0, 8, OPTIONAL, "Ids."),
	F_INTS(struct whole, weekdays, weekday_count, 0, 8, OPTIONAL, "Numbers."),
	F_END,
};
static const struct shape whole_shape = SHAPE("Whole", struct whole, whole_fields);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static struct buf encode(struct arena *arena, const struct whole *whole)
{
	struct buf out;
	buf_init(&out, arena, 0);
	fields_encode(&whole_shape, whole, &out);
	return out;
}

static void check_fault(const struct field_fault *fault)
{
	demand(fault->pointer && fault->reason);
	demand(*fault->pointer == '\0' || *fault->pointer == '/');
}

static void try_body(struct arena *arena, const char *json, size_t n)
{
	struct whole whole = {0}, again = {0};
	struct field_fault fault = {0};
	if (fields_decode(&whole_shape, arena, json, n, &whole, &fault)) {
		check_fault(&fault);
		return;
	}
	struct buf once = encode(arena, &whole);
	demand(str_is_text(once.p, once.n));
	demand(fields_decode(&whole_shape, arena, once.p, once.n, &again, &fault) == OK);
	struct buf twice = encode(arena, &again);
	demand(once.n == twice.n && !memcmp(once.p, twice.p, once.n));
}

static void try_plain(struct arena *arena, const char *text)
{
	for (const struct field *f = whole_fields; f->type != FIELD_END; f++) {
		struct whole whole = {0};
		struct field_fault fault = {0};
		if (f->type == FIELD_OBJECT || f->type == FIELD_LIST || f->type == FIELD_TEXTS ||
			f->type == FIELD_IDS || f->type == FIELD_INTS)
			continue;
		if (fields_decode_text(f, arena, text, &whole, &fault))
			check_fault(&fault);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	arena_init(&arena, 64 << 20);
	const char *text = arena_strndup(
		&arena, (const char *)data, size); /* with the NUL that bodies have */
	if (*text == '?')
		try_plain(&arena, text + 1);
	else
		try_body(&arena, text, size);
	arena_release(&arena);
	return 0;
}

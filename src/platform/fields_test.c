/*
 * Tables of good and bad values for every field type, the pointers that name a fault, and the round
 * trip from JSON to struct to the same JSON.
 */
#include "platform/fields.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum colour { RED, GREEN };
static const char *const colour_names[] = {"red", "green", NULL};

struct leaf {
	int64_t id;
	const char *note;
};

static const struct field leaf_fields[] = {
	F_ID(struct leaf, id, 0, "Its id."),
	F_TEXT(struct leaf, note, 1, 5, OPTIONAL, "A note."),
	F_END,
};
static const struct shape leaf_shape = SHAPE("Leaf", struct leaf, leaf_fields);

/* Everything optional, so that a case brings only the field it is about. */
struct all {
	int64_t id;
	int32_t number;
	int64_t size_bytes;
	bool is_on;
	const char *text;
	enum colour colour;
	int32_t day;
	int64_t at;
	int32_t minute;
	struct uuid key;
	struct bytes raw;
	struct leaf *leaf;
	struct leaf *leaves;
	int leaf_count;
	const char **words;
	int word_count;
	int64_t *ids;
	int id_count;
	int32_t *weekdays;
	int weekday_count;
};

static const struct field all_fields[] = {
	F_ID(struct all, id, OPTIONAL, "An id."),
	F_INT(struct all, number, -5, 100, OPTIONAL, "A number."),
	F_INT64(struct all, size_bytes, 0, INT64_C(1) << 40, OPTIONAL, "A quantity."),
	F_BOOL(struct all, is_on, OPTIONAL, "A switch."),
	F_TEXT(struct all, text, 2, 10, OPTIONAL, "A text."),
	F_ENUM(struct all, colour, colour_names, OPTIONAL, "A colour."),
	F_DAY(struct all, day, OPTIONAL, "A day."),
	F_INSTANT(struct all, at, OPTIONAL, "An instant."),
	F_MINUTE(struct all, minute, OPTIONAL, "A time of day."),
	F_UUID(struct all, key, OPTIONAL, "A key."),
	F_BYTES(struct all, raw, 1, 4, OPTIONAL, "Bytes."),
	F_OBJECT(struct all, leaf, &leaf_shape, OPTIONAL, "An object."),
	F_LIST(struct all, leaves, leaf_count, &leaf_shape, 1, 3, OPTIONAL, "Objects."),
	F_TEXTS(struct all, words, word_count, 0, 3, OPTIONAL, "Texts."),
	F_IDS(struct all, ids, id_count, 0, 3, OPTIONAL, "Ids."),
	F_INTS(struct all, weekdays, weekday_count, 0, 7, OPTIONAL, "Numbers."),
	F_END,
};
static const struct shape all_shape = SHAPE("All", struct all, all_fields);

/* One field of the query, one of the body. */
struct page {
	int32_t limit, number;
};

static const struct field page_fields[] = {
	Q_INT(struct page, limit, 1, 200, OPTIONAL, "How many."),
	F_INT(struct page, number, 0, 9, OPTIONAL, "A number."),
	F_END,
};
static const struct shape page_shape = SHAPE("Page", struct page, page_fields);

struct nest {
	struct leaf first; /* embedded and required */
	struct all *all;
	int all_count;
};

static const struct field nest_fields[] = {
	F_OBJECT(struct nest, first, &leaf_shape, 0, "The first."),
	F_LIST(struct nest, all, all_count, &all_shape, 0, 2, 0, "The rest."),
	F_END,
};
static const struct shape nest_shape = SHAPE("Nest", struct nest, nest_fields);

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *encode(const struct shape *shape, const void *in)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	fields_encode(shape, in, &out);
	return out.p;
}

/* ---- good values: what comes out again is the canonical spelling ---- */

struct good {
	const char *in, *out; /* NULL: the same */
};

static const struct good good[] = {
	{"{}", NULL},
	{" { } ", "{}"},
	{"{\"id\":\"1\"}", NULL},
	{"{\"id\":\"9223372036854775807\"}", NULL},
	{"{\"id\":null}", "{}"},
	{"{\"number\":-5}", NULL},
	{"{\"number\":0}", NULL},
	{"{\"number\":100}", NULL},
	{"{\"size_bytes\":1099511627776}", NULL},
	{"{\"is_on\":true}", NULL},
	{"{\"is_on\":false}", "{}"},
	{"{\"text\":\"ab\"}", NULL},
	{"{\"text\":\"0123456789\"}", NULL},
	{"{\"text\":\"\\u0041\\u00e9\"}", "{\"text\":\"A\xC3\xA9\"}"},
	{"{\"text\":\"\\\"\\\\\\n\\t\"}", NULL},
	{"{\"text\":\"\\ud83d\\ude00\"}", "{\"text\":\"\xF0\x9F\x98\x80\"}"},
	{"{\"colour\":\"red\"}", NULL},
	{"{\"colour\":\"green\"}", NULL},
	{"{\"day\":\"2024-02-29\"}", NULL},
	{"{\"at\":\"2025-11-13T00:20:00.000Z\"}", NULL},
	{"{\"at\":\"2025-11-13T07:20+07:00\"}", "{\"at\":\"2025-11-13T00:20:00.000Z\"}"},
	{"{\"minute\":\"07:30\"}", NULL},
	{"{\"minute\":\"00:00\"}", NULL},
	{"{\"minute\":\"30:15\"}", NULL},
	{"{\"key\":\"019a7b1c-5d2e-7f00-8000-0123456789ab\"}", NULL},
	{"{\"raw\":\"_-8A\"}", NULL},
	{"{\"leaf\":{\"id\":\"7\"}}", NULL},
	{"{\"leaf\":{\"id\":\"7\",\"note\":\"hello\"}}", NULL},
	{"{\"leaves\":[{\"id\":\"7\"},{\"id\":\"8\",\"note\":\"x\"}]}", NULL},
	{"{\"words\":[]}", NULL},
	{"{\"words\":[\"a\",\"\"]}", NULL},
	{"{\"ids\":[\"5\",\"6\"]}", NULL},
	{"{\"weekdays\":[1,-2147483648,2147483647]}", NULL},
	{"{\"number\":1,\"id\":\"2\"}", "{\"id\":\"2\",\"number\":1}"},
};

static void test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct all all = {0};
		struct field_fault fault = {0};
		enum err e = fields_decode(
			&all_shape, &arena, good[i].in, strlen(good[i].in), &all, &fault);
		if (e)
			fail_msg("%s: %s %s", good[i].in, fault.pointer, fault.reason);
		assert_string_equal(
			encode(&all_shape, &all), good[i].out ? good[i].out : good[i].in);
	}
}

/* ---- bad values ---- */

struct bad {
	const char *in, *pointer;
};

static const struct bad bad_fields[] = {
	{"[]", ""},
	{"{\"unknown\":1}", "/unknown"},
	{"{\"a/b~c\":1}", "/a~1b~0c"},
	{"{\"\":1}", "/"},
	{"{\"id\":1}", "/id"},
	{"{\"id\":\"\"}", "/id"},
	{"{\"id\":\"0\"}", "/id"},
	{"{\"id\":\"-1\"}", "/id"},
	{"{\"id\":\"01\"}", "/id"},
	{"{\"id\":\" 1\"}", "/id"},
	{"{\"id\":\"+1\"}", "/id"},
	{"{\"id\":\"1x\"}", "/id"},
	{"{\"id\":\"9223372036854775808\"}", "/id"},
	{"{\"number\":-6}", "/number"},
	{"{\"number\":101}", "/number"},
	{"{\"number\":4294967297}", "/number"},
	{"{\"number\":1.0}", "/number"},
	{"{\"number\":1e1}", "/number"},
	{"{\"number\":\"1\"}", "/number"},
	{"{\"number\":true}", "/number"},
	{"{\"size_bytes\":-1}", "/size_bytes"},
	{"{\"size_bytes\":1099511627777}", "/size_bytes"},
	{"{\"is_on\":0}", "/is_on"},
	{"{\"is_on\":\"true\"}", "/is_on"},
	{"{\"text\":\"a\"}", "/text"},
	{"{\"text\":\"01234567890\"}", "/text"},
	{"{\"text\":12}", "/text"},
	{"{\"text\":\"a\\u0007b\"}", "/text"},
	{"{\"text\":\"a\\rb\"}", "/text"},
	{"{\"text\":[\"ab\"]}", "/text"},
	{"{\"colour\":\"blue\"}", "/colour"},
	{"{\"colour\":\"RED\"}", "/colour"},
	{"{\"colour\":0}", "/colour"},
	{"{\"day\":\"2025-02-29\"}", "/day"},
	{"{\"day\":\"2025-2-9\"}", "/day"},
	{"{\"day\":20404}", "/day"},
	{"{\"at\":\"2025-11-13\"}", "/at"},
	{"{\"at\":\"2025-11-13T00:20:00\"}", "/at"},
	{"{\"at\":1762993200000}", "/at"},
	{"{\"minute\":\"7:30\"}", "/minute"},
	{"{\"minute\":\"07:60\"}", "/minute"},
	{"{\"minute\":\"48:00\"}", "/minute"},
	{"{\"key\":\"019a7b1c-5d2e-4f00-8000-0123456789ab\"}", "/key"}, /* version 4 */
	{"{\"key\":\"019a7b1c5d2e7f0080000123456789ab\"}", "/key"},
	{"{\"raw\":\"\"}", "/raw"},
	{"{\"raw\":\"AAAAAAA\"}", "/raw"},
	{"{\"raw\":\"AA==\"}", "/raw"},
	{"{\"raw\":\"A+/A\"}", "/raw"},
	{"{\"leaf\":[]}", "/leaf"},
	{"{\"leaf\":{}}", "/leaf/id"},
	{"{\"leaf\":{\"id\":null}}", "/leaf/id"},
	{"{\"leaf\":{\"id\":\"1\",\"note\":\"\"}}", "/leaf/note"},
	{"{\"leaf\":{\"id\":\"1\",\"extra\":{}}}", "/leaf/extra"},
	{"{\"leaves\":{}}", "/leaves"},
	{"{\"leaves\":[]}", "/leaves"},
	{"{\"leaves\":[null]}", "/leaves/0"},
	{"{\"leaves\":[{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\"}]}", "/leaves"},
	{"{\"leaves\":[{\"id\":\"1\"},{\"id\":\"x\"}]}", "/leaves/1/id"},
	{"{\"words\":[\"a\",\"b\",\"c\",\"d\"]}", "/words"},
	{"{\"words\":[\"a\",1]}", "/words/1"},
	{"{\"words\":\"a\"}", "/words"},
	{"{\"ids\":[\"1\",2]}", "/ids/1"},
	{"{\"ids\":[\"0\"]}", "/ids/0"},
	{"{\"weekdays\":[1,1.5]}", "/weekdays/1"},
	{"{\"weekdays\":[2147483648]}", "/weekdays/0"},
	{"{\"weekdays\":[1,2,3,4,5,6,7,8]}", "/weekdays"},
};

static void test_bad_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_fields / sizeof bad_fields[0]; i++) {
		struct all all = {0};
		struct field_fault fault = {0};
		enum err e = fields_decode(&all_shape, &arena, bad_fields[i].in,
			strlen(bad_fields[i].in), &all, &fault);
		if (e != E_BAD_FIELD)
			fail_msg("%s: got %s", bad_fields[i].in, err_code(e));
		assert_string_equal(fault.pointer, bad_fields[i].pointer);
		assert_non_null(fault.reason);
	}
}

/* ---- what is no JSON of ours at all ---- */

static const char *const not_json[] = {
	"", "{", "nul", "1", "\"text\"", "{}{}",
	"{\"id\":\"1\",\"id\":\"2\"}",       /* a duplicate key */
	"{\"id\":\"1\",\"\\u0069d\":\"2\"}", /* ... spelt otherwise */
	"{'id':\"1\"}", "{\"number\":01}", "{\"number\":NaN}", "{\"number\":99999999999999999999}",
	"{\"number\":1e999}", "{\"text\":\"a\\u0000b\"}", "{\"text\":\"\xC0\xAF\"}",
	"{\"text\":\"\\ud800\"}", "{\"text\":\"a\nb\"}", "{\"number\":1,}", "{\"number\":1} // why",
	"{\"a\":[[[[[[[[1]]]]]]]]}", /* nine deep */
};

static void test_not_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof not_json / sizeof not_json[0]; i++) {
		struct all all = {0};
		struct field_fault fault = {0};
		enum err e = fields_decode(
			&all_shape, &arena, not_json[i], strlen(not_json[i]), &all, &fault);
		if (e != E_BAD_REQUEST)
			fail_msg("%s: got %s", not_json[i], err_code(e));
		assert_string_equal(fault.pointer, "");
		assert_non_null(fault.reason);
	}
}

static void test_depth(void **state)
{
	(void)state;
	struct field_fault fault = {0};
	struct all all = {0};
	/* eight levels are read, and refused only as an unknown field; brackets in a string do not
	 * count */
	const char *eight = "{\"a\":[[[[[[[1]]]]]]]}", *quoted = "{\"text\":\"[[[[\\\"[[[[\"}";
	assert_int_equal(
		fields_decode(&all_shape, &arena, eight, strlen(eight), &all, &fault), E_BAD_FIELD);
	assert_string_equal(fault.pointer, "/a");
	assert_int_equal(
		fields_decode(&all_shape, &arena, quoted, strlen(quoted), &all, &fault), OK);
	/* a body of brackets alone must not reach the recursive reader */
	size_t n = 1 << 19;
	char *brackets = arena_alloc(&arena, n);
	memset(brackets, '[', n);
	assert_int_equal(
		fields_decode(&all_shape, &arena, brackets, n, &all, &fault), E_BAD_REQUEST);
}

static void test_nested(void **state)
{
	(void)state;
	struct nest nest = {0};
	struct field_fault fault = {0};
	const char *json = "{\"first\":{\"id\":\"1\"},\"all\":[{\"number\":3},{\"leaves\":[{\"id\":"
			   "\"2\"},{\"id\":\"3\"}]}]}";
	const char *faulty = "{\"first\":{\"id\":\"1\"},\"all\":[{},{\"leaves\":[{\"id\":\"2\"},{"
			     "\"id\":\"3\",\"note\":\"toolong\"}]}]}";
	assert_int_equal(fields_decode(&nest_shape, &arena, json, strlen(json), &nest, &fault), OK);
	assert_int_equal(nest.first.id, 1);
	assert_null(nest.first.note);
	assert_int_equal(nest.all_count, 2);
	assert_int_equal(nest.all[0].number, 3);
	assert_int_equal(nest.all[1].number, INT_NONE);
	assert_int_equal(nest.all[1].leaf_count, 2);
	assert_int_equal(nest.all[1].leaves[1].id, 3);
	assert_string_equal(encode(&nest_shape, &nest), json);
	assert_int_equal(fields_decode(&nest_shape, &arena, faulty, strlen(faulty), &nest, &fault),
		E_BAD_FIELD);
	assert_string_equal(fault.pointer, "/all/1/leaves/1/note");
}

static void test_long_unknown_name(void **state)
{
	(void)state;
	struct all all = {0};
	struct field_fault fault = {0};
	struct buf json;
	buf_init(&json, &arena, 0);
	buf_str(&json, "{\"");
	for (int i = 0; i < 200; i++)
		buf_str(&json, "\xC3\xA9");
	buf_str(&json, "\":1}");
	assert_int_equal(
		fields_decode(&all_shape, &arena, json.p, json.n, &all, &fault), E_BAD_FIELD);
	assert_true(strlen(fault.pointer) <= 61);
	assert_true(str_is_text(fault.pointer, strlen(fault.pointer)));
}

static void test_sentinels(void **state)
{
	(void)state;
	struct all all;
	memset(&all, 0xAB, sizeof all);
	fields_init(&all_shape, &all);
	assert_int_equal(all.id, 0);
	assert_int_equal(all.number, INT_NONE);
	assert_true(all.size_bytes == INT64_MIN && all.at == INSTANT_NONE);
	assert_false(all.is_on);
	assert_null(all.text);
	assert_true((int32_t)all.colour == INT_NONE);
	assert_int_equal(all.day, DAY_NONE);
	assert_int_equal(all.minute, MINUTE_NONE);
	assert_null(all.raw.p);
	assert_null(all.leaf);
	assert_true(!all.leaves && all.leaf_count == 0);
	assert_string_equal(encode(&all_shape, &all), "{}");
}

/* A body neither brings nor undoes what belongs to path and query. */
static void test_body_and_query_apart(void **state)
{
	(void)state;
	struct page page;
	struct field_fault fault = {0};
	fields_init(&page_shape, &page);
	assert_int_equal(fields_decode_text(&page_fields[0], &arena, "200", &page, &fault), OK);
	assert_int_equal(
		fields_decode(&page_shape, &arena, "{\"number\":1}", 12, &page, &fault), OK);
	assert_int_equal(page.limit, 200);
	assert_int_equal(page.number, 1);
	assert_int_equal(fields_decode(&page_shape, &arena, "{\"limit\":1}", 11, &page, &fault),
		E_BAD_FIELD);
	assert_string_equal(fault.pointer, "/limit");
	assert_int_equal(page.limit, 200);
	assert_int_equal(
		fields_decode_text(&page_fields[0], &arena, "201", &page, &fault), E_BAD_FIELD);
	/* a shape used for output does not care where its fields come from */
	assert_string_equal(encode(&page_shape, &page), "{\"limit\":200}");
}

/* ---- values of paths and queries ---- */

struct plain {
	const char *name, *text;
	bool good;
};

static const struct plain plain[] = {
	{"id", "12", true},
	{"id", "", false},
	{"id", "012", false},
	{"id", "abc", false},
	{"number", "-5", true},
	{"number", "101", false},
	{"number", "1.5", false},
	{"number", "", false},
	{"size_bytes", "1099511627776", true},
	{"size_bytes", "9223372036854775808", false},
	{"is_on", "true", true},
	{"is_on", "1", false},
	{"text", "ab", true},
	{"text", "a", false},
	{"text", "a\x01", false},
	{"colour", "green", true},
	{"colour", "", false},
	{"day", "2025-11-13", true},
	{"day", "13-11-2025", false},
	{"at", "2025-11-13T00:20:00.000Z", true},
	{"at", "now", false},
	{"minute", "23:59", true},
	{"minute", "2359", false},
	{"key", "019a7b1c-5d2e-7f00-8000-0123456789ab", true},
	{"key", "", false},
};

static void test_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		struct all all = {0};
		struct field_fault fault = {0};
		const struct field *f = all_fields;
		while (!str_eq(f->name, plain[i].name))
			f++;
		enum err e = fields_decode_text(f, &arena, plain[i].text, &all, &fault);
		if (e != (plain[i].good ? OK : E_BAD_FIELD))
			fail_msg("%s=%s: got %s", plain[i].name, plain[i].text, err_code(e));
		if (!plain[i].good)
			assert_string_equal(
				fault.pointer, arena_printf(&arena, "/%s", plain[i].name));
	}
}

/* ---- output alone ---- */

static void test_encode_text(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, &arena, 0);
	fields_encode_text(&out, "a\"b\\c\n\t\r\b\f\x01\x1F/\xC3\xA9");
	assert_string_equal(out.p, "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u001f/\xC3\xA9\"");
	buf_init(&out, &arena, 0);
	fields_encode_text(&out, "");
	assert_string_equal(out.p, "\"\"");
}

static void test_encode_extremes(void **state)
{
	(void)state;
	int64_t ids[] = {1, INT64_MAX};
	int32_t weekdays[] = {INT32_MIN, 0, INT32_MAX};
	struct all all;
	fields_init(&all_shape, &all);
	all.size_bytes = INT64_MIN + 1;
	all.day = DAY_FOREVER;
	all.ids = ids;
	all.id_count = 2;
	all.weekdays = weekdays;
	all.weekday_count = 3;
	assert_string_equal(encode(&all_shape, &all),
		"{\"size_bytes\":-9223372036854775807,\"day\":\"9999-12-31\","
		"\"ids\":[\"1\",\"9223372036854775807\"],\"weekdays\":[-2147483648,0,2147483647]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_json, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_depth, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nested, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_unknown_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sentinels, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_body_and_query_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_plain, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_encode_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_encode_extremes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What platform offers without a database: ids and program time, the log, the list of changes,
 * files. Files are tried on both stores.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/str.h"
#include "platform/blob.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"

#include <dirent.h>
#include <jansson.h>
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>

/* ---- ids ---- */

#define THREADS  4
#define IDS_EACH 20000

static void *take_ids(void *arg)
{
	int64_t *ids = arg;
	for (int i = 0; i < IDS_EACH; i++)
		ids[i] = id_next();
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void test_ids_are_unique_and_rise(void **state)
{
	static int64_t ids[THREADS][IDS_EACH];
	pthread_t thread[THREADS];
	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, take_ids, ids[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < THREADS; i++) {
		for (int k = 1; k < IDS_EACH; k++)
			assert_true(ids[i][k] > ids[i][k - 1]);
	}
	qsort(ids, (size_t)THREADS * IDS_EACH, sizeof(int64_t), by_value);
	const int64_t *all = &ids[0][0];
	for (int i = 1; i < THREADS * IDS_EACH; i++)
		assert_true(all[i] > all[i - 1]);
	assert_true(id_floor() >= all[THREADS * IDS_EACH - 1]);
}

static void test_clock_and_ids(void **state)
{
	static const struct {
		const char *spec;
		bool good;
	} specs[] = {
		{"2025-11-13T07:20+07:00", true},
		{"2025-11-13T00:20:00Z,x0", true},
		{"2025-11-13T00:20:00Z,x60", true},
		{"", false},
		{"tomorrow", false},
		{"2025-11-13T00:20:00Z,", false},
		{"2025-11-13T00:20:00Z,60", false},
		{"2025-11-13T00:20:00Z,x", false},
		{"2025-11-13T00:20:00Z,x-1", false},
		{"2025-11-13T00:20:00Z,x1.5", false},
		{"2019-12-31T23:59:59Z", false},
	};
	int64_t start;
	(void)state;
	for (int i = 0; i < COUNT_OF(specs); i++)
		assert_int_equal(clock_set(specs[i].spec), specs[i].good);
	assert_true(instant_parse("2035-11-13T00:20:00Z", &start));
	assert_true(clock_set("2035-11-13T00:20:00Z,x0"));
	assert_true(clock_now() == start && clock_now() == start); /* it stands still */
	id_set_node(1023);
	int64_t first = id_next(), second = id_next();
	assert_true(id_instant(first) == start && second == first + 1);
	assert_int_equal(first >> 12 & 1023, 1023);
	for (int i = 0; i < 5000; i++) /* more than one millisecond holds */
		second = id_next();
	assert_int_equal(id_instant(second), start + 1);
	assert_true(clock_set("2034-11-13T00:20:00Z,x0"));
	assert_true(id_next() > second); /* the clock was set back */
	id_set_node(0);
	int64_t floor = second + (INT64_C(5000) << ID_INSTANT_SHIFT);
	id_set_floor(floor);
	assert_true(id_next() > floor);
	id_set_floor(1); /* never lowers */
	assert_true(id_next() > floor);
	assert_true(clock_set("2025-11-13T00:20:00Z,x1"));
}

/* ---- log ---- */

/* The line one call writes to stderr. */
#define LOGGED(call)                                                                               \
	do {                                                                                       \
		int ends[2], kept = dup(STDERR_FILENO);                                            \
		assert_int_equal(pipe(ends), 0);                                                   \
		dup2(ends[1], STDERR_FILENO);                                                      \
		call;                                                                              \
		dup2(kept, STDERR_FILENO);                                                         \
		close(kept);                                                                       \
		close(ends[1]);                                                                    \
		ssize_t n_ = read(ends[0], line, sizeof line - 1);                                 \
		line[n_ > 0 ? n_ : 0] = '\0';                                                      \
		close(ends[0]);                                                                    \
	} while (0)

static json_t *parse_line(const char *line)
{
	size_t n = strlen(line);
	assert_true(n > 0 && line[n - 1] == '\n' && strchr(line, '\n') == line + n - 1);
	json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(object);
	return object;
}

static void test_log_lines(void **state)
{
	char line[4096], huge[3000];
	static const char *volatile none = NULL;
	(void)state;
	memset(huge, 'x', sizeof huge - 1);
	huge[sizeof huge - 1] = '\0';
	log_set_level(LOG_INFO);
	LOGGED(log_event(LOG_INFO, "start", "url=%s port=%d big %lld none=%s", "a\"b\\c\n\x01", 80,
		(long long)INT64_MIN, none));
	json_t *o = parse_line(line);
	assert_string_equal(json_string_value(json_object_get(o, "event")), "start");
	assert_string_equal(json_string_value(json_object_get(o, "level")), "info");
	assert_string_equal(json_string_value(json_object_get(o, "url")), "a\"b\\c\n\x01");
	assert_int_equal(json_integer_value(json_object_get(o, "port")), 80);
	assert_true(json_integer_value(json_object_get(o, "big")) == INT64_MIN);
	assert_true(json_is_null(json_object_get(o, "none")));
	json_decref(o);
	LOGGED(log_event(LOG_INFO, "huge", "a=%s b=%s c=%s d=%s e=%s f=%s", huge, huge, huge, huge,
		huge, huge));
	assert_true(line[strlen(line) - 1] == '\n' && strlen(line) <= 2048);
	LOGGED(log_event(LOG_DEBUG, "hidden", "x=%d", 1));
	assert_string_equal(line, "");
	const struct log_request r = {"req-1", "GET", "/api/v1/me", "ok", 200, INT64_MAX, 7, 1234};
	LOGGED(log_request(&r));
	o = parse_line(line);
	assert_string_equal(json_string_value(json_object_get(o, "actor")), "9223372036854775807");
	assert_int_equal(json_integer_value(json_object_get(o, "us")), 1234);
	json_decref(o);
	log_set_level(LOG_ERROR);
}

/* ---- changes ---- */

static void test_changes_are_taken_once_and_back(void **state)
{
	struct arena arena;
	int n;
	(void)state;
	arena_init(&arena, 1 << 24);
	struct changes *c = changes_new(&arena);
	changes_add(c, CHANGE_DAY, 1, 10);
	changes_add(c, CHANGE_DAY, 1, 10);
	changes_add(c, CHANGE_REPORT, 1, 10);
	changes_count(c, (struct unit_id){5}, 10, -1, COUNT_PRESENT, 1);
	int mark = changes_mark(c);
	changes_add(c, CHANGE_DAY, 2, 10);
	changes_count(c, (struct unit_id){5}, 10, -1, COUNT_PRESENT, 2);
	changes_count(c, (struct unit_id){6}, 10, 90, COUNT_LATE, 1);
	changes_add_leaf(c, (struct pending_leaf){.kind = 3});
	changes_undo(c, mark);
	const struct change *change = changes_list(c, &n);
	assert_int_equal(n, 2);
	assert_true(change[0].kind == CHANGE_DAY && change[1].kind == CHANGE_REPORT);
	const struct count_move *move = changes_counts(c, &n);
	assert_int_equal(n, 1);
	assert_int_equal(move[0].delta[COUNT_PRESENT], 1);
	changes_leaves(c, &n);
	assert_int_equal(n, 0);
	changes_add(c, CHANGE_DAY, 2, 10); /* what was taken back can come again */
	changes_list(c, &n);
	assert_int_equal(n, 3);
	arena_release(&arena);
}

static void test_changes_survive_growth_and_undo(void **state)
{
	struct arena arena;
	int n;
	(void)state;
	arena_init(&arena, 1 << 26);
	struct changes *c = changes_new(&arena);
	for (int64_t i = 0; i < 1000; i++)
		changes_add(c, CHANGE_DAY, i, (int32_t)(i % 7));
	int mark = changes_mark(c);
	for (int64_t i = 500; i < 60000;
		i++) { /* half of the first thousand once more; the index grows */
		changes_add(c, CHANGE_DAY, i, (int32_t)(i % 7));
		changes_count(c, (struct unit_id){i % 300}, 5, (int)(i % 4) - 1, COUNT_HOME, 1);
	}
	changes_list(c, &n);
	assert_int_equal(n, 60000);
	changes_undo(c, mark);
	for (int64_t i = 0; i < 1000; i++)
		changes_add(c, CHANGE_DAY, i, (int32_t)(i % 7));
	const struct change *change = changes_list(c, &n);
	assert_int_equal(n, 1000);
	for (int64_t i = 0; i < 1000; i++)
		assert_true(change[i].a == i);
	changes_counts(c, &n);
	assert_int_equal(n, 0);
	arena_release(&arena);
}

/* ---- files ---- */

static void test_types_by_content(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *type;
	} cases[] = {
		{"\x89PNG\r\n\x1a\n\0\0", 10, "image/png"},
		{"\xff\xd8\xff\xe0xx", 6, "image/jpeg"},
		{"RIFF\1\2\3\4WEBPVP8 ", 16, "image/webp"},
		{"RIFF\1\2\3\4WAVEfmt ", 16, NULL},
		{"%PDF-1.7\n", 9, "application/pdf"},
		{"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", 43,
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"PK\x03\x04\0\0other.txt", 15, NULL},
		{"nip;nama\r\n1;Ujang\r\n", 19, "text/csv"},
		{"\xef\xbb\xbfnip;nama\n", 12, "text/csv"},
		{"Jos\xe9\n", 5, "text/csv"}, /* Windows-1252 */
		{"a\x81\x8d\n", 4, NULL},     /* neither */
		{"\xe2\x82\xac\n", 4, "text/csv"},
		{"\xc0\xaf\x90", 3, NULL}, /* overlong, and undefined in Windows-1252 */
		{"a\0b", 3, NULL},
		{"GIF89a\1\0", 8, NULL},
		{"\x7f"
		 "ELF\2\1\1",
			7, NULL},
		{"", 0, NULL},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *type = blob_type(cases[i].bytes, cases[i].n);
		if (!str_eq(type, cases[i].type))
			fail_msg("case %d: %s", i, type ? type : "none");
	}
	assert_true(blob_is_evidence("image/webp"));
	assert_true(blob_is_evidence("application/pdf"));
	assert_false(blob_is_evidence("text/csv"));
	assert_false(blob_is_evidence(BLOB_XLSX));
}

static void check_files(
	enum db_engine engine, void (*also)(struct store_fixture *f, const struct hash *hash))
{
	struct store_fixture *f = fixture_open(engine);
	assert_non_null(f);
	const char *why = "";
	int applied;
	struct db *db = db_open(f->url, DB_WRITE, &f->arena, &why);
	assert_non_null(db);
	if (migrate_run(db, &f->arena, &applied, &why) || !blob_open(f->url, &f->arena, &why))
		fail_msg("%s", why);
	size_t n = 700 * 1000; /* three chunks in PostgreSQL */
	char *big = arena_alloc(&f->arena, n);
	for (size_t i = 0; i < n; i++)
		big[i] = (char)(i * 31 >> 3);
	struct hash hash, again, empty;
	struct bytes got;
	assert_int_equal(blob_put(big, n, &hash), OK);
	assert_int_equal(blob_put(big, n, &again), OK);
	assert_memory_equal(&hash, &again, sizeof hash);
	assert_int_equal(blob_get(&f->arena, &hash, &got), OK);
	assert_true(got.n == n && !memcmp(got.p, big, n));
	assert_int_equal(blob_put("", 0, &empty), OK);
	assert_int_equal(blob_get(&f->arena, &empty, &got), OK);
	assert_int_equal(got.n, 0);
	hash.b[0] ^= 1;
	assert_int_equal(blob_get(&f->arena, &hash, &got), E_NOT_FOUND);
	assert_int_equal(blob_put(big, (size_t)BLOB_MAX_BYTES + 1, &again), E_TOO_LARGE);
	hash.b[0] ^= 1;
	also(f, &hash);
	blob_close();
	db_close(db);
	fixture_close(f);
}

static void damage_file(struct store_fixture *f, const struct hash *hash)
{
	char hex[65], path[700], folder[600];
	struct bytes got;
	hex_encode(hash->b, sizeof hash->b, hex);
	snprintf(folder, sizeof folder, "%s.files/%.2s", f->url, hex);
	snprintf(path, sizeof path, "%s/%s", folder, hex + 2);
	int files = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));)
		files += entry->d_name[0] != '.' || (entry->d_name[1] && entry->d_name[1] != '.');
	closedir(dir);
	assert_int_equal(files, 1); /* nothing passing is left */
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	fputc('?', file);
	fclose(file);
	assert_int_equal(blob_get(&f->arena, hash, &got), E_STORE);
}

static enum err sweep(struct store_fixture *f, int *ret_removed)
{
	const char *why = "";
	struct db *db = db_open(f->url, DB_READ, &f->arena, &why);
	struct tx tx = {.db = db, .arena = &f->arena};
	assert_non_null(db);
	assert_int_equal(db_begin_read(db, 0), OK);
	enum err e = blob_sweep(&tx, ret_removed);
	db_close(db);
	return e;
}

/* Files of more than a day ago: one is named by a government, the other by nobody. */
static void name_one(struct store_fixture *f, const struct hash *hash)
{
	const char *why = "";
	struct db *db = db_open(f->url, DB_WRITE, &f->arena, &why);
	struct tx tx = {.db = db, .arena = &f->arena, .government = {7}};
	assert_non_null(db);
	assert_int_equal(db_begin_write(db, tx.government), OK);
	assert_int_equal(platform_add_government(
				 &tx, &(struct government){{7}, "x", "x", "x", GOVERNMENT_CITY,
					      ZONE_WIB, "x", "x", "x", false, 1}),
		OK);
	assert_int_equal(
		platform_add_file(&tx, &(struct platform_file){*hash, 1, "text/csv", 1, {2}}), OK);
	assert_int_equal(db_commit(db), OK);
	db_close(db);
}

static void check_sweep(
	struct store_fixture *f, const struct hash *hash, void (*age)(struct store_fixture *f))
{
	struct hash orphan;
	struct bytes got;
	int removed = -1;
	name_one(f, hash);
	assert_int_equal(blob_put("orphan", 6, &orphan), OK);
	assert_int_equal(sweep(f, &removed), OK);
	assert_int_equal(removed, 0); /* too young */
	age(f);
	assert_int_equal(blob_put("", 0, &(struct hash){0}), OK); /* brought again: young again */
	assert_int_equal(sweep(f, &removed), OK);
	assert_int_equal(removed, 1);
	assert_int_equal(blob_get(&f->arena, hash, &got), OK);
	assert_int_equal(blob_get(&f->arena, &orphan, &got), E_NOT_FOUND);
}

static void age_files(struct store_fixture *f)
{
	char command[700], ignored[8];
	snprintf(command, sizeof command, "find %s.files -type f -exec touch -d '3 days ago' {} +",
		f->url);
	fixture_shell(command, ignored, sizeof ignored);
}

static void sweep_and_damage(struct store_fixture *f, const struct hash *hash)
{
	check_sweep(f, hash, age_files);
	damage_file(f, hash);
}

static void age_rows(struct store_fixture *f)
{
	const char *why = "";
	struct db *db = db_open(f->url, DB_WRITE, &f->arena, &why);
	assert_int_equal(db_begin_write(db, (struct government_id){0}), OK);
	assert_int_equal(
		db_script(db, "UPDATE platform_chunk SET written_at = 1", &f->arena, &why), OK);
	assert_int_equal(db_commit(db), OK);
	db_close(db);
}

static void sweep_rows(struct store_fixture *f, const struct hash *hash)
{
	check_sweep(f, hash, age_rows);
}

static void test_files_sqlite(void **state)
{
	(void)state;
	log_set_level(LOG_ERROR);
	check_files(DB_SQLITE, sweep_and_damage);
}

static void test_files_postgres(void **state)
{
	(void)state;
	check_files(DB_POSTGRES, sweep_rows);
}

static int end_group(void **state)
{
	(void)state;
	fixture_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids_are_unique_and_rise),
		cmocka_unit_test(test_clock_and_ids),
		cmocka_unit_test(test_log_lines),
		cmocka_unit_test(test_changes_are_taken_once_and_back),
		cmocka_unit_test(test_changes_survive_growth_and_undo),
		cmocka_unit_test(test_types_by_content),
		cmocka_unit_test(test_files_sqlite),
		cmocka_unit_test(test_files_postgres),
	};
	return cmocka_run_group_tests_name("platform", tests, NULL, end_group);
}

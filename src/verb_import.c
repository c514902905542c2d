/*
 * import: a CSV file into a store without a server, by the same steps as the job "import": checked
 * as a whole, staged, applied, all in one transaction. Faults go to stdout, one line each,
 * tab-separated: line, column, reason, value; then nothing was changed and the exit status is 3.
 */
#include "verbs.h"

#include "base/str.h"
#include "org/org_import_int.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/platform_db.h"

#include <errno.h>

#define IMPORT_ARENA_BYTES ((size_t)1 << 30)
#define STAGE_ROWS         100000

struct import_run {
	const char *path;
	struct bytes file;
	struct hash sha256;
	struct org_import_row row;
	struct import im;
};

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;
	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static enum err name_file(struct tx *tx, const struct import_run *run)
{
	return platform_add_file(tx, &(struct platform_file){.sha256 = run->sha256,
					     .size_bytes = (int64_t)run->file.n,
					     .type = blob_type(run->file.p, run->file.n),
					     .created_at = tx->now_ms});
}

static enum err clear_stage(struct tx *tx, int64_t import_id)
{
	int64_t deleted;
	enum err e;
	do
		e = org_delete_staged(tx, import_id, STAGE_ROWS, &deleted);
	while (!e && deleted > 0);
	return e;
}

static enum err read_rows(struct tx *tx, struct import_run *run)
{
	const struct import_kind *kind = org_import_kind((enum import_subject)run->row.kind);
	enum err e = org_import_open(
		&run->im, tx, kind, run->row.import_id, run->row.effective, run->row.dry_run);
	run->im.own->flush = flush_here;
	if (!e)
		e = org_import_read(&run->im, run->file);
	org_import_close(&run->im);
	return e;
}

static enum err write_import(struct tx *tx, void *arg)
{
	struct import_run *run = arg;
	int64_t generation;
	enum err e;
	run->row.import_id = id_next();
	if ((e = name_file(tx, run)) || (e = org_add_import(tx, &run->row)) ||
		(e = platform_load_generation(tx, &generation)) || (e = read_rows(tx, run)) ||
		(e = org_import_finish(tx, &run->im, generation, &run->row)))
		return e;
	return clear_stage(tx, run->row.import_id);
}

static void print_outcome(const struct import_run *run)
{
	const struct import_private *own = run->im.own;
	int shown = own->errors < IMPORT_ERRORS_MAX ? own->errors : IMPORT_ERRORS_MAX;
	for (int i = 0; i < shown; i++)
		printf("%d\t%s\t%s\t%s\n", own->error[i].line, own->error[i].column,
			own->error[i].reason, own->error[i].value);
	fprintf(stderr, "%s: %d rows: %d new, %d changed, %d as they were, %d faults%s\n",
		run->path, own->rows, own->created, own->updated, own->unchanged, own->errors,
		own->errors        ? "; nothing was changed"
		: run->row.dry_run ? "; checked only"
				   : "");
}

/* ---- the file ---- */

static bool read_file(struct arena *arena, struct import_run *run)
{
	FILE *in = fopen(run->path, "re");
	if (!in)
		return verb_fail("import", false, "%s: %s", run->path, strerror(errno));
	uint8_t *bytes = arena_alloc(arena, BLOB_MAX_BYTES + 1);
	size_t n = fread(bytes, 1, BLOB_MAX_BYTES + 1, in);
	bool is_read = !ferror(in);
	fclose(in);
	if (!is_read || n == 0 || n > BLOB_MAX_BYTES)
		return verb_fail("import", false,
			"%s: cannot be read, is empty or larger than 32 MB", run->path);
	run->file = (struct bytes){bytes, n};
	const char *type = blob_type(bytes, n);
	if (!type || !(str_eq(type, "text/csv") || str_eq(type, BLOB_XLSX)))
		return verb_fail("import", false, "%s is neither CSV nor .xlsx", run->path);
	return blob_put(bytes, n, &run->sha256) == OK
		       ? true
		       : verb_fail("import", false, "cannot keep %s", run->path);
}

static bool find_kind(const char *name, int32_t *ret_kind)
{
	for (int i = 0; i < IMPORT_SUBJECTS; i++) {
		if (!str_eq(name, import_subject_names[i]))
			continue;
		*ret_kind = i;
		return org_import_kind((enum import_subject)i) != NULL;
	}
	return false;
}

static int run_import(struct tx *tx, const char *government, struct import_run *run)
{
	char hex[2 * sizeof run->sha256.b + 1];
	const char *name = strrchr(run->path, '/');
	if (!verb_government("import", tx, government) || !read_file(tx->arena, run))
		return EXIT_FAILED;
	hex_encode(run->sha256.b, sizeof run->sha256.b, hex);
	run->row.sha256 = arena_strdup(tx->arena, hex);
	run->row.file_name = name ? name + 1 : run->path;
	if (verb_write("import", tx, write_import, run))
		return EXIT_FAILED;
	print_outcome(run);
	return run->im.own->errors ? EXIT_FAULT : EXIT_DONE;
}

int verb_import(int argc, char **argv)
{
	const char *government = NULL, *kind = NULL, *effective = NULL, *rest[1];
	struct import_run run = {0};
	const struct option_row option[] = {{"--government", &government, NULL},
		{"--kind", &kind, NULL}, {"--effective", &effective, NULL},
		{"--dry-run", NULL, &run.row.dry_run}};
	struct arena arena;
	int words = verb_options(argc, argv, option, 4, rest, 1);
	if (words < 0)
		return EXIT_USAGE;
	if (words != 1 || !kind || !effective)
		return verb_fail("import", EXIT_USAGE,
			"wants --kind KIND, --effective DAY and a file; try 'luwes help import'");
	verb_wire();
	if (!find_kind(kind, &run.row.kind))
		return verb_fail("import", EXIT_USAGE, "cannot import '%s'", kind);
	if (!day_parse(effective, &run.row.effective))
		return verb_fail("import", EXIT_USAGE,
			"--effective wants a day like 2025-11-13, not '%s'", effective);
	run.path = rest[0];
	arena_init(&arena, IMPORT_ARENA_BYTES);
	struct db *db = verb_open("import", DB_WRITE, &arena);
	if (!db)
		return EXIT_FAILED;
	struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_now()};
	int status = run_import(&tx, government, &run);
	verb_close(db);
	arena_release(&arena);
	return status;
}

/*
 * What the verbs about a whole store share: its text, its lists, its files. Private to the verbs.
 */
#ifndef LUWES_VERB_STORE_H
#define LUWES_VERB_STORE_H

#include "base/hash.h"
#include "platform/db.h"

#define STORE_ARENA_BYTES ((size_t)1 << 30)

/* Prints every table (dump_db.c). On failure *ret_why holds a sentence. */
enum err dump_print(FILE *out, struct tx *tx, const char **ret_why);

/* ---- store_db.c: questions about the store that belong to no slice ---- */

/* Makes its statements known; before any of them runs. */
void store_db_register(void);

/* The newest days that were opened for tx->government, newest first; at most `max`. */
enum err store_list_opened(struct tx *tx, int32_t *ret_day, int max, int *ret_count);
/* First and last opened day; E_NOT_FOUND when there is none. */
enum err store_load_opened_span(struct tx *tx, int32_t *ret_first, int32_t *ret_last);

/* Files that any government names, after `after` (NULL: from the start) by hash; at most `max`. */
struct store_file {
	struct hash sha256;
	int64_t size_bytes;
};
enum err store_list_files(struct tx *tx, const struct hash *after, struct store_file *ret_file,
	int max, int *ret_count);

/* What SQLite itself finds wrong with the file, one sentence each; at most `max`. Nothing on
 * PostgreSQL. */
enum err store_list_faults(struct tx *tx, const char **ret_fault, int max, int *ret_count);

#endif

/*
 * Numbered, forward-only migrations embedded in the program (migrations/NNNN_slice.sql), recorded
 * in platform_migration with their SHA-256; a file that changed after it ran is refused.
 */
#ifndef LUWES_PLATFORM_MIGRATE_H
#define LUWES_PLATFORM_MIGRATE_H

#include "platform/db.h"

/* How many migrations the store still lacks; -1 when it is newer than the program or a file changed
 * (`why`). */
int migrate_pending(struct db *db, struct arena *arena, const char **why);

/* Runs what is missing, each in a transaction of its own. The text is adapted to the engine (BYTEA,
 * WITHOUT ROWID mark). */
enum err migrate_run(struct db *db, struct arena *arena, int *ret_applied, const char **why);

#endif

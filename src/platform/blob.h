/*
 * Files by content: SHA-256 is the name. A file is written and fsynced first, then named by a
 * transaction (a row of platform_file); one nobody named within a day is removed by blob_sweep,
 * which the pool of jobs calls.
 *
 * Beside SQLite they lie in the directory `<db>.files/ab/cdef...`; with PostgreSQL in
 * platform_chunk.
 */
#ifndef LUWES_PLATFORM_BLOB_H
#define LUWES_PLATFORM_BLOB_H

#include "base/hash.h"
#include "platform/db.h"

#define BLOB_MAX_BYTES (32 * 1024 * 1024)
#define BLOB_XLSX      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* Where files of this store lie; before the two below, once. Makes the directory. False with a
 * sentence in `why`. */
bool blob_open(const char *url, struct arena *arena, const char **why);
void blob_close(void);
bool blob_is_open(void);

/* Makes the statements of the PostgreSQL form known to db.h; platform_db_register does it. */
void blob_register(void);

/* Type by content, not by name: png jpeg webp pdf xlsx csv/plain text ("text/csv"); NULL when not
 * allowed. */
const char *blob_type(const void *p, size_t n);
/* What a person may show as evidence: a picture or a PDF, of the types above. */
bool blob_is_evidence(const char *type);
/* The usual ending of a file of the type, without the dot; "bin" of an unknown one. */
const char *blob_extension(const char *type);
#define BLOB_NO_EVIDENCE "evidence is a picture or a PDF"

/* Writes and fsyncs; the same content twice is one file. Thread-safe. */
enum err blob_put(const void *p, size_t n, struct hash *ret_hash);

/* Reads a whole file into `arena`. E_NOT_FOUND; E_STORE when its content no longer has its hash. */
enum err blob_get(struct arena *arena, const struct hash *hash, struct bytes *ret_bytes);

/* Removes what was written more than a day ago and no government names, as `tx` (a snapshot to
 * read) has it. */
enum err blob_sweep(struct tx *tx, int *ret_removed);

#endif

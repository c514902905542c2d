/*
 * What sign and witness share: a key in a file of its own, what was last seen of a log kept on disk
 * before anything is said about it, and the log as its server shows it over HTTP.
 *
 * Neither opens a store: they run on machines, and for people, that the server does not belong to.
 */
#ifndef LUWES_VERB_LOG_H
#define LUWES_VERB_LOG_H

#include "trust/trust_note.h"

/* ---- key files: one line, PRIVATE+KEY+..., mode 0600 ---- */

/* Draws a key of this name into a new file and prints its public half on stdout. */
bool log_make_key(const char *verb, const char *path, const char *name, enum key_type type);
/* Reads one of this type; false after telling why. */
bool log_read_key(const char *verb, const char *path, enum key_type type, struct skey *ret);

/* ---- files that must survive a power failure ---- */

/* Replaces a file as a whole; on disk when it returns. False after telling why. */
bool log_replace_file(const char *verb, const char *path, struct bytes content);
/* Appends to a file; on disk when it returns. */
bool log_append_file(const char *verb, const char *path, struct bytes content);
/* Reads a file of at most `max` bytes; *ret.n 0 when there is none. */
bool log_read_file(
	const char *verb, const char *path, size_t max, struct arena *arena, struct bytes *ret);
/* Holds path.lock for this process alone, until it ends; false when another has it. */
bool log_lock(const char *verb, const char *path);

/* What was last seen of a log: the three lines of a checkpoint. An absent file is the empty head.
 * False when it speaks of another origin, or is not whole. */
bool log_read_state(const char *verb, const char *path, const char *origin, struct arena *arena,
	struct tree_head *ret);
bool log_write_state(const char *verb, const char *path, const struct checkpoint *state);

/* ---- the log of a server ---- */

/* SERVER/api/v1/public/GOVERNMENT/log */
const char *log_url(const char *server, const char *government, struct arena *arena);
/* All false after telling why; *ret.n of a checkpoint is 0 when nothing was signed yet. */
bool log_fetch_head(const char *verb, const char *log, struct arena *arena, struct tree_head *ret);
bool log_fetch_checkpoint(
	const char *verb, const char *log, struct arena *arena, struct bytes *ret_note);
/* No proof is asked for from the empty tree or to a smaller one. */
bool log_fetch_consistency(const char *verb, const char *log, const struct tree_head *from,
	const struct tree_head *to, struct arena *arena, struct log_proof *ret);
/* Hands a note in at log/WHERE. */
bool log_post_note(const char *verb, const char *log, const char *where, struct bytes note,
	struct arena *arena);

/* ---- again and again ---- */

/* --every SECONDS: 1 to 86,400; 60 when NULL. */
bool log_take_every(const char *verb, const char *text, int *ret_seconds);
/* Signals that end the program are from now on waited for by log_pause. */
void log_begin_rounds(void);
/* False when the program was asked to end. */
bool log_pause(int seconds);

#endif

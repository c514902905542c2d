/*
 * The commands of the program. Exit 0 done, 1 failed, 2 wrong usage, 3 a check found a fault;
 * stdout is data, stderr messages. A verb takes its own options and leaves the settings (--db ...)
 * to config.h.
 */
#ifndef LUWES_VERBS_H
#define LUWES_VERBS_H

#include "platform/db.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_FAULT = 3 };

struct verb {
	const char *name, *summary;
	const char *usage;                 /* text of `luwes help VERB` after the first line */
	int (*run)(int argc, char **argv); /* argv[0] is the verb */
};

/* An option of a verb: "--name" with a value (text != NULL) or without (flag != NULL). */
struct option_row {
	const char *name;
	const char **text;
	bool *flag;
};

/*
 * Takes settings and the verb's own options; what is neither lands in `rest` (at most `max`).
 * Returns the number of rest words, or -1 after telling on stderr what is wrong.
 */
int verb_options(int argc, char **argv, const struct option_row *option, int options,
	const char **rest, int max);

/* Says "luwes VERB: ..." on stderr and returns `status`. */
int verb_fail(const char *verb, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Registers what the slices bring; safe to call again. verb_open does it. */
void verb_wire(void);

/*
 * Opens the store for a verb that works without a server: checks that it is migrated, loads the
 * floor of ids, opens blobs. NULL after telling why. verb_close gives everything back.
 */
struct db *verb_open(const char *verb, enum db_mode mode, struct arena *arena);
void verb_close(struct db *db);

/* Brings the logs of a store just migrated to what proofs need; false after telling why. */
bool verb_fill_log(const char *verb, struct db *db, struct arena *arena);

/* Government by code, or the only one of the store when `code` is NULL. False after telling why. */
bool verb_government(const char *verb, struct tx *tx, const char *code);

/*
 * Runs `write` in one transaction with its projections, as the committer does. Tells on failure.
 */
enum err verb_write(
	const char *verb, struct tx *tx, enum err (*write)(struct tx *tx, void *arg), void *arg);

int verb_serve(int argc, char **argv);
int verb_migrate(int argc, char **argv);
int verb_rebuild(int argc, char **argv);
int verb_dump(int argc, char **argv);
int verb_doctor(int argc, char **argv);
int verb_backup(int argc, char **argv);
int verb_restore(int argc, char **argv);
int verb_user(int argc, char **argv);
int verb_role(int argc, char **argv);
int verb_import(int argc, char **argv);
int verb_demo(int argc, char **argv);
int verb_replay(int argc, char **argv);
int verb_roster(int argc, char **argv);
int verb_document(int argc, char **argv);
int verb_sign(int argc, char **argv);
int verb_witness(int argc, char **argv);
int verb_verify(int argc, char **argv);

#endif

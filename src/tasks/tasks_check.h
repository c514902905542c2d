/* Checklists of documents as rows. Private to tasks/. */
#ifndef LUWES_TASKS_TASKS_CHECK_H
#define LUWES_TASKS_TASKS_CHECK_H

#include "tasks/tasks_int.h"

struct check_line {
	int32_t line;
	const char *text;
	struct party party;
	int32_t state;
	struct employee_id decided_by;
	int64_t decided_at;
	const char *note;
	const char *person_name, *decided_by_name; /* of a list; NULL: an office, nobody yet */
};
struct check_row {
	int64_t id;
	const char *title, *reference, *link, *file_sha256, *file_name;
	struct employee_id owner;
	int64_t made_at;
	int32_t state, edition, version;
	const char *owner_name;
	int32_t lines, verified; /* of a list */
};

/* Adds it with its lines, an event and a leaf; gives it its id. */
enum err tasks_add_check(
	struct tx *tx, struct check_row *check, const struct check_line *line, int lines);
enum err tasks_load_check(struct tx *tx, int64_t check, struct check_row *ret);
/* In order; at most CHECK_LINES_MAX. */
enum err tasks_list_lines(struct tx *tx, int64_t check, struct check_line *ret, int *ret_count);
/* Writes state, document, edition and version. */
enum err tasks_put_check(struct tx *tx, const struct check_row *check);
enum err tasks_put_line(struct tx *tx, int64_t check, const struct check_line *line);
/* All lines wait again: the document is another one. */
enum err tasks_reopen_lines(struct tx *tx, int64_t check);
/* Of an owner, or with a line of the party; newest first, below `before` (0: all). */
enum err tasks_list_own_checks(struct tx *tx, struct employee_id owner, int64_t before,
	struct check_row *ret, int max, int *ret_count);
enum err tasks_list_party_checks(struct tx *tx, struct party party, int64_t before,
	struct check_row *ret, int max, int *ret_count);

#define TASKS_CHECK_STMTS 9
extern struct db_stmt *const tasks_check_stmts[TASKS_CHECK_STMTS];

#endif

/* Private to the templates of printed papers: statements for their routes. */
#ifndef LUWES_ORG_ORG_PRINT_INT_H
#define LUWES_ORG_ORG_PRINT_INT_H

#include "org/org_print.h"
#include "platform/db.h"

/* Those that hold on a day or later, by kind and agency; at most `max`. */
enum err org_list_prints(
	struct tx *tx, int32_t day, struct print_template *ret, int max, int *ret_count);
/* Whether none of the kind and agency begins on that day or later. */
enum err org_is_print_last(
	struct tx *tx, int32_t kind, struct unit_id unit, int32_t from, bool *ret_last);
/* Ends the one before it the day before, and adds it. */
enum err org_add_print(struct tx *tx, const struct print_template *t);

#define ORG_PRINT_STMTS 6
extern struct db_stmt *const org_print_stmts[ORG_PRINT_STMTS];

#endif

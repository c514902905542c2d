/* Private to org_document*.c. */
#ifndef LUWES_ORG_ORG_DOCUMENT_INT_H
#define LUWES_ORG_ORG_DOCUMENT_INT_H

#include "org/org_document.h"
#include "platform/db.h"
#include "platform/http.h"

enum issued_state { ISSUED_IN_FORCE, ISSUED_REPLACED, ISSUED_WITHDRAWN };
extern const char *const issued_state_names[]; /* "in_force","replaced","withdrawn" */

struct issued {
	struct government_id government; /* of org_find_issued_by_code alone */
	int64_t document_id, subject;
	int32_t kind, signature, state;
	struct employee_id employee, issued_by, ended_by;
	struct unit_id unit, sender;
	const char *code, *number, *title, *about, *agency, *office, *signer, *certificate, *reason;
	struct hash content, sha256;
	int64_t size_bytes, leaf_index, issued_at, ended_at, replaced_by;
};

/* ---- rules ---- */

#define CODE_BYTES  16
#define CODE_DIGITS 32
/* The digits of a code as it was typed: case, blanks and hyphens do not matter. Pure. */
bool org_read_document_code(const char *typed, char ret[CODE_DIGITS + 1]);
/* "7F3A-09BC-...", as it stands on paper. Pure. */
const char *org_show_document_code(struct arena *arena, const char *code);

/* ---- rows ---- */

/* The paper in force of a kind, subject and employee; E_NOT_FOUND. */
enum err org_load_issued_of(struct tx *tx, int32_t kind, int64_t subject,
	struct employee_id employee, struct issued *ret);
enum err org_load_issued(struct tx *tx, int64_t document_id, struct issued *ret);
/* Of any government of the store: the code is all one has. */
enum err org_find_issued_by_code(struct tx *tx, const char *code, struct issued *ret);
/* Newest first, ids below `before` (0: all). `path` is that of a unit: its papers and those below;
 * "/" all. kind INT_NONE and subject 0: any. */
struct issued_query {
	const char *path;
	int32_t kind;
	int64_t subject, before;
};
enum err org_list_issued(
	struct tx *tx, const struct issued_query *q, struct issued *ret, int max, int *ret_count);
/* Adds it as in force under its document_id, with its leaf; sets leaf_index and issued_at. */
enum err org_add_issued(struct tx *tx, struct issued *d);
/* Ends one in force, with a leaf; E_CONFLICT when it is not. */
enum err org_end_issued(struct tx *tx, const struct issued *d, enum issued_state state,
	struct employee_id by, const char *reason, int64_t replaced_by);

/* Rules of kinds that hold on a day or later; at most `max`. */
enum err org_list_document_rules(
	struct tx *tx, int32_t day, struct document_rule *ret, int max, int *ret_count);
/* Whether none of the kind begins on that day or later. */
enum err org_is_document_rule_last(struct tx *tx, int32_t kind, int32_t from, bool *ret_last);
/* Ends the one before it the day before, and adds it with a leaf. */
enum err org_add_document_rule(struct tx *tx, const struct document_rule *r);

#define ORG_DOCUMENT_STMTS 11
extern struct db_stmt *const org_document_stmts[ORG_DOCUMENT_STMTS];

/* ---- routes in other files ---- */

extern const struct shape org_document_rules_shape, org_document_rule_input_shape,
	org_document_code_shape, org_document_public_shape;
enum err org_get_document_rules(struct req *rq);
enum err org_post_document_rule(struct req *rq);
enum err org_get_document_public(struct req *rq);

#endif

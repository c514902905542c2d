/* What the files of the signed log share. */
#ifndef LUWES_TRUST_TRUST_LOG_INT_H
#define LUWES_TRUST_TRUST_LOG_INT_H

#include "platform/slice.h"
#include "trust/trust_log.h"

/* Rows alone, without their leaves. */
enum err trust_add_key_row(struct tx *tx, const struct log_key *key);
enum err trust_end_key_row(struct tx *tx, int64_t id, int64_t at);
enum err trust_add_head(struct tx *tx, const struct signed_head *head);
/* Writes it unless a later one of the same key is there. */
enum err trust_set_cosignature(
	struct tx *tx, int64_t size, int64_t key_id, int64_t stated_at, struct bytes line);
/* Appends the lines of witnesses to a note, at most `max`. */
enum err trust_add_cosignatures(struct tx *tx, int64_t size, int max, struct buf *note);

#define TRUST_LOG_STMTS 10
extern struct db_stmt *const trust_log_stmts[TRUST_LOG_STMTS];

/* trust_log_routes.c */
#define TRUST_LOG_ROUTES 8
extern const struct route trust_log_routes[TRUST_LOG_ROUTES];

#endif

/*
 * The parts of the dispatcher that work on one exchange: its memory, what its message must bring,
 * how it ends, what it leaves to be written later. Private to platform/.
 */
#ifndef LUWES_PLATFORM_EXCHANGE_INT_H
#define LUWES_PLATFORM_EXCHANGE_INT_H

#include "platform/dispatch.h"

/* Bytes of the target before its query. */
size_t exchange_path_bytes(const struct exchange *x);

/* The row of the request; looked up once. */
const struct path_match *exchange_match(struct exchange *x);

/* Frees the exchanges kept for reuse; at the end. */
void exchange_release_all(void);

/* Gives the request its id: the one it brought when well-formed, else a fresh one. */
void exchange_name(struct exchange *x);

/* Value of a cookie in the arena; NULL when absent. */
const char *exchange_cookie(struct exchange *x, const char *name);

/* Size, headers, media type, draining: OK or why the message is refused. */
enum err exchange_check_message(struct exchange *x);

/* Makes the problem document of `e` the reply. */
void exchange_write_problem(struct exchange *x, enum err e);

/* Queues a note: data of `subject` was shown, or with subject 0 that the session was seen. */
void exchange_note(const struct req *rq, struct employee_id subject);
/* Queues what the handler of a read left in `follow`. */
void exchange_follow(const struct req *rq);

#endif

/* libmicrohttpd joined to the dispatcher. */
#ifndef LUWES_PLATFORM_SERVER_H
#define LUWES_PLATFORM_SERVER_H

#include "base/arena.h"

#include <stdbool.h>

/* Listens on "HOST:PORT" (port 0: a free one) with the settings of config.h; ret_port gets the
 * port. */
bool server_start(const char *listen, int *ret_port, struct arena *arena, const char **why);

/* Lets connections that another thread resumed go on at once: resuming alone wakes no worker. */
void server_wake(void);

/* No new connections; replies from now on close theirs. */
void server_quiesce(void);

/* Waits until no request is under way, at most `ms`, then ends. */
void server_stop(int ms);

#endif

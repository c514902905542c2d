/* Streams as libmicrohttpd responses. Private to platform/. */
#ifndef LUWES_PLATFORM_EVENTS_INT_H
#define LUWES_PLATFORM_EVENTS_INT_H

#include "platform/dispatch.h"
#include "platform/events.h"

struct MHD_Response;

/* The response of an exchange that became a stream; NULL when out of memory. */
struct MHD_Response *events_response(struct exchange *x);

bool events_start(struct arena *arena, const char **why);
/* Ends every stream, so that their connections can complete. */
void events_drain(void);
void events_stop(void);
int64_t events_streams(void);

#endif

/* Fills the input struct of a route from path, query and body. Private to platform/. */
#ifndef LUWES_PLATFORM_REQUEST_INPUT_H
#define LUWES_PLATFORM_REQUEST_INPUT_H

#include "platform/http.h"
#include "platform/route_table.h"

/* `query` is the raw query string or NULL. Faults name their field in rq->fault. */
enum err request_read_input(struct req *rq, const struct path_match *match, const char *query,
	const char *body, size_t body_bytes);

#endif

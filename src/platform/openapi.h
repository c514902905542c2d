/* The contract, printed from the route rows: OpenAPI 3.1 and the plain list of routes. */
#ifndef LUWES_PLATFORM_OPENAPI_H
#define LUWES_PLATFORM_OPENAPI_H

#include <stdio.h>

/* Deterministic: the same rows give the same bytes. */
void openapi_print(FILE *out, const char *version);

/* One line a route: method, path, permission, transaction, input, output. */
void openapi_print_routes(FILE *out);

/* One line a route for the authorisation matrix: method, path, permission, key needed, object,
 * example path, example body. */
void openapi_print_examples(FILE *out);

#endif

/* The slices of the program in LAYERS order; what each brings is joined by routes.c. */
#ifndef LUWES_ROUTES_H
#define LUWES_ROUTES_H

#include "platform/slice.h"

extern const struct slice *const luwes_slices[];
extern const int luwes_slice_count;

/* Registers every statement and wires the hooks that platform leaves open; once at start of any
 * verb. */
void luwes_wire(void);

#endif

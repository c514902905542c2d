/*
 * Identifiers as one-field structs, so that a unit cannot be passed where an employee is meant.
 *
 * The value is a 64-bit time-ordered number (41 bits of milliseconds, 10 of node, 12 of counter;
 * see platform/clock.h), always positive; 0 means "none". In JSON and URLs it is a decimal string.
 */
#ifndef LUWES_BASE_IDS_H
#define LUWES_BASE_IDS_H

#include <stdint.h>

struct government_id {
	int64_t v;
};
struct unit_id {
	int64_t v;
}; /* any node below a government; an agency is a unit whose parent is none */
struct employee_id {
	int64_t v;
};
struct post_id {
	int64_t v;
}; /* service post */
struct site_id {
	int64_t v;
};
struct pattern_id {
	int64_t v;
}; /* work pattern */
struct instrument_id {
	int64_t v;
};
struct report_id {
	int64_t v;
};

/* A universally unique id of an event or an idempotency key (UUIDv7), 16 bytes as received. */
struct uuid {
	uint8_t b[16];
};

#endif

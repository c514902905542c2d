/* What encoding and decoding of field tables share. Private to fields*.c. */
#ifndef LUWES_PLATFORM_FIELDS_INT_H
#define LUWES_PLATFORM_FIELDS_INT_H

#include "platform/fields.h"

#define FIELDS_TEXTS_BYTES_MAX 200 /* each element of FIELD_TEXTS */

/* Puts the sentinel of an optional field into its struct. */
void fields_clear(const struct field *field, void *out);

#endif

/* Shapes of mappings that both routes of mappings and the preview show. Private to org. */
#ifndef LUWES_ORG_ORG_MAPPING_VIEW_H
#define LUWES_ORG_ORG_MAPPING_VIEW_H

#include "org/org_import_int.h"
#include "platform/fields.h"

struct mapped_value {
	const char *said, *meant;
};
extern const struct shape org_mapped_value_shape;

struct mapped_column {
	const char *column, *heading, *fixed;
	struct mapped_value *values;
	int value_count;
};
extern const struct shape org_mapped_column_shape;

/* The columns of a mapping that read or fix something. */
void org_view_columns(struct arena *arena, const struct import_kind *kind,
	const struct import_mapping *mapping, struct mapped_column **ret_column, int *ret_count);

#endif

/*
 * Private to roster_text.c: the JSON of side rules and of what came of them.
 */
#ifndef LUWES_ROSTER_ROSTER_SIDE_TEXT_H
#define LUWES_ROSTER_ROSTER_SIDE_TEXT_H

#include "platform/fields.h"
#include "roster/roster_side.h"

struct side_text;
struct side_answer_text;
extern const struct shape side_shape, side_answer_shape;

/* E_BAD_FIELD with the fault when a weekday is none, or figures are not one per day; side->weekday
 * stays as it is. */
enum err side_from_text(const struct side_text *text, int32_t days, struct arena *arena,
	struct roster_side *ret, struct field_fault *ret_fault);

/* Fills side->weekday from civil days. */
void side_set_days(struct roster_side *side, const int32_t *day, int32_t days, struct arena *arena);

struct side_text *side_to_text(const struct roster_side *side, int32_t days, struct arena *arena);

struct side_answer_text *side_answer_to_text(
	const struct roster_side_answer *answer, struct arena *arena);

/* What was proven; the rest stays as it is. */
void side_answer_from_text(const struct side_answer_text *text, struct roster_side_answer *ret);

#endif

/* A sheet while it is built: what is counted on the way. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_SHEET_BUILD_H
#define LUWES_ROSTER_ROSTER_SHEET_BUILD_H

#include "roster/roster_sheet.h"
#include "roster/roster_sheet_db.h"

/* An opening period of a post, and who is there on each day. */
struct post_row {
	struct sheet_period period;
	int32_t *present, *away;
};

/* A post that somebody on the sheet serves. */
struct post_use {
	const struct org_post *post;
	int32_t *person;
	int32_t people;
	int32_t *all, *eligible;
	int32_t first, rows; /* its opening periods */
};

/* One who has a day to decide, before the sheet is put in order. */
struct listed {
	struct sheet_person person; /* first: sorted by the employee it begins with */
	struct post_id post[PERSON_POSTS_MAX];
	int mode_rule; /* that lets him be home; -1 */
};

struct builder {
	struct tx *tx;
	struct arena *arena;
	struct roster_sheet *sheet;
	struct roster_nodes nodes;
	struct roster_shares shares;
	int office_mask; /* of the weekdays the settings leave */
	struct post_row *row;
	int32_t rows;
	struct post_use *use;  /* per post of the tree */
	struct listed *listed; /* as the people of the sheet, once they are in order */
	int32_t listed_room;
	/* the one who is judged */
	char cells[ROSTER_DAYS_MAX];
	struct person_day facts[ROSTER_DAYS_MAX];
	struct day_ruling ruling[ROSTER_DAYS_MAX];
	bool is_bound[ROSTER_DAYS_MAX], is_in_service;
	/* the unit of the day before, and whether it is of this node */
	struct unit_id last_unit;
	bool is_last_here;
};

/* Judges every day of everybody of the node, counts groups and posts, and lists who has a day to
 * decide; E_REFUSED when they are more than SHEET_PEOPLE_MAX. */
enum err roster_gather_people(struct builder *b);

#endif

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

/* One of the sheet, before it is put in order. */
struct listed {
	struct sheet_person person;            /* first: sorted by the employee it begins with */
	struct post_id post[PERSON_POSTS_MAX]; /* of one who has a day to decide */
	int mode_rule;                         /* that lets him be home; -1 */
	bool is_named_only;                    /* on it for the version's sake alone */
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
	int32_t listed_room, listed_named_only;
	const struct stored_line *line; /* of the version, by employee */
	int32_t lines;
	bool shows_named; /* everybody they name is on the sheet */
	bool *is_shown;   /* per line: he is */
	/* the one who is judged */
	char cells[ROSTER_DAYS_MAX];
	struct person_day facts[ROSTER_DAYS_MAX];
	struct day_ruling ruling[ROSTER_DAYS_MAX];
	bool is_bound[ROSTER_DAYS_MAX], is_in_service;
	/* the unit of the day before, and whether it is of this node */
	struct unit_id last_unit;
	bool is_last_here;
};

/* Judges every day of everybody of the node, counts groups and posts, and lists who is on the
 * sheet; E_REFUSED when more than SHEET_PEOPLE_MAX of them take part. */
enum err roster_gather_people(struct builder *b);

#endif

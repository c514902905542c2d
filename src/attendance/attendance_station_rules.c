/*
 * What a station is worth, and what it may show of people: pure functions.
 *
 * A kiosk stands in a hall where everybody sees its screen: initials and unit are enough for the
 * officer beside it, and more would be too much (UU 27/2022 art. 16: what the purpose needs).
 */
#include "attendance/attendance_station.h"

#include "base/str.h"

#include <string.h>

#define INITIALS_MAX 3

const char *const station_kind_names[] = {"display", "kiosk", NULL};
const char *const station_state_names[] = {"waiting", "active", "ended", NULL};

bool attendance_is_station_at(const struct station *s, int64_t at)
{
	return s->enrolled_at && at >= s->enrolled_at - STATION_SKEW_MS &&
	       (!s->ended_at || at < s->ended_at);
}

static struct geo_point site_point(const struct org_site *site)
{
	return site->radius_metres || site->corners == 0 ? site->centre : site->corner[0];
}

struct geo_point attendance_station_point(
	const struct org_tree *tree, const struct station *s, int32_t day)
{
	const struct org_site *nearest;

	for (int i = 0; i < tree->sites; i++)
		if (s->site.v && tree->site[i].id.v == s->site.v)
			return site_point(&tree->site[i]);
	if (org_list_sites(tree, s->unit, day, &nearest, 1) == 1)
		return site_point(nearest);
	return (struct geo_point){NO_COORDINATE, NO_COORDINATE};
}

bool attendance_is_countersign_good(int64_t marks, enum time_grade grade)
{
	const int64_t harmless = INT64_C(1) << MARK_SEQ_GAP | INT64_C(1) << MARK_PROOF_KIOSK;

	return (marks & ~harmless) == 0 && grade != TIME_DOUBTED;
}

/* Bytes of the UTF-8 character at `p`. */
static size_t character_bytes(const char *p)
{
	size_t n = 1;

	while ((p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

const char *attendance_initials(struct arena *arena, const char *name)
{
	struct buf b;
	int letters = 0;

	buf_init(&b, arena, 16);
	while (*name && letters < INITIALS_MAX) {
		size_t n;

		name += strspn(name, " ");
		if (!*name)
			break;
		n = character_bytes(name);
		buf_add(&b, name, n);
		buf_char(&b, '.');
		letters++;
		name += n;
		name += strcspn(name, " ");
	}
	return letters ? b.p : "?";
}

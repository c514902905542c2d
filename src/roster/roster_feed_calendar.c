/*
 * A calendar as text: VCALENDAR with one all-day VEVENT per day, built and folded by libical.
 *
 * An event is known by whose day it is, so that a day planned anew takes the place of the old one;
 * DTSTAMP and SEQUENCE are those of the roster it comes from and not of the reading, so that
 * nothing changes while no roster does (RFC 5545 3.8.4.7, 3.8.7.2, 3.8.7.4).
 */
#include "roster/roster_feed.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#define SEQUENCE_EPOCH_MS INT64_C(1577836800000) /* 2020-01-01: seconds since fit a SEQUENCE */

static void put(icalcomponent *to, icalproperty *property)
{
	icalcomponent_add_property(to, property);
}

static void put_x(icalcomponent *to, const char *name, const char *text)
{
	icalproperty *property = icalproperty_new_x(text);
	icalproperty_set_x_name(property, name);
	put(to, property);
}

static struct icaltimetype date_of(int32_t day)
{
	struct icaltimetype t = icaltime_null_date();
	day_to_civil(day, &t.year, &t.month, &t.day);
	return t;
}

static struct icaltimetype time_of(int64_t instant_ms)
{
	int64_t second = instant_ms / 1000 % 86400;
	struct icaltimetype t = date_of((int32_t)(instant_ms / MS_PER_DAY));
	t.is_date = 0;
	t.hour = (int)(second / 3600);
	t.minute = (int)(second / 60 % 60);
	t.second = (int)(second % 60);
	t.zone = icaltimezone_get_utc_timezone();
	return t;
}

static icalcomponent *make_event(
	struct arena *arena, const struct feed_calendar *c, const struct feed_event *e)
{
	icalcomponent *out = icalcomponent_new_vevent();
	char date[11];
	day_format(e->day, date);
	put(out, icalproperty_new_uid(
			 arena_printf(arena, "%s-%s@%s.luwes", c->stem, date, c->host)));
	put(out, icalproperty_new_dtstamp(time_of(e->published_at)));
	put(out, icalproperty_new_sequence((int)((e->published_at - SEQUENCE_EPOCH_MS) / 1000)));
	put(out, icalproperty_new_dtstart(date_of(e->day)));
	put(out, icalproperty_new_dtend(date_of(e->day + 1)));
	put(out, icalproperty_new_summary(e->summary));
	if (*e->description)
		put(out, icalproperty_new_description(e->description));
	put(out, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return out;
}

struct bytes roster_write_calendar(struct arena *arena, const struct feed_calendar *calendar)
{
	icalcomponent *out = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	put(out, icalproperty_new_version("2.0"));
	put(out, icalproperty_new_prodid("-//Luwes//Jadwal//ID"));
	put(out, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	put_x(out, "X-WR-CALNAME", calendar->name);
	put_x(out, "X-PUBLISHED-TTL", "PT6H");
	for (int i = 0; i < calendar->events; i++)
		icalcomponent_add_component(out, make_event(arena, calendar, &calendar->event[i]));
	char *text = icalcomponent_as_ical_string_r(out);
	size_t n = strlen(text);
	const struct bytes bytes = {(const uint8_t *)arena_strndup(arena, text, n), n};
	free(text);
	icalcomponent_free(out);
	return bytes;
}

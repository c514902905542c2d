/* Meetings as rows: called, who is invited and came, minutes, and what was decided. */
#include "tasks/tasks_meeting.h"

#include "platform/clock.h"

/* ---- adding ---- */

static struct db_stmt ADD_MEETING = {"tasks_add_meeting",
	"INSERT INTO tasks_meeting (government_id, meeting_id, title, agenda, place, link, "
	"starts_at,"
	" ends_at, party, convenor_id, unit_id, letter_number, called_at, state, version, minutes,"
	" minutes_by, minutes_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
	"0, 1,"
	" '', 0, 0)",
	0};
static struct db_stmt ADD_INVITED = {"tasks_add_invited",
	"INSERT INTO tasks_invited (government_id, meeting_id, invited, party, unit_id, named_id,"
	" attended_id, attended_at, attended_as) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0)",
	0};

enum err tasks_add_meeting(
	struct tx *tx, struct meeting_row *m, const struct invited_row *invited, int count)
{
	_Static_assert(MEETING_CALLED == 0, "number of the statement");
	const struct party for_party = {m->party.v == m->convenor.v ? 0 : m->party.v};
	enum err e;

	m->id = id_next();
	e = db_exec(tx, &ADD_MEETING,
		BIND(db_int(tx->government.v), db_int(m->id), db_text(m->title), db_text(m->agenda),
			db_text(m->place), db_text(m->link), db_int(m->starts_at),
			db_int(m->ends_at), db_int(m->party.v), db_int(m->convenor.v),
			db_int(m->unit.v), db_text(m->letter_number), db_int(tx->now_ms)),
		NULL);
	for (int i = 0; !e && i < count; i++)
		e = db_exec(tx, &ADD_INVITED,
			BIND(db_int(tx->government.v), db_int(m->id), db_int(i + 1),
				db_int(invited[i].party.v), db_int(invited[i].unit.v)),
			NULL);
	if (!e)
		e = tasks_add_event(tx, m->id, EVENT_CALLED, m->convenor, for_party, "");
	if (!e)
		tasks_add_leaf(tx, m->id,
			arena_printf(tx->arena, "meeting %lld from %lld to %lld invited %d",
				(long long)m->id, (long long)m->starts_at, (long long)m->ends_at,
				count),
			m->convenor, for_party, m->title);
	return e;
}

/* ---- meetings ---- */

#define COLUMNS                                                                                    \
	"SELECT m.meeting_id, m.title, m.agenda, m.place, m.link, m.letter_number, m.starts_at,"   \
	" m.ends_at, m.called_at, m.party, m.convenor_id, m.unit_id, m.state, m.version,"          \
	" m.minutes, m.minutes_by, m.minutes_at, coalesce(c.name, ''),"                            \
	" coalesce(c.title_before, ''), coalesce(c.title_after, ''), coalesce(b.name, ''),"        \
	" coalesce(b.title_before, ''), coalesce(b.title_after, ''),"                              \
	" (SELECT count(*) FROM tasks_invited i WHERE i.government_id = m.government_id"           \
	" AND i.meeting_id = m.meeting_id), (SELECT count(*) FROM tasks_invited i"                 \
	" WHERE i.government_id = m.government_id AND i.meeting_id = m.meeting_id"                 \
	" AND i.attended_id <> 0) FROM tasks_meeting m LEFT JOIN org_employee c"                   \
	" ON c.government_id = m.government_id AND c.employee_id = m.convenor_id"                  \
	" LEFT JOIN org_employee b ON b.government_id = m.government_id"                           \
	" AND b.employee_id = m.minutes_by WHERE m.government_id = $1"

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct meeting_row *ret, int max, int *ret_count)
{
	struct employee_row who = {0}, by = {0};
	struct meeting_row m = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int64(&m.id), to_text(&m.title), to_text(&m.agenda),
				to_text(&m.place), to_text(&m.link), to_text(&m.letter_number),
				to_int64(&m.starts_at), to_int64(&m.ends_at),
				to_int64(&m.called_at), to_int64(&m.party.v),
				to_int64(&m.convenor.v), to_int64(&m.unit.v), to_int32(&m.state),
				to_int32(&m.version), to_text(&m.minutes),
				to_int64(&m.minutes_by.v), to_int64(&m.minutes_at),
				to_text(&who.name), to_text(&who.title_before),
				to_text(&who.title_after), to_text(&by.name),
				to_text(&by.title_before), to_text(&by.title_after),
				to_int32(&m.invited), to_int32(&m.attended)))) {
		m.convenor_name = org_full_name(tx->arena, &who);
		m.minutes_by_name = m.minutes_by.v ? org_full_name(tx->arena, &by) : NULL;
		ret[n++] = m;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_MEETING = {"tasks_load_meeting", COLUMNS " AND m.meeting_id = $2", 0};

enum err tasks_load_meeting(struct tx *tx, int64_t meeting, struct meeting_row *ret)
{
	int count;
	enum err e = list(
		tx, &LOAD_MEETING, BIND(db_int(tx->government.v), db_int(meeting)), ret, 1, &count);

	return e ? e : count ? OK : E_NOT_FOUND;
}

static struct db_stmt PUT_MEETING = {"tasks_put_meeting",
	"UPDATE tasks_meeting SET state = $3, version = $4, minutes = $5, minutes_by = $6,"
	" minutes_at = $7 WHERE government_id = $1 AND meeting_id = $2",
	0};

enum err tasks_put_meeting(struct tx *tx, const struct meeting_row *m)
{
	return db_exec(tx, &PUT_MEETING,
		BIND(db_int(tx->government.v), db_int(m->id), db_int(m->state), db_int(m->version),
			db_text(m->minutes), db_int(m->minutes_by.v), db_int(m->minutes_at)),
		NULL);
}

#define OF_PARTY                                                                                   \
	" AND m.meeting_id IN (SELECT i.meeting_id FROM tasks_invited i WHERE i.government_id = "  \
	"$1"                                                                                       \
	" AND i.party = $2 UNION SELECT i.meeting_id FROM tasks_invited i"                         \
	" WHERE i.government_id = $1 AND i.named_id = $2 UNION SELECT o.meeting_id"                \
	" FROM tasks_meeting o WHERE o.government_id = $1 AND o.party = $2)"

static struct db_stmt LIST_COMING = {"tasks_list_meetings",
	COLUMNS OF_PARTY " AND m.ends_at >= $3 AND (m.starts_at > $4 OR (m.starts_at = $4"
			 " AND m.meeting_id > $5)) ORDER BY m.starts_at, m.meeting_id LIMIT $6",
	0};
static struct db_stmt LIST_PAST = {"tasks_list_past_meetings",
	COLUMNS OF_PARTY
	" AND m.ends_at < $3 AND ($5 = 0 OR m.starts_at < $4 OR (m.starts_at = $4"
	" AND m.meeting_id < $5)) ORDER BY m.starts_at DESC, m.meeting_id DESC LIMIT $6",
	0};

enum err tasks_list_meetings(struct tx *tx, struct party party, const struct meeting_page *page,
	struct meeting_row *ret, int *ret_count)
{
	return list(tx, page->is_past ? &LIST_PAST : &LIST_COMING,
		BIND(db_int(tx->government.v), db_int(party.v), db_int(page->now),
			db_int(page->cursor_at), db_int(page->cursor), db_int(page->max)),
		ret, page->max, ret_count);
}

/* ---- who is invited ---- */

#define NAMED(alias, column)                                                                       \
	" LEFT JOIN org_employee " alias " ON " alias                                              \
	".government_id = i.government_id AND " alias ".employee_id = i." column
#define NAME_OF(alias)                                                                             \
	", coalesce(" alias ".name, ''), coalesce(" alias ".title_before, ''), coalesce(" alias    \
	".title_after, '')"

static struct db_stmt LIST_INVITED = {"tasks_list_invited",
	"SELECT i.invited, i.party, i.unit_id, i.named_id, i.attended_id, i.attended_at, "
	"i.attended_as,"
	" coalesce(q.position, '')" NAME_OF("p") NAME_OF("n") NAME_OF(
		"a") " FROM tasks_invited i"
		     " LEFT JOIN org_placement q ON q.government_id = i.government_id AND "
		     "q.employee_id = i.party"
		     " AND q.valid_from <= $3 AND q.valid_to >= $3" NAMED("p", "party") NAMED(
			     "n", "named_id") NAMED("a",
			     "attended_id") " WHERE i.government_id = $1 AND i.meeting_id = $2"
					    " ORDER BY i.invited LIMIT $4",
	0};

static const char *name_or_none(struct arena *arena, int64_t id, const struct employee_row *who)
{
	return id > 0 ? org_full_name(arena, who) : NULL;
}

enum err tasks_list_invited(
	struct tx *tx, int64_t meeting, int32_t day, struct invited_row *ret, int *ret_count)
{
	struct employee_row p = {0}, named = {0}, came = {0};
	struct invited_row i = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_INVITED,
		BIND(db_int(tx->government.v), db_int(meeting), db_int(day), db_int(INVITED_MAX)),
		&rows);
	while (n < INVITED_MAX &&
		db_next(&rows, INTO(to_int32(&i.invited), to_int64(&i.party.v), to_int64(&i.unit.v),
				       to_int64(&i.named.v), to_int64(&i.attended.v),
				       to_int64(&i.attended_at), to_int32(&i.attended_as),
				       to_text(&i.position), to_text(&p.name),
				       to_text(&p.title_before), to_text(&p.title_after),
				       to_text(&named.name), to_text(&named.title_before),
				       to_text(&named.title_after), to_text(&came.name),
				       to_text(&came.title_before), to_text(&came.title_after)))) {
		i.person_name = name_or_none(tx->arena, i.party.v, &p);
		i.named_name = name_or_none(tx->arena, i.named.v, &named);
		i.attended_name = name_or_none(tx->arena, i.attended.v, &came);
		ret[n++] = i;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt PUT_INVITED = {"tasks_put_invited",
	"UPDATE tasks_invited SET named_id = $4, attended_id = $5, attended_at = $6, attended_as = "
	"$7"
	" WHERE government_id = $1 AND meeting_id = $2 AND invited = $3",
	0};

enum err tasks_put_invited(struct tx *tx, int64_t meeting, const struct invited_row *row)
{
	return db_exec(tx, &PUT_INVITED,
		BIND(db_int(tx->government.v), db_int(meeting), db_int(row->invited),
			db_int(row->named.v), db_int(row->attended.v), db_int(row->attended_at),
			db_int(row->attended_as)),
		NULL);
}

/* ---- what was decided ---- */

static struct db_stmt LIST_DECISIONS = {"tasks_list_decisions",
	"SELECT decision, text, task_id FROM tasks_decision WHERE government_id = $1 AND "
	"meeting_id = $2"
	" ORDER BY decision LIMIT $3",
	0};

enum err tasks_list_decisions(
	struct tx *tx, int64_t meeting, struct decision_row *ret, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_DECISIONS,
		BIND(db_int(tx->government.v), db_int(meeting), db_int(DECISIONS_MAX)), &rows);
	while (n < DECISIONS_MAX &&
		db_next(&rows, INTO(to_int32(&ret[n].decision), to_text(&ret[n].text),
				       to_int64(&ret[n].task))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt PUT_DECISION = {"tasks_put_decision",
	"INSERT INTO tasks_decision (government_id, meeting_id, decision, text, task_id)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (government_id, meeting_id, decision)"
	" DO UPDATE SET text = excluded.text, task_id = excluded.task_id",
	0};

enum err tasks_put_decision(struct tx *tx, int64_t meeting, const struct decision_row *row)
{
	return db_exec(tx, &PUT_DECISION,
		BIND(db_int(tx->government.v), db_int(meeting), db_int(row->decision),
			db_text(row->text), db_int(row->task)),
		NULL);
}

static struct db_stmt CUT_DECISIONS = {"tasks_cut_decisions",
	"DELETE FROM tasks_decision WHERE government_id = $1 AND meeting_id = $2 AND decision > $3",
	0};

enum err tasks_cut_decisions(struct tx *tx, int64_t meeting, int kept)
{
	return db_exec(tx, &CUT_DECISIONS,
		BIND(db_int(tx->government.v), db_int(meeting), db_int(kept)), NULL);
}

struct db_stmt *const tasks_meeting_stmts[TASKS_MEETING_STMTS] = {&ADD_MEETING, &ADD_INVITED,
	&LOAD_MEETING, &PUT_MEETING, &LIST_COMING, &LIST_PAST, &LIST_INVITED, &PUT_INVITED,
	&LIST_DECISIONS, &PUT_DECISION, &CUT_DECISIONS};

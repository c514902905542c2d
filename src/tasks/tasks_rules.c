/*
 * Who may send to whom, what an act makes of a task, when a meeting is attended: pure.
 *
 * PermenPANRB 6/2022 (the direct superior gives work and judges it; the team lead shares out the
 * team's work and judges nothing) and docs/WORK.md, "Tasks": down the line, to one's own superior's
 * other people, across to the head of another unit. A task never goes around a head into another
 * unit. Nobody closes his own work unless he set it himself.
 */
#include "tasks/tasks_int.h"

const char *const task_kind_names[] = {"disposition", "assignment", "decision", NULL};
const char *const task_state_names[] = {
	"sent", "accepted", "done", "returned", "closed", "withdrawn", NULL};
const char *const task_event_names[] = {"sent", "accepted", "passed", "returned", "done",
	"given_back", "closed", "withdrawn", "noted", "line_verified", "line_objected", "replaced",
	"called", "named", "minuted", "cancelled", NULL};
const char *const document_state_names[] = {"open", "objected", "verified", "withdrawn", NULL};
const char *const line_state_names[] = {"waiting", "verified", "objected", NULL};
const char *const meeting_state_names[] = {"called", "minuted", "cancelled", NULL};
const char *const meeting_way_names[] = {"on_site", "online", NULL};

const struct place *tasks_find_place(const struct places *places, struct party party)
{
	for (int i = 0; party.v && i < places->count; i++)
		if (places->place[i].party.v == party.v)
			return &places->place[i];
	return NULL;
}

/* ---- sending ---- */

static enum send_fault check_office(const struct send_facts *f)
{
	if (!f->is_serving)
		return SEND_NO_HEAD;
	if (f->is_own_office)
		return SEND_OWN_OFFICE;
	if (f->is_invited)
		return SEND_SOUND;
	if (!f->is_head)
		return SEND_NOT_HEAD;
	return f->is_above ? SEND_UPWARDS : SEND_SOUND;
}

static enum send_fault check_person(const struct send_facts *f)
{
	const bool is_line = f->is_below || f->is_own_unit;

	if (!f->is_serving)
		return SEND_NOT_SERVING;
	if (f->is_invited)
		return SEND_SOUND;
	if (f->kind == TASK_DISPOSITION && !is_line)
		return f->is_self || f->is_led || f->is_peer ? SEND_NOT_DOWNWARDS
							     : SEND_NOT_IN_LINE;
	return f->is_self || is_line || f->is_led || f->is_peer ? SEND_SOUND : SEND_NOT_IN_LINE;
}

enum send_fault tasks_check_send(const struct send_facts *facts)
{
	return facts->is_office ? check_office(facts) : check_person(facts);
}

enum near_fault tasks_check_near(const struct near_facts *f)
{
	if (f->is_office) {
		if (!f->is_serving)
			return NEAR_NO_HEAD;
		if (f->is_own_office)
			return NEAR_OWN_OFFICE;
		return f->needs_head && !f->is_head ? NEAR_NOT_HEAD : NEAR_SOUND;
	}
	if (f->is_self)
		return NEAR_SELF;
	if (!f->is_serving)
		return NEAR_NOT_SERVING;
	return f->is_near ? NEAR_SOUND : NEAR_FAR;
}

/* ---- acting ---- */

static bool is_open(enum task_state state)
{
	return state <= TASK_OPEN_LAST;
}

static enum act_fault decide_holder(enum task_act act, enum task_state state,
	const struct task_stand *stand, enum task_state *ret_state, enum task_event *ret_event)
{
	static const struct {
		enum task_state state;
		enum task_event event;
	} makes[] = {[ACT_ACCEPT] = {TASK_ACCEPTED, EVENT_ACCEPTED},
		[ACT_PASS] = {TASK_ACCEPTED, EVENT_PASSED},
		[ACT_RETURN] = {TASK_RETURNED, EVENT_RETURNED},
		[ACT_DONE] = {TASK_DONE, EVENT_DONE}};

	if (!stand->is_holder)
		return ACT_NOT_YOURS;
	if (!is_open(state) || (act == ACT_ACCEPT && state != TASK_SENT))
		return ACT_STATE;
	if ((act == ACT_DONE || act == ACT_RETURN) && stand->open_children > 0)
		return ACT_CHILDREN;
	*ret_state = makes[act].state;
	*ret_event = makes[act].event;
	return ACT_SOUND;
}

/* In whose place one acts changes nothing: what one holds oneself is closed by another. */
static enum act_fault decide_sender(enum task_act act, enum task_state state,
	const struct task_stand *stand, enum task_state *ret_state, enum task_event *ret_event)
{
	if (!stand->is_sender)
		return ACT_NOT_YOURS;
	if (act == ACT_WITHDRAW) {
		*ret_state = TASK_WITHDRAWN;
		*ret_event = EVENT_WITHDRAWN;
		return state <= TASK_LIVE_LAST ? ACT_SOUND : ACT_STATE;
	}
	if (state != TASK_DONE)
		return ACT_STATE;
	if (stand->is_own_holder && !stand->is_own_sender)
		return ACT_OWN;
	*ret_state = act == ACT_CLOSE ? TASK_CLOSED : TASK_ACCEPTED;
	*ret_event = act == ACT_CLOSE ? EVENT_CLOSED : EVENT_GIVEN_BACK;
	return ACT_SOUND;
}

enum act_fault tasks_decide(enum task_act act, enum task_state state,
	const struct task_stand *stand, enum task_state *ret_state, enum task_event *ret_event)
{
	if (act == ACT_CLOSE || act == ACT_WITHDRAW || (act == ACT_RETURN && state == TASK_DONE))
		return decide_sender(act, state, stand, ret_state, ret_event);
	return decide_holder(act, state, stand, ret_state, ret_event);
}

bool tasks_is_overdue(enum task_state state, int32_t due, int32_t today)
{
	return is_open(state) && today > due;
}

bool tasks_may_report(enum task_state state, int32_t sent_day, int32_t changed_day, int32_t day)
{
	if (sent_day > day)
		return false;
	return is_open(state) ||
	       ((state == TASK_DONE || state == TASK_CLOSED) && changed_day >= day);
}

/* ---- checklists ---- */

enum document_state tasks_decide_check(const int32_t *line_state, int lines)
{
	enum document_state state = CHECK_VERIFIED;

	for (int i = 0; i < lines; i++) {
		if (line_state[i] == LINE_OBJECTED)
			return CHECK_OBJECTED;
		if (line_state[i] == LINE_WAITING)
			state = CHECK_OPEN;
	}
	return state;
}

/* ---- meetings ---- */

enum attend_fault tasks_check_attendance(
	const struct meeting_window *window, enum meeting_way way, int64_t now)
{
	if (window->is_cancelled)
		return ATTEND_CANCELLED;
	if (now < window->starts_at - window->opens_minutes * MS_PER_MINUTE)
		return ATTEND_EARLY;
	if (now > window->ends_at + window->closes_minutes * MS_PER_MINUTE)
		return ATTEND_LATE;
	if (way == WAY_ON_SITE && !window->has_place)
		return ATTEND_NO_PLACE;
	return way == WAY_ONLINE && !window->has_link ? ATTEND_NO_LINK : ATTEND_SOUND;
}

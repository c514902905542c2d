/*
 * Who may send to whom, what an act makes of a task, when a meeting is attended: as tables.
 *
 * docs/WORK.md, "Tasks"; PermenPANRB 6/2022 (the superior gives work and closes it; a team lead
 * shares out the team's work, decides nothing).
 */
#include "tasks/tasks_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct send_case {
	const char *says;
	struct send_facts facts;
	enum send_fault fault;
};

#define HERE .is_serving = true
static const struct send_case sends[] = {
	{"down the line", {TASK_DISPOSITION, HERE, .is_below = true}, SEND_SOUND},
	{"an assignment down the line", {TASK_ASSIGNMENT, HERE, .is_below = true}, SEND_SOUND},
	{"nobody stands between in one's own unit", {TASK_DISPOSITION, HERE, .is_own_unit = true},
		SEND_SOUND},
	{"to a colleague of one superior", {TASK_ASSIGNMENT, HERE, .is_peer = true}, SEND_SOUND},
	{"a colleague gets no disposition", {TASK_DISPOSITION, HERE, .is_peer = true},
		SEND_NOT_DOWNWARDS},
	{"a team lead shares out work", {TASK_ASSIGNMENT, HERE, .is_led = true}, SEND_SOUND},
	{"a team lead is no superior (PermenPANRB 6/2022)",
		{TASK_DISPOSITION, HERE, .is_led = true}, SEND_NOT_DOWNWARDS},
	{"a note to oneself", {TASK_ASSIGNMENT, HERE, .is_self = true}, SEND_SOUND},
	{"nobody is above himself", {TASK_DISPOSITION, HERE, .is_self = true}, SEND_NOT_DOWNWARDS},
	{"around the head into another unit", {TASK_ASSIGNMENT, HERE}, SEND_NOT_IN_LINE},
	{"around the head, as a disposition", {TASK_DISPOSITION, HERE}, SEND_NOT_IN_LINE},
	{"also for who heads a unit himself", {TASK_ASSIGNMENT, HERE, .is_head = true},
		SEND_NOT_IN_LINE},
	{"who has no place of work", {TASK_DISPOSITION, .is_below = true}, SEND_NOT_SERVING},
	{"a decision to who was invited", {TASK_DECISION, HERE, .is_invited = true}, SEND_SOUND},
	{"a decision to who was not", {TASK_DECISION, HERE}, SEND_NOT_IN_LINE},
	{"across to another unit", {TASK_ASSIGNMENT, HERE, .is_office = true, .is_head = true},
		SEND_SOUND},
	{"a disposition across agencies",
		{TASK_DISPOSITION, HERE, .is_office = true, .is_head = true}, SEND_SOUND},
	{"a unit without a head", {TASK_ASSIGNMENT, .is_office = true, .is_head = true},
		SEND_NO_HEAD},
	{"across by who heads nothing", {TASK_ASSIGNMENT, HERE, .is_office = true}, SEND_NOT_HEAD},
	{"across by a superior without an office",
		{TASK_ASSIGNMENT, HERE, .is_office = true, .is_below = true}, SEND_NOT_HEAD},
	{"to one's own office",
		{TASK_ASSIGNMENT, HERE, .is_office = true, .is_head = true, .is_own_office = true},
		SEND_OWN_OFFICE},
	{"upwards", {TASK_ASSIGNMENT, HERE, .is_office = true, .is_head = true, .is_above = true},
		SEND_UPWARDS},
	{"a decision to a unit that was invited",
		{TASK_DECISION, HERE, .is_office = true, .is_invited = true, .is_above = true},
		SEND_SOUND},
};

static void test_who_may_send_to_whom(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sends / sizeof *sends; i++)
		if (tasks_check_send(&sends[i].facts) != sends[i].fault)
			fail_msg("%s", sends[i].says);
}

struct near_case {
	const char *says;
	struct near_facts facts;
	enum near_fault fault;
};
static const struct near_case nears[] = {
	{"along a line", {HERE, .is_near = true}, NEAR_SOUND},
	{"of another unit: through its head", {HERE}, NEAR_FAR},
	{"oneself", {HERE, .is_self = true, .is_near = true}, NEAR_SELF},
	{"not at work", {.is_near = true}, NEAR_NOT_SERVING},
	{"a unit, to verify", {HERE, .is_office = true}, NEAR_SOUND},
	{"a unit to a meeting, by who heads none", {HERE, .is_office = true, .needs_head = true},
		NEAR_NOT_HEAD},
	{"by who heads one", {HERE, .is_office = true, .needs_head = true, .is_head = true},
		NEAR_SOUND},
	{"a unit without a head", {.is_office = true, .is_head = true}, NEAR_NO_HEAD},
	{"one's own unit", {HERE, .is_office = true, .is_head = true, .is_own_office = true},
		NEAR_OWN_OFFICE},
};

static void test_who_may_be_asked(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nears / sizeof *nears; i++)
		if (tasks_check_near(&nears[i].facts) != nears[i].fault)
			fail_msg("%s", nears[i].says);
}

/* ---- acts ---- */

#define HOLDER                                                                                     \
	{                                                                                          \
		.is_holder = true, .is_own_holder = true                                           \
	}
#define SENDER                                                                                     \
	{                                                                                          \
		.is_sender = true, .is_own_sender = true                                           \
	}
#define BOTH                                                                                       \
	{                                                                                          \
		.is_holder = true, .is_sender = true, .is_own_holder = true, .is_own_sender = true \
	}
struct act_case {
	const char *says;
	enum task_act act;
	enum task_state state;
	struct task_stand stand;
	enum act_fault fault;
	enum task_state then;
	enum task_event event;
};
static const struct act_case acts[] = {
	{"accepted", ACT_ACCEPT, TASK_SENT, HOLDER, ACT_SOUND, TASK_ACCEPTED, EVENT_ACCEPTED},
	{"accepted twice", ACT_ACCEPT, TASK_ACCEPTED, HOLDER, ACT_STATE},
	{"not by the sender", ACT_ACCEPT, TASK_SENT, SENDER, ACT_NOT_YOURS},
	{"in the holder's place", ACT_ACCEPT, TASK_SENT, {.is_holder = true}, ACT_SOUND,
		TASK_ACCEPTED, EVENT_ACCEPTED},
	{"passed on", ACT_PASS, TASK_SENT, HOLDER, ACT_SOUND, TASK_ACCEPTED, EVENT_PASSED},
	{"passed on again", ACT_PASS, TASK_ACCEPTED,
		{.is_holder = true, .is_own_holder = true, .open_children = 2}, ACT_SOUND,
		TASK_ACCEPTED, EVENT_PASSED},
	{"returned", ACT_RETURN, TASK_SENT, HOLDER, ACT_SOUND, TASK_RETURNED, EVENT_RETURNED},
	{"not while others work on it", ACT_RETURN, TASK_ACCEPTED,
		{.is_holder = true, .is_own_holder = true, .open_children = 1}, ACT_CHILDREN},
	{"done", ACT_DONE, TASK_ACCEPTED, HOLDER, ACT_SOUND, TASK_DONE, EVENT_DONE},
	{"done without being accepted first", ACT_DONE, TASK_SENT, HOLDER, ACT_SOUND, TASK_DONE,
		EVENT_DONE},
	{"not done while children are open", ACT_DONE, TASK_ACCEPTED,
		{.is_holder = true, .is_own_holder = true, .open_children = 1}, ACT_CHILDREN},
	{"not done by the sender", ACT_DONE, TASK_ACCEPTED, SENDER, ACT_NOT_YOURS},
	{"closed", ACT_CLOSE, TASK_DONE, SENDER, ACT_SOUND, TASK_CLOSED, EVENT_CLOSED},
	{"closed before it is done", ACT_CLOSE, TASK_ACCEPTED, SENDER, ACT_STATE},
	{"nobody closes his own task", ACT_CLOSE, TASK_DONE, HOLDER, ACT_NOT_YOURS},
	{"... also in the sender's place", ACT_CLOSE, TASK_DONE,
		{.is_holder = true, .is_sender = true, .is_own_holder = true}, ACT_OWN},
	{"... but one that he set himself", ACT_CLOSE, TASK_DONE, BOTH, ACT_SOUND, TASK_CLOSED,
		EVENT_CLOSED},
	{"for the sender while he is away", ACT_CLOSE, TASK_DONE, {.is_sender = true}, ACT_SOUND,
		TASK_CLOSED, EVENT_CLOSED},
	{"given back", ACT_RETURN, TASK_DONE, SENDER, ACT_SOUND, TASK_ACCEPTED, EVENT_GIVEN_BACK},
	{"the holder does not give back what is done", ACT_RETURN, TASK_DONE, HOLDER,
		ACT_NOT_YOURS},
	{"withdrawn", ACT_WITHDRAW, TASK_SENT, SENDER, ACT_SOUND, TASK_WITHDRAWN, EVENT_WITHDRAWN},
	{"withdrawn after it came back", ACT_WITHDRAW, TASK_RETURNED, SENDER, ACT_SOUND,
		TASK_WITHDRAWN, EVENT_WITHDRAWN},
	{"not when it is closed", ACT_WITHDRAW, TASK_CLOSED, SENDER, ACT_STATE},
	{"not by the holder", ACT_WITHDRAW, TASK_ACCEPTED, HOLDER, ACT_NOT_YOURS},
	{"returned is the sender's", ACT_ACCEPT, TASK_RETURNED, HOLDER, ACT_STATE},
	{"withdrawn is over", ACT_DONE, TASK_WITHDRAWN, HOLDER, ACT_STATE},
	{"closed is over", ACT_PASS, TASK_CLOSED, HOLDER, ACT_STATE},
	{"a reader does nothing", ACT_DONE, TASK_SENT, {0}, ACT_NOT_YOURS},
};

static void test_what_an_act_makes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		const struct act_case *c = &acts[i];
		enum task_state then = c->state;
		enum task_event event = EVENT_NOTED;

		if (tasks_decide(c->act, c->state, &c->stand, &then, &event) != c->fault)
			fail_msg("%s", c->says);
		if (c->fault == ACT_SOUND && (then != c->then || event != c->event))
			fail_msg("%s: what it makes", c->says);
	}
}

static void test_overdue_is_who_has_it(void **state)
{
	(void)state;
	assert_false(tasks_is_overdue(TASK_SENT, 100, 100)); /* the day itself is still its day */
	assert_true(tasks_is_overdue(TASK_SENT, 100, 101));
	assert_true(tasks_is_overdue(TASK_ACCEPTED, 100, 101));
	assert_false(tasks_is_overdue(TASK_DONE, 100, 101)); /* waits for the sender */
	assert_false(tasks_is_overdue(TASK_RETURNED, 100, 101));
	assert_false(tasks_is_overdue(TASK_CLOSED, 100, 101));
}

/* ---- checklists and meetings ---- */

static void test_the_whole_is_verified_when_all_are(void **state)
{
	(void)state;
	static const struct {
		int32_t line[3];
		enum document_state then;
	} cases[] = {
		{{LINE_VERIFIED, LINE_VERIFIED, LINE_VERIFIED}, CHECK_VERIFIED},
		{{LINE_VERIFIED, LINE_WAITING, LINE_VERIFIED}, CHECK_OPEN},
		{{LINE_WAITING, LINE_WAITING, LINE_OBJECTED}, CHECK_OBJECTED},
		{{LINE_VERIFIED, LINE_OBJECTED, LINE_VERIFIED}, CHECK_OBJECTED},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(tasks_decide_check(cases[i].line, 3), cases[i].then);
}

#define START (10 * MS_PER_DAY)
#define END   (START + 120 * MS_PER_MINUTE)
struct attend_case {
	const char *says;
	int64_t now;
	enum meeting_way way;
	bool has_place, has_link, is_cancelled;
	enum attend_fault fault;
};
static const struct attend_case attends[] = {
	{"at the start", START, WAY_ON_SITE, true, true, false, ATTEND_SOUND},
	{"as soon as it opens", START - 30 * MS_PER_MINUTE, WAY_ONLINE, true, true, false,
		ATTEND_SOUND},
	{"a moment before", START - 30 * MS_PER_MINUTE - 1, WAY_ONLINE, true, true, false,
		ATTEND_EARLY},
	{"until it closes", END + 15 * MS_PER_MINUTE, WAY_ON_SITE, true, true, false, ATTEND_SOUND},
	{"a moment after", END + 15 * MS_PER_MINUTE + 1, WAY_ON_SITE, true, true, false,
		ATTEND_LATE},
	{"online without an address", START, WAY_ONLINE, true, false, false, ATTEND_NO_LINK},
	{"on site of one that is online alone", START, WAY_ON_SITE, false, true, false,
		ATTEND_NO_PLACE},
	{"cancelled", START, WAY_ON_SITE, true, true, true, ATTEND_CANCELLED},
};

static void test_a_meeting_is_attended_in_its_window(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof attends / sizeof *attends; i++) {
		const struct attend_case *c = &attends[i];
		const struct meeting_window w = {
			START, END, 30, 15, c->has_place, c->has_link, c->is_cancelled};

		if (tasks_check_attendance(&w, c->way, c->now) != c->fault)
			fail_msg("%s", c->says);
	}
}

static void test_a_party_is_a_person_or_an_office(void **state)
{
	(void)state;
	const struct party person = party_of_person((struct employee_id){7});
	const struct party office = party_of_office((struct unit_id){7});
	struct places places = {.place = {{person, true}}, .count = 1};

	assert_int_equal(party_person(person).v, 7);
	assert_int_equal(party_office(person).v, 0);
	assert_int_equal(party_office(office).v, 7);
	assert_int_equal(party_person(office).v, 0);
	assert_non_null(tasks_find_place(&places, person));
	assert_null(tasks_find_place(&places, office)); /* one number, two things */
	assert_null(tasks_find_place(&places, (struct party){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_may_send_to_whom),
		cmocka_unit_test(test_who_may_be_asked),
		cmocka_unit_test(test_what_an_act_makes),
		cmocka_unit_test(test_overdue_is_who_has_it),
		cmocka_unit_test(test_the_whole_is_verified_when_all_are),
		cmocka_unit_test(test_a_meeting_is_attended_in_its_window),
		cmocka_unit_test(test_a_party_is_a_person_or_an_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

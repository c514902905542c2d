/* Routes of tasks: one table; handlers and shapes in a file for each concern. */
#include "tasks/tasks_routes.h"

#define ALL "/api/v1/tasks"
#define ONE ALL "/{task}"

static const struct route routes[] = {
	{GET, ALL "/inbox", P_TASK_SELF, TX_READ, &tasks_list_query_shape, &tasks_list_shape,
		tasks_get_inbox, .exports = EXPORT("tugas-saya", "Tugas saya"),
		.summary = "Tasks one has in hand, oneself or in somebody's place.",
		.example_path = ALL "/inbox?box=open"},
	{GET, ALL, P_TASK_SELF, TX_READ, &tasks_list_query_shape, &tasks_list_shape, tasks_get_sent,
		.exports = EXPORT("tugas-dikirim", "Tugas yang dikirim"),
		.summary = "Tasks one sent and waits for.", .example_path = ALL "?box=open"},
	{GET, ALL "/reportable", P_TASK_SELF, TX_READ, &tasks_reportable_query_shape,
		&tasks_reportable_shape, tasks_get_reportable,
		.summary = "Tasks that one's own report of a day may name.",
		.example_path = ALL "/reportable"},
	{POST, ALL, P_TASK_SELF, TX_WRITE, &tasks_input_shape, &tasks_added_shape, tasks_post,
		.summary = "Sends a task: down the line, to colleagues, or to the head of another "
			   "unit.",
		.example = "{\"kind\":\"assignment\",\"subject\":\"Menyiapkan bahan paparan\","
			   "\"employee\":\"{employee}\"}"},
	{GET, ONE, P_TASK_READ, TX_READ, &tasks_path_shape, &tasks_detail_shape, tasks_get_one,
		.object = tasks_find_object,
		.summary =
			"A task with its thread, for who has part in it or answers for who has it.",
		.example_path = ONE},
	{POST, ONE "/accept", P_TASK_SELF, TX_WRITE, &tasks_act_shape, &tasks_state_shape,
		tasks_post_accept, .object = tasks_find_object, .summary = "Takes a task in hand.",
		.example = "{\"version\":1}"},
	{POST, ONE "/pass", P_TASK_SELF, TX_WRITE, &tasks_pass_shape, &tasks_state_shape,
		tasks_post_pass, .object = tasks_find_object,
		.summary = "Passes a task on: each of those named gets one below it.",
		.example = "{\"version\":2,\"employees\":[\"{colleague}\"]}"},
	{POST, ONE "/return", P_TASK_SELF, TX_WRITE, &tasks_reason_act_shape, &tasks_state_shape,
		tasks_post_return, .object = tasks_find_object,
		.summary = "The holder returns it to the sender; the sender gives back what is not "
			   "done yet.",
		.example = "{\"version\":1,\"note\":\"Bukan tugas bidang kami.\"}"},
	{POST, ONE "/done", P_TASK_SELF, TX_WRITE, &tasks_result_act_shape, &tasks_state_shape,
		tasks_post_done, .object = tasks_find_object,
		.summary = "The holder says it is done, and what came of it.",
		.example = "{\"version\":1,\"note\":\"Bahan sudah dikirim.\"}"},
	{POST, ONE "/close", P_TASK_SELF, TX_WRITE, &tasks_act_shape, &tasks_state_shape,
		tasks_post_close, .object = tasks_find_object,
		.summary = "The sender closes what is done.", .example = "{\"version\":1}"},
	{POST, ONE "/withdraw", P_TASK_SELF, TX_WRITE, &tasks_reason_act_shape, &tasks_state_shape,
		tasks_post_withdraw, .object = tasks_find_object,
		.summary = "The sender takes it back, and with it what it was passed on as.",
		.example = "{\"version\":1,\"note\":\"Acara dibatalkan.\"}"},
	{POST, ONE "/note", P_TASK_SELF, TX_WRITE, &tasks_note_shape, &tasks_state_shape,
		tasks_post_note, .object = tasks_find_object,
		.summary = "Adds words to its thread.", .example = "{\"note\":\"Menunggu data.\"}"},
};

static const struct route people_routes[] = {
	{GET, ALL "/recipients", P_TASK_SELF, TX_READ, &tasks_recipients_query_shape,
		&tasks_recipients_shape, tasks_get_recipients,
		.summary =
			"Whom one may send to, ask or invite; for a head also by name below him.",
		.example_path = ALL "/recipients?query=sri"},
};

static const struct route backlog_routes[] = {
	{GET, ALL "/backlog", P_BOARD_UNIT, TX_READ, &tasks_backlog_query_shape,
		&tasks_backlog_shape, tasks_get_backlog, .object = tasks_find_backlog_unit,
		.exports = EXPORT("tunggakan-tugas", "Tunggakan tugas per unit"),
		.summary = "Open and overdue tasks of a unit and of those directly below it.",
		.example_path = ALL "/backlog?unit={unit:own}"},
	{GET, ALL "/units/{unit}", P_BOARD_UNIT, TX_READ, &tasks_open_query_shape,
		&tasks_open_shape, tasks_get_open, .object = tasks_find_open_unit,
		.exports = EXPORT("tugas-terbuka", "Tugas terbuka unit"),
		.summary = "The open tasks behind the backlog of a unit.",
		.example_path = ALL "/units/{unit:own}"},
};

static void wire(void)
{
	reports_task_source = tasks_load_for_report;
}

const struct slice tasks_slice = {
	.name = "tasks",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = tasks_stmts,
	.stmt_count = TASKS_STMTS,
	.wire = wire,
	.project = tasks_project,
};
const struct slice tasks_people_slice = {
	.name = "task people",
	.routes = people_routes,
	.route_count = COUNT_OF(people_routes),
	.stmts = tasks_people_stmts,
	.stmt_count = TASKS_PEOPLE_STMTS,
};
const struct slice tasks_backlog_slice = {
	.name = "task backlog",
	.routes = backlog_routes,
	.route_count = COUNT_OF(backlog_routes),
	.stmts = tasks_backlog_stmts,
	.stmt_count = TASKS_BACKLOG_STMTS,
};

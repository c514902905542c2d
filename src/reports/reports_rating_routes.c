/*
 * Ratings over HTTP: the table; and what happens by itself.
 *
 * The program decides nothing about anybody: it locks what was told when the promised days went by
 * without an objection, and only names what is late. An objection waits for its decision for as
 * long as it takes.
 */
#include "reports/reports_rating_routes.h"

#include "platform/clock.h"
#include "platform/slice.h"

#define LOCKS_PER_TICK 200

static enum err lock_undisputed(struct tx *tx, int64_t rating, int32_t today)
{
	struct rating r;
	enum err e = rating_load(tx, rating, &r);

	if (e || !rating_is_undisputed(&r, today))
		return e;
	return rating_lock(tx, &r, OUTCOME_UNDISPUTED);
}

enum err reports_tick_ratings(struct tx *tx)
{
	int64_t rating[LOCKS_PER_TICK];
	const struct org_tree *tree;
	int32_t today;
	int count = 0;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	today = instant_day(tx->now_ms, tree->zone);
	e = rating_list_undisputed(tx, today, rating, LOCKS_PER_TICK, &count);
	for (int i = 0; i < count && !e; i++)
		e = lock_undisputed(tx, rating[i], today);
	return e;
}

enum err reports_enter_rating(struct tx *tx, struct rating *r)
{
	const struct rating_rule *rule;
	const struct org_tree *tree;
	int32_t today;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	today = instant_day(tx->now_ms, tree->zone);
	if ((e = rating_load_rule(tx, today, &rule)))
		return e;
	if (!rule)
		return E_REFUSED;
	r->id = id_next();
	r->version = 1;
	r->predicate = rating_predicate(r->work, r->behaviour);
	r->objection = r->decision = r->sealed = "";
	r->decide_until = DAY_NONE;
	r->leaf_index = -1;
	rating_apply_told(r, rule, today, tx->now_ms);
	if ((e = rating_add(tx, r)))
		return e;
	rating_add_leaf(tx, r);
	return OK;
}

#define FORM_EXAMPLE                                                                               \
	"{\"period\":\"quarterly\",\"day\":\"2025-09-30\",\"version\":0,\"work\":\"as\","          \
	"\"behaviour\":\"as\",\"behaviours\":[{\"conduct\":\"service\",\"note\":\"Ramah kepada "   \
	"pemohon\"}],\"tell\":false}"
#define RULE_EXAMPLE                                                                               \
	"{\"rate_days\":30,\"object_days\":14,\"decide_days\":14,\"curves\":[{\"result\":"         \
	"\"good\",\"shares\":{\"very_good\":20,\"good\":70,\"needs_work\":10,\"poor\":0,"          \
	"\"very_poor\":0}}],\"legal_basis\":\"Pergub tentang manajemen kinerja\",\"valid_from\":"  \
	"\"2026-01-01\"}"

static const struct route routes[] = {
	{GET, "/api/v1/reports/feedback", P_RATING_SELF, TX_READ, &feedback_own_query_shape,
		&feedback_list_shape, feedback_get_own,
		.summary = "What was said about one's own work, and what one asked."},
	{POST, "/api/v1/reports/feedback", P_RATING_SELF, TX_WRITE, &feedback_ask_shape,
		&feedback_saved_shape, feedback_post_own,
		.summary = "Asks one's superior for feedback, or answers.",
		.example = "{\"said\":\"Apakah format laporan mutasi sudah sesuai?\"}"},
	{GET, "/api/v1/reports/feedback/{employee}", P_RATING_WRITE, TX_READ, &feedback_query_shape,
		&feedback_list_shape, feedback_get, .object = feedback_find_person, .sees = true,
		.summary = "The log of somebody one answers for; a team lead sees what he wrote."},
	{POST, "/api/v1/reports/feedback/{employee}", P_RATING_WRITE, TX_WRITE,
		&feedback_give_shape, &feedback_saved_shape, feedback_post,
		.object = feedback_find_receiver,
		.summary = "Gives feedback, answers, or keeps what was said in the talk about a "
			   "period.",
		.example = "{\"said\":\"Verifikasi berkas minggu ini rapi dan tepat waktu.\"}"},
	{GET, "/api/v1/reports/ratings", P_RATING_SELF, TX_READ, &rating_own_query_shape,
		&rating_own_shape, rating_get_own, .summary = "Ratings one was told."},
	{GET, "/api/v1/reports/ratings/{rating}", P_RATING_READ, TX_READ, &rating_path_shape,
		&rating_view_shape, rating_get, .object = rating_find_object, .sees = true,
		.summary = "A rating once it was told.",
		.example_path = "/api/v1/reports/ratings/{rating:self}"},
	{GET, "/api/v1/reports/ratings/{rating}/proof", P_RATING_READ, TX_READ, &rating_path_shape,
		&rating_proof_shape, rating_get_proof, .object = rating_find_object, .sees = true,
		.summary = "What the log commits to of a rating that is final.",
		.example_path = "/api/v1/reports/ratings/{rating:self}/proof"},
	{POST, "/api/v1/reports/ratings/{rating}/object", P_RATING_SELF, TX_WRITE,
		&rating_object_shape, &rating_saved_shape, rating_post_object,
		.object = rating_find_object,
		.summary = "Objects to one's own rating within the days of the rule.",
		.example = "{\"version\":1,\"objection\":\"Dua laporan yang terverifikasi belum "
			   "diperhitungkan.\"}",
		.example_path = "/api/v1/reports/ratings/{rating:self}/object"},
	{POST, "/api/v1/reports/ratings/{rating}/accept", P_RATING_SELF, TX_WRITE,
		&rating_accept_shape, &rating_saved_shape, rating_post_accept,
		.object = rating_find_object, .summary = "Accepts one's own rating: it is final.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/reports/ratings/{rating:self}/accept"},
	{GET, "/api/v1/reports/rating-form/{employee}", P_RATING_WRITE, TX_READ,
		&rating_form_query_shape, &rating_form_shape, rating_get_form,
		.object = rating_find_person, .sees = true,
		.summary = "A person's period: what it left in Luwes, and his rating so far.",
		.example_path = "/api/v1/reports/rating-form/{employee}?day=2025-09-30"},
	{PUT, "/api/v1/reports/rating-form/{employee}", P_RATING_WRITE, TX_WRITE,
		&rating_save_shape, &rating_saved_shape, rating_put_form,
		.object = rating_find_person,
		.summary = "The direct superior keeps a draft of a rating or tells it.",
		.example = FORM_EXAMPLE},
	{GET, "/api/v1/reports/rating-form/{employee}/targets/{target}", P_RATING_WRITE, TX_READ,
		&rating_facts_query_shape, &rating_facts_shape, rating_get_facts,
		.object = rating_find_person, .sees = true,
		.summary = "The report items behind a planned result in the rated period.",
		.example_path = "/api/v1/reports/rating-form/{employee}/targets/"
				"{target}?day=2025-09-30"},
	{GET, "/api/v1/reports/rating-team", P_TEAM_READ, TX_READ, &rating_team_query_shape,
		&rating_team_shape, rating_get_team,
		.summary = "One's people: who is rated, who waits for feedback, and how it is "
			   "spread."},
	{GET, "/api/v1/reports/rating-objections", P_TEAM_READ, TX_READ,
		&rating_objections_query_shape, &rating_objections_shape, rating_get_objections,
		.summary = "Objections to what the superiors one answers for rated."},
	{GET, "/api/v1/reports/rating-objections/{objection}", P_RATING_DECIDE, TX_READ,
		&rating_objection_path_shape, &rating_view_shape, rating_get_objection,
		.object = rating_find_objection, .sees = true,
		.summary = "A rating that was objected to, for who decides about it."},
	{POST, "/api/v1/reports/rating-objections/{objection}/decide", P_RATING_DECIDE, TX_WRITE,
		&rating_decide_shape, &rating_saved_shape, rating_post_decide,
		.object = rating_find_objection,
		.summary = "The superior's superior decides about an objection: final.",
		.example = "{\"version\":2,\"work\":\"as\",\"behaviour\":\"as\",\"decision\":"
			   "\"Bukti dukung sudah diperiksa kembali.\"}"},
	{GET, "/api/v1/reports/rating-rules", P_POLICY_READ, TX_READ, NULL, &rating_rules_shape,
		rating_get_rules,
		.summary = "Days for rating, objecting and deciding, and curves, dated."},
	{POST, "/api/v1/reports/rating-rules", P_RATING_OFFICE, TX_WRITE, &rating_rule_input_shape,
		&rating_rule_added_shape, rating_post_rule,
		.summary = "Enters days and curves from a day on; they replace the ones before.",
		.example = RULE_EXAMPLE},
	{PUT, "/api/v1/reports/rating-results/{unit}", P_RATING_OFFICE, TX_WRITE,
		&rating_result_shape, NULL, rating_put_result, .object = rating_find_result_unit,
		.summary = "Enters what an agency achieved in a period.",
		.example = "{\"period\":\"quarterly\",\"day\":\"2025-09-30\",\"result\":\"good\","
			   "\"basis\":\"Berita acara evaluasi kinerja\"}"},
	{GET, "/api/v1/reports/rating-units", P_RATING_COUNT, TX_READ, &rating_units_query_shape,
		&rating_units_shape, rating_get_units, .object = rating_find_parent,
		.exports = EXPORT("sebaran-predikat", "Sebaran predikat kinerja per unit kerja"),
		.summary = "How predicates are spread, in numbers of units, never of persons."},
};

const struct slice reports_rating_slice = {
	.name = "ratings",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = rating_stmts,
	.stmt_count = RATING_STMTS,
};

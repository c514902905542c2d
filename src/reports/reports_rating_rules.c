/*
 * Who is rated how, who may say it, object and decide: pure.
 *
 * PermenPANRB 6/2022: the matrix of result and behaviour; the rating officer is the direct
 * superior; an objection goes to his superior. How many days each step has is no law we have read:
 * it comes from the dated rule. Silence locks what was told; it never decides an objection.
 */
#include "reports/reports_rating.h"

#include <string.h>

const char *const expectation_names[] = {"below", "as", "above", NULL};
const char *const predicate_names[] = {
	"very_good", "good", "needs_work", "poor", "very_poor", NULL};
const char *const organisation_result_names[] = {
	"excellent", "good", "needs_work", "poor", "very_poor", NULL};
const char *const conduct_names[] = {"service", "accountable", "competent", "harmonious", "loyal",
	"adaptive", "collaborative", NULL};
const char *const rating_state_names[] = {"none", "draft", "rated", "objected", "locked", NULL};
const char *const rating_outcome_names[] = {
	"open", "accepted", "undisputed", "upheld", "changed", NULL};
const char *const feedback_kind_names[] = {"given", "asked", "answer", "dialogue", NULL};

int32_t rating_predicate(int32_t work, int32_t behaviour)
{
	/* rows: result of work; columns: behaviour below, as, above expectation */
	static const enum predicate matrix[EXPECTATIONS][EXPECTATIONS] = {
		[EXPECTATION_BELOW] = {PREDICATE_VERY_POOR, PREDICATE_NEEDS_WORK,
			PREDICATE_NEEDS_WORK},
		[EXPECTATION_AS] = {PREDICATE_POOR, PREDICATE_GOOD, PREDICATE_GOOD},
		[EXPECTATION_ABOVE] = {PREDICATE_POOR, PREDICATE_GOOD, PREDICATE_VERY_GOOD}};

	if (work == NOT_SAID || behaviour == NOT_SAID)
		return NOT_SAID;
	return (int32_t)matrix[work][behaviour];
}

const struct rating_rule *rating_find_rule(const struct rating_rule *rule, int rules, int32_t day)
{
	for (int i = 0; i < rules; i++)
		if (rule[i].valid_from <= day && rule[i].valid_to >= day)
			return &rule[i];
	return NULL;
}

bool rating_has_curve(const struct rating_rule *rule, enum organisation_result result)
{
	for (int i = 0; i < PREDICATES; i++)
		if (rule->curve[result][i])
			return true;
	return false;
}

const char *rating_find_rule_fault(const struct rating_rule *rule, const char **ret_reason)
{
	for (int r = 0; r < RESULTS; r++) {
		int32_t sum = 0;

		for (int i = 0; i < PREDICATES; i++)
			sum += rule->curve[r][i];
		if (sum != 0 && sum != 100) {
			*ret_reason = "the five shares of a result are 100 percent together";
			return "/curves";
		}
	}
	return NULL;
}

static bool is_in_service(const struct org_seat *seat, int32_t day)
{
	for (int i = 0; i < seat->terms; i++)
		if (seat->term[i].kind == TERM_SERVICE && seat->term[i].from <= day &&
			seat->term[i].to >= day)
			return true;
	return false;
}

int32_t rating_day_of(const struct org_seat *seat, int32_t last_day, int32_t today)
{
	if (last_day >= today)
		return today;
	return seat->superior.v && is_in_service(seat, today) ? last_day : today;
}

static bool is_short(const char *text, size_t least)
{
	return !text || strlen(text) < least;
}

const char *rating_find_gap(const struct rating *r, const char **ret_reason)
{
	*ret_reason = "say how it was against expectation";
	if (r->work == NOT_SAID)
		return "/work";
	if (r->behaviour == NOT_SAID)
		return "/behaviour";
	for (int i = 0; i < CONDUCTS; i++)
		if (is_short(r->note[i], 3)) {
			*ret_reason = "each of the seven values has a note";
			return "/behaviours";
		}
	if ((r->work == EXPECTATION_BELOW || r->behaviour == EXPECTATION_BELOW) &&
		is_short(r->reason, 10)) {
		*ret_reason = "what is below expectation needs a reason";
		return "/reason";
	}
	return NULL;
}

enum err rating_decide_save(const struct rating *r, struct employee_id actor, int32_t version_seen,
	int32_t today, const char **ret_reason)
{
	*ret_reason = "it has been told: what follows is an objection and its decision";
	if (r->employee.v == actor.v)
		return E_SELF;
	if (r->state > RATING_DRAFT)
		return E_REFUSED;
	if (r->version != version_seen)
		return E_STALE;
	if (today <= r->last_day) {
		*ret_reason = "the period is not over: give feedback meanwhile";
		return E_REFUSED;
	}
	if (today - r->last_day > RATING_DAYS_BACK) {
		*ret_reason = "the period is over for too long";
		return E_REFUSED;
	}
	return OK;
}

enum err rating_decide_answer(const struct rating *r, bool objects, int32_t version_seen,
	int32_t today, const char **ret_reason)
{
	*ret_reason = "it is not waiting for your answer";
	if (r->state != RATING_TOLD)
		return E_REFUSED;
	if (r->version != version_seen)
		return E_STALE;
	if (objects && today > r->object_until) {
		*ret_reason = "the days for an objection are over";
		return E_REFUSED;
	}
	return OK;
}

enum err rating_decide_verdict(const struct rating *r, struct employee_id actor,
	int32_t version_seen, const char **ret_reason)
{
	*ret_reason = "no objection waits for a decision";
	if (actor.v == r->employee.v || actor.v == r->rated_by.v)
		return E_SELF;
	if (r->state != RATING_OBJECTED)
		return E_REFUSED;
	return r->version == version_seen ? OK : E_STALE;
}

bool rating_is_undisputed(const struct rating *r, int32_t today)
{
	return r->state == RATING_TOLD && today > r->object_until;
}

struct employee_id rating_answering(const struct rating *r, bool is_rater_above)
{
	return is_rater_above || r->rated_as == STAND_OFFICE || r->rated_as == STAND_VACANCY
		       ? r->rated_by
		       : r->superior;
}

void rating_apply_told(
	struct rating *r, const struct rating_rule *rule, int32_t today, int64_t now_ms)
{
	r->state = RATING_TOLD;
	r->rated_at = now_ms;
	r->object_until = today + rule->object_days;
	r->answering = rating_answering(r, false);
	r->first_work = r->work;
	r->first_behaviour = r->behaviour;
}

void rating_apply_objection(struct rating *r, const struct rating_rule *rule, const char *text,
	int32_t today, int64_t now_ms)
{
	r->version++;
	r->state = RATING_OBJECTED;
	r->objection = text;
	r->objected_at = now_ms;
	r->decide_until = today + rule->decide_days;
}

void rating_apply_verdict(
	struct rating *r, int32_t work, int32_t behaviour, const char *decision, int64_t now_ms)
{
	r->outcome = work == r->work && behaviour == r->behaviour ? OUTCOME_UPHELD
								  : OUTCOME_CHANGED;
	r->work = work;
	r->behaviour = behaviour;
	r->predicate = rating_predicate(work, behaviour);
	r->decision = decision;
	r->decided_at = now_ms;
}

/*
 * The three steps of signing, and the built-in signer, which takes them at once.
 */
#include "platform/signer.h"

#include "platform/clock.h"
#include "platform/signature.h"

#define LOOK_EVERY_MS 250

const char *const signature_standing_names[] = {"none", "internal", "certified", NULL};

static const struct signer *in_use;

const struct signer *signer_in_use(void)
{
	return in_use;
}

void signer_use(const struct signer *s)
{
	in_use = s;
}

enum err signer_sign(const struct signer *s, const struct sign_order *order, struct bytes *ret_pdf)
{
	const struct timespec pause = {.tv_nsec = LOOK_EVERY_MS * 1000000L};
	int64_t until = clock_monotonic() + s->wait_ms;
	struct sign_ticket ticket = {.order = order};
	enum sign_state state = SIGN_WAITS;
	enum err e = s->request(s, order, &ticket);

	while (!e && !(e = s->poll(s, &ticket, &state)) && state == SIGN_WAITS) {
		if (clock_monotonic() >= until)
			return E_BUSY;
		nanosleep(&pause, NULL);
	}
	if (e)
		return e;
	return state == SIGN_DECLINED ? E_REFUSED : s->fetch(s, &ticket, ret_pdf);
}

/* ---- the built-in signer ---- */

static struct signature_key *own_key;

static bool is_ready(const struct signer *s, int64_t at_ms, const char **why)
{
	(void)s;
	*why = "the certificate of the document key does not hold today";
	return signature_is_valid_at(own_key, at_ms);
}

static enum err request(
	const struct signer *s, const struct sign_order *order, struct sign_ticket *ret)
{
	(void)s;
	return signature_add(
		own_key, order->pdf, order->at, order->reason, order->arena, &ret->done);
}

static enum err poll(const struct signer *s, struct sign_ticket *ticket, enum sign_state *ret_state)
{
	(void)s, (void)ticket;
	*ret_state = SIGN_DONE;
	return OK;
}

static enum err fetch(const struct signer *s, struct sign_ticket *ticket, struct bytes *ret_pdf)
{
	(void)s;
	*ret_pdf = ticket->done;
	return OK;
}

static struct signer internal = {
	.standing = SIGNATURE_INTERNAL,
	.line = "TTE tidak tersertifikasi - untuk dokumen internal",
	.is_ready = is_ready,
	.request = request,
	.poll = poll,
	.fetch = fetch,
};

const struct signer *signer_open_internal(
	const char *key_path, const char *certificate_path, struct arena *arena, const char **why)
{
	signer_close_internal();
	own_key = signature_open_key(key_path, certificate_path, arena, why);
	if (!own_key)
		return NULL;
	internal.name = signature_name(own_key);
	internal.certificate = signature_fingerprint(own_key);
	return &internal;
}

void signer_close_internal(void)
{
	signature_close_key(own_key);
	own_key = NULL;
}

/*
 * How often a secret may be guessed: passwords, one-time codes, the current password of a session,
 * the token of a calendar.
 *
 * Token buckets in fixed memory; time is an argument. A try takes a token from each bucket it
 * belongs to before the secret is looked at, so tries running at once are counted too, and gets
 * them back when it was right: only failures cost. Who tries decides which buckets:
 *
 *   sign-in from a browser that signed in to this account before  its own bucket, and no other
 *   sign-in from any other browser                                the account's, the network's,
 * everybody's one-time code                                                 the account's from that
 * network, the network's and everybody's for codes current password the session's
 *   the token of a calendar                                       the network's for calendars
 *   the code of an issued paper                                   the network's for papers
 *   the code that enrols a phone                                  the account's, for them alone
 *   the head of the log                                           the network's for the log
 *
 * So whoever hammers an account stops unknown browsers from guessing it, never the owner's own
 * browser, a session, or the in-person way through a code (OWASP "device cookies"; ASVS
 * 5: 6.1.1, 6.3.1). A network is a /24 or an IPv6 /48: many people share one address behind a
 * provider, hence its large bucket. Nothing is written to the store; a restart forgets.
 */
#ifndef LUWES_PLATFORM_THROTTLE_H
#define LUWES_PLATFORM_THROTTLE_H

#include "base/err.h"
#include "base/ids.h"

enum throttle_way {
	THROTTLE_SIGN_IN,
	THROTTLE_CODE,
	THROTTLE_PASSWORD,
	THROTTLE_FEED,
	THROTTLE_DEVICE, /* nip the employee's id, browser "": whatever session he uses */
	THROTTLE_LOG,    /* asking the writer for the log's head: every try counts, right or not */
	THROTTLE_DOCUMENT,
	THROTTLE_PIN, /* typed at a kiosk: counted as a code */
	THROTTLE_WAYS
};

struct throttle_try {
	enum throttle_way way;
	struct government_id government;
	const char *nip; /* as it was typed: accounts that do not exist are counted alike; "" of a
			    calendar */
	const char
		*browser; /* cookie known for this account, or the session's token; NULL: unknown */
	const char *address; /* of the client, numeric; NULL or unreadable: one network of the
				unknown */
};

/* Takes the tokens of one try, or none: OK, or E_THROTTLED with the seconds to wait (at least 1).
 * Thread-safe. */
enum err throttle_take(const struct throttle_try *t, int64_t now_ms, int *ret_wait_seconds);

/* The try was right: its tokens come back. */
void throttle_give_back(const struct throttle_try *t, int64_t now_ms);

/* Forgets everything (tests). */
void throttle_reset(void);

#endif

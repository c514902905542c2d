#include "roster/roster_running.h"

#include <pthread.h>
#include <stddef.h>

#define SLOTS 32

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot {
	bool is_taken;
	struct government_id government;
	struct unit_id node;
	_Atomic bool is_stopped;
} slots[SLOTS];

_Atomic bool *roster_begin_solve(struct government_id government, struct unit_id node)
{
	_Atomic bool *flag = NULL;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < SLOTS && !flag; i++) {
		if (slots[i].is_taken)
			continue;
		slots[i].is_taken = true;
		slots[i].government = government;
		slots[i].node = node;
		atomic_store(&slots[i].is_stopped, false);
		flag = &slots[i].is_stopped;
	}
	pthread_mutex_unlock(&lock);
	return flag;
}

void roster_end_solve(_Atomic bool *flag)
{
	struct slot *slot = (struct slot *)(void *)((char *)flag -
						    offsetof(struct slot, is_stopped));
	pthread_mutex_lock(&lock);
	slot->is_taken = false;
	pthread_mutex_unlock(&lock);
}

bool roster_stop_solve(struct government_id government, struct unit_id node)
{
	bool found = false;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < SLOTS; i++) {
		if (!slots[i].is_taken || slots[i].government.v != government.v ||
			slots[i].node.v != node.v)
			continue;
		atomic_store(&slots[i].is_stopped, true);
		found = true;
	}
	pthread_mutex_unlock(&lock);
	return found;
}

/* What `luwes roster` is made of. Private to the verbs. */
#ifndef LUWES_VERB_ROSTER_H
#define LUWES_VERB_ROSTER_H

/* luwes roster instance: argv[0] is the verb. */
int roster_instance_of_store(int argc, char **argv);

#endif

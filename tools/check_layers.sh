#!/bin/bash
# Holds the dependency direction of src/LAYERS. Prints each breach with file and line; exit 1 if any.
#   1. a file includes headers only of its own folder or of a folder above it in LAYERS, by "folder/name.h";
#   2. a folder's *_int.h is included only inside the folder (the program's root may include platform's);
#   3. *_rules.c includes neither platform/ nor <time.h>, <stdio.h>, <unistd.h>, <sys/...>;
#   4. SQL stands only in *_db.c (and platform/, tests), and writes only tables named after the folder;
#   5. no floating point in *_rules.c.
set -euo pipefail
cd "$(dirname "$0")/.."
find src -name '*.[ch]' | sort | xargs awk '
BEGIN { while ((getline l < "src/LAYERS") > 0) rank[l] = ++n; rank["src"] = rank["app"] }
FNR == 1 { k = split(FILENAME, part, "/"); home = part[k-1]; file = part[k] }
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; breach = 1 }
/^#[ \t]*include[ \t]+"/ {
	split($0, q, "\""); p_count = split(q[2], p, "/")
	if (p_count < 2) { if (home != "src") bad("include by folder: \"" home "/" q[2] "\""); next }
	if (!(p[1] in rank)) bad("unknown folder " p[1] ": add it to src/LAYERS")
	if (p[1] != home && rank[p[1]] >= rank[home]) bad(home " may not see " p[1])
	if (p[1] != home && q[2] ~ /_int\.h$/ && home != "src" && file !~ /_test\.c$/) bad(q[2] " is private to " p[1])
	if (file ~ /_rules\.c$/ && p[1] == "platform" && home != "platform") bad("rules do no I/O: " q[2])
}
/^#[ \t]*include[ \t]+<(time|stdio|unistd|sys\/.*)\.h>/ && file ~ /_rules\.c$/ { bad("rules do no I/O: " $2) }
file ~ /_rules\.c$/ && /(^|[^a-z_])(double|float)[^a-z_]/ && !/^[ \t]*(\/?\*|\/\/)/ { bad("no floating point in rules") }
/"[^"]*(SELECT |INSERT INTO|UPDATE [a-z]|DELETE FROM)/ && home != "platform" && file !~ /_test\.c$/ {
	if (file !~ /_db\.c$/) bad("SQL outside _db.c")
	if (match($0, /(INSERT INTO|DELETE FROM|UPDATE) +[a-z_]+/)) {
		t = substr($0, RSTART, RLENGTH); sub(/.* /, "", t)
		if (t != "SET" && index(t, home "_") != 1) bad(home " writes " t)
	}
}
END { if (!breach) print "layers ok"; exit breach }'

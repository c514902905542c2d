# Sourced: `stage NAME COMMAND...` runs a command, keeps its output in build/log/NAME, tells how long it
# took and shows the end of the output when it failed. `finish` prints the sums. Stages may run beside
# each other in subshells: what they say is kept in files.
mkdir -p build/log
export NO_COLOR=1 FORCE_COLOR=0
sums=build/log/sums failures=build/log/failures
: >"$sums"
: >"$failures"
started=$SECONDS

stage() {
	local name=$1 from=$SECONDS status=0
	shift
	"$@" >"build/log/$name" 2>&1 || status=$?
	local took=$((SECONDS - from)) state=ok
	if [ $status != 0 ]; then
		state=FAILED
		echo "$name" >>"$failures"
	fi
	printf '%-22s %-6s %4d s\n' "$name" "$state" "$took"
	[ $status = 0 ] || tail -n 60 "build/log/$name"
	return 0
}

has_failed() { grep -qx "$1" "$failures"; }

# count PASSED FAILED: adds to the sums
count() { echo "$1 $2" >>"$sums"; }

finish() {
	local passed failed
	read -r passed failed < <(awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }' "$sums")
	printf '%-22s %-6s %4d s\n' total '' $((SECONDS - started))
	if [ -s "$failures" ]; then
		echo "failed: $(paste -sd ' ' "$failures")"
		[ "$failed" -gt 0 ] || failed=$(wc -l <"$failures")
	fi
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
}

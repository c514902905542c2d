# Sourced: `stage NAME COMMAND...` runs a command, keeps its output in build/log/NAME, tells how long it
# took and shows the end of the output when it failed. `finish` prints the sums.
mkdir -p build/log
export NO_COLOR=1 FORCE_COLOR=0
failed_stages=() passed=0 failed=0
started=$SECONDS

stage() {
	local name=$1 from=$SECONDS status=0
	shift
	"$@" >"build/log/$name" 2>&1 || status=$?
	local took=$((SECONDS - from)) state=ok
	if [ $status != 0 ]; then
		state=FAILED
		failed_stages+=("$name")
	fi
	printf '%-22s %-6s %4d s\n' "$name" "$state" "$took"
	[ $status = 0 ] || tail -n 60 "build/log/$name"
	return 0
}

# count PASSED FAILED: adds to the sums
count() {
	passed=$((passed + $1))
	failed=$((failed + $2))
}

finish() {
	printf '%-22s %-6s %4d s\n' total '' $((SECONDS - started))
	if [ ${#failed_stages[@]} -gt 0 ]; then
		echo "failed: ${failed_stages[*]}"
		[ "$failed" -gt 0 ] || failed=${#failed_stages[@]}
	fi
	echo "$passed passed, $failed failed"
	[ ${#failed_stages[@]} = 0 ] && [ "$failed" = 0 ]
}

#!/bin/sh
# holds_no_aws.sh EXECUTABLE: fails where an hss that was built without HSS_WITH_SNS speaks of AWS.
found=$(grep -aoE 'amazonaws|AWS_[A-Z]+|aws4_request|X-Amz-|hss3aws' "$1" | sort -u)
[ -z "$found" ] || { echo "$1 holds: $found" >&2; exit 1; }

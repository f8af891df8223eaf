#!/bin/sh
# holds_no_aws.sh EXECUTABLE: fails where an hss that was built without HSS_WITH_SNS,
# HSS_WITH_SECRETS and HSS_WITH_S3 speaks of AWS.
# Long enough that machine code does not read like one of them (it pushes registers as "AWS").
words='amazon|\baws [a-z]{2}|[a-z]{2} aws\b|aws4[_-]|aws_[a-z]{2}|x-amz-[a-z0-9-]*|hss3aws|\bsns\.[a-z]|\barn:aws'
# A header of uploads, which pages send to a folder as to a bucket; in machine code, its first 16 bytes.
header='x-amz-checksum-s(ha256)?'
found=$(LC_ALL=C grep -aoiE "$words" "$1")
# 1: it was read, and holds none.
[ $? -le 1 ] || exit 2
found=$(printf '%s' "$found" | grep -vixE "$header" | sort -u)
[ -z "$found" ] || {
  echo "$1 holds:" $found >&2
  exit 1
}

#!/bin/sh
# Makes sure that there is a Chromium for the tests of the pages; installs Debian's where it may.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
    exit 0
fi

echo "The tests of the pages need Chromium. Please install it, on Debian or Ubuntu with:" >&2
echo "    sudo apt-get install chromium" >&2
echo "and run the tests again; chromium, chromium-browser or google-chrome on the PATH will do." >&2
exit 1

#!/bin/sh
# Brings the tables up to date, one starter at a time while the others wait, then becomes the service.
set -eu
cd "$(dirname "$0")"
if [ "${1:-serve}" = serve ]; then node bin/main.js migrate; fi
exec node bin/main.js "$@"

"""`python -m hsf_cli` is the `hsf` command."""

import sys

from hsf_cli.app import main

sys.exit(main())

"""The verbs. Each is a step from tables to tables in a study; `run` is all of them in one go.

    new ─► read ─► trace ─► detect ─► assess ─► publish            explain looks back
           raw/     traces/    runs/<run-id>/       report.html
           posts/              links, meetings,     and the tables beside it
           ledger/             groups, findings

Faces (the command line, the web) call these and show what they return; they compute nothing themselves. Which there are
is told in `__init__.pyi`; each is loaded when it is first called, so that `groundswell --help` need not wait for numba.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

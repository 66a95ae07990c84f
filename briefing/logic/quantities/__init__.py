"""Quantities of running text and tables: read, compared, printed.

`3.43T`, `3.43 trillion` and `3,430,000,000,000` are one quantity; `3.43T` and `3.43B`,
percent and percentage points, 12% up and 12% down are not (BRIEF.md section 3). This
package is the only reader of numbers in prose.
"""

from briefing.logic.quantities.comparing import equal, same_thing
from briefing.logic.quantities.formatting import format_quantity
from briefing.logic.quantities.reading import read_quantities
from briefing.logic.quantities.scales import same_amount

__all__ = ["equal", "format_quantity", "read_quantities", "same_amount", "same_thing"]

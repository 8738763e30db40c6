# SPDX-License-Identifier: MIT
"""A table's cells on their places; header cells that span count for all they span."""


class Grid:
    """`cells`: (element, row, column, height, width); `parts`: of each row, THead say."""

    def __init__(self, checker, table):
        self.checker, self.table = checker, table
        self.cells, self.parts = [], []

    def rows(self):
        for kid in self.table.elements():
            if kid.role == "TR":
                yield kid, "TBody"
            elif kid.role != "Caption":
                yield from ((r, kid.role) for r in kid.elements() if r.role == "TR")

    def fault(self, rule, detail):
        self.checker.fault(rule, f"{self.table.path()}: {detail}")

    def span(self, cell, name):
        return int(cell.attribute("Table", name, 1))

    def check(self):
        taken, n = set(), 0
        for n, (row, part) in enumerate(self.rows()):
            self.parts.append(part)
            self.place(row, n, taken)
        counts = [sum(1 for y, _ in taken if y == r) for r in range(n + 1)]
        if len(set(counts)) > 1 or max((y for y, _ in taken), default=0) > n:
            self.fault("table", f"rows of {sorted(set(counts))} columns")
        roles = self.table.roles()
        if roles.count("THead") > 1 or "THead" in roles and "TBody" not in roles:
            self.fault("table", f"it has {roles}")
        self.columns = max(counts, default=0)
        self.check_headers()

    def place(self, row, n, taken):
        c = 0
        for cell in row.elements():
            while (n, c) in taken:
                c += 1
            across, down = self.span(cell, "ColSpan"), self.span(cell, "RowSpan")
            for place in [(n + y, c + x) for y in range(down) for x in range(across)]:
                if place in taken:
                    self.fault("table", f"two cells in row {place[0] + 1}")
                taken.add(place)
            self.cells.append((cell, n, c, down, across))
            c += across
            scope = str(cell.attribute("Table", "Scope", ""))
            if cell.role == "TH" and scope not in ("/Column", "/Row", "/Both"):
                self.fault("table", "a head does not say what it heads")

    # --- what heads what ---

    def is_intricate(self):
        """Rows of heads, heads over parts of them, several in a row."""
        for cell, row, column, down, across in self.cells:
            head = self.parts[row] == "THead"
            if cell.role == "TH" and (
                    down > 1 or (head and (row > 0 or across > 1))
                    or (not head and column > 0)
                    or (self.parts[row] == "TBody" and across == self.columns)):
                return True
        return False

    def says(self, cell):
        return bool(self.checker.text_of(cell).strip()) or "Figure" in cell.roles()

    def check_headers(self):
        places = {bytes(c[0].obj.ID): c for c in self.cells if "/ID" in c[0].obj}
        intricate = self.is_intricate()
        for place in self.cells:
            named = [bytes(h) for h in place[0].attribute("Table", "Headers", [])]
            if named and not intricate:
                self.fault("headers", "names, where Scope says all")
            self.check_names(place, named, places)
            if intricate:
                self.check_above(place, named)

    def check_names(self, place, named, places):
        if len(set(named)) != len(named):
            self.fault("headers", f"{named} are not each once")
        for name in named:
            if name not in places or places[name][0].role != "TH":
                self.fault("headers", f"{name} is no head of this table")
            elif places[name][0] is place[0] or not self.meet(place, places[name]):
                self.fault("headers", f"{name} stands neither above nor beside its cell")

    def meet(self, cell, head):
        """In a column or a row, and no head of columns below."""
        _, y, x, down, across = cell
        _, head_y, head_x, head_down, head_across = head
        same_column = head_x < x + across and x < head_x + head_across
        same_row = head_y < y + down and y < head_y + head_down
        return (same_column and head_y < y) or (same_row and self.parts[y] != "THead")

    def check_above(self, place, named):
        """All that the table's head has over a cell; and what begins its row."""
        cell, y, x, down, across = place
        for head, row, column, height, width in self.cells:
            above = (self.parts[row] == "THead" and row < y
                     and column < x + across and x < column + width)
            begins = (column == 0 < x and self.parts[row] == self.parts[y] != "THead"
                      and row < y + down and y < row + height and head.role == "TH"
                      and cell.role == "TD" and across < self.columns
                      and not self.has_nearer(place, row, height))
            if (above or begins) and self.says(head) and not (
                    self.heads_columns(place) or bytes(head.obj.get("/ID", b"")) in named):
                self.fault("headers", f"a cell in row {y + 1} does not name what "
                           f"{'is above it' if above else 'begins its row'}")

    def has_nearer(self, place, row, height):
        """Another head of the same rows, which stands between."""
        _, _, x, _, _ = place
        return any(c.role == "TH" and 0 < column < x and (y, down) == (row, height)
                   for c, y, column, down, _ in self.cells)

    def heads_columns(self, place):
        """True of a cell in a row of nothing but heads, between the others."""
        _, y, _, _, _ = place
        own = [c for c in self.cells if c[1] == y]
        return (self.parts[y] == "TBody" and all(c[0].role == "TH" and c[3] == 1 for c in own)
                and sum(c[4] for c in own) == self.columns)

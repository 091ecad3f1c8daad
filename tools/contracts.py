"""Import contracts of our own for import-linter."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoor(Contract):
    """A feature of `container` is imported from outside only by its package, never by an inner module.

    A feature of many parts has a front door for each: the packages that lie directly in it.
    """

    container = fields.StringField()
    open_features = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    features_of_parts = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    insiders = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import that goes past a front door."""
        breaches = sorted(
            f"{importer} -> {module}"
            for module in graph.modules
            if self._is_inner(graph, module)
            for importer in graph.find_modules_that_directly_import(module)
            if not self._is_allowed(importer, module)
        )
        output.verbose_print(verbose, f"{len(breaches)} imports past a front door")
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that went past a front door."""
        for breach in check.metadata["breaches"]:
            output.print_error(breach)

    def _feature(self, module: str) -> str:
        return module.removeprefix(f"{self.container}.").split(".")[0]

    def _is_inner(self, graph: ImportGraph, module: str) -> bool:
        inside = module.startswith(f"{self.container}.")
        within = module.count(".") - str(self.container).count(".") - 1
        if not inside or within < 1:
            return False
        is_of_parts = self._feature(module) in self._listed("features_of_parts")
        return not (is_of_parts and within == 1 and graph.find_children(module))

    def _is_allowed(self, importer: str, module: str) -> bool:
        feature = self._feature(module)
        homes = [f"{self.container}.{feature}", *map(str, self._listed("insiders"))]
        if feature in self._listed("open_features"):
            return True
        return any(importer == home or importer.startswith(f"{home}.") for home in homes)

    def _listed(self, name: str) -> list[str]:
        listed: list[str] = getattr(self, name)  # a descriptor gives the list, whatever mypy thinks
        return listed

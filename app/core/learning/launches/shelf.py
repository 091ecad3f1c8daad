"""The package that was opened last, at hand: it is likely to be the next, and its index may be long."""

from app.core.content import AssetStore, PackageIndex, read_package_index


class Shelf:
    """Holds one package's index. An index never changes under its hash."""

    def __init__(self, assets: AssetStore) -> None:
        self._assets = assets
        self._held: tuple[str, PackageIndex] | None = None

    def index(self, package: str) -> PackageIndex:
        """Return the index of a package, by its hash. Raises AssetMissing, PackageUnreadable."""
        held = self._held
        if held is None or held[0] != package:
            held = self._held = (package, read_package_index(self._assets, package))
        return held[1]

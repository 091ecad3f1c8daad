"""Write the list of hashes of a bundle that was just built: `python -m installer.hashes dist/daksha`.

`doctor --iq` compares the files with it. Keep a copy apart from the bundle: it proves the list itself.
"""

import sys
from pathlib import Path

from app.core.assurance import write_list

if __name__ == "__main__":
    bundle = Path(sys.argv[1])
    count = write_list(bundle, bundle / "_internal")
    sys.stdout.write(f"{count} files listed in {bundle / '_internal'}\n")

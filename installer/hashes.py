"""Write what a bundle that was just built is, and its list of hashes: `python -m installer.hashes dist/daksha`.

`doctor --iq` compares the files with it. Keep a copy apart from the bundle: it proves the list itself.
"""

import sys
from pathlib import Path

from app import VERSION
from app.core.assurance import write_list
from app.core.base.installation import About, this_platform, write_about
from app.core.schema import HEAD

if __name__ == "__main__":
    bundle = Path(sys.argv[1])
    write_about(bundle, About(version=VERSION, schema=HEAD, platform=this_platform()))
    count = write_list(bundle, bundle / "_internal")
    sys.stdout.write(f"{count} files listed in {bundle / '_internal'}\n")

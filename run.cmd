@echo off
rem Everything one does with this repository, on Windows. The same commands as ./run, which is for POSIX.
rem NOT TRIED YET: written on Linux, no Windows was at hand. Take out this line once it has been run there.
rem
rem   run                     set up if needed, then start the program
rem   run setup               install what is missing: .venv, message catalogues
rem   run test [ARGUMENTS]    every check, then the tests; the arguments are pytest's
rem   run conformance         play every package and bank that is there, and write docs\conformance.md
rem   run fix                 format and mend what ruff can
rem   run build               make the bundle in dist\daksha
rem   run lock [ARGUMENTS]    pin requirements anew (--upgrade for newer versions)
rem   run help                print this
rem   run ANYTHING ELSE       is handed to main.py: run site init ..., run bench ...
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "PYTHON=%ROOT%.venv\Scripts\python.exe"
set "LOCK=%ROOT%installer\requirements-dev.lock"
set "INSTALLED=%ROOT%.venv\installed.lock"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONUTF8=1"
set "FAILED="

set "COMMAND=%~1"
set "REST="
for /f "tokens=1,*" %%a in ("%*") do set "REST=%%b"

if /i "%COMMAND%"=="help" goto help
call :set_up
if errorlevel 1 exit /b 1
if "%COMMAND%"=="" goto start
for %%c in (setup test conformance fix build lock) do if /i "%COMMAND%"=="%%c" goto %%c
"%PYTHON%" "%ROOT%main.py" %*
exit /b %errorlevel%

:start
"%PYTHON%" "%ROOT%main.py"
exit /b %errorlevel%

:help
findstr /b /c:"rem   run" "%~f0"
exit /b 0

:setup
echo Ready. 1>&2
exit /b 0

:test
pushd "%ROOT%"
if not defined QT_QPA_PLATFORM set "QT_QPA_PLATFORM=offscreen"
rem every Python that a test starts would compile the whole program anew
set "PYTHONDONTWRITEBYTECODE="
echo == ruff format
"%PYTHON%" -m ruff format --check .
if errorlevel 1 call :failed ruff-format
echo == ruff check
"%PYTHON%" -m ruff check .
if errorlevel 1 call :failed ruff-check
echo == mypy
"%PYTHON%" -m mypy
if errorlevel 1 call :failed mypy
echo == lint-imports
set "PYTHONPATH=%ROOT%"
.venv\Scripts\lint-imports.exe
if errorlevel 1 call :failed lint-imports
set "PYTHONPATH="
echo == codemetrics
if not exist ..\shared\tools\codemetrics.py (
    echo skipped: ..\shared\tools\codemetrics.py is not here
    goto pytest
)
"%PYTHON%" ..\shared\tools\codemetrics.py . --source app main.py tests --ui app.ui --root-modules app.bootstrap,main --orm sqlalchemy,alembic --forbid app.core:app.ui --strict
if errorlevel 1 call :failed codemetrics
:pytest
if defined FAILED echo == Failed before the tests:%FAILED%
echo == pytest
"%PYTHON%" -m pytest -n auto --dist loadgroup %REST%
if errorlevel 1 call :failed pytest
popd
if not defined FAILED exit /b 0
echo run: failed:%FAILED% 1>&2
exit /b 1

:failed
set "FAILED=%FAILED% %~1"
goto :eof

:conformance
pushd "%ROOT%"
if not defined QT_QPA_PLATFORM set "QT_QPA_PLATFORM=offscreen"
set "DAKSHA_WHOLE=1"
"%PYTHON%" -m pytest tests -m conformance -n auto --dist loadgroup --conformance-document docs\conformance.md
set "CODE=%errorlevel%"
popd
if not "%CODE%"=="0" echo run: some cases came out otherwise, or the run broke off: see above 1>&2
exit /b %CODE%

:fix
pushd "%ROOT%"
"%PYTHON%" -m ruff check --fix .
"%PYTHON%" -m ruff format .
popd
exit /b %errorlevel%

:build
pushd "%ROOT%"
"%PYTHON%" -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build\pyinstaller installer\daksha.spec && "%PYTHON%" -m installer.hashes dist\daksha
popd
if errorlevel 1 exit /b 1
echo The bundle is dist\daksha; start dist\daksha\daksha.exe 1>&2
exit /b 0

:lock
pushd "%ROOT%"
"%PYTHON%" -m pip install --quiet --upgrade --target build\uv uv
if errorlevel 1 goto lock_failed
for %%n in (requirements requirements-dev) do (
    build\uv\bin\uv pip compile --quiet --no-cache --universal --python-version 3.11 --generate-hashes --no-header %REST% --output-file installer/%%n.lock installer/%%n.in
    if errorlevel 1 goto lock_failed
)
popd
exit /b 0
:lock_failed
popd
exit /b 1

rem ---- .venv with the locked packages, and the message catalogues
:set_up
if exist "%PYTHON%" goto packages
call :find_python
if not defined BASE (
    echo run: Python 3.11, 3.12 or 3.13 was not found; get it with: winget install Python.Python.3.13 1>&2
    exit /b 1
)
echo Making .venv ... 1>&2
%BASE% -m venv --clear "%ROOT%.venv"
if errorlevel 1 (
    echo run: %BASE% could not make %ROOT%.venv 1>&2
    exit /b 1
)
:packages
fc /b "%LOCK%" "%INSTALLED%" >nul 2>&1
if not errorlevel 1 goto catalogues
echo Installing the locked Python packages, about 1 GB, once ... 1>&2
"%PYTHON%" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "%LOCK%" 1>&2
if errorlevel 1 (
    echo run: pip could not install the locked packages; nothing else was changed, so run it again. 1>&2
    exit /b 1
)
copy /b /y "%LOCK%" "%INSTALLED%" >nul
:catalogues
pushd "%ROOT%"
"%PYTHON%" -m tools.messages compile 1>&2
if errorlevel 1 (
    echo run: a message catalogue in resources\locale could not be compiled. 1>&2
    popd
    exit /b 1
)
popd
exit /b 0

:find_python
set "BASE="
for %%v in (3.13 3.12 3.11) do (
    py -%%v -c "import sys; sys.exit(sys.maxsize < 2**32)" >nul 2>&1
    if not errorlevel 1 (
        set "BASE=py -%%v"
        goto :eof
    )
)
python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.maxsize < 2**32)" >nul 2>&1
if not errorlevel 1 set "BASE=python"
goto :eof

"""What this process has used of the machine: CPU time, with the processes it started, and memory."""

import sys
import time

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
    from functools import cache

    _JOB_ACCOUNTING = 1  # JobObjectBasicAccountingInformation
    _SECONDS = 1e-7  # of a unit of Windows' clocks

    class _Accounting(ctypes.Structure):
        """JOBOBJECT_BASIC_ACCOUNTING_INFORMATION."""

        _fields_ = [
            ("total_user", ctypes.c_int64),
            ("total_kernel", ctypes.c_int64),
            ("period_user", ctypes.c_int64),
            ("period_kernel", ctypes.c_int64),
            ("page_faults", wintypes.DWORD),
            ("processes", wintypes.DWORD),
            ("active", wintypes.DWORD),
            ("terminated", wintypes.DWORD),
        ]

    class _Memory(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = [
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quotas", ctypes.c_size_t * 4),
            ("pagefile", ctypes.c_size_t),
            ("peak_pagefile", ctypes.c_size_t),
        ]

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    _kernel.QueryInformationJobObject.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.LPVOID,
    ]
    _kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD]

    @cache
    def _job() -> int:
        """Return a job with this process in it; every process started from now on joins by itself."""
        job = _kernel.CreateJobObjectW(None, None)
        if not job or not _kernel.AssignProcessToJobObject(job, _kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(job)

    def cpu_seconds() -> float:
        """Return the CPU time of this process and of every process it has started; differences count."""
        found, job = _Accounting(), _job()
        size = ctypes.sizeof(found)
        if not _kernel.QueryInformationJobObject(
            job, _JOB_ACCOUNTING, ctypes.byref(found), size, None
        ):
            raise ctypes.WinError(ctypes.get_last_error())
        return float(found.total_user + found.total_kernel) * _SECONDS

    def peak_memory_kib() -> int:
        """Return the most memory this process ever held, in KiB."""
        found = _Memory(size=ctypes.sizeof(_Memory))
        process = _kernel.GetCurrentProcess()
        if not _kernel.K32GetProcessMemoryInfo(process, ctypes.byref(found), found.size):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(found.peak_working_set) // 1024

else:
    import resource

    def cpu_seconds() -> float:
        """Return the CPU time of this process and of those it waited for; differences count."""
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    def peak_memory_kib() -> int:
        """Return the most memory this process ever held, in KiB."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // 1024 if sys.platform == "darwin" else peak

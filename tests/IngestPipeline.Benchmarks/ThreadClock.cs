using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IngestPipeline.Benchmarks;

/// <summary>Processor time of the calling thread, which other work on the machine hardly touches; on other systems than Linux the time that passes.</summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThreadTime = 3;

    /// <summary>Seconds from some start.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && GetTime(ThreadTime, out var time) == 0
            ? time.Seconds + (time.Nanoseconds / 1e9)
            : (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

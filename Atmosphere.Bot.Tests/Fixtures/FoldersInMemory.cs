using System.Runtime.CompilerServices;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>
/// Data folders of tests lie in memory (tmpfs) where there is room: nothing in them outlives the run, and each commit waits for the disk
/// otherwise. A TMPDIR that is set already wins.
/// </summary>
internal static class FoldersInMemory
{
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    [ModuleInitializer]
    internal static void Use()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TMPDIR") is null && Directory.Exists(Memory)
            && new DriveInfo(Memory).AvailableFreeSpace >= Room)
        {
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
        }
    }
}

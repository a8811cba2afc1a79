namespace Atmosphere.Recognition.Storage;

/// <summary>What the number of an <see cref="IOException"/> means: errno on Linux and macOS, an HRESULT on Windows.</summary>
internal static class DiskErrors
{
    /// <summary>The disk is full: ENOSPC; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.</summary>
    public static bool IsFull(IOException error) => error.HResult is 28 or unchecked((int)0x80070027) or unchecked((int)0x80070070);

    /// <summary>Another program holds the file: EAGAIN on Linux, on macOS; ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.</summary>
    public static bool IsLocked(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}

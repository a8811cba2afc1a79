namespace Atmosphere.Recognition.Storage;

/// <summary>Checks what an operator typed.</summary>
internal static class SetUp
{
    private const int LongestName = 100;

    /// <exception cref="SetUpException">It is empty, too long, or cannot be printed.</exception>
    public static string Name(string name)
    {
        var clean = name.Trim();
        return clean.Length is > 0 and <= LongestName && !clean.Any(char.IsControl)
            ? clean
            : throw new SetUpException($"'{name}' is no name. Use 1 to {LongestName} letters in one line.");
    }

    /// <exception cref="SetUpException">No time zone is called so.</exception>
    public static string TimeZone(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId
            ? found.Id
            : throw new SetUpException($"'{zone}' is no time zone that this machine knows. Use an IANA name, such as Europe/Berlin, or UTC.");
}

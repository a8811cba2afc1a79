namespace Atmosphere.Recognition.Storage;

/// <summary>Validates values typed by an operator.</summary>
internal static class SetUp
{
    private const int LongestName = 100;

    /// <exception cref="SetUpException">The name is empty, too long, or not printable.</exception>
    public static string Name(string name)
    {
        var clean = name.Trim();
        return clean.Length is > 0 and <= LongestName && !clean.Any(char.IsControl)
            ? clean
            : throw new SetUpException($"'{name}' is no name. Use 1 to {LongestName} letters in one line.");
    }

    /// <exception cref="SetUpException">The time zone does not exist.</exception>
    public static string TimeZone(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId
            ? found.Id
            : throw new SetUpException($"'{zone}' is no time zone that this machine knows. Use an IANA name, such as Europe/Berlin, or UTC.");
}

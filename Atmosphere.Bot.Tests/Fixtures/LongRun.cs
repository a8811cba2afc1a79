namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>Tests that take minutes have a short form for every day; with ATMOSPHERE_LONG=1 they run in full.</summary>
internal static class LongRun
{
    public static bool InFull { get; } = Environment.GetEnvironmentVariable("ATMOSPHERE_LONG") == "1";

    public static int Of(int full, int shortForm) => InFull ? full : shortForm;
}

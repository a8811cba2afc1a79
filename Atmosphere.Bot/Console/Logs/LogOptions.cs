namespace Atmosphere.Bot.Console.Logs;

/// <summary>Section <c>Atmosphere:Logs</c>.</summary>
internal sealed class LogOptions
{
    public const string Section = "Atmosphere:Logs";

    /// <summary>json: one JSON object a line. text: for people. auto, the default: text on a terminal, else json.</summary>
    public string Format { get; set; } = "auto";

    /// <summary>Whether lines are JSON.</summary>
    /// <exception cref="VerbException">The setting is neither of the three.</exception>
    public static bool AreJson(IConfiguration settings, bool isTerminal) => (settings[$"{Section}:Format"] ?? "auto").ToLowerInvariant() switch
    {
        "json" => true,
        "text" => false,
        "auto" or "" => !isTerminal,
        var other => throw new VerbException($"{Section}:Format is {other}; use json, text or auto (the default)."),
    };
}

using System.Diagnostics;

namespace Atmosphere.Recognition.Messaging;

/// <summary>One id from the first webhook to the last delivery: every message that is sent because of another one carries it on.</summary>
public static class Correlation
{
    private static readonly AsyncLocal<string?> _current = new();

    /// <summary>The id of what is being worked on; a new one where nothing is.</summary>
    public static string Current => _current.Value ?? Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N");

    /// <summary>From here on, in this asynchronous flow, everything belongs to the id.</summary>
    public static void Continue(string id) => _current.Value = id;
}

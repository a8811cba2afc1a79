using System.Diagnostics;

namespace Atmosphere.Recognition.Messaging;

/// <summary>The correlation id of the current flow. Every message carries on the id of the message or request that caused it.</summary>
public static class Correlation
{
    private static readonly AsyncLocal<string?> _current = new();

    /// <summary>The id of the current work; a new id if there is none.</summary>
    public static string Current => _current.Value ?? Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N");

    /// <summary>Uses this id for the rest of the current asynchronous flow.</summary>
    public static void Continue(string id) => _current.Value = id;
}

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Slack refused the call with an error code; the call had no effect.</summary>
/// <param name="details">Slack's details; null: none.</param>
internal sealed class SlackRefusesException(string method, string error, string? details = null)
    : Exception($"Slack's {method} says '{error}'{(details is null ? "" : $" ({details})")}.")
{
    /// <summary>Slack's error code, such as file_not_found.</summary>
    public string Error { get; } = error;

    /// <summary>Whether a picture in the blocks of a post or a view is missing or not ready.</summary>
    public bool IsAboutAPicture => Error is "invalid_blocks" or "invalid_arguments" && details?.Contains("slack file", StringComparison.OrdinalIgnoreCase) == true;
}

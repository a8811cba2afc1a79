namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Slack said no, in its own word, and nothing happened.</summary>
/// <param name="details">What Slack adds to its word; null: nothing.</param>
internal sealed class SlackRefusesException(string method, string error, string? details = null)
    : Exception($"Slack's {method} says '{error}'{(details is null ? "" : $" ({details})")}.")
{
    /// <summary>Slack's word, such as file_not_found.</summary>
    public string Error { get; } = error;

    /// <summary>Whether a picture in the blocks of a post or a view is not there, or not yet.</summary>
    public bool IsAboutAPicture => Error is "invalid_blocks" or "invalid_arguments" && details?.Contains("slack file", StringComparison.OrdinalIgnoreCase) == true;
}

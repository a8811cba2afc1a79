using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Converts Slack's refusals to the exceptions of our ports, with the remedy.</summary>
internal static class SlackRefusals
{
    /// <exception cref="HopelessException">Slack refuses permanently; the call had no effect.</exception>
    public static async Task<T> DecidedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SlackRefusesException refusal)
        {
            throw new HopelessException($"{refusal.Message} {Remedy(refusal.Error)}", refusal);
        }
    }

    private static string Remedy(string error) => error switch
    {
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" => $"Check {SlackOptions.Section}:BotToken.",
        "missing_scope" or "not_allowed_token_type" or "no_permission" => $"Give the app the scopes {SlackOptions.Scopes}, and install it again.",
        "channel_not_found" or "invalid_channel" or "not_in_channel" or "is_archived" or "restricted_action" => $"Check {SlackOptions.Section}:Channel, and invite the bot there.",
        "file_uploads_disabled" or "file_upload_size_restricted" or "storage_limit_reached" => "Let the workspace's administrators allow uploads, or make room.",
        _ => "Slack's page about the method says what it means.",
    };
}

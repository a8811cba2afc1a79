using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Looks up users of the workspace with users.info.</summary>
internal sealed class SlackPeople(SlackApi api)
{
    private const string Prefix = "slack:";

    private static readonly string[] _nobody = ["user_not_found", "user_not_visible", "users_not_found", "invalid_user"];

    /// <returns>Null for an unknown user, a bot, or a deactivated account.</returns>
    public async Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation)
    {
        if (IdOf(voter) is not { } id)
            return null;

        try
        {
            var answer = await api.CallAsync("users.info", new Dictionary<string, string> { ["user"] = id }, cancellation);
            return answer.Of("user") is { } user ? Read(user) : throw new HttpRequestException("Slack's answer has no user.");
        }
        catch (SlackRefusesException refusal) when (_nobody.Contains(refusal.Error))
        {
            return null;
        }
    }

    /// <returns>Slack's id of a voter; null if they voted elsewhere.</returns>
    public static string? IdOf(string voter) => voter.StartsWith(Prefix, StringComparison.Ordinal) && voter.Length > Prefix.Length ? voter[Prefix.Length..] : null;

    private static Colleague? Read(JsonElement user)
    {
        if (user.IsTrue("is_bot") || user.IsTrue("deleted") || user.TextOf("id") == "USLACKBOT")
            return null;
        var profile = user.Of("profile") ?? default;
        // The workspace display name comes first, as in mentions.
        var name = profile.TextOf("display_name") ?? profile.TextOf("real_name") ?? user.TextOf("real_name") ?? user.TextOf("name");
        return name is null ? null : new Colleague(name, profile.TextOf("email"));
    }
}

using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Reads the answers of Slack's Web API: ok, or an error code.</summary>
internal static class SlackWords
{
    /// <summary>The pause if Slack does not specify one.</summary>
    public static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(30);

    private const int MostOfDetails = 300;

    // After these errors the call may have had an effect, according to Slack's documentation.
    private static readonly string[] _perhapsDone = ["fatal_error", "internal_error", "request_timeout"];

    private static readonly string[] _later = ["service_unavailable", "team_added_to_org"];

    public static bool IsTooOften(string word) => word is "ratelimited" or "rate_limited";

    /// <param name="tooOften">Creates the exception for Slack's rate limit error.</param>
    public static JsonElement ReadOk(string method, string text, Func<string, TryLaterException> tooOften)
    {
        JsonElement answer;
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(text);
            if (answer.GetProperty("ok").GetBoolean())
                return answer;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new HttpRequestException($"Slack's {method} answered something that is not Slack's.", error);
        }

        var word = WordOf(answer);
        if (IsTooOften(word))
            throw tooOften(word);
        if (_perhapsDone.Contains(word))
            throw new HttpRequestException($"Slack's {method} says '{word}'.");
        throw _later.Contains(word)
            ? new TryLaterException($"Slack's {method} says '{word}'.", UsualRest)
            : new SlackRefusesException(method, word, DetailsOf(answer));
    }

    /// <exception cref="HttpRequestException">The field is missing: this is not Slack's answer.</exception>
    public static string NeededText(this JsonElement answer, string name) =>
        answer.TextOf(name) ?? throw new HttpRequestException($"Slack's answer has no {name}.");

    private static string WordOf(JsonElement answer) => answer.TextOf("error") ?? "no reason";

    // Slack's messages name arguments and positions in the blocks, never their content.
    private static string? DetailsOf(JsonElement answer)
    {
        if (answer.Of("response_metadata")?.Of("messages") is not { ValueKind: JsonValueKind.Array } messages)
            return answer.TextOf("needed") is { } needed ? $"needed: {needed}" : null;
        var details = string.Join("; ", messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.String).Select(message => message.GetString()));
        return details.Length switch { 0 => null, > MostOfDetails => details[..MostOfDetails], _ => details };
    }
}

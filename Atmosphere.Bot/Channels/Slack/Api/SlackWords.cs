using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>What Slack's Web API answers: ok, or one of its words.</summary>
internal static class SlackWords
{
    /// <summary>How long to stay away where Slack does not say it.</summary>
    public static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(30);

    private const int MostOfDetails = 300;

    // After these something may have happened all the same, as Slack's pages on its errors say.
    private static readonly string[] _perhapsDone = ["fatal_error", "internal_error", "request_timeout"];

    private static readonly string[] _later = ["service_unavailable", "team_added_to_org"];

    public static bool IsTooOften(string word) => word is "ratelimited" or "rate_limited";

    /// <param name="tooOften">Makes of Slack's "too often" what is thrown.</param>
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

    /// <exception cref="HttpRequestException">It is not there: whatever that was, it is not Slack's answer.</exception>
    public static string NeededText(this JsonElement answer, string name) =>
        answer.TextOf(name) ?? throw new HttpRequestException($"Slack's answer has no {name}.");

    private static string WordOf(JsonElement answer) => answer.TextOf("error") ?? "no reason";

    // Its messages name arguments and places in the blocks, never what stands there.
    private static string? DetailsOf(JsonElement answer)
    {
        if (answer.Of("response_metadata")?.Of("messages") is not { ValueKind: JsonValueKind.Array } messages)
            return answer.TextOf("needed") is { } needed ? $"needed: {needed}" : null;
        var details = string.Join("; ", messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.String).Select(message => message.GetString()));
        return details.Length switch { 0 => null, > MostOfDetails => details[..MostOfDetails], _ => details };
    }
}

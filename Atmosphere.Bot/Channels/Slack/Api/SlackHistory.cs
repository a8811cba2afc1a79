using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Finds our posts in the channel by their hidden metadata, the id of the question.</summary>
internal sealed class SlackHistory(SlackApi api, IOptions<SlackOptions> options, TimeProvider clock)
{
    private const string EventType = "atmosphere_question";
    private const int AtOnce = 200;

    // Allowance for the difference between Slack's clock and ours.
    private static readonly TimeSpan _apart = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _late = TimeSpan.FromSeconds(10);

    private string? _bot;

    /// <summary>The metadata of a question's post.</summary>
    public static string MetadataOf(QuestionId question) =>
        JsonSerializer.Serialize(new { event_type = EventType, event_payload = new { question = question.Value } });

    public async Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation)
    {
        var bot = _bot ??= (await api.CallAsync("auth.test", new Dictionary<string, string>(), cancellation)).NeededText("bot_id");
        var began = clock.GetUtcNow();
        string? page = "";
        while (page is not null)
        {
            var answer = await api.CallAsync("conversations.history", Page(since - _apart, page), cancellation);
            if (answer.Of("messages") is not { ValueKind: JsonValueKind.Array } messages)
                throw new HttpRequestException("Slack's answer has no messages.");
            foreach (var message in messages.EnumerateArray())
            {
                if (message.TextOf("bot_id") == bot && IsAbout(message, question))
                    return new PostSearch(PostState.Posted, new ColleaguePost(options.Value.Channel!, message.NeededText("ts")));
            }

            page = answer.Of("response_metadata")?.TextOf("next_cursor");
        }

        // A post whose call was abandoned may still arrive.
        return new PostSearch(began - since > options.Value.Timeout + SlackPace.LongestWait + _late ? PostState.NotPosted : PostState.Unsettled);
    }

    private static bool IsAbout(JsonElement message, QuestionId question) =>
        message.Of("metadata") is { } metadata
        && metadata.TextOf("event_type") == EventType
        && metadata.Of("event_payload")?.TextOf("question") == question.Value;

    private Dictionary<string, string> Page(DateTimeOffset oldest, string cursor)
    {
        var arguments = new Dictionary<string, string>
        {
            ["channel"] = options.Value.Channel!,
            ["oldest"] = string.Create(CultureInfo.InvariantCulture, $"{oldest.ToUnixTimeSeconds()}.000000"),
            ["include_all_metadata"] = "true",
            ["limit"] = AtOnce.ToString(CultureInfo.InvariantCulture),
        };
        if (cursor.Length > 0)
            arguments["cursor"] = cursor;
        return arguments;
    }
}

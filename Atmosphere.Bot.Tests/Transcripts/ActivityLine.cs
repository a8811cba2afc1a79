using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>An activity of the bot as a line of a transcript.</summary>
internal static class ActivityLine
{
    public static TranscriptLine Of(JsonNode activity) => new(
        "bot",
        string.Join('\n', $"{activity["text"]}".Split('\n').Select(line => line.TrimEnd())).Trim(),
        [.. (activity["attachments"]?.AsArray() ?? []).Select(_ => "picture.jpg")],
        [.. (activity["suggestedActions"]?["actions"]?.AsArray() ?? []).Select(action => $"{action!["title"]}")]);
}

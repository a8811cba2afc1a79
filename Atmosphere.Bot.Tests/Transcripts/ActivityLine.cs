using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>An activity of the bot as a line of a transcript.</summary>
internal static partial class ActivityLine
{
    public static TranscriptLine Of(JsonNode activity) => new(
        "bot",
        Day().Replace(string.Join('\n', $"{activity["text"]}".Split('\n').Select(line => line.TrimEnd())).Trim(), "(today)"),
        [.. (activity["attachments"]?.AsArray() ?? []).Select(attachment => $"{attachment!["contentType"]}" == "application/json" ? "atmosphere.json" : "picture.jpg")],
        [.. (activity["suggestedActions"]?["actions"]?.AsArray() ?? []).Select(action => $"{action!["title"]}")]);

    // A transcript is the same every day.
    [GeneratedRegex("\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?( UTC)?")]
    private static partial Regex Day();
}

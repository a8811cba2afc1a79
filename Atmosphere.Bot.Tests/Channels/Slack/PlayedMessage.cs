using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>A post as Slack keeps it.</summary>
internal sealed record PlayedMessage(string Channel, string Ts)
{
    public required string Text { get; set; }

    public JsonArray? Blocks { get; set; }

    public JsonNode? Metadata { get; set; }

    public string? Thread { get; init; }

    /// <summary>Who alone sees it; null: everybody in the channel.</summary>
    public string? OnlyFor { get; init; }

    /// <summary>Whose it is; others may post as well.</summary>
    public string Bot { get; init; } = SlackVendor.Bot;
}

using System.Text.Json;

namespace Atmosphere.Bot.Channels.Activities;

/// <summary>A message or event of the Bot Framework Activity protocol 3; only the fields that are used here.</summary>
internal sealed record Activity
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? ServiceUrl { get; init; }

    public string? ChannelId { get; init; }

    public ChannelAccount? From { get; init; }

    public ChannelAccount? Recipient { get; init; }

    public ConversationAccount? Conversation { get; init; }

    public string? ReplyToId { get; init; }

    public string? Locale { get; init; }

    public string? TextFormat { get; init; }

    public string? Text { get; init; }

    public string? InputHint { get; init; }

    public string? DeliveryMode { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public SuggestedActions? SuggestedActions { get; init; }

    public string? Name { get; init; }

    public JsonElement? Value { get; init; }

    public JsonElement? ChannelData { get; init; }
}

internal sealed record ChannelAccount(string? Id, string? Name = null, string? Role = null);

internal sealed record ConversationAccount(string? Id, bool? IsGroup = null, string? ConversationType = null, string? TenantId = null);

internal sealed record Attachment(string? ContentType, string? ContentUrl, string? Name = null, JsonElement? Content = null, string? ThumbnailUrl = null);

internal sealed record SuggestedActions(IReadOnlyList<CardAction> Actions);

/// <param name="Type">imBack: the value is sent as if it was typed.</param>
internal sealed record CardAction(string Type, string Title, string Value);

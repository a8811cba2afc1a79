using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>How a carrier is told which chat is meant.</summary>
internal static class GroupChat
{
    /// <returns>The chat's id, behind its service and a slash where it has one; null where the group is not linked.</returns>
    public static string? Of(ChatGroup group) => group is { Address: { } chat, Service: { } service } ? $"{service}/{chat}" : group.Address;
}

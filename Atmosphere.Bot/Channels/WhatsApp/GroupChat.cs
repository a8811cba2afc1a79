using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>The address of a group's chat, as carriers expect it.</summary>
internal static class GroupChat
{
    /// <returns>The chat's id, preceded by its service and a slash if it has one; null if the group is not linked.</returns>
    public static string? Of(ChatGroup group) => group is { Address: { } chat, Service: { } service } ? $"{service}/{chat}" : group.Address;
}

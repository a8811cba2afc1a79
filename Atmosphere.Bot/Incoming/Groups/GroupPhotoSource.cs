using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>The source ids of a message's photos: the same id is the same photo.</summary>
internal static class GroupPhotoSource
{
    /// <summary>No carrier sends more files in one message.</summary>
    private const int MostFiles = 10;

    /// <param name="channel">Such as whatsapp-waha.</param>
    /// <param name="message">The carrier's id of the message, in one spelling.</param>
    /// <param name="index">The position of the file in the message.</param>
    public static string Of(DataKey key, string channel, string message, int index) => key.HashOf($"{channel}:{message}:{index}")[..32];

    /// <summary>The source ids of all files that the message may have had.</summary>
    public static IEnumerable<string> AllOf(DataKey key, string channel, string message) => Enumerable.Range(0, MostFiles).Select(index => Of(key, channel, message, index));
}

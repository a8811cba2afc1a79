using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>The group that everybody who chats with the bot directly is a member of.</summary>
internal static class ClassGroup
{
    public const string Name = "Class";

    public static GroupId Id { get; } = new("class");
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>The group of all users who chat with the bot directly.</summary>
internal static class ClassGroup
{
    public const string Name = "Class";

    public static GroupId Id { get; } = new("class");
}

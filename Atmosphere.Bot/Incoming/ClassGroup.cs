using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>The playground's group: visitors of this machine are members, and whoever an operator or an invitation lets in.</summary>
internal static class ClassGroup
{
    public const string Name = "Class";

    public static GroupId Id { get; } = new("class");
}
